"""Reports to claims: a table's rows, an analyst's coding, or, where there is neither, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tocsin.claims.claim import Claim
from tocsin.claims.coded import coded
from tocsin.claims.counted import counted
from tocsin.claims.extract import Extractor, extract
from tocsin.claims.parties import Party
from tocsin.reports.report import Report


def read_claims(reports: Iterable[Report], parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield the claims of each report in turn; every claim quotes characters of its report's text.

    `parties` are the sides of a case; without them the gazetteer alone says which army a name means.
    """
    for report in reports:
        yield from extract(report, _extractor(report, parties))


def _extractor(report: Report, parties: Sequence[Party]) -> Extractor:
    if report.count is not None:
        return counted
    if report.coding is not None:
        return lambda one: coded(one, parties)
    return lambda one: _by_rules(one, parties)


def _by_rules(report: Report, parties: Sequence[Party]) -> Iterator[Claim]:
    from tocsin.claims.rules.reader import read  # noqa: PLC0415 (tables need no parser)

    yield from read(report, parties)
