"""The chain: each row carries a hash over itself and the row before it, so that no change goes unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, final

from sqlalchemy import Connection, insert, select, update

from tocsin.ids import canonical, sha256
from tocsin.store.schema import HEAD, RECORD

GENESIS: Final = "0" * 64
"""The link before the first row."""

LINKED: Final = ("seq", "id", "kind", "known", "recorded", "report", "digest")
"""The columns that a link covers; the digest stands for the body, which may be blanked."""

BATCH: Final = 1000
"""Rows sent or fetched at a time; bounds memory, changes no result."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a ledger ends: it stands for every row up to there."""

    seq: int
    """The place of the last row; 0 where there is none."""
    link: str
    """SHA-256 of the last row and of the link before it."""


def link(before: str, row: Mapping[Any, Any]) -> str:
    """Return the link of `row` that comes after the link `before`: SHA-256 of both in canonical form."""
    return sha256(canonical([before, *(row[column] for column in LINKED)]).encode())


def head(connection: Connection) -> Head:
    """Return where the ledger says that it ends."""
    row = connection.execute(select(HEAD)).mappings().first()
    return Head(**row) if row else Head(seq=0, link=GENESIS)


def extend(connection: Connection, rows: Iterable[dict[str, Any]]) -> int:
    """Link the rows that are new to the end of the chain and insert them; return how many were new.

    Left out are rows whose id is there already, and what was read in a report whose content was erased. The
    transaction holds the write lock, so that nobody else extends the chain meanwhile.
    """
    end = head(connection)
    seq, last = end.seq, end.link
    for batch in batches(rows):
        there, erased = _held(connection, batch)
        new = []
        for row in batch:
            if row["id"] not in there and row["report"] not in erased:
                seq += 1
                last = link(last, {**row, "seq": seq})
                new.append({**row, "seq": seq, "link": last})
                there.add(row["id"])
        if new:
            connection.execute(insert(RECORD), new)
    if seq > end.seq:
        connection.execute(update(HEAD).values(seq=seq, link=last))
    return seq - end.seq


def batches(rows: Iterable[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    """Yield `rows` in lists of at most BATCH."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def _held(connection: Connection, batch: Sequence[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    """Which ids of a batch the ledger holds, and which reports that it names were erased."""
    ids = select(RECORD.c.id).where(RECORD.c.id.in_([row["id"] for row in batch]))
    reports = {row["report"] for row in batch if row["report"] is not None}
    erased = select(RECORD.c.id).where(RECORD.c.id.in_(sorted(reports)), RECORD.c.body.is_(None))
    return set(connection.execute(ids).scalars()), set(connection.execute(erased).scalars())
