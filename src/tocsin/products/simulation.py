"""A simulation as one self-contained page: fans over time, and the tree of formations in the order of battle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
