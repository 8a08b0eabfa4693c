"""What goes wrong in a database, and what the user can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from tocsin.errors import LedgerError

ELSEWHERE: Final = "Give another with --ledger FILE."
BUSY: Final = "is in use by another program and stayed locked. Wait until that is done, then try again."
CANNOT_OPEN: Final = f"could not be opened: its folder is missing or may not be written. {ELSEWHERE}"
FORBIDDEN: Final = f"may not be written. Change its permissions, or its folder's. {ELSEWHERE}"
FULL: Final = "could not be written: the disk is full. Free some space, then try again; nothing was lost."
ORPHAN: Final = "was given a record of a report that it does not hold. Append the report first."
DAMAGED: Final = f"is damaged. Restore it from a copy, or begin a new one. {ELSEWHERE}"
BROKEN_DISK: Final = "could not be read or written: the disk reports an error. Check it, then try again."
GONE: Final = "lost its server in the middle. What was acknowledged is kept; try again when the server is back."

CAUSES: Final = {
    "SQLITE_NOTADB": f"is not a ledger but some other file. {ELSEWHERE}",
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_BUSY": BUSY,
    "SQLITE_LOCKED": BUSY,
    "SQLITE_READONLY": FORBIDDEN,
    "SQLITE_CANTOPEN": CANNOT_OPEN,
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": BROKEN_DISK,
    "SQLITE_CONSTRAINT_FOREIGNKEY": ORPHAN,
    "08": GONE,
    "22P05": f"cannot hold every script. Create its database with ENCODING 'UTF8'. {ELSEWHERE}",
    "23503": ORPHAN,
    "25006": FORBIDDEN,
    "42501": FORBIDDEN,
    "53100": FULL,
    "53300": "has no free connection. Close a program that uses it, then try again.",
    "55P03": BUSY,
    "57P": GONE,
    "58030": BROKEN_DISK,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""What to tell the user, by the beginning of SQLite's name for the error or of PostgreSQL's SQLSTATE."""


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the database's errors into a LedgerError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        cause = _cause(error)
        if cause is None:
            raise
        raise LedgerError(f"The ledger {name} {cause}") from error


def _cause(error: DBAPIError) -> str | None:
    """Say what went wrong, None where it is nothing that a user can mend."""
    code = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    for beginning, cause in CAUSES.items():
        if code.startswith(beginning):
            return cause
    if "Could not decode to UTF-8" in str(error.orig):  # the driver's words; it gives no code
        return DAMAGED
    if code or not hasattr(error.orig, "sqlstate"):
        return None
    if error.connection_invalidated:
        return GONE
    # psycopg gives no code where no connection came about; its message then holds nothing that was read
    why = " ".join(str(error.orig).split())
    return f"could not be reached ({why}). Check its address and that the server runs. {ELSEWHERE}"
