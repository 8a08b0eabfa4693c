"""Verify a ledger: walk its chain and say what is not as it was recorded, and where that begins."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, final

from sqlalchemy import Connection, String, exists, select, type_coerce

from tocsin.ids import sha256
from tocsin.store.chain import BATCH, GENESIS, Head, link
from tocsin.store.database.engine import unsound
from tocsin.store.schema import HEAD, RECORD


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is not as it was recorded."""

    seq: int | None
    """The place of the row; None where it concerns the ledger as a whole."""
    id: str | None
    what: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a walk along the chain found."""

    rows: int
    erased: int
    """Records whose content was blanked."""
    tombstones: int
    head: Head
    """Where the rows end, as they are."""
    since: int | None
    """How many rows follow the head that was given; None where none was given or found."""
    faults: tuple[Fault, ...]
    """By place; those of the ledger as a whole come first."""

    @property
    def sound(self) -> bool:
        """Whether all is as it was recorded."""
        return not self.faults


def audit(connection: Connection, given: str | None = None) -> Verdict:
    """Walk the whole chain; `given` is a head noted down earlier, such as a brief prints.

    Without it, a chain that was made anew from the first row on cannot be told from the true one.
    """
    walk = _Walk(given=given)
    if damage := unsound(connection):
        walk.note(None, None, f"the file itself is damaged: {damage}")
    for row in _rows(connection):
        walk.step(row)
    for seq, name, report in connection.execute(_orphans()):
        walk.note(seq, name, f"it belongs to {report}, which the ledger does not hold before it")
    return walk.verdict([Head(**row) for row in connection.execute(select(HEAD)).mappings()])


@dataclass
class _Walk:
    """The state of a walk: where it is, and what was found so far."""

    given: str | None
    rows: int = 0
    erased: int = 0
    tombstones: int = 0
    end: Head = field(default_factory=lambda: Head(seq=0, link=GENESIS))
    found: int | None = None
    """After how many rows the given head was met."""
    unexplained: dict[str, int] = field(default_factory=dict)
    """Places of blanked rows for which no tombstone was met yet."""
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.found = 0 if self.given == GENESIS else None

    def note(self, seq: int | None, name: str | None, what: str) -> None:
        self.faults.append(Fault(seq=seq, id=name, what=what))

    def step(self, row: Mapping[Any, Any]) -> None:
        """Take in the next row; after a fault the walk goes on from the link that the row carries."""
        seq, name = row["seq"], str(row["id"])
        if not _follows(self.end.link, row):
            gap = seq != self.end.seq + 1
            self.note(seq, name, "rows before it are missing" if gap else "it or its place was changed")
        self.end = Head(seq=seq, link=str(row["link"]))
        self.rows += 1
        if self.given == self.end.link and not self.faults:
            self.found = self.rows
        self._content(row, seq, name)

    def _content(self, row: Mapping[Any, Any], seq: int, name: str) -> None:
        body = row["body"]
        if body is None:
            self.erased += 1
            self.unexplained[name] = seq
        elif sha256(str(body).encode(errors="surrogatepass")) != row["digest"]:
            self.note(seq, name, "its content was changed")
        elif row["kind"] == "tombstone":
            self.tombstones += 1
            for erased in json.loads(body)["erased"]:
                if self.unexplained.pop(erased, None) is None:
                    self.note(seq, name, f"it says that {erased} was erased, whose content is there")

    def verdict(self, heads: list[Head]) -> Verdict:
        """Say what was found, once all rows were met; `heads` is what the ledger says of its own end."""
        for name, seq in self.unexplained.items():
            self.note(seq, name, "its content was removed, and no tombstone says so")
        if heads != [self.end]:
            last = max((head.seq for head in heads), default=0)
            cut = f"it ended at row {last}, and rows after {self.end.seq} are missing"
            self.note(None, None, cut if last > self.end.seq else "what it says of its own end is not its end")
        if self.given is not None and self.found is None:
            why = "rows before it were changed" if self.faults else "rows were cut off, or the chain was made anew"
            self.note(None, None, f"the head that was given is not in it: {why}")
        return Verdict(
            rows=self.rows,
            erased=self.erased,
            tombstones=self.tombstones,
            head=self.end,
            since=None if self.found is None else self.rows - self.found,
            faults=tuple(sorted(self.faults, key=lambda fault: fault.seq or 0)),
        )


def _follows(before: str, row: Mapping[Any, Any]) -> bool:
    try:
        return bool(row["link"] == link(before, row))
    except (TypeError, ValueError):  # bytes, say, where a file was written by another hand
        return False


def _rows(connection: Connection) -> Iterator[Mapping[Any, Any]]:
    """Yield every row in the order of arrival; a time that is none stays the text that it is."""
    raw = [type_coerce(RECORD.c[name], String).label(name) for name in ("known", "recorded")]
    others = [RECORD.c[name] for name in ("seq", "id", "kind", "report", "digest", "body", "link")]
    found = select(*others, *raw).order_by(RECORD.c.seq).execution_options(yield_per=BATCH)
    for row in connection.execute(found).mappings():
        yield {
            **row,
            "known": _time(row["known"], date.fromisoformat, "{:%Y-%m-%d}"),
            "recorded": _time(row["recorded"], datetime.fromisoformat, "{:%Y-%m-%d %H:%M:%S.%f}"),
        }


def _time(value: Any, read: Callable[[str], date], form: str) -> Any:
    """Return a day or a moment in UTC as it was recorded; what was not written by Tocsin stays as it is."""
    if isinstance(value, datetime):  # as PostgreSQL gives it
        return value.astimezone(UTC)
    if not isinstance(value, str):
        return value
    try:
        time = read(value)
    except ValueError:
        return value
    if form.format(time) != value:
        return value
    return time.replace(tzinfo=UTC) if isinstance(time, datetime) else time


def _orphans() -> Any:
    """Select the rows that belong to a report which is not there before them."""
    parent = RECORD.alias("parent")
    there = exists().where(parent.c.id == RECORD.c.report, parent.c.seq < RECORD.c.seq)
    columns = (RECORD.c.seq, RECORD.c.id, RECORD.c.report)
    return select(*columns).where(RECORD.c.report.is_not(None), ~there).order_by(RECORD.c.seq)
