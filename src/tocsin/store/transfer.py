"""Copy a ledger into another database: every row as it is, with its place, times, hash and link."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, insert, select, update

from tocsin.errors import LedgerError
from tocsin.store.chain import BATCH, Head, batches, head
from tocsin.store.database.engine import scrub, writing
from tocsin.store.schema import HEAD, RECORD


def transfer(source: Engine, target: Engine, advance: Callable[[int], None]) -> int:
    """Append to `target` what it lacks of `source`, and blank in it what was erased since; return how many rows.

    The target is empty, or holds the beginning of the same chain: so a copy that was broken off can be taken up
    again, and a copy can be kept up to date. Raises LedgerError where it holds anything else.
    """
    with source.connect() as reading:
        with target.connect() as connection:
            end = start = head(connection)
        if not _begins(reading, start):
            raise LedgerError(
                "The ledger to copy to holds other records. Copy to an empty one, or to an earlier copy of the same."
            )
        lacking = select(RECORD).where(RECORD.c.seq > start.seq).order_by(RECORD.c.seq)
        found = reading.execute(lacking.execution_options(yield_per=BATCH)).mappings()
        copied = 0
        for rows in batches(dict(row) for row in found):
            with writing(target) as connection:
                if head(connection) != end:
                    raise LedgerError("Another program writes to the ledger to copy to. Let it end, then copy again.")
                connection.execute(insert(RECORD), rows)
                end = Head(seq=rows[-1]["seq"], link=rows[-1]["link"])
                connection.execute(update(HEAD).values(seq=end.seq, link=end.link))
            copied += len(rows)
            advance(len(rows))
        _blank(reading, target, start)
    return copied


def _begins(source: Connection, end: Head) -> bool:
    """Whether a chain that ends at `end` is the beginning of the source's."""
    if end.seq == 0:
        return True
    return source.execute(select(RECORD.c.link).where(RECORD.c.seq == end.seq)).scalar() == end.link


def _blank(source: Connection, target: Engine, start: Head) -> None:
    """Blank in the target what was there before and has been erased in the source since."""
    gone = select(RECORD.c.id).where(RECORD.c.seq <= start.seq, RECORD.c.body.is_(None))
    blanked = 0
    erased = source.execute(gone.execution_options(yield_per=BATCH)).scalars()
    for ids in erased.partitions():
        with writing(target) as connection:
            kept = RECORD.c.id.in_(ids), RECORD.c.body.is_not(None)
            blanked += connection.execute(update(RECORD).where(*kept).values(body=None)).rowcount
    if blanked:
        scrub(target)
