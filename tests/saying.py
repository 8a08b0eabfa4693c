"""Made-up claims, for whoever tests evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from armies import START
from strategies import claim_of
from tocsin.claims.claim import Claim, Quantity
from tocsin.dates import Interval
from tocsin.evidence.assertion import join
from tocsin.evidence.grade import Grade, propose
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import observe
from tocsin.evidence.origins import origins
from tocsin.ids import ClaimId
from tocsin.inference.levels import levels
from tocsin.reports.report import Report

AS_OF = START + timedelta(60)


def said(text: str, *, day: int = 3, source: str = "a paper", indicator: str = "refusal", **more: Any) -> Claim:
    """Return a claim of a report of its own about Norland, published `day` days after the start."""
    report = Report(source=source, published=START + timedelta(day), text=text, original="0" * 64, format="text")
    return replace(claim_of(report, indicator), **{"force": "Norland", **more})


def counted(value: float, unit: str = "soldiers", of: float | None = None) -> Quantity:
    """Return a plain number."""
    return Quantity(text=str(value), value=value, low=value, high=value, unit=unit, of=of)


def days(first: int, last: int) -> Interval:
    """Return the days from `first` to `last`, counted from the start."""
    return Interval(START + timedelta(first), START + timedelta(last))


def traced(claims: Sequence[Claim]) -> dict[ClaimId, str]:
    """Name the origins of claims that quote the whole of their reports."""
    return origins(claims, {claim.report: claim.quote for claim in claims})


def together(*claims: Claim) -> bool:
    """Whether all claims go back to one origin."""
    return len(set(traced(claims).values())) == 1


def graded(claims: Sequence[Claim], origin: Mapping[ClaimId, str] | None = None) -> dict[ClaimId, Grade]:
    """Propose grades."""
    named = origin or traced(claims)
    return propose(claims, join(claims, named), named)[0]


def observed(claims: Sequence[Claim], as_of: date = AS_OF) -> list[Observation]:
    """Bring claims all the way to observations."""
    origin = traced(claims)
    return observe(claims, origin, graded(claims, origin), start=START, as_of=as_of, indicators=frozenset(levels()))
