"""The ledger's tables, and the version of their layout."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, final

from sqlalchemy import BigInteger, Column, Date, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, String, Table
from sqlalchemy import Text as LongText
from sqlalchemy.types import TypeDecorator, TypeEngine

LAYOUT = "0002"
"""The newest layout this version can read and write; the head of `migrations/versions`."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


@final
class Instant(TypeDecorator[datetime]):
    """A moment in UTC. A time without a zone is refused; every database gives one back with it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store UTC; raise ValueError on a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; give one, such as UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back UTC; SQLite forgets the zone, PostgreSQL answers in the session's."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def name_type() -> TypeEngine[str]:
    """Return the type of an id: ordered by its bytes in every database, so that a prefix is a range."""
    return String(64).with_variant(String(64, collation="C"), "postgresql")


def place_type() -> TypeEngine[int]:
    """Return the type of a place in the order of arrival; SQLite counts only in a plain INTEGER."""
    return BigInteger().with_variant(Integer, "sqlite")


RECORD = Table(
    "record",
    METADATA,
    # The order of arrival, never used twice; the chain of links runs along it.
    Column("seq", place_type(), primary_key=True, autoincrement=True),
    Column("id", name_type(), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("known", Date, nullable=False),
    Column("recorded", Instant, nullable=False),
    Column("report", name_type(), ForeignKey("record.id"), nullable=True, index=True),
    # SHA-256 of the body; it stays when the body is blanked.
    Column("digest", String(64), nullable=False),
    Column("body", LongText, nullable=True),
    # SHA-256 of the link before it and of every column above but the body.
    Column("link", String(64), nullable=False, server_default=""),
    Index(None, "kind", "known", "id"),
    sqlite_autoincrement=True,
)

HEAD = Table(
    "head",
    METADATA,
    # One row: the place and the link of the last record, so that rows cut off at the end are missed.
    Column("seq", place_type(), primary_key=True, autoincrement=False),
    Column("link", String(64), nullable=False),
)
