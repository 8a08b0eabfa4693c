"""The scorecard keeps kinds apart, counts the first answer, compares like with like and says when it cannot tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from strategies import sealed_of
from tocsin.forecasts.forecast import Answer, Forecast
from tocsin.forecasts.resolution import Outcome, Resolution
from tocsin.forecasts.scorecard import TOO_FEW, Judged, first_sealed, scorecard

DAY = date(2031, 3, 3)


def one(number: int, probability: float, outcome: Outcome | None, *, live: bool = True, **changes: Any) -> Judged:
    _, forecast = sealed_of(as_of=DAY + timedelta(days=number), probability=probability, **changes)
    return Judged(forecast=forecast, resolution=outcome and came(forecast, outcome), live=live)


def came(forecast: Forecast, outcome: Outcome, amount: float | None = None) -> Resolution:
    return Resolution(asked=forecast.asked, outcome=outcome, amount=amount, reason="r", by="b", known=forecast.closes)


def many(n: int, **named: Any) -> list[Judged]:
    return [one(k, 0.7 if k % 2 else 0.1, "yes" if k % 2 else "no", question=f"q{k % 5}", **named) for k in range(n)]


def test_retrospective_and_live_are_never_mixed() -> None:
    live, past = many(30), [replace(judged, live=False) for judged in many(20)]
    both = scorecard([*live, *past], seed=1)

    assert both["live"] == scorecard(live, seed=1)["live"]
    assert both["retrospective"] == scorecard(past, seed=1)["retrospective"]
    assert both["live"]["whether"]["n"] == 30


def test_below_the_minimum_nothing_is_told() -> None:
    found = scorecard(many(19), seed=1)["live"]["whether"]

    assert found == {"n": 19, "came_about": 9, "verdict": TOO_FEW}
    assert scorecard(many(20), seed=1)["live"]["whether"]["verdict"] is None


def test_void_disputed_and_pending_are_counted_and_not_scored() -> None:
    outcomes: list[Outcome | None] = ["void", "void", "disputed", None]
    extra = [one(100 + k, 0.99, outcome) for k, outcome in enumerate(outcomes)]
    found = scorecard([*many(20), *extra], seed=1)["live"]

    assert (found["resolved"], found["void"], found["disputed"], found["pending"]) == (20, 2, 1, 1)
    assert found["void_rate"] == pytest.approx(2 / 23)
    assert found["whether"]["scores"] == scorecard(many(20), seed=1)["live"]["whether"]["scores"]


def test_the_answer_that_was_sealed_first_counts() -> None:
    first, again = one(1, 0.2, "yes"), one(1, 0.99, "yes")

    assert first_sealed([first, again]) == [first]
    assert first_sealed([again, first]) == [again]
    assert scorecard([first, again], seed=1)["live"]["questions"] == 1


def test_scores_are_means_and_skill_is_one_minus_their_ratio() -> None:
    found = scorecard(many(40), seed=1)["live"]["whether"]["scores"]["brier"]
    ours = np.mean([0.01, 0.09])
    prior = np.mean([0.04, 0.64])

    assert found["tocsin"] == pytest.approx(ours)
    assert found["baselines"]["without reports"]["skill"] == pytest.approx(1 - ours / prior)
    assert found["baselines"]["without reports"]["verdict"] == "better"


def test_a_baseline_is_compared_on_the_forecasts_it_answers() -> None:
    rate = Answer(by="base rate", probability=0.5)
    judged = [
        replace(each, forecast=replace(each.forecast, baselines=(*each.forecast.baselines, rate))) if k < 10 else each
        for k, each in enumerate(many(24))
    ]
    judged = [
        replace(each, resolution=came(each.forecast, each.resolution.outcome)) for each in judged if each.resolution
    ]
    found = scorecard(judged, seed=1)["live"]["whether"]["scores"]["brier"]["baselines"]

    assert found["base rate"]["n"] == 10
    assert found["base rate"]["baseline"] == pytest.approx(0.25)
    assert found["persistence"]["n"] == 24


def test_a_perfect_baseline_leaves_skill_undefined() -> None:
    judged = [one(k, 0.1, "no", question=f"q{k % 5}") for k in range(20)]
    whether = scorecard(judged, seed=1)["live"]["whether"]
    found = whether["scores"]["brier"]["baselines"]["persistence"]

    assert found["skill"] is None
    assert found["difference"] == pytest.approx(0.01)
    assert whether["caution"]


def test_wars_are_drawn_again_where_there_are_several() -> None:
    two = [*many(20), *many(20, case="another-war")]

    assert scorecard(many(20), seed=1)["live"]["whether"]["intervals_over"] == "question"
    found = scorecard(two, seed=1)["live"]["whether"]
    assert (found["intervals_over"], found["clusters"]) == ("case", 2)


def test_amounts_are_scored_by_category_and_as_a_whole() -> None:
    cuts = (1.0, 2.0)
    sharp = Answer(by="tocsin", quantiles=(1.5,) * 25, shares=(0.0, 1.0, 0.0))
    flat = Answer(by="persistence", quantiles=(3.5,) * 25, shares=(0.0, 0.0, 1.0))
    judged = []
    for number in range(20):
        _, forecast = sealed_of(as_of=DAY + timedelta(days=number), cuts=cuts, answer=sharp, baselines=(flat,))
        judged.append(Judged(forecast=forecast, resolution=came(forecast, "amount", 1.5), live=True))
    found = scorecard(judged, seed=1)["live"]["how_much"]["scores"]

    assert found["rps"]["tocsin"] == found["crps"]["tocsin"] == 0.0
    assert found["rps"]["baselines"]["persistence"]["baseline"] == 1.0
    assert found["crps"]["baselines"]["persistence"]["baseline"] == pytest.approx(2.0)
