"""The particle filter: importance weights where they are exact, and the right direction where they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armies import START, war
from saying import days
from tocsin.dates import weeks
from tocsin.evidence.observation import Observation, Tally
from tocsin.inference import filter as module
from tocsin.inference.ensemble import normalised
from tocsin.inference.filter import QUANTILES, STATES, Course, due, run, sight
from tocsin.inference.levels import level
from tocsin.inference.model import Model
from tocsin.inference.observe import NODES
from tocsin.parameters import value

AS_OF = START + timedelta(27)


def _told(week: int, affirmed: float, negated: float = 0.0, **more: object) -> Observation:
    """What the other side says of Norland's morale in a week."""
    base = {"indicator": "low_morale", "happened": days(7 * week, 7 * week + 6)}
    return Observation(
        kind="polarity",
        force="Norland",
        origins=1,
        claims=(),
        tallies=(Tally(side="third", affirmed=affirmed, negated=negated),),
        **{"known": START + timedelta(7 * week + 6), **base, **more},  # type: ignore[arg-type]
    )


def _morale(course: Course) -> float:
    now = course.ensemble
    return float(now.weights[:, 0] @ now.history["morale"][:, -1, 0].astype(float))


@pytest.fixture(scope="module")
def model() -> Model:
    return war(5, particles=200)


@pytest.fixture
def _never_resampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "value", lambda name: 0.0 if name == "inference.resample_below" else value(name))


@pytest.mark.usefixtures("_never_resampled")
def test_without_resampling_the_weights_are_importance_weights(model: Model) -> None:
    told = [_told(week, affirmed=1.0) for week in range(4)]
    now = run(model, told, AS_OF).ensemble
    bell = np.exp(-0.5 * NODES**2)
    total = np.broadcast_to(np.log(bell / bell.sum()), (200, NODES.size)).copy()
    for week in range(4):
        seen = now.history[:, 7 * week : 7 * week + 7, 0]
        amount = level("low_morale", seen, now.drawn[:, 0], float(model.establishments[0]))[:, None]
        logit = value("reporting.third_intercept") + value("reporting.third_slope") * (amount - 0.5)
        total -= np.log1p(np.exp(-(logit + value("reporting.bias_spread") * NODES)))
    expected = np.log(np.exp(total).sum(axis=1))
    alive = now.history["fallen"][:, -1, 0] == 0
    expected = np.where(alive, expected, -np.inf)
    assert now.weights[:, 0] == pytest.approx(normalised(expected), rel=1e-9)
    assert np.array_equal(now.weights[:, 1] > 0, now.history["fallen"][:, -1, 1] == 0)


@pytest.mark.usefixtures("_never_resampled")
def test_without_evidence_and_resampling_the_filter_is_the_prior(model: Model) -> None:
    now, only = run(model, [], AS_OF).ensemble, model.begin()
    for week in weeks(START, AS_OF):
        only = model.predict(only, week.days)
    assert now.history.tobytes() == only.history.tobytes()


def test_the_filter_does_the_same_twice_and_with_two_threads(model: Model) -> None:
    told = [_told(week, 3.0) for week in range(4)]
    one, again = run(model, told, AS_OF), run(replace(model, threads=2), told, AS_OF)
    assert one.ensemble.history.tobytes() == again.ensemble.history.tobytes()
    assert np.array_equal(one.ensemble.log_weights, again.ensemble.log_weights)
    assert one.moved == again.moved


def test_what_is_known_only_after_the_day_is_not_weighed(model: Model) -> None:
    told = [_told(week, 3.0) for week in range(2)]
    later = [
        _told(1, 9.0, known=AS_OF + timedelta(1), indicator="refusal"),
        _told(2, 9.0, known=AS_OF + timedelta(40)),
    ]
    without, with_ = run(model, told, AS_OF), run(model, [*told, *later], AS_OF)
    assert np.array_equal(without.ensemble.log_weights, with_.ensemble.log_weights)
    assert without.moved == with_.moved
    assert set(without.moved) == {o.id for o in told}


def test_more_reports_of_low_morale_lower_the_belief_in_morale(model: Model) -> None:
    beliefs = [
        _morale(run(model, [_told(week, *tally) for week in range(4)] if any(tally) else [], AS_OF))
        for tally in ((0.0, 6.0), (0.0, 0.0), (2.0, 0.0), (8.0, 0.0))
    ]
    assert beliefs == sorted(beliefs, reverse=True)
    assert beliefs[0] - beliefs[-1] > 0.02


def test_reports_of_one_force_leave_the_other_as_it_was(model: Model) -> None:
    course = run(model, [_told(0, 8.0)], START + timedelta(6))
    before = run(model, [], START + timedelta(6))
    assert np.array_equal(course.ensemble.weights[:, 1], before.ensemble.weights[:, 1])
    assert not np.array_equal(course.ensemble.log_weights[:, 0], before.ensemble.log_weights[:, 0])


def test_a_history_in_which_the_leader_fell_is_none(model: Model) -> None:
    now = model.predict(model.begin(), 7)
    now.history["fallen"][::3, -1, 0] = 1.0
    week = weeks(START, START + timedelta(6))[0]
    weighed = module._weigh(model, now, week, [_told(0, 2.0)], {})
    assert np.all(weighed.weights[::3, 0] == 0)
    assert np.all(weighed.weights[1::3, 0] > 0)
    assert np.all(weighed.weights[:, 1] > 0)
    resampled = model.resample(weighed, "resample", 1, worth=1.0, keep=1.0)
    assert np.all(resampled.history["fallen"][:, -1, 0] == 0)


def test_bands_are_ordered_and_there_is_one_a_week(model: Model) -> None:
    course = run(model, [_told(0, 3.0)], START + timedelta(16))
    assert course.days == tuple(START + timedelta(n) for n in (6, 13, 16))
    assert set(course.bands) == set(STATES)
    for band in course.bands.values():
        assert band.shape == (3, len(QUANTILES), 2)
        assert np.all(np.diff(band, axis=1) >= 0)
        assert np.all(np.isfinite(band))


def test_strong_evidence_costs_histories_and_says_so(model: Model) -> None:
    weak, strong = (run(model, [_told(w, n) for w in range(4)], AS_OF).ensemble for n in (1.0, 30.0))
    assert all(1.0 <= worth <= model.particles for worth in (*weak.worth, *strong.worth))
    assert strong.worth[0] < weak.worth[0]


def test_each_observation_says_how_far_it_moved_belief(model: Model) -> None:
    weak, strong = _told(0, 0.1), _told(0, 6.0, indicator="refusal")
    moved = run(model, [weak, strong], START + timedelta(6)).moved
    assert 0 <= moved[weak.id] < moved[strong.id]


@given(st.lists(st.tuples(st.integers(-20, 60), st.integers(0, 30)), max_size=8), st.integers(0, 40))
def test_every_observation_known_by_the_day_is_due_in_exactly_one_week(
    times: list[tuple[int, int]], length: int
) -> None:
    as_of = START + timedelta(length)
    told = [_told(0, 1.0, happened=days(first, first + more), known=as_of) for first, more in times]
    found = [o for week in weeks(START, as_of) for o in due(told, week, START, as_of)]
    assert sorted(o.id for o in found) == sorted(o.id for o in told)


def test_a_week_is_seen_as_it_was_then(model: Model) -> None:
    now = model.predict(model.begin(), 21)
    second = weeks(START, AS_OF)[1]
    seen = sight(model, now, second, "Sudland")
    assert seen.history.tobytes() == now.history[:, :14, 1].tobytes()
    assert seen.week.tobytes() == now.history[:, 7:14, 1].tobytes()
    assert seen.establishment == 15000.0
