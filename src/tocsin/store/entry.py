"""From a record to the row that the ledger keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final, Literal, Protocol, final, get_args

from tocsin.ids import canonical, content_id, sha256

Kind = Literal[
    "report",
    "claim",
    "grade",
    "assertion",
    "observation",
    "assessment",
    "forecast",
    "resolution",
    "tombstone",
    "quarantine",
    "release",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""Every kind of record; an id begins with one. At most 16 characters each."""

KNOWN: Final = ("known", "published")
"""Under which names a record says on what day it became known."""


class Record(Protocol):
    """Any frozen record that is named by its content: `kind-` and the digits of its hash."""

    @property
    def id(self) -> Any:
        """The record's content id."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record as the ledger holds it."""

    id: str
    kind: Kind
    known: date
    """When it could first have been known."""
    recorded: datetime
    """When it entered this ledger (UTC)."""
    report: str | None
    """The report that it belongs to, where it belongs to one."""
    body: dict[str, Any] | None
    """The record's fields as plain JSON; None where its content was erased."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """That a record was erased: who did it, when and why."""

    record: str
    """The record that was to go."""
    erased: tuple[str, ...]
    """All whose content went with it, such as the claims of a report, and itself."""
    reason: str
    who: str
    known: date
    """The day of the erasure."""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        content = (self.record, self.erased, self.reason, self.who, self.known)
        object.__setattr__(self, "id", content_id("tombstone", content))


def entry(record: Record, recorded: datetime) -> dict[str, Any]:
    """Return the columns of `record`'s row; `recorded` is no part of its content.

    Raises TypeError where the record is of no known kind or does not say on what day it became known, ValueError
    where `recorded` has no time zone.
    """
    if recorded.tzinfo is None:
        raise ValueError("the time of recording needs a time zone, such as UTC")
    name = str(record.id)
    kind, _, digits = name.partition("-")
    if kind not in KINDS or not digits:
        raise TypeError(f"{name!r} is no record of the kinds {', '.join(KINDS)}")
    known = next((getattr(record, field) for field in KNOWN if hasattr(record, field)), None)
    if not isinstance(known, date) or isinstance(known, datetime):
        raise TypeError(f"{name} does not say when it became known")
    body = canonical(record)
    return {
        "id": name,
        "kind": kind,
        "known": known,
        "recorded": recorded.astimezone(UTC),
        "report": getattr(record, "report", None),
        "digest": sha256(body.encode()),
        "body": body,
    }
