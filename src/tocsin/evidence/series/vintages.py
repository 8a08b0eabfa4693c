"""Series that grow after the fact: what a reader should expect of them once they are complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.random import Generator

from tocsin.claims.claim import Claim
from tocsin.dates import Interval
from tocsin.evidence.series.nowcast import Nowcast, complete, nowcast, triangle_of

PERIOD = 7
"""Days of a period, and of a step of delay."""


def to_come(rows: Sequence[Claim], rng: Generator) -> tuple[float, float, float] | None:
    """What a series of vehicles by the day of recording will come to, with an 80 per cent interval; else None."""
    counts = [(row.happened, row.quantity.value) for row in rows if row.quantity is not None and row.happened]
    fits = all(row.indicator == "losses" and row.quantity and row.quantity.unit == "vehicles" for row in rows)
    if not fits or len(counts) < 2:
        return None
    begin = min(span.start for span, _ in counts)
    spans = [((span.start - begin).days, (span.end - begin).days) for span, _ in counts]
    low, middle, high = complete(spans, np.array([amount or 0.0 for _, amount in counts]), rng=rng)
    return float(low), float(middle), float(high)


def revised(rows: Sequence[Claim], as_of: date, rng: Generator) -> tuple[list[Interval], Nowcast] | None:
    """Foresee the complete counts of a series whose weeks were counted again later; None where none was.

    Rows of one week with different days of publication are vintages of one count, each a total by its day.
    """
    vintages: dict[Interval, dict[int, float]] = {}
    for row in rows:
        if row.happened is not None and row.quantity is not None and row.quantity.value is not None:
            late = max(0, -(-(row.published - row.happened.end).days // PERIOD))
            totals = vintages.setdefault(row.happened, {})
            totals[late] = max(totals.get(late, 0.0), row.quantity.value)
    spans = sorted(vintages, key=lambda span: (span.end, span.start))
    delays = 1 + max((late for totals in vintages.values() for late in totals), default=0)
    if len(spans) < 3 or delays < 2:
        return None
    ages = [min(delays, (as_of - span.end).days // PERIOD + 1) for span in spans]
    triangle = triangle_of({i: vintages[span] for i, span in enumerate(spans)}, ages, delays)
    return spans, nowcast(triangle, rng=rng)
