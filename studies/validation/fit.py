"""Fit a few parameters to the odd-numbered patterns and to base rates; the even-numbered ones are never looked at.

Usage: python studies/validation/fit.py [--points N] [--seed N]

Approximate Bayesian computation in two waves (rejection, then once more around what was kept), on development data:
made-up armies. The influential parameters fall into two blocks that touch different figures. A point's distance is the
sum of squares, over figures, of how far each lies outside its band in half widths, at most 3 (what no point reaches
must not rule the others), and a little for leaving the catalogue's values. Writes fit.json: every point, its figures,
and what was kept; what of it went into the catalogue, and why, stands on the page.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from tocsin.inference.patterns.bench import Bench
from tocsin.inference.patterns.catalogue import Band, patterns
from tocsin.inference.patterns.leaving import CASCADE, YEAR, two_years
from tocsin.inference.patterns.score import SHOWN

OUT = Path(__file__).parent / "fit.json"
EFFORT, FARTHEST, STAYING, KEPT = 0.25, 3.0, 0.05, 5

BLOCKS: dict[str, tuple[tuple[str, ...], dict[str, tuple[float, float, float]]]] = {
    "refusal": (
        ("V9",),
        {"refusal.conceded": (0.1, 0.9, 0.7), "refusal.contagion": (-3.0, 1.0, 0.0)},
    ),
    "front": (
        ("V1", "V3", "V5", "V7", "V13", "V15", "V21"),
        {
            "breaking.surprise": (0.01, 0.4, 0.05),
            "condition.exhaustion_days": (-4.0, 0.0, 0.0),
            "condition.rest_days": (-1.0, 2.0, 0.0),
            "exits.absence_base": (-1.0, 1.0, 0.0),
            "refusal.base": (-1.0, 0.5, 0.0),
        },
    ),
}
"""Which patterns each block is fitted to, and for each parameter its least, largest and former value: of a fixed one
the value itself, of one with a prior how many standard deviations the prior is moved."""


def band(low: float, high: float) -> Band:
    return Band(meaning="", unit="share", low=low, high=high, label="C")


ANCHORS = {
    "year: a tenth absent": band(0.18, 0.28),
    "year: three units in ten refuse": band(0.0, 0.01),
    "year: leader removed": band(0.015, 0.035),
    "year: median casualties": band(0.2, 0.5),
}
"""Base rates that the prior has to keep (docs/explanation/model.md)."""


def anchors(bench: Bench) -> dict[str, float]:
    """The base rates in the first of the two years of V13."""
    what = two_years(bench)
    full = np.bincount(what.where.force, what.where.establishment)
    first = slice(0, YEAR)
    shares = (
        (what.total("absent", first) / full >= 0.1).mean(),
        (what.seen["refusal"][:, first].max(axis=1) >= CASCADE).mean(),
        what.seen["fallen"][:, YEAR - 1].mean(),
        np.median(what.total("casualties", first) / full),
    )
    return dict(zip(ANCHORS, (float(share) for share in shares), strict=True))


def measured(block: str, changes: Mapping[str, float], seed: int) -> dict[str, float]:
    bench = Bench(seed=seed, threads=2, effort=EFFORT, changes=changes)
    names = BLOCKS[block][0]
    assert all(patterns()[name].half == "fit" for name in names)
    found = {f"{name} {figure}": number for name in names for figure, number in SHOWN[name](bench).items()}
    return {**found, **(anchors(bench) if block == "front" else {})}


def distance(found: Mapping[str, float]) -> float:
    total = 0.0
    for name, number in found.items():
        pattern, _, figure = name.partition(" ")
        want = ANCHORS[name] if name in ANCHORS else patterns()[pattern].figures[figure]
        outside = max(want.low - number, number - want.high, 0.0) if np.isfinite(number) else np.inf
        total += min(outside / (0.5 * min(want.high - want.low, max(want.low, 0.1))), FARTHEST) ** 2
    return total


def wave(block: str, points: np.ndarray, seed: int) -> list[dict[str, object]]:
    """Measure points of the unit cube."""
    names, told = list(BLOCKS[block][1]), []
    low, high, present = np.array(list(BLOCKS[block][1].values())).T
    for point in points:
        place = low + np.clip(point, 0.0, 1.0) * (high - low)
        changes = dict(zip(names, place.round(3).tolist(), strict=True))
        found = measured(block, changes, seed)
        moved = float((((place - present) / (high - low)) ** 2).sum())
        far = distance(found) + STAYING * moved
        told.append({"changes": changes, "figures": found, "distance": round(far, 4), "cube": point.round(4).tolist()})
        print(f"{block} {far:7.2f} {changes} " + " ".join(f"{k}={v:.3f}" for k, v in found.items()), flush=True)
    return told


def fit(block: str, number: int, seed: int) -> dict[str, object]:
    size = len(BLOCKS[block][1])
    low, high, present = np.array(list(BLOCKS[block][1].values())).T
    start = ((present - low) / (high - low))[None]
    tried = wave(block, np.concatenate([start, qmc.LatinHypercube(size, seed=seed).random(number)]), seed)
    best = sorted(tried, key=lambda one: one["distance"])[:KEPT]  # type: ignore[arg-type,return-value]
    cloud = np.array([one["cube"] for one in best])
    around = cloud.mean(axis=0) + (0.5 * cloud.std(axis=0) + 0.02) * ndtri(
        qmc.LatinHypercube(size, seed=seed + 1).random(number // 2)
    )
    tried += wave(block, around, seed + 1)
    kept = sorted(tried, key=lambda one: one["distance"])[:KEPT]  # type: ignore[arg-type,return-value]
    return {"kept": kept, "tried": tried}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=42)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    found = {
        block: fit(block, asked.points // 3 if block == "refusal" else asked.points, asked.seed) for block in BLOCKS
    }
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
