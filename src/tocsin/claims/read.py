"""Reports to claims: a table's rows, an analyst's coding, or, where there is neither, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

from tocsin.claims.claim import Claim
from tocsin.claims.extract import Extractor, extract
from tocsin.claims.given.coded import coded
from tocsin.claims.given.counted import counted
from tocsin.claims.given.listed import as_listed
from tocsin.claims.parties import Party
from tocsin.reports.report import Report

LARGE = 200
"""Reports of running text from which on several processes are worth their start."""


def read_claims(reports: Iterable[Report], parties: Sequence[Party] = (), *, processes: int = 1) -> Iterator[Claim]:
    """Yield the claims of each report in turn; every claim quotes characters of its report's text.

    `parties` are the sides of a case; without them the gazetteer alone says which army a name means.
    `processes` is how many processor cores may be used for a large input; the claims are the same.
    """
    one = partial(_read_one, parties=tuple(parties))
    waiting = list(islice(reports := iter(reports), LARGE)) if processes > 1 else []
    if len(waiting) < LARGE:
        for report in chain(waiting, reports):
            yield from one(report)
        return
    with get_context("spawn").Pool(processes) as pool:
        for claims in pool.imap(one, chain(waiting, reports), chunksize=8):
            yield from claims


def _read_one(report: Report, parties: tuple[Party, ...]) -> list[Claim]:
    """Read one report; one that was withdrawn, or is in a language that is not read, makes no claim."""
    if report.withdrawn or report.language is not None:
        return []
    claims = extract(report, _extractor(report, parties))
    return [as_listed(claim, report.standing, parties) for claim in claims]


def _extractor(report: Report, parties: Sequence[Party]) -> Extractor:
    if report.count is not None:
        return lambda one: counted(one, parties)
    if report.coding is not None:
        return lambda one: coded(one, parties)
    return lambda one: _by_rules(one, parties)


def _by_rules(report: Report, parties: Sequence[Party]) -> Iterator[Claim]:
    from tocsin.claims.rules.reader import read  # noqa: PLC0415 (tables need no parser)

    yield from read(report, parties)
