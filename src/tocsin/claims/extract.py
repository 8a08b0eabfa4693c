"""The Extractor protocol, and the grounding that every claim passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from tocsin.claims.claim import Claim
from tocsin.errors import UngroundedClaimError
from tocsin.reports.report import Report


class Extractor(Protocol):
    """Anything that reads claims out of a report."""

    def __call__(self, report: Report) -> Iterable[Claim]:
        """Yield the claims of `report`, in the order in which it makes them."""
        ...


def extract(report: Report, extractor: Extractor) -> Iterator[Claim]:
    """Yield the claims of `report`; raise UngroundedClaimError if one does not quote its text."""
    for claim in extractor(report):
        if claim.report != report.id or not claim.quote or report.text[claim.start : claim.end] != claim.quote:
            raise UngroundedClaimError(report.id, claim.start, claim.end)
        yield claim
