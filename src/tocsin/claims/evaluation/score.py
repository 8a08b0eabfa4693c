"""Figures over many reports: precision, recall and F1, accuracies, and how far chance may move them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.claims.evaluation.compare import Comparison, judge

RESAMPLES = 2_000
LEVEL = 0.95

Counts = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with the interval in which 95 of 100 resamplings of the reports lie."""

    value: float
    low: float
    high: float
    count: int
    """How many claims it rests on."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One indicator: how many were found rightly, found falsely and missed."""

    indicator: str
    right: int
    false: int
    missed: int
    instead: Mapping[str, int]
    """What was found in a sentence in which this was missed; `nothing` where nothing was."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """All figures of one run."""

    reports: int
    figures: Mapping[str, Figure]
    rows: tuple[Row, ...]
    fields: Mapping[str, Figure]
    """Accuracy of each field on matched pairs."""


def score(compared: Sequence[Comparison], seed: int) -> Scores:
    """Score the compared reports; intervals come from resampling whole reports, as claims of one report go together."""
    names = sorted({name for one in compared for name in _indicators(one)})
    counts = np.array([[_counted(one, name) for name in names] for one in compared], dtype=np.float64)
    counts = counts.reshape(len(compared), len(names), 3)
    weights = _weights(len(compared), seed)
    measures: dict[str, Callable[[Counts], float]] = {
        "precision": lambda c: _ratio(c[:, 0].sum(), c[:, [0, 1]].sum()),
        "recall": lambda c: _ratio(c[:, 0].sum(), c[:, [0, 2]].sum()),
        "micro F1": lambda c: _f1(c.sum(axis=0)),
        "macro F1": _macro,
    }
    marked = int(counts[:, :, [0, 2]].sum())
    drawn = np.einsum("rn,nik->rik", weights, counts)
    figures = {
        name: _figure(measure(counts.sum(axis=0)), [measure(one) for one in drawn], marked)
        for name, measure in measures.items()
    }
    return Scores(
        reports=len(compared), figures=figures, rows=_rows(compared, names), fields=_fields(compared, weights)
    )


def _indicators(one: Comparison) -> set[str]:
    found = {marked.indicator for marked, _ in (*one.pairs, *one.missed)}
    return found | {claim.indicator for claim in one.false}


def _counted(one: Comparison, name: str) -> tuple[int, int, int]:
    return (
        sum(marked.indicator == name for marked, _ in one.pairs),
        sum(claim.indicator == name for claim in one.false),
        sum(marked.indicator == name for marked, _ in one.missed),
    )


def _weights(reports: int, seed: int) -> Counts:
    drawn = np.random.default_rng(seed).multinomial(reports, np.full(reports, 1 / max(reports, 1)), RESAMPLES)
    return drawn.astype(np.float64)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _f1(row: Counts) -> float:
    return _ratio(2 * row[0], 2 * row[0] + row[1] + row[2])


def _macro(counts: Counts) -> float:
    """The mean over the indicators that were marked at all."""
    marked = [row for row in counts if row[0] + row[2] > 0]
    return float(np.mean([_f1(row) for row in marked])) if marked else 0.0


def _figure(value: float, drawn: Sequence[float], count: int) -> Figure:
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Figure(value=value, low=float(low), high=float(high), count=count)


def _rows(compared: Sequence[Comparison], names: Sequence[str]) -> tuple[Row, ...]:
    rows = []
    for name in names:
        right, false, missed = (sum(column) for column in zip(*(_counted(one, name) for one in compared), strict=True))
        instead = Counter(
            other or "nothing" for one in compared for marked, other in one.missed if marked.indicator == name
        )
        rows.append(Row(indicator=name, right=right, false=false, missed=missed, instead=dict(instead.most_common())))
    return tuple(rows)


def _fields(compared: Sequence[Comparison], weights: Counts) -> dict[str, Figure]:
    names = sorted({name for one in compared for pair in one.pairs for name, _ in judge(*pair)})
    found = {}
    for name in names:
        judged = [[right for pair in one.pairs for field, right in judge(*pair) if field == name] for one in compared]
        right = np.array([sum(one) for one in judged], dtype=np.float64)
        count = np.array([len(one) for one in judged], dtype=np.float64)
        drawn = [_ratio(top, bottom) for top, bottom in zip(weights @ right, weights @ count, strict=True) if bottom]
        found[name] = _figure(_ratio(right.sum(), count.sum()), drawn, int(count.sum()))
    return found


def document(scores: Scores) -> dict[str, Any]:
    """The scores as plain JSON, figures to four places."""

    def plain(figure: Figure) -> dict[str, Any]:
        bounds = {name: round(getattr(figure, name), 4) for name in ("value", "low", "high")}
        return bounds | {"count": figure.count}

    return {
        "reports": scores.reports,
        "level": LEVEL,
        "resamples": RESAMPLES,
        "claims": {name: plain(figure) for name, figure in scores.figures.items()},
        "fields": {name: plain(figure) for name, figure in scores.fields.items()},
        "indicators": [
            {
                "indicator": row.indicator,
                "right": row.right,
                "false": row.false,
                "missed": row.missed,
                "instead": dict(row.instead),
            }
            for row in scores.rows
        ],
    }
