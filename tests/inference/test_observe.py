"""The likelihood of what was said, with unknown biases integrated out: against numerical integration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from armies import START, middling
from saying import days
from tocsin.evidence.observation import Observation, Tally
from tocsin.inference.levels import level
from tocsin.inference.observe import BIASES, NODES, Sight, absorb, unknown, week_end
from tocsin.parameters import value
from tocsin.simulation.desk.records import MEASURES

FULL = 30000.0
SLIP = "reporting.transcription"


def _recorded(daily: np.ndarray, first: int, last: int) -> float:
    """Vehicles recorded in some days, by numerical summation over the days on which they were lost."""
    late = stats.lognorm(s=value("reporting.vehicles_delay_spread"), scale=value("reporting.vehicles_delay"))
    return float(
        sum(n * (late.cdf(last - d + 0.5) - late.cdf(first - 1 - d + 0.5)) for d, n in enumerate(daily) if d <= last)
    )


def _sight(particles: int = 3) -> Sight:
    """Three weeks in which particles differ in every count."""
    history = np.zeros((particles, 21), dtype=MEASURES)
    scale = np.arange(1, particles + 1)[:, None]
    history["casualties"], history["vehicles_lost"] = 20 * scale, 2 * scale
    history["vehicles_abandoned"], history["morale"] = np.ones((particles, 21)), 0.2 * scale
    own = middling(particles, 1)[:, 0]
    return Sight(start=START, history=history, week=history[:, 14:], own=own, establishment=FULL)


def _observation(kind: str, **more: object) -> Observation:
    base = {"force": "Norland", "happened": days(14, 20), "known": START + timedelta(20), "origins": 1, "claims": ()}
    return Observation(kind=kind, **{"indicator": "losses", **base, **more})  # type: ignore[arg-type]


POLARITY = _observation(
    "polarity", indicator="low_morale", tallies=(Tally(side="opponent", affirmed=2.0, negated=0.55),)
)
SOLDIERS = _observation("level", value=900.0, unit="soldiers", side="opponent")
PART = _observation("level", value=0.2, unit="share", side="third", happened=days(0, 20))
VEHICLES = _observation("level", value=30.0, unit="vehicles", side="third")
SHARE = _observation("share", indicator="abandonment", value=6.0, of=20.0, unit="vehicles", side="third")


def _student(reported: float, true: float, bias: float, spread: float) -> float:
    off, freedom, slip = np.log(reported) - np.log(true) - bias, value("reporting.count_freedom"), value(SLIP)
    wide = np.hypot(spread, value("reporting.slip_spread"))
    right, wrong = ((1 + (off / s) ** 2 / freedom) ** (-(freedom + 1) / 2) / s for s in (spread, wide))
    return float(spread * ((1 - slip) * right + slip * wrong))


def _star(p: float, yes: float, no: float) -> float:
    """Star copying, written down anew: who was first, and who then followed or judged."""
    c, q = value("reporting.copying"), 1 - p
    first_yes = yes / (yes + no) * p * (c + (1 - c) * p) ** (yes - 1) * ((1 - c) * q) ** no
    first_no = no / (yes + no) * q**no * ((1 - c) * p) ** yes
    return first_yes + first_no


def _exact(seen: Observation, sight: Sight, i: int) -> Callable[[float], float]:
    """The likelihood in particle i given the normal score of the bias."""
    losses = float(sight.week["casualties"][i].sum())
    if seen.kind == "polarity":
        amount = float(level(seen.indicator, sight.week, sight.own, FULL)[i])
        x = value("reporting.opponent_intercept") + value("reporting.opponent_slope") * (amount - 0.5)
        width = value("reporting.bias_spread")
        return lambda b: _star(1 / (1 + np.exp(-(x + width * b))), 2.0, 0.55)
    if seen.kind == "share":
        left, gone = (_recorded(sight.history[f"vehicles_{what}"][i], 14, 20) for what in ("abandoned", "lost"))
        share = (left + 0.5) / (gone + 1)
        width, size = value("reporting.abandoned_bias_spread"), value("reporting.abandoned_precision")

        def part(b: float) -> float:
            p = 1 / (1 + np.exp(-(np.log(share / (1 - share)) + width * b)))
            return float(stats.betabinom(20, p * size, (1 - p) * size).pmf(6))

        return part
    if seen.unit == "vehicles":
        gone = _recorded(sight.history["vehicles_lost"][i], 14, 20)
        middle, width = value("reporting.vehicles_seen"), value("reporting.vehicles_seen_spread")
        return lambda b: _student(30.0, gone, middle + width * b, value("reporting.vehicles_error"))
    error = np.hypot(value("reporting.definition_spread"), value("reporting.count_error"))
    middle, width = (value(f"reporting.{seen.side}_count_{what}") for what in ("bias", "spread"))
    if seen.unit == "share":
        true = 3 * losses / (1 - float(sight.own["side.ghosts"][i]))
        return lambda b: _student(0.2 * FULL, true, middle + width * b, error)
    return lambda b: _student(900.0, losses, middle + width * b, error)


def _integrated(inside: Callable[[float], float]) -> float:
    return float(np.log(quad(lambda b: stats.norm.pdf(b) * inside(b), -8, 8)[0]))


@pytest.mark.parametrize("seen", [POLARITY, SOLDIERS, PART, VEHICLES, SHARE], ids=lambda o: f"{o.kind} {o.unit}")
def test_one_observation_weighs_as_numerical_integration_says(seen: Observation) -> None:
    sight = _sight()
    found = absorb(seen, sight, unknown(3, 1)[:, 0])
    exact = [_integrated(_exact(seen, sight, i)) for i in range(3)]
    assert found == pytest.approx(exact, abs=5e-3)
    assert np.ptp(found) > 0.01


@pytest.mark.parametrize("seen", [POLARITY, SOLDIERS, VEHICLES, SHARE], ids=lambda o: f"{o.kind} {o.unit}")
def test_two_observations_share_their_unknown_bias(seen: Observation) -> None:
    sight, biases = _sight(), unknown(3, 1)[:, 0]
    once = absorb(seen, sight, biases)
    twice = once + absorb(seen, sight, biases)
    exact = [_integrated(lambda b, i=i: _exact(seen, sight, i)(b) ** 2) for i in range(3)]
    assert twice == pytest.approx(exact, abs=1e-2)
    assert np.all(twice > 2 * once + 1e-3)


def test_more_origins_of_a_count_leave_less_error() -> None:
    four = np.hypot(value("reporting.definition_spread"), value("reporting.count_error") / 2)
    middle, width = (value(f"reporting.opponent_count_{what}") for what in ("bias", "spread"))
    sight = _sight()
    found = absorb(replace(SOLDIERS, origins=4), sight, unknown(3, 1)[:, 0])
    losses = sight.week["casualties"].sum(axis=1).tolist()
    exact = [_integrated(lambda b, n=n: _student(900.0, n, middle + width * b, four)) for n in losses]
    assert found == pytest.approx(exact, abs=5e-3)


def test_two_sides_do_not_share_a_bias() -> None:
    sight, biases = _sight(), unknown(3, 1)[:, 0]
    first = absorb(SOLDIERS, sight, biases)
    other = replace(SOLDIERS, side="own")
    assert absorb(other, sight, biases) == pytest.approx(absorb(other, sight, unknown(3, 1)[:, 0]))
    assert first == pytest.approx(absorb(SOLDIERS, sight, unknown(3, 1)[:, 0]))


def test_what_continues_a_series_and_who_is_trusted_less_count_with_a_power() -> None:
    sight = _sight()
    power = (1 - value("reporting.persistence")) * 0.55
    found = absorb(replace(SOLDIERS, follows=True, trust=0.55), sight, unknown(3, 1)[:, 0])
    exact = [_integrated(lambda b, i=i: _exact(SOLDIERS, sight, i)(b) ** power) for i in range(3)]
    assert found == pytest.approx(exact, abs=5e-3)


@pytest.mark.parametrize("seen", [POLARITY, SOLDIERS, VEHICLES, SHARE], ids=lambda o: f"{o.kind} {o.unit}")
def test_biases_stay_distributions(seen: Observation) -> None:
    biases = unknown(3, 1)[:, 0]
    absorb(seen, _sight(), biases)
    assert np.exp(biases).sum(axis=-1) == pytest.approx(1.0)
    moved = [name for i, name in enumerate(BIASES) if not np.allclose(biases[:, i], unknown(3, 1)[:, 0, i])]
    assert len(moved) == 1


def test_the_grid_is_a_standard_normal() -> None:
    bell = np.exp(unknown(1, 1)[0, 0, 0])
    assert bell @ NODES == pytest.approx(0.0, abs=1e-12)
    assert bell @ NODES**2 == pytest.approx(1.0, abs=0.01)


def test_relief_is_affirmed_by_those_whom_it_serves() -> None:
    sight = _sight()
    said = _observation("polarity", indicator="reinforcement", tallies=(Tally(side="own", affirmed=1.0, negated=0.0),))
    strain = replace(said, indicator="losses", tallies=(Tally(side="opponent", affirmed=1.0, negated=0.0),))
    sight.history["casualties"], sight.history["replaced"] = 0.02 * FULL / 7, 0.01 * FULL / 7
    assert absorb(said, sight, unknown(3, 1)[:, 0]) == pytest.approx(absorb(strain, sight, unknown(3, 1)[:, 0]))


@pytest.mark.parametrize(
    ("first", "last", "as_of", "weighed"),
    [(0, 6, 40, 6), (-30, -20, 40, 6), (10, 12, 40, 12), (30, 80, 40, 40), (0, 6, 3, 3)],
)
def test_an_observation_is_weighed_within_the_time_simulated(first: int, last: int, as_of: int, weighed: int) -> None:
    seen = replace(SOLDIERS, happened=days(first, last))
    assert week_end(seen, START, START + timedelta(as_of)) == START + timedelta(weighed)


def test_totals_hold_the_days_that_an_observation_is_about() -> None:
    sight = _sight(1)
    sight.history["casualties"] = np.arange(21)
    about = replace(SOLDIERS, happened=days(3, 5))
    assert sight.total("casualties", about).tolist() == [12.0]
    assert sight.total("casualties", replace(about, happened=days(0, 90))).tolist() == [210.0]


def test_what_is_recorded_follows_what_was_lost_by_its_delay() -> None:
    sight = _sight(1)
    sight.history["vehicles_lost"] = np.arange(21)
    about = replace(VEHICLES, happened=days(10, 16))
    exact = _recorded(np.arange(21), 10, 16)
    assert sight.recorded("vehicles_lost", about) == pytest.approx([exact])
    whole = sight.recorded("vehicles_lost", replace(about, happened=days(0, 20)))
    assert whole[0] < 210
    parts = [sight.recorded("vehicles_lost", replace(about, happened=days(d, d)))[0] for d in range(21)]
    assert sum(parts) == pytest.approx(whole[0])


def _covered(heard: float, chance: float, phones: float = 1.0) -> np.ndarray:
    sight = _sight()
    sight.own["side.phones"] = phones
    seen = _observation("coverage", indicator="low_morale", value=heard, chance=chance, false=0.05)
    biases = unknown(3, 1)[:, 0]
    found = absorb(seen, sight, biases)
    assert biases == pytest.approx(unknown(3, 1)[:, 0])
    return found


def test_silence_counts_where_coverage_is_known_and_says_nothing_where_nobody_watches() -> None:
    amount = level("low_morale", _sight().week, _sight().own, FULL)
    silent = np.log(1 - (0.05 + amount * 0.95 * 0.8))
    assert _covered(0.0, 0.8) == pytest.approx(silent)
    assert _covered(1.0, 0.8) == pytest.approx(np.log(1 - np.exp(silent)))
    assert np.ptp(_covered(0.0, 0.0)) == pytest.approx(0.0)
    assert np.ptp(_covered(0.0, 0.8)) > 0.1


def test_silence_of_soldiers_without_telephones_says_less() -> None:
    assert np.ptp(_covered(0.0, 0.8, phones=0.0)) < np.ptp(_covered(0.0, 0.8)) / 2
