"""Where a ledger is: a file, or the address of a database."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tocsin.errors import LedgerError
from tocsin.store.database.faults import CANNOT_OPEN, ELSEWHERE

POSTGRESQL: Final = ("postgresql", "postgres")
"""What the address of a PostgreSQL database may begin with."""


def locate(place: str | Path) -> tuple[str, URL]:
    """Return the ledger's name for messages, without a password, and its database's address.

    The folder of a file is made where it is missing. Raises LedgerError where `place` is neither a file nor
    an address that Tocsin knows.
    """
    if not isinstance(place, str) or "://" not in place:
        return _file(Path(place))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise LedgerError(f"That is no address of a ledger. {ELSEWHERE}") from error
    backend, database = url.get_backend_name(), url.database
    if backend == "sqlite" and database:
        return _file(Path(database))
    name = url.set(query={}).render_as_string(hide_password=True)
    if backend in POSTGRESQL and database:
        return name, url.set(drivername="postgresql+psycopg")
    raise LedgerError(f"{name}: a ledger is a SQLite file or postgresql://USER@HOST/DATABASE. {ELSEWHERE}")


def _file(path: Path) -> tuple[str, URL]:
    path = path.expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"The ledger {path} {CANNOT_OPEN}") from error
    return str(path), URL.create("sqlite", database=str(path))
