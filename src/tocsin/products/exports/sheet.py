"""Claims as rows of a table, each with the grade that counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tocsin.products.exports.kept import Collection

COLUMNS: Final = (
    "id",
    "report",
    "report_url",
    "source",
    "published",
    "force",
    "formation",
    "echelon",
    "indicator",
    "polarity",
    "modality",
    "speaker",
    "speaker_kind",
    "speaker_side",
    "coerced",
    "quantity",
    "unit",
    "happened_from",
    "happened_to",
    "hedges",
    "reliability",
    "credibility",
    "grader",
    "quote",
    "start",
    "end",
    "extractor",
)


def rows(records: Collection) -> Iterator[dict[str, Any]]:
    """Yield one row of COLUMNS a claim."""
    for claim in records.of("claim"):
        body = claim.body
        report = records.by_id.get(str(body.get("report")))
        grade = records.grades.get(claim.id, {})
        quantity, happened = body.get("quantity") or {}, body.get("happened") or {}
        more = {
            "report_url": report.body.get("url") if report else None,
            "quantity": quantity.get("value"),
            "unit": quantity.get("unit"),
            "happened_from": happened.get("start"),
            "happened_to": happened.get("end"),
            "hedges": "; ".join(body.get("hedges") or ()),
            "reliability": grade.get("reliability"),
            "credibility": grade.get("credibility"),
            "grader": grade.get("grader"),
        }
        yield {name: more[name] if name in more else body.get(name) for name in COLUMNS}
