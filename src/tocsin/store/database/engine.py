"""Connections to a ledger's database: who may write, what a reader sees, what stays on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from tocsin.errors import LedgerError, MissingExtraError

LOCK: Final = 0x746F6373696E
"""The advisory lock that a writer holds in PostgreSQL: the letters of `tocsin`."""

FILE: Final = "SELECT pg_relation_filenode('record')"
"""Asks PostgreSQL for the file in which it keeps the rows."""

REACH: Final = 10
"""Seconds to wait for a server to answer."""


def connect(url: URL, patience: float) -> Engine:
    """Return an engine whose transactions wait up to `patience` seconds for a lock.

    A connection with the option `writes` takes the one write lock when its transaction begins, so that
    writers queue; a reader keeps the view it began with. Once a transaction is committed, it is on the disk.
    """
    return _sqlite(url, patience) if url.get_backend_name() == "sqlite" else _postgresql(url, patience)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Hold the write lock for one transaction, committed at the end and undone on any error."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def scrub(engine: Engine) -> None:
    """Write the table anew, so that the old bytes of what was blanked are gone from the database's files.

    Raises a DBAPIError or LedgerError where another program holds the ledger, or the user may not do it. What a
    server keeps besides, such as its write-ahead log, standbys and backups, is out of reach.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(bare=True, isolation_level="AUTOCOMMIT") as connection:
            before = connection.exec_driver_sql(FILE).scalar()
            connection.exec_driver_sql("VACUUM (FULL) record")
            if connection.exec_driver_sql(FILE).scalar() == before:  # the server only warns
                raise LedgerError("Only the owner of its tables may clean them: let that role erase it once more.")
        return
    with engine.connect().execution_options(bare=True) as connection:
        connection.exec_driver_sql("VACUUM")
        (blocked, _, _) = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if blocked:
        raise LedgerError(
            "Old bytes stay in the write-ahead log while another program reads. Let it end, then try again."
        )


def unsound(connection: Connection) -> str | None:
    """Return what SQLite finds wrong with the file itself, such as an index that hides rows; None where nothing."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
    return None if found == "ok" else " ".join(found.split())


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: Any) -> None:
        raw.isolation_level = None  # the driver must not begin transactions of its own
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("bare"):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    # a server may have been started anew since a connection was last used: each is tried first
    reach = {} if "connect_timeout" in url.query else {"connect_timeout": REACH}
    try:
        engine = create_engine(url, connect_args=reach, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingExtraError("postgresql", "A ledger in PostgreSQL") from error

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _: Any) -> None:
        raw.autocommit = True  # what is set within a transaction would be undone with it
        raw.execute(f"SET lock_timeout = {max(1, round(1000 * patience))}")
        raw.execute("SET timezone = 'UTC'")
        raw.execute("SET synchronous_commit = on")
        raw.autocommit = False

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("writes"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        elif not options.get("bare"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine
