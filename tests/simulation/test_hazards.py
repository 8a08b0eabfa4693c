"""Rates of loss, break, absence and refusal against exact values of the design note."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armies import middling
from tocsin.simulation import hazards

P = middling(1, 1)[0, 0]


def _fought(exponent: float, days: float, *, a: float, b: float, steps: int = 4000) -> tuple[float, float]:
    """Two forces of 100 and 60 after some days: Runge and Kutta on the hazard itself."""

    def pace(at: np.ndarray) -> np.ndarray:
        x, y = at
        return -np.array([x * hazards.loss_rate(a, x, y, exponent), y * hazards.loss_rate(b, y, x, exponent)])

    at, step = np.array([100.0, 60.0]), days / steps
    for _ in range(steps):
        k1 = pace(at)
        k2 = pace(at + step / 2 * k1)
        k3 = pace(at + step / 2 * k2)
        k4 = pace(at + step * k3)
        at = at + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return float(at[0]), float(at[1])


def test_the_square_law_ends_where_lanchester_says() -> None:
    left, gone = _fought(1.0, 71.933027, a=0.012, b=0.01)
    assert left == pytest.approx(75.365777, abs=1e-4)
    assert gone == pytest.approx(0.0, abs=1e-2)
    assert 0.01 * left**2 - 0.012 * gone**2 == pytest.approx(56.8, abs=1e-3)


@pytest.mark.parametrize(
    ("exponent", "kept"),
    [
        (1.0, lambda x, y: 0.01 * x**2 - 0.012 * y**2),
        (0.5, lambda x, y: 0.01 * x - 0.012 * y),
        (0.0, lambda x, y: 0.01 * np.log(x) - 0.012 * np.log(y)),
    ],
    ids=["square", "linear", "logarithmic"],
)
def test_each_exponent_of_helmbold_keeps_the_invariant_of_its_law(
    exponent: float, kept: Callable[[float, float], float]
) -> None:
    after = _fought(exponent, 30.0, a=0.012, b=0.01, steps=1000)
    assert after[0] < 99 and after[1] < 55
    assert kept(*after) == pytest.approx(kept(100.0, 60.0), rel=1e-6)


@given(st.floats(1e-6, 1), st.floats(1, 1e6), st.floats(1, 1e6), st.floats(0, 1))
def test_the_loss_exchange_follows_the_force_ratio_with_slope_one_minus_two_w(
    base: float, x: float, y: float, exponent: float
) -> None:
    lost, inflicted = (
        x * hazards.loss_rate(base, x, y, exponent),
        y * hazards.loss_rate(base, y, x, exponent),
    )
    assert np.log(lost / inflicted) == pytest.approx((1 - 2 * exponent) * np.log(x / y), abs=1e-9)


@pytest.mark.parametrize(("own", "opposing"), [(0.0, 5.0), (5.0, 0.0), (0.0, 0.0)])
def test_nobody_is_lost_where_one_side_is_missing(own: float, opposing: float) -> None:
    assert hazards.loss_rate(0.01, own, opposing, 0.4) == 0.0


@pytest.mark.parametrize(
    ("capacity", "refusing", "certain"),
    [(3.0, 0.0, 3), (3.0, 1.0, 1), (3.0, 2.0, 1), (2.99, 2.0, 0), (0.99, 0.0, 0), (4.0, 1.0, 2)],
)
def test_punishment_saturates_by_whole_steps(capacity: float, refusing: float, certain: int) -> None:
    assert hazards.punishment(capacity, refusing) == pytest.approx(1 - np.exp(-2.3 * certain))


@given(st.floats(0, 50), st.integers(0, 200))
def test_fear_is_gone_once_as_many_refuse_as_can_be_suppressed(capacity: float, refusing: int) -> None:
    assert (hazards.punishment(capacity, refusing) == 0.0) == (capacity < 1.0 + refusing)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_causes_of_a_break_compete_by_adding_up(own: float, opposing: float, supply: float) -> None:
    alone = hazards.breaking(P, own, opposing, False, 1.0, 0.0)
    pressed = hazards.breaking(P, own, opposing, True, 1.0, 0.0) - alone
    starved = hazards.breaking(P, own, opposing, False, supply, 0.0) - alone
    battle = P["breaking.battle"]
    assert pressed == pytest.approx(battle * P["break_hazard.surprised"])
    assert starved == pytest.approx(P["breaking.supply"] * (1 - supply) ** 2, abs=1e-12)
    assert hazards.breaking(P, own, opposing, True, supply, 0.0) == pytest.approx(alone + pressed + starved)
    equal = hazards.breaking(P, own, own, False, 1.0, 0.0)
    war = P["break_hazard.base"] + P["break_hazard.war"] * P["breaking.war"]
    assert equal == pytest.approx(battle * np.exp(war))


@given(st.floats(0, 0.5), st.floats(0, 1))
def test_losses_and_refusals_near_by_drive_men_away(loss: float, refusing: float) -> None:
    rate = hazards.absence(P, 0.0, loss, refusing)
    assert hazards.absence(P, 0.0, 0.02, 0.0) == pytest.approx(np.exp(P["exits.absence_base"]))
    assert hazards.absence(P, 0.0, loss + 0.1, refusing) > rate
    assert hazards.absence(P, 0.0, loss, refusing + 0.1) > rate
    assert hazards.absence(P, 1.0, loss, refusing) == pytest.approx(rate * np.e)


@given(st.floats(0.01, 1), st.floats(0, 1), st.floats(0, 1))
def test_an_incident_works_only_through_grievance(grievance: float, near: float, fear: float) -> None:
    def rate(grievance: float, *, incident: bool) -> float:
        return float(hazards.refusal(P, grievance, incident, near, 0.0, fear, 1.0))

    assert rate(0.0, incident=True) == rate(0.0, incident=False)
    gained = np.log(rate(grievance, incident=True) / rate(grievance, incident=False))
    assert gained == pytest.approx(grievance * P["refusal.incident"])


@given(st.floats(0, 1))
def test_refusal_spreads_only_above_its_threshold(near: float) -> None:
    gained = np.log(
        hazards.refusal(P, 0.5, False, near, 0.0, 0.0, 1.0) / hazards.refusal(P, 0.5, False, 0.0, 0.0, 0.0, 1.0)
    )
    assert gained == pytest.approx(P["refusal.contagion"] * max(0.0, near - P["refusal.threshold"]), abs=1e-9)
