"""Report: a dated document, and who issued it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, final

from tocsin.dates import Interval
from tocsin.ids import OPTIONAL, ReportId, content_id

Vintage = Literal["as_published", "reconstructed", "final"]
"""How a figure came to be known: as it was published that day; reconstructed later from dated
material; or final, a later state that may never enter an assessment as of a past day."""

SpeakerKind = Literal[
    "government",
    "military",
    "intelligence",
    "media",
    "ngo",
    "official",
    "soldier",
    "prisoner",
    "relative",
    "collective",
    "author",
    "unknown",
]

READ: Final = "en"
"""The language whose claims are read, as ISO 639 has it; reports in others are kept and set aside."""

PRIVATE_KINDS: tuple[SpeakerKind, ...] = ("soldier", "prisoner", "relative")
"""Kinds of speaker whose names are withheld wherever they stand."""

Format = Literal["text", "markdown", "html", "jsonl", "counts", "pdf", "feed"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What an analyst coded about a report by hand; it travels with the report."""

    force: str
    """Whose soldiers the report is about."""
    indicators: tuple[str, ...]
    polarity: Literal["affirmed", "negated"]
    speaker: str
    speaker_kind: str
    happened: Interval | None = None
    origin: str | None = None
    """The oldest source that the report names; None where its lineage is not recorded."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A dated number that a row of a table gives, about one force."""

    force: str
    indicator: str
    happened: Interval
    value: float
    of: float | None = None
    """The whole of which `value` is a part; None where `value` is no share."""
    unit: str
    speaker: str
    speaker_kind: str
    start: int
    """Where the number stands in the report's text: [start, end) in code points."""
    end: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the user's list of sources says of who issued a report."""

    kind: SpeakerKind | None = None
    side: str | None = None
    """The force on whose side it speaks, `third` for neither; None where the list does not say."""
    interest: str | None = None
    """Who gains by what it says, in the user's words."""
    lag: int | None = None
    """Days that usually pass between an event and its report."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A dated document as it came, normalised and with private persons redacted; never edited."""

    source: str
    """Who issued it: the publisher's name."""
    published: date
    """When this version became known."""
    text: str
    """The stored text, to which all offsets refer (code points)."""
    original: str
    """SHA-256 of the original bytes, which stay outside."""
    format: Format
    title: str | None = None
    url: str | None = None
    vintage: Vintage = "as_published"
    coding: Coding | None = None
    count: Count | None = None
    given: str | None = field(default=None, metadata=OPTIONAL)
    """The id that its issuer or its collector gave it; its versions share it."""
    language: str | None = field(default=None, metadata=OPTIONAL)
    """ISO 639 code of a language that is not read; None where it is English or could not be told."""
    withdrawn: bool = field(default=False, metadata=OPTIONAL)
    """Whether this version says that the report was taken back; it has no text then."""
    replaces: ReportId | None = field(default=None, metadata=OPTIONAL)
    """The version before it, where the ledger that it entered held one; no part of its id."""
    standing: Standing | None = field(default=None, metadata=OPTIONAL)
    id: ReportId = field(init=False)

    def __post_init__(self) -> None:
        content: tuple[object, ...] = (
            self.source, self.published, self.text, self.coding, self.count, self.vintage
        )  # fmt: skip
        if self.withdrawn:  # without a text, what tells two withdrawals apart is what they withdraw
            content += ("withdrawn", self.url, self.given)
        object.__setattr__(self, "id", ReportId(content_id("report", content)))
