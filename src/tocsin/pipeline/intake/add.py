"""Add: put reports into the ledger without reading claims in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import final

from tocsin.errors import UnreadableReportError
from tocsin.pipeline.intake.release import let_in
from tocsin.pipeline.intake.shelf import Shelf
from tocsin.pipeline.progress import Progress
from tocsin.reports.intake.sources import Sources
from tocsin.reports.open import read_path
from tocsin.reports.quarantine import Quarantine, QuarantinedReportError, said_of
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

BATCH = 1000
"""Reports that enter the ledger in one transaction."""


@final
@dataclass(slots=True, kw_only=True)
class Added:
    """What became of the reports that came in."""

    added: int = 0
    known: int = 0
    """Those that the ledger held already."""
    versions: int = 0
    """Those that correct or withdraw one that it held; they are kept beside it."""
    set_aside: Counter[str] = field(default_factory=Counter)
    """Those among the added and the versions whose language is not read, by its code."""
    not_read: int = 0
    """Files, lines and entries that could not be read."""
    held: list[Quarantine] = field(default_factory=list)
    """Those that could not be redacted safely."""

    @property
    def kept(self) -> int:
        """How many reports entered the ledger."""
        return self.added + self.versions

    def plus(self, other: Added) -> Added:
        """Return both together."""
        return Added(
            added=self.added + other.added,
            known=self.known + other.known,
            versions=self.versions + other.versions,
            set_aside=self.set_aside + other.set_aside,
            not_read=self.not_read + other.not_read,
            held=self.held + other.held,
        )


def add(
    paths: Sequence[Path],
    book: Ledger,
    *,
    shelf: Shelf,
    published: date | None = None,
    sources: Sources | None = None,
    clock: Callable[[], datetime],
    tell: Callable[[str], None],
    kept: Callable[[Added], None],
    progress: Progress,
) -> Added:
    """Put the reports under `paths` into the ledger, some at a time; return what became of them.

    `tell` gets a line for each problem and warning as it comes; `kept` is told after each batch that is on the disk.
    """
    result = Added()
    with progress.stage("Adding reports", None) as advance:
        for batch in _batches(paths, published, sources, let_in(book), result, tell):
            book.append(_placed(batch, shelf, result), recorded=clock())
            kept(result)
            advance(len(batch))
    if result.held:
        book.append(result.held, recorded=clock())
        kept(result)
        tell(said_of(result.held))
    return result


def _batches(
    paths: Sequence[Path],
    published: date | None,
    sources: Sources | None,
    released: frozenset[str],
    result: Added,
    tell: Callable[[str], None],
) -> Iterator[list[Report]]:
    """Yield the reports under `paths`, BATCH at a time; count and tell of what could not be read."""
    batch: list[Report] = []
    for path in sorted(paths):
        for found in read_path(path, published=published, warn=tell, sources=sources, released=released):
            if isinstance(found, QuarantinedReportError):
                result.held.append(found.record)
                continue
            if isinstance(found, UnreadableReportError):
                result.not_read += 1
                tell(str(found))
                continue
            batch.append(found)
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _placed(batch: Sequence[Report], shelf: Shelf, result: Added) -> list[Report]:
    """Return those of a batch that the ledger does not hold, each with the version it replaces; count all."""
    entering = []
    for report in batch:
        placed, standing = shelf.put(report)
        if standing == "known":
            result.known += 1
            continue
        result.added += standing == "added"
        result.versions += standing == "version"
        if report.language is not None:
            result.set_aside[report.language] += 1
        entering.append(placed)
    return entering
