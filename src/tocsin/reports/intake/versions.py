"""Versions of one report: which reports are versions of each other, and which of them is the newest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, final

from tocsin.ids import canonical, sha256
from tocsin.reports.report import Report

Key = tuple[str, str]
"""What the versions of one report share: their source, and their given id or their address."""


@final
@dataclass(frozen=True, slots=True)
class Version:
    """As much of a report as tells it from its other versions."""

    id: str
    published: date
    replaces: str | None
    says: str
    """SHA-256 of what it says; two versions that say the same are one."""


def key(source: str, *, given: str | None, url: str | None, noted: bool) -> Key | None:
    """Name the report that a version belongs to, or None where it can have no other version.

    The given id decides, else the address. An analyst's notes on one page and the rows of a table (`noted`) share
    an address without being versions of each other, so that for them only a given id counts.
    """
    if given is not None:
        return (source, f"id {given}")
    return None if url is None or noted else (source, f"url {url}")


def key_of(report: Report) -> Key | None:
    """Name the report that `report` is a version of."""
    noted = report.coding is not None or report.count is not None
    return key(report.source, given=report.given, url=report.url, noted=noted)


def says(text: str, *, withdrawn: bool, coding: Any) -> str:
    """Hash what a version says."""
    return sha256(canonical([text, withdrawn, coding]).encode())


def version(report: Report) -> Version:
    """Return what tells `report` from its other versions."""
    said = says(report.text, withdrawn=report.withdrawn, coding=report.coding)
    return Version(report.id, report.published, report.replaces, said)


def latest(versions: Sequence[Version]) -> Version:
    """Return the version published last; of one day, the one that no other replaces and that came last."""
    day = max(one.published for one in versions)
    last = [one for one in versions if one.published == day]
    replaced = {one.replaces for one in last}
    return ([one for one in last if one.id not in replaced] or last)[-1]


def newest(reports: Iterable[Report]) -> list[Report]:
    """Keep of each report its newest version, in the order given; reports that were withdrawn go."""
    kept = list(reports)
    versions: dict[Key, list[Version]] = {}
    for report in kept:
        if (name := key_of(report)) is not None:
            versions.setdefault(name, []).append(version(report))
    last = {name: latest(of_one).id for name, of_one in versions.items()}
    return [
        report
        for report in kept
        if not report.withdrawn and ((name := key_of(report)) is None or last[name] == report.id)
    ]
