"""Are two engines the same in distribution? Statistics of many runs of a small army, and tests that share one error.

Two armies of two companies fight for some weeks under parameters at which everything happens often. Each engine runs
the same army with luck of its own; of every run a row of statistics is kept. Each statistic is compared by a chi-square
test on cells of at least 25 runs, all together by the energy distance of their joint distribution, and the whole family
at one error by Holm's rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.spatial.distance import cdist

from tocsin.forces.soldiers import GONE, PARTS, PRESENT_OR_AWAY, STATUSES
from tocsin.forces.tree import Layout, layout
from tocsin.forces.unit import OrderOfBattle, Unit
from tocsin.simulation import draws, simulate
from tocsin.simulation.desk import codes
from tocsin.simulation.engines.reference import War

Rows = dict[str, NDArray[np.float64]]
"""One number a run, by the name of the statistic."""

ERROR = 0.01
"""The chance that any test of the family fails where the engines are the same."""

HOT: Mapping[str, float] = {
    "losses.rate": 0.02, "losses.correlation": 0.1, "exits.absence_base": -5.5, "exits.surrender": 0.05,
    "exits.release": 0.004, "exits.leave": 0.01, "exits.sick": 0.005, "refusal.base": -4.5, "breaking.surprise": 0.3,
    "side.replacement": 0.01, "side.blocking": 0.4, "exits.struck_days": 10.0, "refusal.fear": 1.0,
}  # fmt: skip
"""Parameters at which every fate is common."""


def armies() -> Layout:
    """Two armies of two companies."""
    orders = [
        OrderOfBattle(
            force=force,
            known=date(2031, 3, 3),
            units=tuple(Unit(name=f"{i}", echelon="company", branch="infantry", parent="one") for i in range(2)),
        )
        for force in ("Norland", "Sudland")
    ]
    return layout(orders, [["Sudland"], ["Norland"]])


def parameters(runs: int, **changed: float) -> NDArray[np.void]:
    """The same hot parameters in every run; `changed` names more, with one underscore for the first dot."""
    count = sum(p.prior is not None for p in draws.simulated().values())
    drawn = draws.values(np.zeros((runs, 2, count)))
    for name, number in {**HOT, **{n.replace("_", ".", 1): x for n, x in changed.items()}}.items():
        drawn[name] = number
    return drawn


def fast(runs: int, days: int, seed: int, *, one_by_one: bool, **changed: float) -> Rows:
    """Statistics of the exact engine, or of the plain one."""
    where, drawn = armies(), parameters(runs, **changed)
    begun = simulate.start(where, drawn, seed, one_by_one=one_by_one)
    state, seen = simulate.advance(begun, where, drawn, seed=seed, first_day=0, days=days, threads=2)
    return rows(state.units, seen)


def reference(runs: int, days: int, seed: int) -> Rows:
    """Statistics of the definition."""
    where, drawn = armies(), parameters(1)[0]
    units, seen = [], []
    for run in range(runs):
        war = War(where, drawn, seed, run)
        seen.append([war.day() for _ in range(days)])
        units.append(war.records())
    return rows(np.array(units), np.array(seen))


def rows(units: NDArray[np.void], seen: NDArray[np.void]) -> Rows:
    """The statistics of runs, from (runs, units) of UNIT and (runs, days, forces) of MEASURES.

    Fates, where men are by company and class, times, totals.
    """
    heads, men = units["heads"][:, :2].sum(axis=1), units["men"][:, :2].sum(axis=1)
    duty, of = men[:, codes.DUTY], [seen[:, :, 0], seen[:, :, 1]]
    found: Rows = {name: heads[:, STATUSES.index(name)] for name in (*PRESENT_OR_AWAY, *GONE)}
    for part in range(PARTS - 1):
        found[f"on duty in company {part}"] = units["here"][:, 0, codes.DUTY, part]
    found["companies apart"] = np.ptp(units["here"][:, 0, codes.DUTY, : PARTS - 1], axis=1)
    found["bound on duty"], found["loose on duty"] = duty[..., 0::3].sum(axis=(1, 2)), duty[..., 2::3].sum(axis=(1, 2))
    found["prisoners by origin on duty"] = duty[..., 9:12].sum(axis=(1, 2))
    found["loose absent"] = men[:, codes.ABSENT][..., 2::3].sum(axis=(1, 2))
    found["worst day"] = of[0]["casualties"].max(axis=1)
    for name in ("breaks", "refusals", "replaced", "vehicles_lost", "vehicles_abandoned", "sabotaged", "returned"):
        found[name] = of[0][name].sum(axis=1)
    for name in ("breaks", "refusals", "surrendered", "killed"):
        found[f"first day of {name}"] = np.argmax(np.cumsum(of[0][name], axis=1) > 0, axis=1) + 1e3 * ~of[0][name].any(
            axis=1
        )
    found["casualties of both"] = np.minimum(*(side["casualties"].sum(axis=1) for side in of))
    return {name: np.asarray(row, dtype=np.float64) for name, row in found.items()}


def differences(one: Rows, other: Rows) -> dict[str, float]:
    """The p-value of every statistic, and of all together."""
    found = {name: _counts(one[name], other[name]) for name in one}
    return {**found, "all together": _energy(one, other)}


def unequal(found: Mapping[str, float]) -> list[str]:
    """The statistics in which two engines differ, at a family-wise error of ERROR (Holm 1979)."""
    ranked = sorted(found, key=found.__getitem__)
    rejected = []
    for i, name in enumerate(ranked):
        if found[name] > ERROR / (len(ranked) - i):
            break
        rejected.append(name)
    return rejected


def _counts(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Chi-square test of two samples of whole numbers, on cells of at least 25 a sample on average."""
    values = np.unique(np.concatenate([one, other]))
    # the share of each sample up to a value, so that samples of unlike size weigh alike; cells hold 25 of the smaller
    up_to = sum(np.searchsorted(np.sort(sample), values, "right") / sample.size for sample in (one, other)) / 2
    most = max(2, min(one.size, other.size) // 25)
    cell = np.minimum(np.floor((up_to - 1e-9) * most), most - 1).astype(np.int64)
    cells = [cell[np.searchsorted(values, sample)] for sample in (one, other)]
    table = np.stack([np.bincount(c, minlength=int(cell.max()) + 1) for c in cells])
    table = table[:, table.sum(axis=0) > 0]
    return float(stats.chi2_contingency(table).pvalue) if table.shape[1] > 1 else 1.0


def _energy(one: Rows, other: Rows, most: int = 400, turns: int = 3999) -> float:
    """Permutation test on the energy distance (Székely and Rizzo 2004) of the first runs, each in its spread."""
    pooled = np.concatenate([np.stack([rows[name][:most] for name in one], axis=1) for rows in (one, other)])
    pooled = np.minimum(pooled, 999.0) / np.maximum(pooled.std(axis=0), 1e-9)
    apart = cdist(pooled, pooled)
    sizes = [min(most, next(iter(rows.values())).size) for rows in (one, other)]
    sign = np.repeat([1.0 / sizes[0], -1.0 / sizes[1]], sizes)
    turned = np.random.default_rng(1).permuted(np.tile(sign, (turns, 1)), axis=1)
    further = np.sum(-(turned @ apart * turned).sum(axis=1) >= -sign @ apart @ sign)
    return float((1 + further) / (turns + 1))
