"""A simulation as pages: fans over time and the tree of formations; one battalion and one soldier followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from tocsin.products.brief import fill

MEANINGS: Final = {
    "strength": "soldiers on duty, of the establishment",
    "morale": "the will to go on, from none to full",
    "cohesion": "how far comrades hold together",
    "refusal": "units that refuse now or would within thirty days",
}


GONE_TO: Final = {
    "duty": "returns to duty",
    "wounded": "is wounded",
    "sick": "falls sick or hurts himself",
    "leave": "goes on leave",
    "detained": "is detained",
    "absent": "is absent without leave",
    "killed": "is killed",
    "invalid": "is invalided out",
    "captured": "is captured",
    "surrendered": "surrenders",
    "released": "is released from service",
    "deserted": "is struck off as a deserter",
}
MONTH: Final = 30
"""Days over which the timeline sums up what happens to a battalion's soldiers."""


def render(pictures: Mapping[str, Any]) -> str:
    """Write the pictures of a simulation, as `simulate` returns them, as one HTML page without network or script."""
    start = date.fromisoformat(pictures["from"])
    states = [
        {
            "name": name,
            "meaning": meaning,
            "cells": [
                {"force": force, "chart": drawn, "last": fan[name][-1][1:]}
                for force, fan, drawn in zip(
                    pictures["forces"], pictures["fans"], _drawn(pictures["fans"], name, start), strict=True
                )
            ],
        }
        for name, meaning in MEANINGS.items()
    ]
    trees = [
        {"force": force, "parents": _tree(rows)}
        for force, rows in zip(pictures["forces"], pictures["formations"], strict=True)
    ]
    return fill(
        "simulation.html.j2",
        {**pictures, "start": pictures["from"], "end": pictures["to"], "states": states, "trees": trees},
    )


def _drawn(fans: Sequence[Mapping[str, Any]], name: str, start: date) -> list[Markup]:
    """Draw one state of every force, all on one scale."""
    from tocsin.products.figures import fan  # noqa: PLC0415  loads the drawing library, needed only here

    highest = max(point[-1] for force in fans for point in force[name])
    top = 1.0 if highest > 0.5 else max(0.01, 1.1 * highest)
    return [Markup(fan(force[name], start=start, top=top)) for force in fans]  # noqa: S704  our own drawing, of numbers


def _tree(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Put formations under what they belong to; both keep the order of the order of battle."""
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row["parent"] or row["name"], len(first))
    placed = sorted(rows, key=lambda row: first[row["parent"] or row["name"]])
    return [
        {"parent": parent, "formations": list(below)}
        for parent, below in groupby(placed, key=lambda row: row["parent"])
    ]


def timeline(trace: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the two stories of a trace, each a heading and its (date, what) in order."""
    start = date.fromisoformat(trace["start"])
    yield f"{trace['battalion']} ({trace['force']}), no. {trace['unit']}", list(_battalion(trace, start))
    yield f"Soldier {trace['soldier']}, {trace['kind']}", list(_soldier(trace, start))


def render_trace(trace: Mapping[str, Any]) -> str:
    """Write a trace, as plain JSON, as one HTML page without network or script."""
    from tocsin.products import figures  # noqa: PLC0415  loads the drawing library, needed only here

    start = date.fromisoformat(trace["start"])
    rows = [{"day": _on(start, day), **row} for day, row in enumerate(trace["evenings"])]
    spans = list(_spans(trace, start))
    present = [status for status in GONE_TO if any(span["status"] == status for span in spans)]
    drawn = [figures.course(rows, [_on(start, day) for day, _ in trace["events"]]), figures.life(spans, present)]
    stories = [
        {"title": title, "lines": lines, "chart": Markup(chart), "colours": colours}  # noqa: S704  our own drawings
        for (title, lines), chart, colours in zip(timeline(trace), drawn, (figures.COURSES, {}), strict=True)
    ]
    end = _on(start, trace["days"] - 1)
    return fill("trace.html.j2", {**trace, "start": trace["start"], "end": end, "stories": stories})


def _battalion(trace: Mapping[str, Any], start: date) -> Iterator[tuple[str, str]]:
    """Its events, and every month how it stands and what became of its soldiers."""
    for first in range(0, trace["days"], MONTH):
        month = range(first, min(first + MONTH, trace["days"]))
        yield from ((_on(start, day), what) for day, what in trace["events"] if day in month)
        moves: dict[str, int] = {}
        for day in month:
            for fate, number in trace["evenings"][day]["moves"].items():
                moves[fate] = moves.get(fate, 0) + number
        stands = trace["evenings"][month[-1]]
        told = ", ".join(f"{number} {fate}" for fate, number in sorted(moves.items())) or "nobody went or came"
        state = ", ".join(f"{name} {stands[name]:.0%}" for name in ("strength", "morale", "cohesion"))
        yield _on(start, month[-1]), f"{state}; in {len(month)} days: {told}"


def _soldier(trace: Mapping[str, Any], start: date) -> Iterator[tuple[str, str]]:
    for day, before, after in trace["life"]:
        here = "is there at the start" if day <= 0 else "joins as a replacement"
        yield _on(start, max(0, day)), here if before is None else GONE_TO[after]
    if len(trace["life"]) == 1:
        yield _on(start, trace["days"] - 1), "nothing else is written of him"


def _spans(trace: Mapping[str, Any], start: date) -> Iterator[dict[str, str]]:
    """Where the soldier is from when to when; who has gone for good keeps the last place."""
    ends = [max(0, day) for day, *_ in trace["life"][1:]] + [trace["days"]]
    for (day, _, status), end in zip(trace["life"], ends, strict=True):
        yield {"start": _on(start, max(0, day)), "end": _on(start, max(end, day + 1)), "status": status}


def _on(start: date, day: int) -> str:
    return (start + timedelta(days=day)).isoformat()
