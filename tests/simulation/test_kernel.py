"""One particle's days: heads kept, chance as stated, and the compiled kernel what its plain Python says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from armies import START, army, go, heads, middling, same, two_armies
from strategies import scores
from tocsin.forces.state import UNIT, ForceState, Layout, layout
from tocsin.forces.unit import OrderOfBattle
from tocsin.simulation import draws, kernel, simulate

SMALL = two_armies(4, "battalion")
SHARES = ("morale", "cohesion", "refusal", "reluctance", "ineffective", "supply", "dissent", "aware", "legitimacy")
PLAIN = """
import math, sys
import numpy as np
from armies import go, two_armies
from tocsin.simulation import draws, kernel
assert not hasattr(kernel.advance, "py_func"), "the compiler is on"
drawn = draws.values(draws.draw(11, 3, 2))
# compiled code calls the C library's functions; NumPy's own differ from them in the last bit
for name in ("exp", "log", "expm1"):
    setattr(np, name, lambda x, same=getattr(math, name): np.float64(same(x)))
state, seen = go(two_armies(4, "battalion"), drawn, 60)
np.savez(sys.argv[1], soldiers=state.soldiers, units=state.units, command=state.command, seen=seen)
"""


def _set(drawn: NDArray[np.void], **changed: float) -> NDArray[np.void]:
    """Set parameters by name, with one underscore for the first dot."""
    for name, number in changed.items():
        drawn[name.replace("_", ".", 1)] = number
    return drawn


def _by_day(where: Layout, drawn: NDArray[np.void], days: int) -> list[ForceState]:
    state = simulate.start(where, drawn, 1)
    states = [state]
    for day in range(days):
        state, _ = simulate.advance(state, where, drawn, seed=1, first_day=day, days=1)
        states.append(state)
    return states


def test_the_compiled_kernel_does_what_its_plain_python_does(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(tests)}
    subprocess.run([sys.executable, "-c", PLAIN, str(tmp_path / "plain.npz")], check=True, env=env)
    state, seen = go(SMALL, draws.values(draws.draw(11, 3, 2)), 60)
    with np.load(tmp_path / "plain.npz") as plain:
        assert np.array_equal(plain["soldiers"], state.soldiers)
        assert plain["units"].tobytes() == state.units.tobytes()
        assert plain["command"].tobytes() == state.command.tobytes()
        assert plain["seen"].tobytes() == seen.tobytes()
    assert seen["casualties"].sum() > 0


@settings(max_examples=25)
@given(scores(2, 2))
@example(np.full((2, 2, sum(p.prior is not None for p in draws.simulated().values())), 6.0))
@example(np.full((2, 2, sum(p.prior is not None for p in draws.simulated().values())), -6.0))
def test_no_soldier_and_no_vehicle_is_lost_from_the_books(drawn_scores: NDArray[np.float64]) -> None:
    states = _by_day(SMALL, draws.values(drawn_scores), 25)
    mustered, vehicles = heads(states[0]), states[0].units["vehicles"]
    for state in states:
        assert np.array_equal(heads(state), mustered + state.units["replaced"])
        assert np.array_equal(state.units["vehicles"] + state.units["vehicles_lost"], vehicles)
        assert np.all(state.units["vehicles_abandoned"] <= state.units["vehicles_lost"])
        assert np.all(state.soldiers >= 0)
        assert all(np.all(state.units[name] >= 0) for name in (UNIT.names or ()))


@settings(max_examples=40)
@given(scores(2, 2), st.integers(1, 120))
def test_only_finite_numbers_in_range_are_written_whatever_the_parameters(
    drawn_scores: NDArray[np.float64], days: int
) -> None:
    state, seen = go(SMALL, draws.values(drawn_scores), days)
    for name in seen.dtype.names or ():
        assert np.all(np.isfinite(seen[name]) & (seen[name] >= 0)), name
    for name in SHARES:
        assert np.all(seen[name] <= 1), name
    for name in ("cohesion", "morale", "exhaustion", "supply", "grievance", "loyalty", "recent_loss"):
        assert np.all((state.units[name] >= 0) & (state.units[name] <= 1)), name
    assert np.all(seen["killed"] + seen["captured"] <= seen["casualties"])
    assert np.all(seen["vehicles_abandoned"] <= seen["vehicles_lost"])
    assert np.all(seen["strength"] < 2)


def test_daily_counts_add_up_to_the_state() -> None:
    drawn = draws.values(draws.draw(5, 6, 2))
    state, seen = go(SMALL, drawn, 90)
    of = SMALL.force[None] == np.arange(2)[:, None]
    for name in ("killed", "captured", "absent", "surrendered", "replaced", "vehicles_abandoned"):
        total = np.stack([state.units[name][:, mine].sum(axis=1) for mine in of], axis=1)
        assert np.array_equal(seen[name].sum(axis=1, dtype=float), total), name
    full = np.stack([state.soldiers[:, mine].sum(axis=(1, 2)) / SMALL.establishment[mine].sum() for mine in of], axis=1)
    assert np.allclose(seen["strength"][:, -1], full)


def test_the_same_seed_gives_the_same_war_and_another_another() -> None:
    drawn = draws.values(draws.draw(1, 4, 2))
    assert same(go(SMALL, drawn, 30)[0], go(SMALL, drawn, 30)[0])
    assert not same(go(SMALL, drawn, 30)[0], go(SMALL, drawn, 30, seed=2)[0])


def test_threads_change_nothing() -> None:
    drawn = draws.values(draws.draw(1, 60, 2))
    (one, seen), (two, watched) = (go(SMALL, drawn, 20, threads=threads) for threads in (1, 2))
    assert same(one, two)
    assert seen.tobytes() == watched.tobytes()


def test_more_particles_change_nothing_in_the_first() -> None:
    drawn = draws.values(draws.draw(1, 7, 2))
    sole = simulate.start(SMALL, drawn, 1)
    few = ForceState(soldiers=sole.soldiers[:3], units=sole.units[:3], command=sole.command[:3])
    seen = [
        simulate.advance(state, SMALL, drawn[: len(state.units)], seed=1, first_day=0, days=20)[1]
        for state in (few, sole)
    ]
    assert seen[0].tobytes() == seen[1][:3].tobytes()


def test_the_state_given_stays_as_it_was() -> None:
    drawn = middling(2, 2)
    begun = simulate.start(SMALL, drawn, 1)
    untouched = simulate.start(SMALL, drawn, 1)
    simulate.advance(begun, SMALL, drawn, seed=1, first_day=0, days=5)
    assert same(begun, untouched)


def test_renaming_forces_and_units_changes_nothing() -> None:
    def fought(first: str, second: str, prefix: str) -> NDArray[np.void]:
        armies = [army(first, 4, "battalion", prefix), army(second, 4, "battalion", prefix)]
        return go(layout(armies, [[second], [first]]), draws.values(draws.draw(1, 3, 2)), 30)[1]

    assert fought("Norland", "Sudland", "").tobytes() == fought("Zeta", "Alpha", "x").tobytes()


def test_without_an_enemy_nobody_falls_breaks_or_tires() -> None:
    where = layout([army("Norland", 4), army("Sudland", 4)], [[], []])
    state, seen = go(where, _set(draws.values(draws.draw(2, 30, 2)), breaking_surprise=1.0), 60)
    assert seen["casualties"].sum() == 0 == seen["vehicles_lost"].sum()
    assert np.all(state.units["exhaustion"] == 0)
    assert not np.any(state.units["mode"] == kernel.BROKEN)


def test_the_order_of_units_does_not_matter() -> None:
    """What single units draw differs by place; what becomes of armies does not."""
    small, large = army("Norland", 4, "battalion"), army("Norland", 1, "brigade", "first ")
    opposing = army("Sudland", 5, "battalion")
    totals = []
    for units in ((*small.units, *large.units), (*large.units, *small.units)):
        mixed = OrderOfBattle(force="Norland", known=START, units=units)
        where = layout([mixed, opposing], [["Sudland"], ["Norland"]])
        _, seen = go(where, middling(600, 2), 40, seed=4)
        totals.append(seen["casualties"][:, :, 0].sum(axis=1, dtype=float))
    assert stats.ks_2samp(*totals).pvalue > 1e-3


def test_losses_of_a_day_are_beta_binomial_around_the_rate() -> None:
    number, correlation, days = 400, 0.03, 8000
    p = _set(middling(1, 1), losses_spread=0.0, losses_shock=0.0, losses_exponent=0.0, side_tempo=1.0)[0, 0]
    p["losses.rate"], p["losses.correlation"] = 0.05, correlation
    by_force = np.array([[1000.0, 1000.0, 0.0, 1.0, 0.0, 1.0, 1000.0]])
    rng, fell = np.random.default_rng(3), np.zeros(days)
    for day in range(days):
        mine, unit = np.array([number, 0, 0], dtype=np.int32), np.zeros(1, dtype=UNIT)
        fell[day] = kernel.fight.py_func(mine, unit[0], 0, by_force, p, rng, np.zeros(1, simulate.MEASURES)[0])
        assert mine.sum() + fell[day] == number
    x = 1 - np.exp(-0.05)
    expected = number * x * (1 - x) * (1 + (number - 1) * correlation)
    assert fell.mean() == pytest.approx(number * x, abs=4 * np.sqrt(expected / days))
    assert fell.var() == pytest.approx(expected, rel=0.1)
    assert expected > 10 * number * x * (1 - x)


def test_each_refusing_unit_is_as_likely_to_be_suppressed_as_any_other() -> None:
    trials, size = 3000, 6
    p = _set(middling(1, 1), side_concession=0.0)[0]
    by_force = np.zeros((1, 8))
    by_force[0, 3], by_force[0, 7] = size, 2.0
    rng, picked = np.random.default_rng(5), np.zeros(size)
    for _ in range(trials):
        units = np.zeros(size, dtype=UNIT)
        units["mode"] = kernel.REFUSING
        today = np.zeros(1, dtype=simulate.MEASURES)
        soldiers = np.full((size, 3), 100, dtype=np.int32)
        kernel.respond(units, np.zeros(size, np.int64), soldiers, (by_force, np.zeros((1, 3))), p, rng, today)
        assert today["suppressed"][0] == 2 == np.sum(units["mode"] == kernel.COMPLIANT)
        picked += units["mode"] == kernel.COMPLIANT
    assert stats.chisquare(picked).pvalue > 1e-3


def test_units_refuse_apart_where_nothing_passes_between_them() -> None:
    where = layout([army("Norland", 20)], [[]])
    drawn = _set(middling(3000, 1), refusal_contagion=0.0, refusal_fear=0.0, refusal_base=-4.0, refusal_officers=0.0)
    drawn["side.grievance"], drawn["side.arrears"] = 0.5, 0.0
    _, seen = go(where, drawn, 1)
    refused = seen["refusals"][:, 0, 0].astype(float)
    x = refused.mean() / 20
    assert 0.02 < x < 0.5
    assert refused.var() == pytest.approx(20 * x * (1 - x), rel=0.12)


def test_large_loyal_forces_and_certain_punishment_leave_no_cascade() -> None:
    drawn = _set(draws.values(draws.draw(6, 40, 2)), refusal_fear=8.0, side_capacity=20.0)
    _, seen = go(two_armies(10, "battalion"), drawn, 120)
    assert seen["refusal"].max() <= 0.2


def test_leaders_who_hear_all_at_once_believe_the_truth() -> None:
    drawn = _set(draws.values(draws.draw(7, 5, 2)), side_shading=0.0, command_lag=1.0)
    _, seen = go(SMALL, drawn, 40)
    assert np.allclose(seen["belief"], seen["strength"], atol=1e-6)


def test_shaded_reports_pass_on_their_part_of_the_deficit() -> None:
    drawn = _set(draws.values(draws.draw(7, 5, 2)), side_shading=0.15, command_lag=1.0, side_learning=0.0)
    _, seen = go(SMALL, drawn, 40)
    assert np.allclose(1 - seen["belief"], 0.85**5 * (1 - seen["strength"]), atol=1e-6)
    assert pytest.approx(0.44, abs=0.005) == 0.85**5
