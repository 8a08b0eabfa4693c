"""Days of whole armies: heads kept, positions alone decide, and the compiled kernel what its plain Python says."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from armies import START, army, everybody, go, heads, middling, same, two_armies
from strategies import scores
from tocsin.forces.soldiers import PRESENT_OR_AWAY, STATUSES
from tocsin.forces.state import UNIT, ForceState
from tocsin.forces.tree import Layout, layout
from tocsin.forces.unit import OrderOfBattle
from tocsin.simulation import draws, simulate
from tocsin.simulation.day.response import choose
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.records import PLACE, SIGHT, STREAM

SMALL = two_armies(4, "company")
SHARES = ("morale", "cohesion", "refusal", "reluctance", "ineffective", "supply", "dissent", "aware", "legitimacy")
DRAWN = sum(p.prior is not None for p in draws.simulated().values())
PLAIN = """
import sys
import numpy as np
from armies import two_armies
from tocsin.simulation import draws, kernel, simulate
assert not hasattr(kernel.advance, "py_func"), "the compiler is on"
np.seterr(over="ignore")
where, drawn = two_armies(3, "company"), draws.values(draws.draw(11, 2, 2))
for one_by_one in (False, True):
    state = simulate.start(where, drawn, 1, one_by_one=one_by_one)
    state, seen = simulate.advance(state, where, drawn, seed=1, first_day=0, days=25)
    np.savez(sys.argv[1 + one_by_one], units=state.units, command=state.command, seen=seen)
"""


def _set(drawn: NDArray[np.void], **changed: float) -> NDArray[np.void]:
    """Set parameters by name, with one underscore for the first dot."""
    for name, number in changed.items():
        drawn[name.replace("_", ".", 1)] = number
    return drawn


def _by_day(where: Layout, drawn: NDArray[np.void], days: int, *, one_by_one: bool) -> list[ForceState]:
    states = [simulate.start(where, drawn, 1, one_by_one=one_by_one)]
    for day in range(days):
        states.append(simulate.advance(states[-1], where, drawn, seed=1, first_day=day, days=1)[0])
    return states


def test_the_compiled_kernel_does_what_its_plain_python_does(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    path = os.pathsep.join([str(tests), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path}
    files = [str(tmp_path / name) for name in ("counted.npz", "one_by_one.npz")]
    subprocess.run([sys.executable, "-c", PLAIN, *files], check=True, env=env)
    where, drawn = two_armies(3, "company"), draws.values(draws.draw(11, 2, 2))
    for one_by_one in (False, True):
        begun = simulate.start(where, drawn, 1, one_by_one=one_by_one)
        state, seen = simulate.advance(begun, where, drawn, seed=1, first_day=0, days=25)
        with np.load(files[one_by_one]) as plain:
            assert plain["units"].tobytes() == state.units.tobytes()
            assert plain["command"].tobytes() == state.command.tobytes()
            assert plain["seen"].tobytes() == seen.tobytes()
        assert seen["casualties"].sum() > 0


@pytest.mark.parametrize("one_by_one", [False, True], ids=["counted", "one by one"])
@settings(max_examples=25, deadline=None)
@given(drawn_scores=scores(2, 2))
@example(drawn_scores=np.full((2, 2, DRAWN), 6.0))
@example(drawn_scores=np.full((2, 2, DRAWN), -6.0))
def test_no_soldier_and_no_vehicle_is_lost_from_the_books(
    drawn_scores: NDArray[np.float64], *, one_by_one: bool
) -> None:
    states = _by_day(SMALL, draws.values(drawn_scores), 25, one_by_one=one_by_one)
    mustered, vehicles = everybody(states[0]), states[0].units["vehicles"].sum(axis=(-1, -2))
    for state in states:
        units = state.units
        assert np.array_equal(everybody(state), mustered + units["replaced"])
        assert np.array_equal(units["vehicles"].sum(axis=(-1, -2)), vehicles)
        assert np.array_equal(units["men"].sum(axis=(-1, -2)), units["heads"][..., : codes.KEPT])
        assert np.array_equal(units["men"].sum(axis=-1), units["here"])
        assert min(units[name].min() for name in ("men", "heads", "here", "vehicles")) >= 0
        for status in range(codes.KEPT if one_by_one else 0):
            listed = np.add.reduceat(state.men["status"] == status, np.cumsum(SMALL.entries) - SMALL.entries, axis=1)
            assert np.array_equal(listed, units["heads"][..., status]), PRESENT_OR_AWAY[status]


@settings(max_examples=40, deadline=None)
@given(scores(2, 2), st.integers(1, 120))
def test_only_finite_numbers_in_range_are_written_whatever_the_parameters(
    drawn_scores: NDArray[np.float64], days: int
) -> None:
    state, seen = go(SMALL, draws.values(drawn_scores), days)
    for name in seen.dtype.names or ():
        assert np.all(np.isfinite(seen[name]) & (seen[name] >= 0)), name
    for name in (*SHARES, "exhaustion", "protest", "elite"):
        assert np.all(seen[name] <= 1), name
    for name in ("cohesion", "morale", "exhaustion", "supply", "grievance", "loyalty", "recent_loss", "training"):
        assert np.all((state.units[name] >= 0) & (state.units[name] <= 1)), name
    assert np.all(seen["killed"] + seen["captured"] <= seen["casualties"])
    assert np.all(seen["vehicles_abandoned"] <= seen["vehicles_lost"])
    assert np.all(seen["strength"] < 2)


def test_daily_counts_add_up_to_the_state() -> None:
    drawn = _set(draws.values(draws.draw(5, 6, 2)), exits_returning=0.0, exits_struck_days=1e9, side_blocking=0.0)
    state, seen = go(SMALL, drawn, 90)
    of = SMALL.force[None] == np.arange(2)[:, None]

    def by_force(units: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.stack([units[:, mine].sum(axis=1) for mine in of], axis=1)

    for name in ("killed", "captured", "absent", "surrendered"):
        assert np.array_equal(seen[name].sum(axis=1, dtype=float), by_force(heads(state, name))), name
    assert np.array_equal(seen["replaced"].sum(axis=1, dtype=float), by_force(state.units["replaced"]))
    left = by_force(state.units["vehicles"][..., codes.ABANDONED, :].sum(axis=-1))
    assert np.array_equal(seen["vehicles_abandoned"].sum(axis=1, dtype=float), left)
    full = by_force(heads(state, "duty")) / by_force(np.broadcast_to(SMALL.establishment, (6, 8)))
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


def test_an_ensemble_may_be_made_in_pieces_and_its_days_too() -> None:
    drawn = draws.values(draws.draw(1, 7, 2))
    whole, seen = go(SMALL, drawn, 20)
    begun = simulate.start(SMALL, drawn[4:], 1, first_run=4)
    middle, first = simulate.advance(begun, SMALL, drawn[4:], seed=1, first_day=0, days=13, first_run=4)
    piece, last = simulate.advance(middle, SMALL, drawn[4:], seed=1, first_day=13, days=7, first_run=4)
    assert np.concatenate([first, last], axis=1).tobytes() == seen[4:].tobytes()
    assert piece.units.tobytes() == whole.units[4:].tobytes()


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


def test_two_forces_that_change_places_with_their_luck_change_their_fates() -> None:
    """Positions alone key the random numbers: a force that keeps its own does not notice that it stands elsewhere."""
    north, south = army("Norland", 5, "battalion"), army("Sudland", 3, "battalion")
    drawn = draws.values(draws.draw(1, 3, 2))
    plain = layout([north, south], [["Sudland"], ["Norland"]])
    turned = layout([south, north], [["Norland"], ["Sudland"]])
    turned = replace(turned, position=np.stack([1 - turned.position[:, 0], turned.position[:, 1]], axis=1))
    seen, mirrored = go(plain, drawn, 40)[1], go(turned, drawn[:, ::-1].copy(), 40)[1]
    assert seen.tobytes() == mirrored[:, :, ::-1].tobytes()


def test_what_one_unit_draws_shifts_no_other() -> None:
    """Sabotage made certain in one force changes the vehicles of that force and nobody's luck."""
    drawn = draws.values(draws.draw(3, 4, 2))
    spoilt = drawn.copy()
    spoilt["vehicles.sabotage"][:, 0] = 0.01
    (one, seen), (two, watched) = go(SMALL, drawn, 40), go(SMALL, spoilt, 40)
    assert watched["sabotaged"][:, :, 0].sum() > seen["sabotaged"][:, :, 0].sum()
    assert np.array_equal(one.units["heads"], two.units["heads"])
    assert np.array_equal(one.units["morale"], two.units["morale"])


def test_without_an_enemy_nobody_falls_breaks_or_tires() -> None:
    where = layout([army("Norland", 4), army("Sudland", 4)], [[], []])
    state, seen = go(where, _set(draws.values(draws.draw(2, 30, 2)), breaking_surprise=1.0, side_blocking=0.0), 60)
    assert seen["casualties"].sum() == 0 == seen["vehicles_lost"].sum()
    assert np.all(state.units["exhaustion"] == 0)
    assert not np.any(state.units["mode"] == codes.BROKEN)


def test_the_order_of_units_does_not_matter() -> None:
    """What single units draw differs by place; what becomes of armies does not."""
    small, large = army("Norland", 4, "company"), army("Norland", 1, "battalion", "first ")
    opposing = army("Sudland", 5, "company")
    totals = []
    for units in ((*small.units, *large.units), (*large.units, *small.units)):
        mixed = OrderOfBattle(force="Norland", known=START, units=units)
        where = layout([mixed, opposing], [["Sudland"], ["Norland"]])
        _, seen = go(where, middling(600, 2), 40, seed=4)
        totals.append(seen["casualties"][:, :, 0].sum(axis=1, dtype=float))
    assert stats.ks_2samp(*totals).pvalue > 1e-3


def test_each_refusing_unit_is_as_likely_to_be_suppressed_as_any_other() -> None:
    trials, size = 3000, 6
    sight, places, picked = np.zeros(1, dtype=SIGHT), np.zeros(size, dtype=PLACE), np.zeros(size)
    sight["units"], sight["capacity"], sight["fear"] = size, 2.0, 1.0
    units, chosen, keys = np.zeros(size, dtype=UNIT), np.zeros(size, np.int64), np.random.default_rng(5)
    units["mode"] = codes.REFUSING
    for _ in range(trials):
        mine = keys.integers(0, 2**64, size, dtype=np.uint64)
        choose(units, places, sight, middling(1, 1)[0], mine, np.zeros(1, dtype=STREAM)[0], chosen)
        assert chosen.sum() == 2
        picked += chosen
    assert stats.chisquare(picked).pvalue > 1e-3


def test_units_refuse_apart_where_nothing_passes_between_them() -> None:
    where = layout([army("Norland", 20, "company")], [[]])
    drawn = _set(middling(3000, 1), refusal_contagion=0.0, refusal_fear=0.0, refusal_base=-4.0)
    _set(drawn, side_grievance=0.5, side_arrears=0.0, refusal_quorum=0.3)
    _, seen = go(where, drawn, 1)
    refused = seen["refusals"][:, 0, 0].astype(float)
    x = refused.mean() / 20
    assert 0.02 < x < 0.5
    assert refused.var() == pytest.approx(20 * x * (1 - x), rel=0.12)


def test_large_loyal_forces_and_certain_punishment_leave_no_cascade() -> None:
    drawn = _set(draws.values(draws.draw(6, 40, 2)), refusal_fear=8.0, side_capacity=20.0)
    _, seen = go(two_armies(10, "battalion"), drawn, 120)
    assert seen["refusal"].max() <= 0.2


def test_every_status_is_reached() -> None:
    """A test of the tests above: soldiers do go everywhere they can go."""
    drawn = _set(draws.values(draws.draw(5, 20, 2)), side_blocking=0.5)
    state, _ = go(two_armies(4, "battalion"), drawn, 200)
    assert all(heads(state, status).sum() > 0 for status in STATUSES)
