"""Every figure of the patterns that were asked for, with its band, as plain data."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from tocsin.errors import UnknownNameError
from tocsin.inference.patterns.bench import Bench
from tocsin.inference.patterns.catalogue import Pattern, patterns
from tocsin.inference.patterns.score import SHOWN

QUICK: Final = 0.2
"""The share of the usual runs that a quick look makes."""


def chosen(names: Sequence[str]) -> list[str]:
    """Return the named patterns in the order of the catalogue, or all where none is named; raise UnknownNameError."""
    known = patterns()
    for name in names:
        if name not in known:
            raise UnknownNameError("pattern", name, list(known))
    return [name for name in known if name in names or not names]


def document(
    names: Sequence[str], *, quick: bool, seed: int, threads: int, done: Callable[[int], None] = lambda _: None
) -> dict[str, Any]:
    """Look for the named patterns and hold each of their figures against its band; `done` is told after each pattern.

    A figure that could not be had, because nothing of the kind happened in any history, is None and does not hold.
    Whether one holds that only a study shows is None.
    """
    bench = Bench(seed=seed, threads=threads, effort=QUICK if quick else 1.0)
    rows: list[dict[str, Any]] = []
    for name in names:
        rows += _rows(patterns()[name], SHOWN[name](bench) if name in SHOWN else None)
        done(1)
    judged = [row["holds"] for row in rows if row["holds"] is not None]
    return {"seed": seed, "quick": quick, "figures": rows, "held": sum(judged), "judged": len(judged)}


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
