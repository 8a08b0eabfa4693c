"""What stands on the page, and where: the assessment's records gathered by force, with the drawings made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tocsin.products import figures, tables
from tocsin.products.passages import link
from tocsin.products.tables import LANES
from tocsin.products.words import yardstick

ROWS_BEHIND_A_CHART = 20
"""Rows of the table that stands behind a chart of state over time."""
DAYS_BEFORE_START = 30
"""How long before the start of the case the timeline may begin; earlier claims are in the lists only."""


def context(assessment: Mapping[str, Any]) -> dict[str, Any]:
    """Gather all that the templates print."""
    claims = tables.claim_rows(assessment)
    forces = [
        _force(assessment, force, claims, name=f"force-{place}")
        for place, force in enumerate(assessment["forces"], start=1)
    ]
    shown = {claim["id"] for force in forces for row in force["observations"] for claim in row["claims"]}
    return {
        "title": assessment["title"],
        "as_of": assessment["as_of"],
        "retrospective": assessment["retrospective"],
        "seed": assessment["seed"],
        "case": assessment["case"],
        "forces": forces,
        "variables": _variables(assessment),
        "unplaced": tables.unused((claim for claim in claims.values() if claim["id"] not in shown), None),
        "agreement": assessment.get("agreement", {}),
        "limits": assessment["limits"],
        "about": assessment.get("about"),
        "attribution": assessment.get("attribution", []),
        "provenance": assessment["provenance"],
        "reports": [{**report, "link": link(report["url"])} for report in assessment["reports"]],
        "left_out": len(assessment["claims"]) - len(claims),
        "bands": yardstick().bands,
        "yardstick": yardstick(),
    }


def _force(
    assessment: Mapping[str, Any], force: Mapping[str, Any], claims: Mapping[str, tables.Row], *, name: str
) -> dict[str, Any]:
    own = force["name"]
    questions = tables.question_groups(assessment, own)
    observations = tables.observation_rows(assessment, own, claims)
    shown = {claim["id"] for row in observations for claim in row["claims"]}
    about = [claim for claim in claims.values() if claim["force"] == own]
    drawn, early = _timeline(assessment, about)
    return {
        **force,
        "anchor": name,
        "questions": questions,
        "observations": observations,
        "leading": [row for row in observations if row["weight"]][: tables.HEADLINE_OBSERVATIONS],
        "contradictions": tables.contradictions(assessment, own, claims),
        "timeline": drawn,
        "early": early,
        "claims": sorted(about, key=lambda claim: str(claim["published"])),
        "unused": tables.unused((claim for claim in about if claim["id"] not in shown), own),
        "sides": _sides([claim for claim in assessment["claims"] if claim["force"] == own]),
        "series": [
            {**row, "chart": figures.counts(row["bars"], used=row["used"])}
            for row in tables.series_rows(assessment, own)
        ],
    }


def _sides(claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Count the claims about a force by the side of their speakers."""
    sides = [claim["speaker_side"] for claim in claims]
    return [
        {
            "name": name,
            "side": side,
            "count": sides.count(side),
            "share": round(100 * sides.count(side) / len(sides), 2),
        }
        for side, name in LANES.items()
        if sides
    ]


def _timeline(assessment: Mapping[str, Any], claims: Sequence[tables.Row]) -> tuple[str | None, int]:
    """Draw what was said about one force, by the day it was published; count what came before the drawing begins."""
    if not claims:
        return None, 0
    every = [date.fromisoformat(claim["published"]) for claim in assessment["claims"]]
    start, end = date.fromisoformat(assessment["start"]), date.fromisoformat(assessment["as_of"])
    first = max(min([start, *every]), start - timedelta(days=DAYS_BEFORE_START))
    dots = [
        figures.Dot(
            day=published,
            lane=claim["speaker_side"] if claim["speaker_side"] in LANES else "unknown",
            affirmed=claim["affirms"],
            used=claim["used"],
            href=f"#{claim['anchor']}",
        )
        for claim in claims
        if first <= (published := date.fromisoformat(claim["published"])) <= end
    ]
    return figures.lanes(dots, start=first, end=end), len(claims) - len(dots)


def _variables(assessment: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for variable in tables.variable_rows(assessment):
        cells = []
        for place, (force, state) in enumerate(zip(assessment["forces"], variable["states"], strict=True), start=1):
            lines = _lines(force, variable["name"])
            drawn = {**lines, "outlook": [*lines.get("posterior", [])[-1:], *lines.get("outlook", [])]}
            drawing = figures.Bands(
                lines=drawn, as_of=assessment["as_of"], top=variable["top"], percent=variable["percent"]
            )
            cells.append(
                {
                    **state,
                    "force": force["name"],
                    "anchor": f"force-{place}",
                    "chart": figures.bands(drawing),
                    "table": [
                        (name, tables.thinned(points, most=ROWS_BEHIND_A_CHART)) for name, points in lines.items()
                    ],
                    "ranges": {
                        kind: [
                            round(100 * min(1.0, state[kind][q] / variable["top"]), 2) for q in ("q05", "q50", "q95")
                        ]
                        for kind in ("prior", "posterior")
                    },
                }
            )
        rows.append({**variable, "cells": cells})
    return rows


def _lines(force: Mapping[str, Any], name: str) -> dict[str, list[tuple[str, float, float, float]]]:
    """Gather prior and posterior up to the day of the judgement, and the outlook beyond it."""
    past, ahead = force["history"], force["outlook"]
    sources = [
        ("prior", past.get("days", ()), past.get(name, {}).get("prior")),
        ("posterior", past.get("days", ()), past.get(name, {}).get("posterior")),
        ("outlook", ahead.get("days", ()), ahead.get(name)),
    ]
    return {
        line: list(zip(days, bands["q05"], bands["q50"], bands["q95"], strict=True))
        for line, days, bands in sources
        if bands
    }
