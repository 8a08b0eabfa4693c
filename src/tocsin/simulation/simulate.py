"""Advance an ensemble of forces: state in, state out, randomness by position."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import REGIONS
from tocsin.forces.state import COMMAND, FREE, SOLDIER, UNIT, ForceState
from tocsin.forces.tree import Layout
from tocsin.simulation.desk.records import GROUP, JOURNAL, MEASURES, PAD, PLACE, RATES, SIGHT, STREAM, level
from tocsin.simulation.rng import keys

_CHUNK: Final = 10


def start(
    where: Layout,
    drawn: NDArray[np.void],
    seed: int,
    *,
    first_run: int = 0,
    one_by_one: bool = False,
    threads: int = 1,
    journals: NDArray[np.void] | None = None,
) -> ForceState:
    """Return every particle's forces on the first day.

    Parameters
    ----------
    drawn : (particles, forces) records of parameter values
    first_run : the number of the first particle, so that an ensemble may be made in pieces
    one_by_one : keep an entry for every soldier (the plain engine) instead of counting them (the exact one)
    journals : (particles, entries) records of JOURNAL to write to, as from `journals`
    """
    from tocsin.simulation.engines.muster import muster  # noqa: PLC0415  loads the compiler, needed only here

    particles, forces = drawn.shape
    units = np.zeros((particles, where.force.size), dtype=UNIT)
    units["parts"] = where.parts
    command = np.zeros((particles, forces), dtype=COMMAND)
    men = np.zeros((particles, int(where.entries.sum()) if one_by_one else 0), dtype=SOLDIER)
    men["status"] = FREE
    written = _unwritten(particles) if journals is None else journals
    runs = keys(seed, "runs", range(first_run, first_run + particles))
    places = _places(where, one_by_one=one_by_one)

    def fill(chunk: range) -> None:
        some = slice(chunk.start, chunk.stop)
        muster(units[some], command[some], men[some], places, drawn[some], runs[some], written[some])

    _side_by_side(fill, particles, threads)
    return ForceState(units=units, command=command, men=men)


def advance(
    state: ForceState,
    where: Layout,
    drawn: NDArray[np.void],
    *,
    seed: int,
    first_day: int,
    days: int,
    first_run: int = 0,
    threads: int = 1,
    journals: NDArray[np.void] | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> tuple[ForceState, NDArray[np.void]]:
    """Advance all particles by `days`; `state` is left as it was.

    Random numbers are keyed by particle, unit, day and mechanism: neither threads nor the length of a step change
    anything, and a change of parameters changes no luck.

    Parameters
    ----------
    drawn : (particles, forces) records of parameter values
    first_day : days since the start
    first_run : the number of the first particle, as in `start`
    journals : (particles, entries) records of JOURNAL to write to; nothing is written without
    done : told how many particle-days were finished

    Returns
    -------
    the new state, and (particles, days, forces) records of MEASURES
    """
    from tocsin.simulation import kernel  # noqa: PLC0415  loads the compiler, needed only here
    from tocsin.simulation.engines.muster import makeup  # noqa: PLC0415  likewise

    particles, forces = drawn.shape
    after = ForceState(units=state.units.copy(), command=state.command.copy(), men=state.men.copy())
    seen = np.zeros((particles, days, forces), dtype=MEASURES)
    written = _unwritten(particles) if journals is None else journals
    one_by_one = state.men.shape[1] > 0
    places, made = _places(where, one_by_one=one_by_one), makeup(drawn)
    runs = keys(seed, "runs", range(first_run, first_run + particles))

    def run(chunk: range) -> None:
        desk = _desk(where, forces)
        for i in chunk:
            desk[-1]["level"] = level(written[i])
            men = after.men[i] if one_by_one else None
            kernel.advance(
                after.units[i], after.command[i], men, places, where.hostile, drawn[i], made[i], runs[i], first_day,
                desk, seen[i], written[i],
            )  # fmt: skip
        done(len(chunk) * days)

    _side_by_side(run, particles, threads)
    return after, seen


def journals(particles: int, entries: int, *, soldiers: bool = False) -> NDArray[np.void]:
    """Return empty journals of at most `entries` each; with `soldiers` every soldier's moves are written too."""
    empty = np.zeros((particles, entries + 1), dtype=JOURNAL)
    empty["what"][:, 0] = soldiers
    return empty


def _side_by_side(work: Callable[[range], None], particles: int, threads: int) -> None:
    """Do the work of all particles in chunks, on as many threads as are given."""
    chunks = [range(a, min(a + _CHUNK, particles)) for a in range(0, particles, _CHUNK)]
    if threads == 1:
        for chunk in chunks:
            work(chunk)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, chunks))


def _unwritten(particles: int) -> NDArray[np.void]:
    return np.zeros((particles, 1), dtype=JOURNAL)


def _places(where: Layout, *, one_by_one: bool) -> NDArray[np.void]:
    """What does not change of each unit: (units,) records of PLACE."""
    places = np.zeros(where.force.size, dtype=PLACE)
    places["force"], places["full"], places["region"] = where.force, where.establishment, where.region
    places["groups"] = where.groups
    if one_by_one:
        places["last"] = np.cumsum(where.entries)
        places["first"] = places["last"] - where.entries
    for force in np.unique(where.position[:, 0]).tolist():
        mine = where.position[:, 0] == force
        places["key"][mine] = keys(force, "units", where.position[mine, 1].tolist())
    return places


def _desk(where: Layout, forces: int) -> tuple[NDArray[Any], ...]:
    """Lay out the arrays that a run works on, as `kernel.advance` describes them."""
    units = where.force.size
    slots = [int(where.position[where.force == force, 0][0]) for force in range(forces)]
    return (
        np.zeros(forces, dtype=SIGHT),
        np.zeros(int(where.groups.max()) + 1, dtype=GROUP),
        np.zeros(1, dtype=RATES),
        np.zeros(units, dtype=np.uint64),
        np.zeros(units, dtype=np.int64),
        np.zeros((forces, REGIONS), dtype=np.int64),
        keys(0, "heads", slots),
        np.zeros(1, dtype=STREAM),
        np.zeros(1, dtype=PAD),
    )
