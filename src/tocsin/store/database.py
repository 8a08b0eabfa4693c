"""Open the database a ledger lives in: connections, locks, layout, and errors a user can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from tocsin.errors import LedgerError
from tocsin.store.schema import LAYOUT

ELSEWHERE = "Give another file with --ledger FILE."

CAUSES = {
    "SQLITE_NOTADB": f"is not a ledger but some other file. {ELSEWHERE}",
    "SQLITE_CORRUPT": f"is damaged. Restore it from a copy, or begin a new one. {ELSEWHERE}",
    "SQLITE_BUSY": "is in use by another program and stayed locked. Wait until that is done, then try again.",
    "SQLITE_LOCKED": "is in use by another program and stayed locked. Wait until that is done, then try again.",
    "SQLITE_READONLY": f"may not be written. Change its permissions or its folder's. {ELSEWHERE}",
    "SQLITE_CANTOPEN": f"could not be opened: its folder is missing or may not be written. {ELSEWHERE}",
    "SQLITE_FULL": "could not be written: the disk is full. Free some space, then try again; nothing was lost.",
    "SQLITE_IOERR": "could not be read or written: the disk reports an error. Check it, then try again.",
    "SQLITE_CONSTRAINT_FOREIGNKEY": "was given a record of a report that it does not hold. Append the report first.",
}
"""What to tell the user, by the beginning of SQLite's name for the error."""


def locate(place: str | Path) -> tuple[str, URL]:
    """Return the ledger's name for messages and its database's address; make its folder where it is missing."""
    if isinstance(place, str) and "://" in place:
        try:
            url = make_url(place)
        except ArgumentError as error:
            raise LedgerError(f"{place} is no address of a ledger. {ELSEWHERE}") from error
        if url.get_backend_name() != "sqlite" or not url.database:
            raise LedgerError(f"{url.render_as_string()}: a ledger is a SQLite file. {ELSEWHERE}")
        place = url.database
    path = Path(place).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"The ledger {path} {CAUSES['SQLITE_CANTOPEN']}") from error
    return str(path), URL.create("sqlite", database=str(path))


def connect(url: URL, patience: float) -> Engine:
    """Return an engine whose transactions wait up to `patience` seconds for a lock.

    A connection with the option `writes` takes the write lock when its transaction begins, so that two
    writers queue; a reader keeps the view it began with.
    """
    engine = create_engine(url, connect_args={"timeout": patience}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: Any) -> None:
        raw.isolation_level = None  # the driver must not begin transactions of its own
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Hold the write lock for one transaction, committed at the end and undone on any error."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the database's errors into a LedgerError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        code = str(getattr(error.orig, "sqlite_errorname", ""))
        for beginning, cause in CAUSES.items():
            if code.startswith(beginning):
                raise LedgerError(f"The ledger {name} {cause}") from error
        raise


def bring_up_to_date(engine: Engine, name: str) -> None:
    """Create the tables in an empty database, or move an older layout to the newest."""
    with engine.connect() as connection:
        if layout(connection, name) == LAYOUT:
            return
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
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
