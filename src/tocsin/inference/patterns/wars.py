"""Patterns of whole wars, and the generator of the wars in which they are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tocsin.inference.patterns.bench import Bench, armies
from tocsin.simulation.rng import stream

LARGER: Final = 12
WARS: Final = 4
RATIO_SPREAD: Final = 0.73
LENGTH: Final = 300.0
LENGTH_SPREAD: Final = 0.9
LONGEST: Final = 1460
LENGTHS: Final = 10
INTENSITY: Final = 0.5
MONTH: Final = 30


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Belligerents:
    """What became of the sides of many wars; side 2i fought side 2i + 1."""

    standing: NDArray[np.float64]
    """(sides,) share of the establishment present and not refusing at the end."""
    present: NDArray[np.float64]
    fallen: NDArray[np.bool_]
    absent: NDArray[np.float64]
    """(sides,) who went absent, of the establishment."""
    prisoners: tuple[NDArray[np.float64], ...]
    """For each side those captured and surrendered by month, of the establishment."""

    @property
    def won(self) -> NDArray[np.bool_]:
        """(sides,) whether the larger share stood at the end."""
        mine = self.standing.reshape(-1, 2)
        return (mine > mine[:, ::-1]).ravel()


def wars(bench: Bench) -> Belligerents:
    """Wage wars of drawn length, intensity and balance."""
    found: Belligerents = bench.once("wars", lambda: _wage(bench))
    return found


def _wage(bench: Bench) -> Belligerents:
    each = max(2, round(16 * bench.effort))
    ratio = np.exp(RATIO_SPREAD * ndtri((np.arange(WARS) + 0.5) / WARS))
    sizes = np.stack([LARGER * np.minimum(1.0, ratio), LARGER * np.minimum(1.0, 1.0 / ratio)], axis=1)
    where = armies([round(size) for size in sizes.ravel()])
    full = np.bincount(where.force, where.establishment).astype(np.float64)
    drawn = bench.prior(LENGTHS * each, 2 * WARS)
    factor = np.exp(INTENSITY * stream(bench.seed, "intensity of wars").standard_normal((len(drawn), WARS)))
    drawn["side.tempo"] *= np.repeat(factor, 2, axis=1)
    parts: list[tuple[NDArray[Any], ...]] = []
    prisoners: list[NDArray[np.float64]] = []
    for i in range(LENGTHS):
        days = min(LONGEST, round(LENGTH * np.exp(LENGTH_SPREAD * ndtri((i + 0.5) / LENGTHS))))
        what = bench.run(where, drawn[i * each : (i + 1) * each], days, first_run=i * each)
        bench.done("wars")
        last = what.seen[:, -1]
        standing = last["strength"] * (1.0 - last["refusal"])
        parts.append((standing, last["strength"], last["fallen"], what.total("absent") / full))
        taken = (what.seen["captured"] + what.seen["surrendered"]) / full
        months = np.add.reduceat(taken, np.arange(0, days, MONTH), axis=1)
        prisoners += list(months.transpose(0, 2, 1).reshape(-1, months.shape[1]))
    standing, present, fallen, absent = (np.concatenate([p[k].ravel() for p in parts]) for k in range(4))
    return Belligerents(
        standing=standing, present=present, fallen=fallen > 0, absent=absent, prisoners=tuple(prisoners)
    )


def surrenders(bench: Bench) -> dict[str, float]:
    """V12."""
    fought = wars(bench)
    shares = [
        np.sort(months)[::-1][: months.size // 10].sum() / months.sum()
        for months, present in zip(fought.prisoners, fought.present, strict=True)
        if months.size >= 10 and months.sum() >= 0.1 and present < 0.5
    ]
    return {"share": float(np.median(shares)) if shares else float("nan")}


def removals(bench: Bench) -> dict[str, float]:
    """V20."""
    fought = wars(bench)
    losers, winners = fought.fallen[~fought.won].mean(), fought.fallen[fought.won].mean()
    return {"ratio": float(losers / winners) if winners > 0 else float("nan")}


def desertion(bench: Bench) -> dict[str, float]:
    """V21."""
    return {"share": float((wars(bench).absent >= 0.1).mean())}
