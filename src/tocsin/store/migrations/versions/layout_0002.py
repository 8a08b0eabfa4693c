"""Layout 0002: a chain of links along the order of arrival, and its head; PostgreSQL guards its rows as SQLite does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tocsin.store.chain import GENESIS, link
from tocsin.store.schema import HEAD, RECORD, place_type

revision = "0002"
down_revision = "0001"

BATCH = 1000

# A body may be blanked (erasure keeps hash and tombstone); nothing else of a row may change.
SQLITE = (
    """
CREATE TRIGGER record_is_final BEFORE UPDATE ON record
WHEN NEW.body IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind
  OR NEW.known IS NOT OLD.known OR NEW.recorded IS NOT OLD.recorded OR NEW.report IS NOT OLD.report
  OR NEW.digest IS NOT OLD.digest OR NEW.link IS NOT OLD.link
BEGIN SELECT RAISE(ABORT, 'a record of the ledger is never changed'); END
""",
)
POSTGRESQL = (
    """
CREATE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a record of the ledger is never removed'; END $$
""",
    """
CREATE FUNCTION record_is_final() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.body IS NOT NULL
    OR (NEW.seq, NEW.id, NEW.kind, NEW.known, NEW.recorded, NEW.report, NEW.digest, NEW.link)
      IS DISTINCT FROM (OLD.seq, OLD.id, OLD.kind, OLD.known, OLD.recorded, OLD.report, OLD.digest, OLD.link)
  THEN RAISE EXCEPTION 'a record of the ledger is never changed';
  END IF;
  RETURN NEW;
END $$
""",
    "CREATE TRIGGER record_stays BEFORE DELETE ON record FOR EACH ROW EXECUTE FUNCTION record_stays()",
    "CREATE TRIGGER record_is_whole BEFORE TRUNCATE ON record EXECUTE FUNCTION record_stays()",
    "CREATE TRIGGER record_is_final BEFORE UPDATE ON record FOR EACH ROW EXECUTE FUNCTION record_is_final()",
)


def upgrade() -> None:
    """Link the rows that are there, and guard the links with the rest."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TRIGGER record_is_final")
    op.add_column("record", sa.Column("link", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "head",
        sa.Column("seq", place_type(), nullable=False, autoincrement=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_head"),
    )
    _link_rows(op.get_bind())
    for guard in SQLITE if sqlite else POSTGRESQL:
        op.execute(guard)


def _link_rows(connection: sa.Connection) -> None:
    seq, last = 0, GENESIS
    change = sa.update(RECORD).where(RECORD.c.seq == sa.bindparam("place")).values(link=sa.bindparam("new"))
    columns = [column for column in RECORD.c if column.name not in {"body", "link"}]
    following = sa.select(*columns).order_by(RECORD.c.seq).limit(BATCH)
    while rows := connection.execute(following.where(RECORD.c.seq > seq)).mappings().all():
        links = []
        for row in rows:
            seq, last = row["seq"], link(last, row)
            links.append({"place": seq, "new": last})
        connection.execute(change, links)
    connection.execute(sa.insert(HEAD).values(seq=seq, link=last))
