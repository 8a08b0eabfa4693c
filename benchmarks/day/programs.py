"""Programs of the same day behind one signature: an army, parameters, a seed and days in, state and measures out."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from day.agents import Army
from day.arrays import Arrays
from tocsin.forces.tree import Layout
from tocsin.simulation import simulate


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """Some runs of one army, and what their days cost; the muster is not counted."""

    units: NDArray[np.void]
    """(runs, units) of UNIT in the last evening."""
    seen: NDArray[np.void]
    """(runs, days, forces) of MEASURES."""
    wall: float
    """Seconds on the clock."""
    processor: float
    """Seconds of processor time, of all threads."""


Program = Callable[[Layout, NDArray[np.void], int, int], Lived]
"""The army, (runs, forces) parameters, the seed, and how many days."""


def agents(where: Layout, drawn: NDArray[np.void], seed: int, days: int) -> Lived:
    """Mesa, one run after the other."""
    units, seen, clock = [], [], _Clock()
    for run, mine in enumerate(drawn):
        army = Army(where, mine, seed * 100_003 + run)
        gc.collect()  # the muster's litter is not the days'
        with clock:
            seen.append([_stepped(army) for _ in range(days)])
        units.append(army.records())
        army.remove_all_agents()  # Mesa keeps every model until the end
    return Lived(units=np.array(units), seen=np.array(seen), wall=clock.wall, processor=clock.processor)


def _stepped(army: Army) -> NDArray[np.void]:
    army.step()
    return army.measures()


def arrays(where: Layout, drawn: NDArray[np.void], seed: int, days: int) -> Lived:
    """NumPy, one run after the other."""
    units, seen, clock = [], [], _Clock()
    for run, mine in enumerate(drawn):
        war = Arrays(where, mine, seed, run)
        with clock:
            seen.append([war.day() for _ in range(days)])
        units.append(war.records())
    return Lived(units=np.array(units), seen=np.array(seen), wall=clock.wall, processor=clock.processor)


def engine(*, one_by_one: bool, threads: int) -> Program:
    """The plain engine, or the exact one."""

    def program(where: Layout, drawn: NDArray[np.void], seed: int, days: int) -> Lived:
        begun, clock = simulate.start(where, drawn, seed, one_by_one=one_by_one, threads=threads), _Clock()
        with clock:
            state, seen = simulate.advance(begun, where, drawn, seed=seed, first_day=0, days=days, threads=threads)
        return Lived(units=state.units, seen=seen, wall=clock.wall, processor=clock.processor)

    return program


class _Clock:
    """Adds up what is done while it runs."""

    wall = processor = 0.0

    def __enter__(self) -> None:
        self._begun = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall, processor = self._begun
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor
