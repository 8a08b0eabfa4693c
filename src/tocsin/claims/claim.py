"""Claim: one thing one speaker said about one force, with its place in the report; and the same as one line of JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, final

from tocsin.dates import Interval
from tocsin.ids import ClaimId, ReportId, content_id, plain
from tocsin.reports.formats.text import UNKNOWN
from tocsin.reports.report import SpeakerKind, Vintage

Polarity = Literal["affirmed", "negated"]
Modality = Literal["asserted", "hedged", "hypothetical"]
SpeakerSide = Literal["own", "opponent", "third", "unknown"]
Echelon = Literal["squad", "platoon", "company", "battalion", "regiment", "brigade", "division", "corps", "army"]


@final
@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a report's stored text, in code points."""

    start: int
    end: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many, as the report words it."""

    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    """What is counted (`soldiers`, `vehicles`, `battalions`, `km2`), or `share` for a part of a whole (0 to 1)."""
    of: float | None = None
    """The whole of which `value` was counted, where a table gives it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing one speaker said; never corrected, only outweighed. Unknown is None, never guessed."""

    report: ReportId
    source: str
    """Who published the report; the speaker may be someone else."""
    published: date
    quote: str
    start: int
    """Where the quote stands: [start, end) in code points of the report's stored text."""
    end: int
    sentence: Span
    indicator: str
    polarity: Polarity
    modality: Modality
    speaker: str | None
    """Who said it, the outermost source that speaks to the report; None where it is the author."""
    speaker_kind: SpeakerKind
    speaker_explicit: bool
    """Whether the sentence itself names the speaker."""
    speaker_side: SpeakerSide
    """Seen from the force that the claim is about."""
    chain: tuple[str, ...] = ()
    """Who told whom, outermost first."""
    force: str | None
    """Whose soldiers the claim is about."""
    formation: str | None = None
    echelon: Echelon | None = None
    quantity: Quantity | None = None
    happened: Interval | None = None
    hedges: tuple[str, ...] = ()
    coerced: bool = False
    """Whether the words were spoken in captivity; such words never corroborate."""
    extractor: str
    """Who or what read the claim, and by which rule."""
    origin: str | None = None
    """The oldest source that the report names for it; None where its lineage is not recorded."""
    vintage: Vintage = "as_published"
    id: ClaimId = field(init=False)

    def __post_init__(self) -> None:
        content = (
            self.report,
            (self.start, self.end),
            self.indicator,
            self.polarity,
            self.modality,
            self.speaker,
            self.force,
            self.formation,
            self.quantity,
            self.happened,
            self.extractor,
        )
        object.__setattr__(self, "id", ClaimId(content_id("claim", content)))


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
