"""Which reports a ledger holds, and the newest version of each: what a report that comes in is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal, final

from tocsin.ids import ReportId
from tocsin.reports.intake.versions import Key, Version, key, key_of, latest, says, version
from tocsin.reports.report import Report
from tocsin.store.entry import Row
from tocsin.store.ledger import Ledger

Standing = Literal["added", "known", "version"]


@final
class Shelf:
    """The reports of a ledger by id and by what their versions share.

    It is read once; what another program adds meanwhile is not seen, so that such a version may enter without
    naming the one it replaces. The newest version is found without that name, by its day.
    """

    def __init__(self, book: Ledger) -> None:
        self._ids: set[str] = set()
        self._versions: dict[Key, list[Version]] = {}
        for name, found in _kept(book):
            self._ids.add(found.id)
            if name is not None:
                self._versions.setdefault(name, []).append(found)

    def put(self, report: Report) -> tuple[Report, Standing]:
        """Say whether `report` is new, known, or a new version, which is returned with the one it replaces."""
        if report.id in self._ids:
            return report, "known"
        name, coming = key_of(report), version(report)
        older = [one for one in self._versions.get(name, ()) if one.published <= report.published] if name else []
        last = latest(older) if older else None
        if last and last.says == coming.says:
            return report, "known"
        if last:
            report = replace(report, replaces=ReportId(last.id))
        self._ids.add(report.id)
        if name is not None:
            self._versions.setdefault(name, []).append(version(report))
        return report, "version" if last else "added"


def _kept(book: Ledger) -> Iterator[tuple[Key | None, Version]]:
    for row in book.records("report", as_of=date.max):
        yield _key(row), _version(row)


def _key(row: Row) -> Key | None:
    body = row.body or {}
    noted = body.get("coding") is not None or body.get("count") is not None
    return key(str(body.get("source")), given=body.get("given"), url=body.get("url"), noted=noted) if body else None


def _version(row: Row) -> Version:
    body = row.body or {}
    said = says(str(body.get("text")), withdrawn=bool(body.get("withdrawn")), coding=body.get("coding"))
    return Version(row.id, row.known, body.get("replaces"), said)
