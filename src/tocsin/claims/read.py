"""Reports to claims: a table's rows, an analyst's coding, or, where there is neither, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from typing import Protocol

from tocsin.claims.claim import Claim
from tocsin.claims.given.coded import coded
from tocsin.claims.given.counted import counted
from tocsin.claims.given.listed import as_listed
from tocsin.claims.parties import Party
from tocsin.errors import UngroundedClaimError
from tocsin.reports.report import Report

LARGE = 200
"""Reports of running text from which on several processes are worth their start."""


class Extractor(Protocol):
    """Anything that reads claims out of a report."""

    def __call__(self, report: Report, parties: Sequence[Party]) -> Iterable[Claim]:
        """Yield the claims of `report`, in the order in which it makes them; `parties` are the sides of a case."""
        ...


def read_claims(
    reports: Iterable[Report], parties: Sequence[Party] = (), *, processes: int = 1, reader: Extractor | None = None
) -> Iterator[Claim]:
    """Yield the claims of each report in turn; every claim quotes characters of its report's text.

    `parties` are the sides of a case; without them the gazetteer alone says which army a name means.
    `processes` is how many processor cores may be used for a large input; the claims are the same.
    `reader` reads running text in the place of the rules.
    """
    one = partial(_read_one, parties=tuple(parties), reader=reader)
    waiting = list(islice(reports := iter(reports), LARGE)) if processes > 1 else []
    if len(waiting) < LARGE:
        for report in chain(waiting, reports):
            yield from one(report)
        return
    with get_context("spawn").Pool(processes, initializer=_one_thread) as pool:
        for claims in pool.imap(one, chain(waiting, reports), chunksize=8):
            yield from claims


def _one_thread() -> None:
    """Keep a worker's linear algebra to its own core: threads that wait for each other cost more than they do."""
    import numpy  # noqa: F401, PLC0415 (a library can be held back only once it is there)
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 (only a worker needs it)

    threadpool_limits(1)


def _read_one(report: Report, parties: tuple[Party, ...], reader: Extractor | None) -> list[Claim]:
    """Read one report; one that makes no claim that can be read is not even looked into."""
    if not readable(report):
        return []
    claims = _grounded(report, _extractor(report, reader or _by_rules), parties)
    return [as_listed(claim, report.standing, parties) for claim in claims]


def readable(report: Report) -> bool:
    """Whether a report has claims to read: it was not withdrawn, and is in the language that is read."""
    return not report.withdrawn and report.language is None


def _extractor(report: Report, reader: Extractor) -> Extractor:
    if report.count is not None:
        return counted
    return coded if report.coding is not None else reader


def _by_rules(report: Report, parties: Sequence[Party]) -> Iterator[Claim]:
    from tocsin.claims.rules.reader import read  # noqa: PLC0415 (tables need no parser)

    yield from read(report, parties)


def _grounded(report: Report, extractor: Extractor, parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield the claims of `report`; raise UngroundedClaimError if one does not quote its text."""
    for claim in extractor(report, parties):
        if claim.report != report.id or not claim.quote or report.text[claim.start : claim.end] != claim.quote:
            raise UngroundedClaimError(report.id, claim.start, claim.end)
        yield claim
