"""The layout of a ledger's database: begun where it is empty, moved to the newest where it is older."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from tocsin.errors import LedgerError
from tocsin.store.database.engine import writing
from tocsin.store.database.faults import ELSEWHERE
from tocsin.store.schema import LAYOUT

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def bring_up_to_date(engine: Engine, name: str, *, begin: bool = True) -> None:
    """Move an older layout to the newest; create the tables in an empty database, or refuse it unless `begin`."""
    with engine.connect() as connection:
        found = layout(connection, name)
    if found == LAYOUT:
        return
    if found is None and not begin:
        raise LedgerError(f"{name} holds no ledger yet. {ELSEWHERE}")
    with writing(engine) as connection:
        if layout(connection, name) != LAYOUT:
            migrate(connection)


def layout(connection: Connection, name: str) -> str | None:
    """Return the database's layout, None where it is empty; refuse what this version must not touch."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or "record" not in tables:
        raise LedgerError(f"{name} is a database, but not a ledger. {ELSEWHERE}")
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if not isinstance(found, str) or found > LAYOUT:
        raise LedgerError(
            f"The ledger {name} has layout {found}; this version of Tocsin knows layouts up to {LAYOUT}. "
            f"Install a newer Tocsin. {ELSEWHERE}"
        )
    return found


def migrate(connection: Connection) -> None:
    """Run the migrations on `connection`, whose transaction already holds the write lock."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
