"""The ledger's table, and the version of its layout."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, final

from sqlalchemy import BigInteger, Column, Date, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, String, Table
from sqlalchemy import Text as LongText
from sqlalchemy.types import TypeDecorator

LAYOUT = "0001"
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


RECORD = Table(
    "record",
    METADATA,
    # The order of arrival, never used twice: a chain of hashes can run along it.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("known", Date, nullable=False),
    Column("recorded", Instant, nullable=False),
    Column("report", String(64), ForeignKey("record.id"), nullable=True, index=True),
    # SHA-256 of the body; it stays when the body is blanked.
    Column("digest", String(64), nullable=False),
    Column("body", LongText, nullable=True),
    Index(None, "kind", "known", "id"),
    sqlite_autoincrement=True,
)
