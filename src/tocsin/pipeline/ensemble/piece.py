"""Simulate one piece of an ensemble: some runs, from muster to the last day, as columns of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import STATUSES
from tocsin.forces.state import ForceState
from tocsin.forces.tree import Layout
from tocsin.simulation import draws
from tocsin.simulation.desk.codes import DUTY
from tocsin.simulation.simulate import advance, start

Columns = Mapping[str, NDArray[Any]]

TRAITS: Final = ("morale", "cohesion", "exhaustion", "supply", "grievance")
"""What is written down of a unit each evening, beside its soldiers and its mode."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What one task is given; it can be sent to another process."""

    number: int
    runs: range
    scores: NDArray[np.float64]
    """(runs, forces, parameters) normal scores, from `draws.draw`."""
    where: Layout
    seed: int
    days: int
    units: bool
    """Whether every unit is written down every day, too."""

    def short(self) -> Piece:
        """Return one day of the first run."""
        return replace(self, runs=self.runs[:1], scores=self.scores[:1], days=1)


def simulate_piece(piece: Piece) -> dict[str, Columns]:
    """Return the tables of a piece: `forces` and `formations`, and `units` where they are wanted."""
    drawn = draws.values(piece.scores)
    state = start(piece.where, drawn, piece.seed, first_run=piece.runs.start)
    seen, evenings = [], []
    # units are looked at every evening; the length of a step changes nothing
    step = 1 if piece.units else piece.days
    for after, history in walk(piece, state, drawn, step):
        state = after
        seen.append(history)
        if piece.units:
            evenings.append(_evening(state, piece.where))
    found = {
        "forces": _columns(np.concatenate(seen, axis=1), piece.runs, "force"),
        "formations": _formations(state, piece.where, piece.runs),
    }
    if piece.units:
        found["units"] = _columns(np.stack(evenings, axis=1), piece.runs, "unit")
    return found


def walk(
    piece: Piece,
    state: ForceState,
    drawn: NDArray[np.void],
    step: int,
    journals: NDArray[np.void] | None = None,
) -> Iterator[tuple[ForceState, NDArray[np.void]]]:
    """Go through the days in steps, and yield the state after each with what was measured on its days."""
    for day in range(0, piece.days, step):
        state, history = advance(
            state,
            piece.where,
            drawn,
            seed=piece.seed,
            first_day=day,
            days=min(step, piece.days - day),
            first_run=piece.runs.start,
            journals=journals,
        )
        yield state, history


def _evening(state: ForceState, where: Layout) -> NDArray[np.void]:
    """How every unit stands: (runs, units) records."""
    heads = state.units["heads"]
    fields = [("force", np.int16), ("formation", np.int16), ("strength", np.float32)]
    fields += [(name, np.float32) for name in TRAITS] + [("mode", np.int8)] + [(name, np.int32) for name in STATUSES]
    record = np.zeros(heads.shape[:2], dtype=fields)
    record["force"], record["formation"] = where.force, where.formation
    record["strength"] = heads[:, :, DUTY] / where.establishment
    for name in (*TRAITS, "mode"):
        record[name] = state.units[name]
    for number, name in enumerate(STATUSES):
        record[name] = heads[:, :, number]
    return record


def _formations(state: ForceState, where: Layout, runs: range) -> Columns:
    """How every formation stands on the last day, its units weighed by their establishment."""
    _, formation = np.unique(np.stack([where.force, where.formation]), axis=1, return_inverse=True)
    many = int(formation.max()) + 1
    full = np.bincount(formation, where.establishment)
    record = np.zeros((len(runs), many), dtype=[("strength", np.float32), ("morale", np.float32)])
    for row, units in zip(record, state.units, strict=True):
        row["strength"] = np.bincount(formation, units["heads"][:, DUTY], many) / full
        row["morale"] = np.bincount(formation, units["morale"] * where.establishment, many) / full
    return _columns(record[:, np.newaxis], runs, "formation", day=False)


def _columns(record: NDArray[np.void], runs: range, third: str, *, day: bool = True) -> Columns:
    """Turn (runs, days, things) records into columns of one row a run, day and thing."""
    run, days, thing = (axis.ravel() for axis in np.indices(record.shape, dtype=np.int32))
    keys = {"run": run + np.int32(runs.start), **({"day": days} if day else {}), third: thing}
    return {**keys, **{name: record[name].ravel() for name in record.dtype.names or ()}}
