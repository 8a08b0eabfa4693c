"""Claims that an analyst coded by hand; the rules add what they can read in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.claims.claim import Claim, Span
from tocsin.claims.given.counted import speaker_kind
from tocsin.claims.parties import Party
from tocsin.claims.rules.speaking.captivity import tells_captivity
from tocsin.claims.rules.who.standing import standing
from tocsin.errors import CatalogueError
from tocsin.indicators import indicator
from tocsin.reports.report import Coding, Report


def coded(report: Report, parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield one claim for each indicator that the coding names."""
    from tocsin.claims.rules.reader import read  # noqa: PLC0415 (only texts need the parser)

    coding = report.coding
    if coding is None:
        return
    by_rule: dict[str, Claim] = {}
    for claim in read(report, parties):
        known = by_rule.get(claim.indicator)
        if known is None or _length(claim.sentence) < _length(known.sentence):
            by_rule[claim.indicator] = claim
    if not report.text.strip():
        raise CatalogueError(report.source, "a coded report has no text")
    for name in coding.indicators:
        yield _claim(report, coding, indicator(name).id, by_rule.get(name), parties)


def _length(span: Span) -> int:
    return span.end - span.start


def _claim(report: Report, coding: Coding, name: str, found: Claim | None, parties: Sequence[Party]) -> Claim:
    """What the analyst said stands; hedges, modality, amount and unit are the rules'."""
    span = found.sentence if found else Span(0, len(report.text))
    captive = (
        coding.speaker_kind == "prisoner" or "prisoner" in coding.speaker.lower() or tells_captivity(coding.speaker)
    )
    claim = Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=report.text[span.start : span.end],
        start=span.start,
        end=span.end,
        sentence=span,
        indicator=name,
        polarity=coding.polarity,
        modality="asserted",
        speaker=coding.speaker,
        speaker_kind=speaker_kind(coding.speaker_kind),
        speaker_explicit=True,
        speaker_side=standing(coding.speaker, coding.speaker_kind, coding.force, parties),
        chain=(coding.speaker,),
        force=coding.force,
        happened=coding.happened,
        coerced=captive or (found is not None and found.coerced),
        extractor="coded",
        origin=coding.origin,
        vintage=report.vintage,
    )
    if found is None:
        return claim
    return replace(
        claim,
        modality=found.modality,
        hedges=found.hedges,
        quantity=found.quantity,
        echelon=found.echelon,
        formation=found.formation,
    )
