"""Claims of a table of counts: each row is one claim, its number the quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast, get_args

from tocsin.claims.claim import Claim, Quantity, Span
from tocsin.claims.parties import Party
from tocsin.claims.rules.who.standing import standing
from tocsin.errors import CatalogueError
from tocsin.indicators import indicator
from tocsin.reports.report import Report, SpeakerKind


def counted(report: Report, parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield the one claim that a counted row makes; `parties` show on whose side its speaker stands."""
    count = report.count
    if count is None:
        return
    quote = report.text[count.start : count.end]
    yield Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=quote,
        start=count.start,
        end=count.end,
        sentence=Span(0, len(report.text)),
        indicator=indicator(count.indicator).id,
        polarity="affirmed",
        modality="asserted",
        speaker=count.speaker,
        speaker_kind=speaker_kind(count.speaker_kind),
        speaker_explicit=True,
        speaker_side=standing(count.speaker, count.speaker_kind, count.force, parties),
        chain=(count.speaker,),
        force=count.force,
        quantity=Quantity(
            text=quote, value=count.value, low=count.value, high=count.value, unit=count.unit, of=count.of
        ),
        happened=count.happened,
        extractor="table",
        vintage=report.vintage,
    )


def speaker_kind(name: str) -> SpeakerKind:
    """Return `name` as a kind of speaker; raise CatalogueError where there is none of that name."""
    known = get_args(SpeakerKind)
    if name not in known:
        raise CatalogueError("speaker_kind", f"{name!r} is none of {', '.join(known)}")
    return cast("SpeakerKind", name)
