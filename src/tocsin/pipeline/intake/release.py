"""Quarantine from the ledger's side: what waits there, and letting a report in by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import final

from tocsin.claims.read import read_claims
from tocsin.errors import TocsinError, UnknownNameError, UnreadableReportError
from tocsin.ids import QuarantineId, sha256
from tocsin.reports.open import read_path
from tocsin.reports.quarantine import Release
from tocsin.reports.redact import redact
from tocsin.reports.report import Report
from tocsin.store.entry import Record
from tocsin.store.ledger import Ledger


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A report that was held back, as the ledger knows it."""

    id: str
    source: str
    published: date
    original: str
    reasons: tuple[str, ...]
    released: bool


def held(book: Ledger) -> list[Held]:
    """Return what the ledger says was held back, oldest first."""
    let_in = {row.body["quarantine"] for row in book.records("release", as_of=date.max) if row.body}
    return [
        Held(
            id=row.id,
            source=row.body["source"],
            published=row.known,
            original=row.body["original"],
            reasons=tuple(row.body["reasons"]),
            released=row.id in let_in,
        )
        for row in book.records("quarantine", as_of=date.max)
        if row.body
    ]


def let_in(book: Ledger) -> frozenset[str]:
    """Return the hashes of originals that were released as they are, so that later reading passes them."""
    rows = book.records("release", as_of=date.max)
    return frozenset(row.body["original"] for row in rows if row.body and row.body["redacted"] is None)


def release(
    book: Ledger, name: str, file: Path, *, by: str, reason: str, redacted: Path | None = None
) -> tuple[Report, list[Record]]:
    """Read the original of a quarantined report again; return the report as let in, and the records to append.

    Raises TocsinError where `file` holds no report with the hash that was quarantined. With `redacted` the text is that
    of the analyst's own file; it too passes redaction.
    """
    waiting = {one.id: one for one in held(book)}
    if name not in waiting:
        raise UnknownNameError("quarantined report", name, list(waiting) or ["none"])
    one = waiting[name]
    if not by.strip() or not reason.strip():
        raise TocsinError("A release needs a name and a reason: --by WHO --reason TEXT.")
    found = [report for report in _reports(file, one.published) if report.original == one.original]
    if not found:
        raise TocsinError(
            f"This file is not the original of {name}: its SHA-256 is another. Give the very file that was held back."
        )
    report = found[0]
    if redacted is not None:
        report = replace(report, text=_single(redacted, one.published).text, title=None, url=None)
    record = Release(
        quarantine=QuarantineId(name),
        report=report.id,
        published=report.published,
        original=report.original,
        redacted=None if redacted is None else sha256(redacted.read_bytes()),
        by=by.strip(),
        reason=redact(reason.strip()),
    )
    return report, [report, *read_claims([report], ()), record]


def _reports(file: Path, published: date) -> Sequence[Report]:
    """Read a file with nothing held back; raise its complaint where it holds no report."""
    found = list(read_path(file, published=published, released=None))
    reports = [one for one in found if isinstance(one, Report)]
    complaint = next((one for one in found if isinstance(one, UnreadableReportError)), None)
    if not reports and complaint is not None:
        raise complaint
    return reports


def _single(file: Path, published: date) -> Report:
    reports = _reports(file, published)
    if len(reports) != 1:
        raise TocsinError(f"The redacted file holds {len(reports)} reports; give a file with the one.")
    return reports[0]
