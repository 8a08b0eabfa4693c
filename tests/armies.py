"""Small made-up armies, for whoever tests soldiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import STATUSES
from tocsin.forces.state import ForceState
from tocsin.forces.tree import Layout, layout
from tocsin.forces.unit import OrderOfBattle, Unit
from tocsin.inference.model import Model
from tocsin.simulation import draws, simulate

START = date(2031, 3, 3)


def army(force: str, units: int, echelon: str = "brigade", prefix: str = "") -> OrderOfBattle:
    """Return a force of equal units, four to a parent."""
    return OrderOfBattle(
        force=force,
        known=START,
        units=tuple(
            Unit(name=f"{prefix}{force} {i}", echelon=echelon, branch="infantry", parent=f"{prefix}{force} of {i // 4}")
            for i in range(units)
        ),
    )


def two_armies(units: int, echelon: str = "brigade") -> Layout:
    """Return the layout of two equal armies that fight each other."""
    return layout([army("Norland", units, echelon), army("Sudland", units, echelon)], [["Sudland"], ["Norland"]])


def war(units: int, *, particles: int, seed: int = 1, threads: int = 1) -> Model:
    """Return the model of two equal armies that fight each other."""
    return Model(
        where=two_armies(units),
        forces=("Norland", "Sudland"),
        start=START,
        seed=seed,
        particles=particles,
        threads=threads,
    )


def go(
    where: Layout, drawn: NDArray[np.void], days: int, *, seed: int = 1, threads: int = 1
) -> tuple[ForceState, NDArray[np.void]]:
    """Muster and advance armies of the parameters `drawn`."""
    begun = simulate.start(where, drawn, seed)
    return simulate.advance(begun, where, drawn, seed=seed, first_day=0, days=days, threads=threads)


def middling(particles: int, forces: int) -> NDArray[np.void]:
    """Return parameters in the middle of their priors, the same in every particle."""
    count = sum(p.prior is not None for p in draws.simulated().values())
    return draws.values(np.zeros((particles, forces, count)))


def heads(state: ForceState, status: str) -> NDArray[np.int64]:
    """Return the soldiers of each unit who have a status: (particles, units)."""
    return state.units["heads"][..., STATUSES.index(status)].astype(np.int64)


def everybody(state: ForceState) -> NDArray[np.int64]:
    """Return every soldier of each unit, wherever he is: (particles, units)."""
    return state.units["heads"].sum(axis=-1, dtype=np.int64)


def same(one: ForceState, other: ForceState) -> bool:
    """Whether two states are equal to the last bit."""
    pairs: Sequence[tuple[NDArray[np.void], NDArray[np.void]]] = (
        (one.units, other.units),
        (one.command, other.command),
        (one.men, other.men),
    )
    return all(a.tobytes() == b.tobytes() for a, b in pairs)
