"""The ledger: append a record; read what was known as of a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, final

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from tocsin.store.database import bring_up_to_date, connect, explained, locate, writing
from tocsin.store.entry import Kind, Record, Row, entry
from tocsin.store.schema import RECORD

BATCH = 1000
"""Rows sent or fetched at a time; bounds memory, changes no result."""


@final
class Ledger:
    """An append-only file of content-hashed records.

    Three times stand apart: `happened` is within a record; `known` is when it could first have been
    known; `recorded` is when it entered this ledger, by the clock of whoever appends. Every read says
    `as_of`, so nothing learnt later can leak into a judgement.

    Raises LedgerError where the file is no ledger, is locked, may not be written, or is newer than
    this version of Tocsin.
    """

    def __init__(self, place: str | Path, *, patience: float = 30.0) -> None:
        """Open the ledger at `place` (a file), or begin it; wait up to `patience` seconds for a lock."""
        self.name, url = locate(place)
        self._engine = connect(url, patience)
        with explained(self.name):
            bring_up_to_date(self._engine, self.name)

    def append(self, records: Iterable[Record], *, recorded: datetime) -> int:
        """Add `records` in one transaction and return how many were new.

        A record that the ledger holds stays as it was first recorded. Reports go before what was read
        in them, whatever their order in `records`. Once this returns, the records are on the disk.
        """
        rows = [entry(record, recorded) for record in records]
        rows.sort(key=lambda row: row["kind"] != "report")
        added = 0
        with explained(self.name), writing(self._engine) as connection:
            for start in range(0, len(rows), BATCH):
                new = insert(RECORD).on_conflict_do_nothing(index_elements=["id"])
                added += connection.execute(new, rows[start : start + BATCH]).rowcount
        return added

    def records(self, kind: Kind, *, as_of: date, recorded: datetime | None = None) -> Iterator[Row]:
        """Yield the records of `kind` known by `as_of`, by day and then by id.

        With `recorded`, only those that had entered the ledger by that moment: what it would have
        answered then.
        """
        columns = (RECORD.c.id, RECORD.c.kind, RECORD.c.known, RECORD.c.recorded, RECORD.c.report, RECORD.c.body)
        found = select(*columns).where(RECORD.c.kind == kind, RECORD.c.known <= as_of)
        if recorded is not None:
            found = found.where(RECORD.c.recorded <= recorded)
        with explained(self.name), self._engine.connect() as connection:
            stream = connection.execution_options(yield_per=BATCH)
            for row in stream.execute(found.order_by(RECORD.c.known, RECORD.c.id)).mappings():
                yield Row(**{**row, "body": None if row["body"] is None else json.loads(row["body"])})

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
