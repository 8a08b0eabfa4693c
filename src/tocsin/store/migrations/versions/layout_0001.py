"""Layout 0001: one table of content-hashed records, to which rows are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tocsin.store.schema import Instant, name_type, place_type

revision = "0001"
down_revision = None

FORBID_DELETION = """
CREATE TRIGGER record_stays BEFORE DELETE ON record
BEGIN SELECT RAISE(ABORT, 'a record of the ledger is never removed'); END
"""
# A body may be blanked (erasure keeps hash and tombstone); nothing else of a row may change.
FORBID_CHANGE = """
CREATE TRIGGER record_is_final BEFORE UPDATE ON record
WHEN NEW.body IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind
  OR NEW.known IS NOT OLD.known OR NEW.recorded IS NOT OLD.recorded OR NEW.report IS NOT OLD.report
  OR NEW.digest IS NOT OLD.digest
BEGIN SELECT RAISE(ABORT, 'a record of the ledger is never changed'); END
"""


def upgrade() -> None:
    """Create the table of records and the guards that keep it append-only."""
    op.create_table(
        "record",
        sa.Column("seq", place_type(), nullable=False, autoincrement=True),
        sa.Column("id", name_type(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("known", sa.Date(), nullable=False),
        sa.Column("recorded", Instant(), nullable=False),
        sa.Column("report", name_type(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_record"),
        sa.UniqueConstraint("id", name="uq_record_id"),
        sa.ForeignKeyConstraint(["report"], ["record.id"], name="fk_record_report"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_record_kind_known_id", "record", ["kind", "known", "id"])
    op.create_index("ix_record_report", "record", ["report"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FORBID_DELETION)
        op.execute(FORBID_CHANGE)
