"""Who it was: numbers for soldiers of a run whose soldiers were counted.

A journal that follows soldiers says of what company and class each was who moved, and from where to where. Soldiers
alike in all three are exchangeable, so that any of them may have been he: one is drawn evenly, and keeps his number
from then on. The result has the law of the plain engine's soldiers (`docs/explanation/army.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import CLASSES, STATUSES
from tocsin.parameters import value
from tocsin.simulation.desk.codes import MOVE
from tocsin.simulation.rng import stream


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A soldier's change of status; `origin` is None on the day he joins."""

    day: int
    unit: int
    soldier: int
    """His number in the unit, in the order of joining."""
    company: int
    squad: int
    kind: str
    attachment: str
    origin: str | None
    fate: str


def identify(journal: NDArray[np.void], seed: int, run: int) -> list[Step]:
    """Name the soldiers of one run's journal, in the order of its entries.

    Raises ValueError where the journal was too small for what happened, because then nobody can be followed.
    """
    written = int(journal[0]["size"])
    if written >= journal.size:
        raise ValueError(f"the journal holds {journal.size - 1} entries of {written}; make it larger")
    moves = journal[1 : written + 1]
    moves = moves[moves["what"] == MOVE]
    rng = {int(u): stream(seed, "identities", run, int(u)) for u in np.unique(moves["unit"])}
    pools: dict[tuple[int, ...], list[int]] = {}
    joined: dict[int, int] = {}
    found = []
    for move in moves:
        unit, cell = int(move["unit"]), (int(move["unit"]), int(move["part"]), int(move["kind"]))
        if move["origin"] < 0:
            soldier = joined[unit] = joined.get(unit, -1) + 1
        else:
            pool = pools[*cell, int(move["origin"])]
            place = int(rng[unit].integers(len(pool)))
            pool[place], pool[-1] = pool[-1], pool[place]
            soldier = pool.pop()
        pools.setdefault((*cell, int(move["fate"])), []).append(soldier)
        found.append(_step(move, soldier))
    return found


def _step(move: np.void, soldier: int) -> Step:
    kind, attachment = CLASSES[move["kind"]]
    return Step(
        day=int(move["day"]),
        unit=int(move["unit"]),
        soldier=soldier,
        company=int(move["part"]),
        squad=soldier // int(value("forces.squad")),
        kind=kind,
        attachment=attachment,
        origin=None if move["origin"] < 0 else STATUSES[move["origin"]],
        fate=STATUSES[move["fate"]],
    )
