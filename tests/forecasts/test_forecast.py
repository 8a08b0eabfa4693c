"""Forecasts from simulated futures: whether the outcome comes about, how often, and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.forecasts.forecast import Answer, Forecast, live
from tocsin.forecasts.futures import LEVELS, amounts, happens, interval, past_amounts, sorted_into
from tocsin.forecasts.question import ForecastQuestion
from tocsin.ids import AssessmentId
from tocsin.simulation.simulate import MEASURES

QUESTION = ForecastQuestion(
    id="q",
    text="Will {force} within {days} days?",
    outcome="{force} will.",
    measure="refusal",
    over="any",
    threshold=0.3,
    days=(3,),
    resolution="",
    void="",
    base_rate=None,
)
FORECAST = Forecast(
    case="a-war",
    question="q",
    force="Norland",
    days=30,
    as_of=date(2031, 3, 3),
    text="Will Norland within 30 days?",
    event=QUESTION.event,
    resolution="",
    void="",
    answer=Answer(by="tocsin", probability=0.2, low=0.1, high=0.3),
    baselines=(Answer(by="persistence", probability=0.0),),
    basis=AssessmentId("assessment-0000000000000000"),
    retrospective=False,
    known=date(2031, 3, 3),
)


def _future(measure: str, *paths: list[float]) -> np.ndarray:
    future = np.zeros((len(paths), len(paths[0])), dtype=MEASURES)
    future[measure] = paths
    return future


def test_any_day_of_the_window_will_do() -> None:
    future = _future("refusal", [0.0, 0.4, 0.0, 0.0], [0.0, 0.0, 0.0, 0.4], [0.2, 0.2, 0.2, 0.2])
    assert happens(QUESTION, future, 3, 1.0).tolist() == [True, False, False]
    assert happens(QUESTION, future, 4, 1.0).tolist() == [True, True, False]


def test_the_end_of_the_window_decides_where_it_is_asked() -> None:
    future = _future("fallen", [0, 1, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0])
    asked = replace(QUESTION, measure="fallen", over="end", threshold=0.5)
    assert happens(asked, future, 3, 1.0).tolist() == [True, False, False]


def test_a_total_is_summed_over_the_window() -> None:
    future = _future("refusals", [1, 1, 1, 5], [2, 0, 0, 9], [0, 3, 0, 0])
    asked = replace(QUESTION, measure="refusals", over="total", threshold=3.0)
    assert happens(asked, future, 3, 1.0).tolist() == [True, False, True]


def test_a_total_can_be_one_of_the_establishment() -> None:
    future = _future("absent", [500, 499], [500, 500])
    asked = replace(QUESTION, measure="absent", over="total", threshold=0.1, per=True)
    assert happens(asked, future, 2, 10000.0).tolist() == [False, True]


@given(st.integers(1, 400), st.data())
def test_a_share_of_exactly_the_threshold_reaches_it(units: int, data: st.DataObject) -> None:
    share = data.draw(st.integers(1, units)) / units
    asked = replace(QUESTION, threshold=share)
    assert happens(asked, _future("refusal", [0.0, share]), 2, 1.0).tolist() == [True]


@given(st.integers(1, 2000), st.data())
def test_the_interval_contains_the_frequency_and_lies_between_never_and_always(size: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, size) | st.floats(0, size))
    low, high = interval(successes, size)
    assert 0 <= low <= successes / size <= high <= 1
    assert low < high


def test_the_interval_is_jeffreys() -> None:
    assert interval(12, 40) == pytest.approx(stats.beta(12.5, 28.5).ppf([0.1, 0.9]).tolist())


@pytest.mark.parametrize("chance", [0.03, 0.3, 0.5])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(chance: float) -> None:
    size = 200
    covered = sum(
        stats.binom.pmf(successes, size, chance)
        for successes in range(size + 1)
        if interval(successes, size)[0] <= chance <= interval(successes, size)[1]
    )
    assert covered == pytest.approx(0.8, abs=0.06)


@pytest.mark.parametrize(
    "changed",
    [
        {"answer": Answer(by="tocsin", probability=0.3, low=0.1, high=0.3)},
        {"baselines": ()},
        {"basis": AssessmentId("assessment-1111111111111111")},
        {"retrospective": True},
        {"days": 90},
        {"force": "Sudland"},
        {"question": "r"},
        {"text": "Will Norland ever?"},
        {"resolution": "A report says so."},
    ],
)
def test_a_forecast_that_says_something_else_is_another(changed: dict[str, object]) -> None:
    assert replace(FORECAST, **changed).id != FORECAST.id  # type: ignore[arg-type]
    assert replace(FORECAST).id == FORECAST.id


def test_forecasts_of_one_question_and_window_are_asked_the_same_whatever_they_answer() -> None:
    surer = replace(FORECAST, answer=Answer(by="tocsin", probability=0.9), basis=AssessmentId("assessment-2"))

    assert surer.asked == FORECAST.asked
    assert replace(FORECAST, days=31).asked != FORECAST.asked


@pytest.mark.parametrize(
    ("retrospective", "recorded", "expected"),
    [
        (False, datetime(2031, 3, 3, 23, tzinfo=UTC), True),
        (False, datetime(2031, 3, 6, 23, tzinfo=UTC), True),
        (False, datetime(2031, 3, 7, 0, tzinfo=UTC), False),
        (True, datetime(2031, 3, 3, 12, tzinfo=UTC), False),
    ],
)
def test_the_ledgers_clock_says_whether_a_forecast_is_live(
    retrospective: bool, recorded: datetime, expected: bool
) -> None:
    assert live(replace(FORECAST, retrospective=retrospective), recorded) is expected


def test_persistence_lets_the_last_window_come_again() -> None:
    past = _future("refusals", [9, 1, 2, 3], [0, 0, 0, 1])
    total = replace(QUESTION, measure="refusals", over="total", threshold=3.0)

    assert past_amounts(total, past, 3, 1.0).tolist() == [6.0, 1.0]
    assert past_amounts(total, past, 8, 1.0).tolist() == [30.0, 2.0]
    assert past_amounts(replace(QUESTION, measure="refusals", over="any"), past, 3, 1.0).tolist() == [3.0, 1.0]


def test_an_amount_at_a_cut_lies_in_the_category_above() -> None:
    even = np.full(4, 0.25)

    assert sorted_into(np.array([0.0, 0.1, 0.1, 0.3]), even, (0.1, 0.2)) == (0.25, 0.5, 0.25)


def test_the_quantiles_stand_for_equal_shares() -> None:
    assert [round(level * 2 * len(LEVELS)) for level in LEVELS] == [2 * k + 1 for k in range(len(LEVELS))]
    assert 0.5 in LEVELS


def test_how_much_is_not_whether() -> None:
    asked = replace(QUESTION, threshold=None, cuts=(0.1,))

    assert amounts(asked, _future("refusal", [0.2, 0.1]), 2, 1.0).tolist() == pytest.approx([0.2])
    with pytest.raises(ValueError, match="how much"):
        happens(asked, _future("refusal", [0.2, 0.1]), 2, 1.0)
