"""Validate: look for patterns of armies of the past in the simulated army, and hold every figure against its band."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tocsin.errors import UnknownNameError
from tocsin.inference.patterns.bench import Bench
from tocsin.inference.patterns.catalogue import Pattern, patterns
from tocsin.inference.patterns.score import SHOWN, figures
from tocsin.pipeline.progress import Progress

QUICK: Final = 0.2
"""The share of the usual runs that a quick look makes."""


def validate(names: Sequence[str], *, quick: bool, seed: int, threads: int, progress: Progress) -> dict[str, Any]:
    """Return every figure of the named patterns (of all where none is named), with its band and whether it lies in it.

    A figure that could not be had, because nothing of the kind happened in any history, is None and does not hold.
    """
    known = patterns()
    for name in names:
        if name not in known:
            raise UnknownNameError("pattern", name, list(known))
    chosen = [name for name in known if name in names or not names]
    bench = Bench(seed=seed, threads=threads, effort=QUICK if quick else 1.0)
    shown = [name for name in chosen if name in SHOWN]
    with progress.stage("Looking for patterns", len(shown)) as advance:
        found = figures(shown, bench, advance)
    rows = [row for name in chosen for row in _rows(known[name], found.get(name))]
    judged = [row for row in rows if row["holds"] is not None]
    return {
        "seed": seed,
        "quick": quick,
        "figures": rows,
        "held": sum(row["holds"] for row in judged),
        "judged": len(judged),
    }


def _rows(pattern: Pattern, found: dict[str, float] | None) -> Iterator[dict[str, Any]]:
    for name, band in pattern.figures.items():
        number = None if found is None or math.isnan(found[name]) else found[name]
        yield {
            "pattern": pattern.name,
            "title": pattern.title,
            "half": pattern.half,
            "figure": name,
            "meaning": band.meaning,
            "unit": band.unit,
            "value": number,
            "low": band.low,
            "high": band.high,
            "label": band.label,
            "holds": None if found is None else number is not None and band.holds(number),
            "shown_by": pattern.study,
        }
