"""One claim as one line of JSON: the names and fields that users' scripts rely on."""

from __future__ import annotations

from typing import Any

from tocsin.claims.claim import Claim
from tocsin.ids import plain
from tocsin.reports.formats.text import UNKNOWN

FIELDS = (
    "id",
    "report",
    "source",
    "published",
    "quote",
    "start",
    "end",
    "sentence",
    "indicator",
    "polarity",
    "modality",
    "speaker",
    "speaker_kind",
    "speaker_explicit",
    "speaker_side",
    "chain",
    "force",
    "formation",
    "echelon",
    "quantity",
    "happened",
    "hedges",
    "coerced",
    "extractor",
)
"""In the order in which they are written."""

QUANTITY = ("text", "value", "low", "high", "unit")


def line(claim: Claim) -> dict[str, Any]:
    """Return the claim's fields as plain JSON; unknown is None."""
    fields = plain(claim)
    quantity = fields["quantity"]
    fields["quantity"] = quantity and {name: quantity[name] for name in QUANTITY}
    fields["source"] = None if claim.source == UNKNOWN else claim.source
    return {name: fields[name] for name in FIELDS}
