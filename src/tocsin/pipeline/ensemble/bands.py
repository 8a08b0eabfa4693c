"""Sum up an ensemble from its pieces: the summary, fans over time, formations on the last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.tree import Layout
from tocsin.forces.unit import OrderOfBattle
from tocsin.inference.filter import STATES
from tocsin.pipeline.ensemble.plan import Shelf

COUNTS: Final = ("casualties", "killed", "absent", "surrendered", "breaks", "refusals", "vehicles_lost")
FAN: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
_POINTS: Final = 120
"""Days of a fan that are drawn; only they are held in memory."""


def summary(shelf: Shelf, forces: Sequence[str]) -> dict[str, Any]:
    """Return bands of the states on the last day and of the counts in total, by force."""
    days = shelf.plan.days
    last: list[dict[str, NDArray[Any]]] = []
    totals: list[dict[str, NDArray[Any]]] = []
    for columns in shelf.read("forces", [*STATES.values(), *COUNTS]):
        by = {name: column.reshape(-1, days, len(forces)) for name, column in columns.items()}
        last.append({state: by[measure][:, -1] for state, measure in STATES.items()})
        totals.append({name: by[name].sum(axis=1, dtype=np.float64) for name in COUNTS})
    return {
        force: {
            "on the last day": {name: _band(_all(last, name)[:, number]) for name in STATES},
            "in total": {name: _band(_all(totals, name)[:, number]) for name in COUNTS},
        }
        for number, force in enumerate(forces)
    }


def fans(shelf: Shelf, forces: int) -> list[dict[str, list[tuple[int, ...]]]]:
    """Return for each force and state (day, quantiles of FAN) of some days, the last one among them."""
    days = shelf.plan.days
    shown = np.arange(days - 1, -1, -max(1, -(-days // _POINTS)))[::-1]
    kept = [
        {state: columns[measure].reshape(-1, days, forces)[:, shown] for state, measure in STATES.items()}
        for columns in shelf.read("forces", list(STATES.values()))
    ]
    found: list[dict[str, list[tuple[int, ...]]]] = [{} for _ in range(forces)]
    for state in STATES:
        quantiles = np.quantile(_all(kept, state), FAN, axis=0)
        for number in range(forces):
            rows = zip(shown.tolist(), *np.round(quantiles[:, :, number], 5).tolist(), strict=True)
            found[number][state] = list(rows)
    return found


def formations(shelf: Shelf, orders: Sequence[OrderOfBattle], where: Layout) -> list[list[dict[str, Any]]]:
    """Return for each force its formations in the order of battle, with how they stand on the last day."""
    parts = list(shelf.read("formations", ["strength", "morale"]))
    many = sum(len(order.units) for order in orders)
    bands = {name: np.quantile(_all(parts, name).reshape(-1, many), (0.05, 0.5, 0.95), axis=0) for name in parts[0]}
    found, at = [], 0
    for number, order in enumerate(orders):
        rows = []
        for place, unit in enumerate(order.units):
            mine = (where.force == number) & (where.formation == place)
            stands = {name: [round(float(q), 4) for q in band[:, at]] for name, band in bands.items()}
            about = {"name": unit.name, "parent": unit.parent, "echelon": unit.echelon}
            size = {"units": int(mine.sum()), "establishment": int(where.establishment[mine].sum())}
            rows.append({**about, **size, **stands})
            at += 1
        found.append(rows)
    return found


def _all(parts: Sequence[Mapping[str, NDArray[Any]]], name: str) -> NDArray[Any]:
    return np.concatenate([part[name] for part in parts])


def _band(values: NDArray[Any]) -> dict[str, float]:
    names = ("q05", "q50", "q95")
    return {name: float(f"{q:.4g}") for name, q in zip(names, np.quantile(values, (0.05, 0.5, 0.95)), strict=True)}
