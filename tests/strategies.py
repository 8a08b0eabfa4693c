"""Hypothesis strategies that build every record; each room appends its own."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tocsin.claims.claim import Claim, Span
from tocsin.reports.report import Report

days = st.dates(date(2000, 1, 1), date(2030, 12, 31))

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


def reports(published: st.SearchStrategy[date] = days) -> st.SearchStrategy[Report]:
    """Build reports of any text, source and day."""
    return st.builds(
        Report,
        source=texts,
        published=published,
        text=texts,
        original=st.just("0" * 64),
        format=st.just("text"),
        title=st.none() | texts,
    )


def claim_of(report: Report, indicator: str = "refusal") -> Claim:
    """Return a claim that quotes the whole of `report`."""
    return Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=report.text,
        start=0,
        end=len(report.text),
        sentence=Span(0, len(report.text)),
        indicator=indicator,
        polarity="affirmed",
        modality="asserted",
        speaker=None,
        speaker_kind="author",
        speaker_explicit=False,
        speaker_side="unknown",
        force=None,
        extractor="test",
    )
