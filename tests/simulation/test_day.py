"""The mechanisms of a day as functions: exact values, signs and limits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from armies import middling
from tocsin.forces.state import COMMAND, UNIT
from tocsin.parameters import value
from tocsin.simulation.day import breaking, command, condition, contact, exits, refusal
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.records import GROUP, RATES, STREAM
from tocsin.simulation.engines.muster import cutoff

P = middling(1, 1)[0, 0]
shares = st.floats(0, 1)


def _unit(**traits: float) -> np.void:
    unit = np.zeros(1, dtype=UNIT)
    for name, number in {"parts": 4, "morale": 0.5, "cohesion": 0.6, "supply": 1.0, **traits}.items():
        unit[name] = number
    return unit[0]


def _set(**changed: float) -> np.void:
    p = middling(1, 1)
    for name, number in changed.items():
        p[name.replace("_", ".", 1)] = number
    return p[0, 0]


# Losses: Lanchester and Helmbold.


def _fought(exponent: float, days: float, *, a: float, b: float, steps: int = 4000) -> tuple[float, float]:
    """Two forces of 100 and 60 after some days: Runge and Kutta on the rate itself."""

    def pace(at: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = at
        return -np.array([x * contact.loss_rate(a, x, y, exponent), y * contact.loss_rate(b, y, x, exponent)])

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


@given(st.floats(1e-6, 1), st.floats(1, 1e6), st.floats(1, 1e6), shares)
def test_the_loss_exchange_follows_the_force_ratio_with_slope_one_minus_two_w(
    base: float, x: float, y: float, exponent: float
) -> None:
    lost, inflicted = x * contact.loss_rate(base, x, y, exponent), y * contact.loss_rate(base, y, x, exponent)
    assert np.log(lost / inflicted) == pytest.approx((1 - 2 * exponent) * np.log(x / y), abs=1e-9)


@pytest.mark.parametrize(("own", "opposing"), [(0.0, 5.0), (5.0, 0.0), (0.0, 0.0)])
def test_nobody_is_lost_where_one_side_is_missing(own: float, opposing: float) -> None:
    assert contact.loss_rate(0.01, own, opposing, 0.4) == 0.0


# Condition.


def test_men_break_down_in_unbroken_contact_as_swank_and_marchand_saw() -> None:
    unit, hazard, broken = _unit(), 0.0, []
    for _ in range(60):
        hazard += condition.strained(unit, True, P)
        broken.append(1 - np.exp(-hazard))
    assert broken[29] == pytest.approx(0.387, abs=5e-4)
    assert broken[59] == pytest.approx(0.98, abs=5e-4)
    median = np.interp(0.5, broken, np.arange(1, 61))
    assert median == pytest.approx(33.7, abs=0.05)


def test_a_rest_stops_the_clock_of_unbroken_contact() -> None:
    unit = _unit()
    for _ in range(20):
        condition.strained(unit, True, P)
        assert condition.strained(unit, False, P) == 0.0
    assert unit["strain"] == 0.0


def test_fresh_men_rest_and_loosen_a_unit() -> None:
    unit = _unit(exhaustion=0.5, cohesion=0.8, training=1.0, grievance=0.9)
    condition.mingle(unit, 0, 25, 100, P)
    assert unit["exhaustion"] == pytest.approx(0.375)
    assert unit["cohesion"] == pytest.approx(0.8 * (1 - P["condition.cohesion_turnover"] / 4))
    assert unit["training"] == pytest.approx(0.75 + 0.25 * P["condition.training_new"])
    assert unit["grievance"] == pytest.approx(0.75 * 0.9 + 0.25 * P["side.grievance"])


@given(shares, shares, shares)
def test_dissent_is_a_share_that_falls_with_morale(grievance: float, morale: float, other: float) -> None:
    low, high = sorted((morale, other))
    one, two = (condition.dissent(_unit(grievance=grievance, morale=m), P) for m in (low, high))
    assert 0 < two <= one < 1


# Breaking and leaving: competing risks.


@given(shares, shares, shares)
def test_causes_of_a_break_compete_by_adding_up(own: float, opposing: float, supply: float) -> None:
    fire, turned, want, reserves = breaking.hazards(P, own, opposing, True, supply, 0.0)
    assert turned == pytest.approx(P["breaking.battle"] * P["break_hazard.surprised"])
    assert want == pytest.approx(P["breaking.supply"] * (1 - supply) ** 2)
    assert reserves == P["breaking.reserves"]
    assert breaking.hazards(P, own, opposing, False, 1.0, 0.5) == (fire, 0.0, 0.0, 0.0)
    war = P["break_hazard.base"] + P["break_hazard.war"] * P["breaking.war"]
    assert breaking.hazards(P, own, own, False, 1.0, 0.5)[0] == pytest.approx(P["breaking.battle"] * np.exp(war))


def test_men_who_leave_go_where_their_hazards_say() -> None:
    rates = np.zeros(1, dtype=RATES)
    rates[0] = (0.02, 0.01, 0.03, 0.02, 0.01)
    p, rng, many = _set(side_blocking=0.0), np.zeros(1, dtype=STREAM)[0], 40000
    drawn = np.bincount([exits.whither(rates[0], 2.0, p, rng) for _ in range(many)], minlength=12) / many
    expected = {codes.ABSENT: 4, codes.SURRENDERED: 2, codes.SICK: 3, codes.LEAVE: 2, codes.RELEASED: 1}
    for fate, part in expected.items():
        assert drawn[fate] == pytest.approx(part / 12, abs=5 * np.sqrt(part / 12 / many))


def test_troops_behind_the_front_catch_and_shoot_those_who_leave() -> None:
    rates = np.zeros(1, dtype=RATES)
    rates[0]["absence"] = 0.01
    p, rng, many = _set(side_blocking=1.0), np.zeros(1, dtype=STREAM)[0], 40000
    drawn = np.bincount([exits.whither(rates[0], 1.0, p, rng) for _ in range(many)], minlength=12) / many
    assert drawn[codes.ABSENT] == pytest.approx(1 - p["exits.caught"], abs=0.015)
    assert drawn[codes.KILLED] == pytest.approx(p["exits.caught"] * p["exits.shot"], abs=0.005)


def _rates(unit: np.void, p: np.void, *, heard: float = 0.0, touched: bool = False) -> np.void:
    rates = np.zeros(1, dtype=RATES)
    exits.leaving(unit, touched, 0.0, heard, np.zeros(1, dtype=COMMAND)[0], p, rates[0])
    return rates[0]


@given(st.floats(0, 0.5), shares)
def test_losses_and_refusals_near_by_drive_men_away(loss: float, heard: float) -> None:
    p = _set(side_abuse=0.0, side_arrears=0.0, side_blocking=0.0)
    rested = _rates(_unit(recent_loss=p["exits.reference_loss"]), p)
    assert rested["absence"] == pytest.approx(np.exp(p["exits.absence_base"]))
    rate = _rates(_unit(recent_loss=loss), p, heard=heard)["absence"]
    assert _rates(_unit(recent_loss=loss + 0.1), p, heard=heard)["absence"] > rate
    assert _rates(_unit(recent_loss=loss), p, heard=heard + 0.1)["absence"] > rate


def test_men_surrender_where_they_are_broken_or_pressed_only() -> None:
    assert _rates(_unit(), P, touched=True)["surrender"] == 0.0
    broken, pressed = _rates(_unit(mode=codes.BROKEN), P), _rates(_unit(pressed=1), P, touched=True)
    assert pressed["surrender"] == pytest.approx(P["exits.encircled"] * broken["surrender"])
    assert broken["surrender"] > 0


# Refusal.


@pytest.mark.parametrize(
    ("capacity", "refusing", "certain"),
    [(3.0, 0.0, 3), (3.0, 1.0, 1), (3.0, 2.0, 1), (2.99, 2.0, 0), (0.99, 0.0, 0), (4.0, 1.0, 2)],
)
def test_punishment_saturates_by_whole_steps(capacity: float, refusing: float, certain: int) -> None:
    assert refusal.punishment(capacity, refusing, 2.3) == pytest.approx(1 - np.exp(-2.3 * certain))


@given(st.floats(0, 50), st.integers(0, 200))
def test_fear_is_gone_once_as_many_refuse_as_can_be_suppressed(capacity: float, refusing: int) -> None:
    assert (refusal.punishment(capacity, refusing, 2.3) == 0.0) == (capacity < 1.0 + refusing)


@given(st.floats(0.01, 1), shares, shares)
def test_an_incident_works_only_through_grievance(grievance: float, heard: float, fear: float) -> None:
    p = _set(side_arrears=0.0)

    def rate(grievance: float, loss: float) -> float:
        return float(refusal.declining(_unit(grievance=grievance, recent_loss=loss), heard, fear, p))

    assert rate(0.0, 0.2) == rate(0.0, 0.0)
    if rate(grievance, 0.2) < p["refusal.most"]:
        gained = np.log(rate(grievance, 0.2) / rate(grievance, 0.0))
        assert gained == pytest.approx(grievance * p["refusal.incident"])


@given(shares)
def test_refusal_spreads_only_above_its_threshold(heard: float) -> None:
    p = _set(refusal_most=1e9)
    gained = np.log(refusal.declining(_unit(), heard, 0.0, p) / refusal.declining(_unit(), 0.0, 0.0, p))
    assert gained == pytest.approx(p["refusal.contagion"] * max(0.0, heard - p["refusal.threshold"]), abs=1e-9)


def test_a_unit_hears_of_others_along_three_layers_and_not_when_it_is_cut_off() -> None:
    groups = np.zeros(3, dtype=GROUP)
    groups["units"], groups["refusing"] = (4, 20, 10), (2, 5, 1)
    p = _set(side_phones=0.5)
    heard = refusal.hear(*groups, _unit(), p)
    assert heard == pytest.approx(0.5 * 0.5 + 0.3 * 0.25 + 0.2 * 0.5 * 0.1)
    assert refusal.hear(*groups, _unit(isolated=1), p) == 0.0


@given(st.floats(0.05, 0.95), st.floats(0.01, 1))
def test_the_cutoff_is_where_a_commander_is_indifferent(cost: float, noise: float) -> None:
    """At x* the regime falls for all who see less: P(fall | x*) equals the cost, and the attack just tips it."""
    from scipy.stats import norm  # noqa: PLC0415

    at = float(cutoff(np.array(cost), np.array(noise)))
    tipping = 1.0 - cost
    assert norm.cdf((tipping - at) / noise) == pytest.approx(cost)
    assert norm.cdf((at - tipping) / noise) == pytest.approx(tipping)


# Reports upward.


def _told(deficits: list[float], **changed: float) -> np.void:
    head = np.zeros(1, dtype=COMMAND)
    for deficit in deficits:
        command.report(head[0], deficit, _set(side_ghosts=0.0, **changed))
    return head[0]


@given(st.lists(shares, min_size=1, max_size=20))
def test_leaders_who_hear_all_at_once_believe_the_truth(deficits: list[float]) -> None:
    assert _told(deficits, side_shading=0.0, command_lag=0.0)["belief"] == pytest.approx(1 - deficits[-1])
    assert _told(deficits, side_learning=1.0)["belief"] == pytest.approx(1 - deficits[-1])


def test_each_level_keeps_its_part_of_the_deficit() -> None:
    belief = _told([0.4], side_shading=0.15, command_lag=0.0, side_learning=0.0)["belief"]
    assert 1 - belief == pytest.approx(0.4 * 0.85 ** value("command.levels"))
    assert pytest.approx(0.44, abs=0.005) == 0.85**5


def test_reports_come_late_by_the_lag() -> None:
    """The answer to a step rises like the Erlang law of as many stages as levels: its mean is the lag."""
    days, lag = 200, 20.0
    heard = [
        1 - _told([1.0] * n, side_shading=0.0, side_learning=0.0, command_lag=lag)["belief"] for n in range(1, days)
    ]
    late = sum(1 - h for h in heard)
    assert late == pytest.approx(lag - value("command.levels"), abs=1.0)  # a stage answers on the day it is told


def test_ghosts_on_the_list_hide_losses() -> None:
    head = np.zeros(1, dtype=COMMAND)
    command.report(head[0], 0.2, _set(side_ghosts=0.25, side_learning=0.0, command_lag=0.0))
    assert head[0]["belief"] == 1.0
