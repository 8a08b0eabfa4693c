"""Rows of the tables that these commands print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tocsin.forecasts.forecast import Answer
    from tocsin.pipeline.record.resolve import Resolved
    from tocsin.pipeline.record.sealed import Sealed

FORECAST_COLUMNS = ("forecast", "question", "answer", "baselines")
RESOLUTION_COLUMNS = ("question", "window", "outcome", "origins", "reason", "before")
LISTING_COLUMNS = ("forecast", "kind", "as of", "closes", "question", "said", "outcome")
SCORE_COLUMNS = ("score", "tocsin", "against", "n", "its score", "skill", "difference", "tocsin is")
RELIABILITY_COLUMNS = ("said, from", "to", "on average", "forecasts", "came about")
CHANGE_COLUMNS = ("what", "A", "B", "change", "")


def forecast_rows(found: Sequence[Sealed]) -> Iterator[tuple[str, ...]]:
    """Yield a row of FORECAST_COLUMNS for each forecast."""
    for one in found:
        said = one.forecast
        beside = "; ".join(f"{answer.by} {_said(answer)}" for answer in said.baselines)
        yield (said.id, said.text, _said(said.answer), beside)


def _said(answer: Answer) -> str:
    from tocsin.products.words import percent

    if answer.quantiles:
        middle = len(answer.quantiles) // 2
        low, high = answer.quantiles[len(answer.quantiles) // 10], answer.quantiles[-1 - len(answer.quantiles) // 10]
        return f"{answer.quantiles[middle]:.2g} ({low:.2g} to {high:.2g})"
    said = percent(answer.probability or 0.0)
    return (
        said
        if answer.low is None or answer.high is None
        else f"{said} ({percent(answer.low)} to {percent(answer.high)})"
    )


def resolution_rows(found: Sequence[Resolved]) -> Iterator[tuple[str, ...]]:
    """Yield a row of RESOLUTION_COLUMNS for each question."""
    for one in found:
        came, asked = one.resolution, one.forecast
        outcome = came.outcome if came.amount is None else f"{came.amount:g}"
        before = ", ".join(earlier.outcome for earlier in one.earlier) or "-"
        window = f"{asked.opens} to {asked.closes}"
        yield (asked.text, window, outcome, str(came.origins), came.reason or "-", before)


def listing_rows(listed: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield a row of LISTING_COLUMNS for each forecast."""
    for one in listed:
        said = one["probability"]
        answer = "an amount" if said is None else f"{said:.3f}"
        yield (one["forecast"], one["kind"], one["as_of"], one["closes"], one["text"], answer, one["outcome"])


def counts(name: str, table: Mapping[str, Any]) -> str:
    """Say in a line how many questions stand behind a table of scores."""
    rate = "" if table["void_rate"] is None else f" ({table['void_rate']:.0%} of those closed)"
    return (
        f"{name.capitalize()}: {table['questions']} questions, {table['resolved']} resolved, "
        f"{table['void']} void{rate}, {table['disputed']} disputed, {table['pending']} pending"
    )


def score_rows(scores: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a row of SCORE_COLUMNS for each score and baseline."""
    for name, score in scores.items():
        for baseline, found in score["baselines"].items():
            yield (
                name,
                f"{found['tocsin']:.3g}",
                baseline,
                str(found["n"]),
                f"{found['baseline']:.3g}",
                _between(found["skill"], found["skill_interval"], ".2f"),
                _between(found["difference"], found["difference_interval"], ".2g"),
                found["verdict"],
            )


def _between(value: float | None, interval: Mapping[str, float] | None, form: str) -> str:
    if value is None:
        return "-"
    written = format(value, form)
    return f"{written} [{interval['low']:{form}}, {interval['high']:{form}}]" if interval else written


def reliability_rows(pools: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield a row of RELIABILITY_COLUMNS for each pool."""
    for pool in pools:
        said = (f"{pool[name]:.3f}" for name in ("low", "high", "said"))
        yield (*said, str(pool["n"]), f"{pool['happened']:.3f}")


def change_rows(changes: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a row of CHANGE_COLUMNS for each state, answer and observation that is another."""
    for row in changes["state"]:
        yield (f"{row['force']}: {row['label'].lower()}", *_changed(row["a"]["q50"], row["b"]["q50"]), "")
    for row in changes["forecasts"]:
        what = f"{row['force']}: {row['outcome']}, {row['days']} days"
        yield (what, *_changed(row["a"], row["b"]), "no more than simulation error" if row["noise"] else "")
    for row in changes["observations"]:
        span = f"{row['happened']['start']} to {row['happened']['end']}"
        what = f"{row['force']}: reports of {row['indicator'].replace('_', ' ')}, {span}, in nats"
        yield (what, *_changed(row["a"], row["b"]), "")


def _changed(before: float, after: float) -> tuple[str, str, str]:
    return (f"{before:.3g}", f"{after:.3g}", f"{after - before:+.2g}")
