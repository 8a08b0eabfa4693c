"""Hypothesis strategies that build every record; each room appends its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tocsin.claims.claim import Claim, Quantity, Span, SpeakerSide
from tocsin.dates import Interval
from tocsin.forecasts.forecast import Answer, Assessment, Forecast
from tocsin.ids import ReportId
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


# Soldiers: parameters anywhere in their priors, extremes included.


def scores(particles: int, forces: int) -> st.SearchStrategy[NDArray[np.float64]]:
    """Build (particles, forces, parameters) normal scores, each force within six deviations in every parameter."""
    from tocsin.simulation import draws  # noqa: PLC0415  numpy only where soldiers are tested

    drawn = sum(p.prior is not None for p in draws.simulated().values())
    return arrays(np.float64, (particles, forces, drawn), elements=st.floats(-6, 6) | st.sampled_from([-6.0, 0.0, 6.0]))


# Words: claims about two forces, by speakers whose side is fixed.

FORCES = ("Norland", "Sudland")
_SIDES: tuple[tuple[str, SpeakerSide], ...] = (
    ("Norland staff", "own"),
    ("Sudland staff", "opponent"),
    ("a third country", "third"),
    ("somebody", "unknown"),
)
_quantities = st.builds(
    Quantity,
    text=st.just("some"),
    value=st.none() | st.sampled_from([0.0, 0.1, 5.0, 40.0, 900.0]),
    low=st.none(),
    high=st.none(),
    unit=st.sampled_from(["soldiers", "vehicles", "share", "km2"]),
    of=st.none() | st.sampled_from([0.0, 50.0, 60.0]),
)


@st.composite
def claims(draw: st.DrawFn, start: date, days: int) -> Claim:
    """Build a claim of any kind, published in the days around `start` and up to `days` later."""
    published = start + timedelta(draw(st.integers(-10, days)))
    name, side = draw(st.sampled_from(_SIDES))
    text = draw(st.sampled_from(["They refuse.", "They hold.", "They lost many."])) + str(draw(st.integers(0, 9)))
    report = Report(source=name, published=published, text=text, original="0" * 64, format="text")
    length = draw(st.none() | st.integers(0, 40))
    claim = claim_of(report, draw(st.sampled_from(["losses", "refusal", "low_morale", "abandonment", "other"])))
    return replace(
        claim,
        polarity=draw(st.sampled_from(["affirmed", "affirmed", "negated"])),
        modality=draw(st.sampled_from(["asserted", "asserted", "hedged", "hypothetical"])),
        speaker=draw(st.sampled_from([name, None])),
        speaker_side=side,
        force=draw(st.sampled_from([*FORCES, None])),
        quantity=draw(st.none() | _quantities),
        happened=None if length is None else Interval(published - timedelta(length), published),
        coerced=draw(st.sampled_from([False, False, True])),
        extractor=draw(st.sampled_from(["table", "rules"])),
        origin=draw(st.sampled_from([None, None, "one agency", "unrecorded"])),
        vintage=draw(st.sampled_from(["as_published", "as_published", "final"])),
    )


# Forecasts: one question of one force, answered with its baselines.


def sealed_of(
    reports: Sequence[ReportId] = (), *, as_of: date, probability: float = 0.1, **changes: Any
) -> tuple[Assessment, Forecast]:
    """Return an assessment and one forecast that rests on it."""
    case = changes.get("case", "a-war")
    basis = Assessment(case=case, as_of=as_of, seed=1, reports=tuple(reports), made={"rule": "made up"}, known=as_of)
    said: dict[str, Any] = {
        "case": case,
        "question": "q",
        "force": "F",
        "days": 30,
        "as_of": as_of,
        "text": "Will F refuse within 30 days?",
        "event": "refusal: highest day of the window, at least 0.3",
        "resolution": "Two reports say so.",
        "void": "Nobody reports anything.",
        "answer": Answer(by="tocsin", probability=probability, low=probability / 2, high=min(1.0, probability * 1.5)),
        "baselines": (Answer(by="without reports", probability=0.2), Answer(by="persistence", probability=0.0)),
        "basis": basis.id,
        "retrospective": False,
        "known": as_of,
    }
    return basis, Forecast(**(said | changes))
