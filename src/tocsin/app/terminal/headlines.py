"""The headlines of an assessment, as lines of text: words with their number, thin where it is thin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tocsin.products.words import percent, phrase

THIN = "The evidence is too thin to move the prior: read these as what would hold of any such force."


def headlines(assessment: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines: for each force its state before and after the reports, then its questions."""
    from tocsin.products.tables import as_sentence, question_groups

    yield f"{assessment['title']}, as of {assessment['as_of']}"
    for force in assessment["forces"]:
        yield ""
        yield force["name"]
        if force["thin"]:
            yield f"  {THIN}"
        for state in force["state"].values():
            thin = " (thin)" if state["thin"] else ""
            yield f"  {state['label']:<10} {_band(state['posterior'])}; before: {_band(state['prior'])}{thin}"
        for group in question_groups(assessment, force["name"]):
            yield f"  {as_sentence(group['outcome'])}"
            yield from (f"    {_judgement(horizon)}" for horizon in group["horizons"])


def _band(quantiles: Mapping[str, float]) -> str:
    low, middle, high = (_share(quantiles[name]) for name in ("q05", "q50", "q95"))
    return f"{middle} ({low} to {high})"


def _share(value: float) -> str:
    """Write two decimals, or the first digit that counts of what they would round away."""
    return f"{value:.2f}" if value == 0 or abs(value) >= 0.005 else f"{value:.1g}"


def _judgement(question: Mapping[str, Any]) -> str:
    low, high = question["interval"]
    base = question["base_rate"]
    beside = f"; base rate {percent(base['probability'])}" if base else "; no base rate"
    said = phrase(question["probability"], interval=question["interval"])
    return f"{question['days']:>3} days: {said}; from {percent(low)} to {percent(high)}{beside}"
