"""The ledger: append a record; read what was known as of a day; verify, copy and erase."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, final

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select, update

from tocsin.errors import LedgerError, NothingFoundError, TocsinError
from tocsin.ids import canonical
from tocsin.store.audit import Verdict, audit
from tocsin.store.chain import BATCH, Head, extend, head
from tocsin.store.database.engine import connect, scrub, writing
from tocsin.store.database.faults import explained
from tocsin.store.database.layout import bring_up_to_date
from tocsin.store.database.place import locate
from tocsin.store.entry import Kind, Record, Row, Tombstone, entry
from tocsin.store.schema import RECORD
from tocsin.store.transfer import transfer

COLUMNS = (RECORD.c.id, RECORD.c.kind, RECORD.c.known, RECORD.c.recorded, RECORD.c.report, RECORD.c.body)
LAST_CHARACTER = "\U0010ffff"


@final
class Ledger:
    """An append-only chain of content-hashed records, in a SQLite file or a PostgreSQL database.

    Three times stand apart: `happened` is within a record; `known` is when it could first have been
    known; `recorded` is when it entered this ledger, by the clock of whoever appends. Every read says
    `as_of`, so nothing learnt later can leak into a judgement.

    Raises LedgerError where the place is no ledger, is locked, may not be written, cannot be reached or is
    newer than this version of Tocsin; MissingExtraError where PostgreSQL's driver is not installed.
    """

    def __init__(self, place: str | Path, *, patience: float = 30.0, begin: bool = True) -> None:
        """Open the ledger at `place`, a file or an address; begin it where there is none, or refuse unless `begin`.

        A lock is waited for up to `patience` seconds.
        """
        self.name, url = locate(place)
        if not begin and url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
            raise LedgerError(f"There is no ledger at {self.name}. Give another with --ledger FILE.")
        self._engine = connect(url, patience)
        with explained(self.name):
            bring_up_to_date(self._engine, self.name, begin=begin)

    def append(self, records: Iterable[Record], *, recorded: datetime) -> int:
        """Add `records` in one transaction and return how many were new.

        A record that the ledger holds stays as it was first recorded, or erased; what was read in an erased
        report is left out. Reports go before what was read in them, whatever their order in `records`. Once
        this returns, the records are on the disk.
        """
        rows = [entry(record, recorded) for record in records]
        rows.sort(key=lambda row: row["kind"] != "report")
        with explained(self.name), writing(self._engine) as connection:
            return extend(connection, rows)

    def records(
        self, kind: Kind, *, as_of: date, recorded: datetime | None = None, erased: bool = False
    ) -> Iterator[Row]:
        """Yield the records of `kind` known by `as_of`, by day and then by id.

        With `recorded`, only those that had entered the ledger by that moment: what it would have
        answered then. With `erased`, those whose content was erased too, so that a reader can say what is missing.
        """
        found = select(*COLUMNS).where(RECORD.c.kind == kind, RECORD.c.known <= as_of)
        if recorded is not None:
            found = found.where(RECORD.c.recorded <= recorded)
        if not erased:
            found = found.where(RECORD.c.body.is_not(None))
        return self._read(found.order_by(RECORD.c.known, RECORD.c.id))

    def latest(
        self, kind: Kind, *, as_of: date, limit: int | None, source: str | None = None, force: str | None = None
    ) -> Iterator[Row]:
        """Yield up to `limit` records of `kind` known by `as_of`, the newest first, erased ones too.

        With `source`, only what names it as its source; with `force`, what is about that force: reports by
        what was read in them.
        """
        found = select(*COLUMNS).where(RECORD.c.kind == kind, RECORD.c.known <= as_of)
        if source is not None:
            found = found.where(_says(RECORD.c.body, "source", source))
        if force is not None:
            claim = RECORD.alias("claim")
            read = exists().where(claim.c.report == RECORD.c.id, _says(claim.c.body, "force", force))
            found = found.where(or_(_says(RECORD.c.body, "force", force), read))
        return self._read(found.order_by(RECORD.c.known.desc(), RECORD.c.id.desc()).limit(limit))

    def find(self, prefix: str) -> Row:
        """Return the one record whose id begins with `prefix`.

        Raises NothingFoundError where there is none, TocsinError where there are several.
        """
        span = RECORD.c.id >= prefix, RECORD.c.id <= prefix + LAST_CHARACTER
        rows = list(self._read(select(*COLUMNS).where(*span).order_by(RECORD.c.id).limit(4)))
        if not rows:
            raise NothingFoundError(f"No record's id begins with {prefix!r}. See which there are with: tocsin list")
        if len(rows) > 1 and rows[0].id != prefix:
            some = ", ".join(row.id for row in rows[:3])
            more = " and more" if len(rows) > 3 else ""
            raise TocsinError(f"Several ids begin with {prefix!r}: {some}{more}. Give more of it.")
        return rows[0]

    def within(self, report: str) -> Iterator[Row]:
        """Yield what belongs to a report, such as its claims, in the order of arrival."""
        return self._read(select(*COLUMNS).where(RECORD.c.report == report).order_by(RECORD.c.seq))

    def head(self) -> Head:
        """Return where the ledger ends now: it stands for every row so far."""
        with self._reading() as connection:
            return head(connection)

    def verify(self, given: str | None = None) -> Verdict:
        """Walk the chain and say whether all is as it was recorded; `given` is a head noted down earlier."""
        with self._reading() as connection:
            return audit(connection, given)

    def copy(self, target: Ledger, advance: Callable[[int], None] = lambda _: None) -> int:
        """Append to `target` what it lacks of this ledger, row by row as it is; return how many rows.

        Raises LedgerError where this ledger is not sound, or where `target` holds anything but the beginning
        of it.
        """
        if not self.verify().sound:
            raise LedgerError(f"The ledger {self.name} is not sound. See why with: tocsin ledger verify")
        with explained(f"{self.name} or {target.name}"):
            return transfer(self._engine, target._engine, advance)

    def erase(self, name: str, *, reason: str, who: str, recorded: datetime) -> Tombstone | None:
        """Blank the content of a record and of all that was read in it, and append a tombstone.

        Ids, times, hashes and links stay. Returns None where it was erased before; the files are cleaned of
        old bytes all the same. Raises LedgerError where they cannot be cleaned now.
        """
        with explained(self.name), writing(self._engine) as connection:
            stone = _bury(connection, name, reason, who, recorded.date())
            if stone is not None:
                erased = update(RECORD).where(RECORD.c.id.in_(stone.erased)).values(body=None)
                connection.execute(erased)
                extend(connection, [entry(stone, recorded)])
        try:
            with explained(self.name):
                scrub(self._engine)
        except LedgerError as error:
            raise LedgerError(
                f"{name} is erased for every reader, but its old bytes may still be there. {error} "
                "The same command then cleans them."
            ) from error
        return stone

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self.name), self._engine.connect() as connection:
            yield connection

    def _read(self, found: Select[Any]) -> Iterator[Row]:
        with self._reading() as connection:
            stream = found.execution_options(yield_per=BATCH)
            try:
                for row in connection.execute(stream).mappings():
                    yield Row(**{**row, "body": None if row["body"] is None else json.loads(row["body"])})
            except (ValueError, TypeError) as error:
                raise LedgerError(
                    f"The ledger {self.name} holds a row that cannot be read. See which with: tocsin ledger verify"
                ) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _says(body: ColumnElement[str | None], name: str, text: str) -> ColumnElement[bool]:
    """Whether a field of the body has this very text; within a text its quotation marks would be escaped."""
    return body.contains(f"{canonical(name)}:{canonical(text)}", autoescape=True)


def _bury(connection: Connection, name: str, reason: str, who: str, day: date) -> Tombstone | None:
    """Return the tombstone of a record and of all that was read in it; None where nothing is left to erase."""
    kind = connection.execute(select(RECORD.c.kind).where(RECORD.c.id == name)).scalar()
    if kind is None:
        raise NothingFoundError(f"The ledger holds no record {name}. See which there are with: tocsin list")
    if kind == "tombstone":
        raise LedgerError(f"{name} is a tombstone: it says what was erased, and stays.")
    whole = select(RECORD.c.id).where(or_(RECORD.c.id == name, RECORD.c.report == name), RECORD.c.body.is_not(None))
    erased = tuple(connection.execute(whole.order_by(RECORD.c.seq)).scalars())
    return Tombstone(record=name, erased=erased, reason=reason, who=who, known=day) if erased else None
