"""Both databases: what holds for a ledger holds in either."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from databases import binaries, database, server
from tocsin.store.ledger import Ledger

NUMBERS = count()


@pytest.fixture(scope="session")
def socket() -> Iterator[Path]:
    """Start a PostgreSQL server for this worker; where there is none, skip, unless the tests may not."""
    programs = binaries()
    if programs is None:
        if os.environ.get("TOCSIN_TESTS_NEED_POSTGRESQL"):
            pytest.fail("there is no PostgreSQL server on this machine, and these tests need one")
        pytest.skip("there is no PostgreSQL server on this machine (Debian, Ubuntu: apt install postgresql)")
    with server(programs) as folder:
        yield folder


@pytest.fixture
def postgresql(socket: Path) -> Iterator[str]:
    """Yield the address of an empty database."""
    with database(socket, f"test_{next(NUMBERS)}") as place:
        yield place


@pytest.fixture(scope="module")
def everlasting(socket: Path) -> Iterator[str]:
    """Yield the address of a database for all the tests of a module."""
    with database(socket, f"module_{next(NUMBERS)}") as place:
        yield place


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Yield where a ledger can be begun, in either database."""
    return str(tmp_path / "l.db") if kind == "sqlite" else str(request.getfixturevalue("postgresql"))


@pytest.fixture(scope="session")
def anew(kind: str, request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[Ledger]]:
    """Begin a fresh ledger as often as a property asks for one, in either database."""

    @contextmanager
    def begin() -> Iterator[Ledger]:
        with ExitStack() as stack:
            if kind == "sqlite":
                place = f"{stack.enter_context(TemporaryDirectory())}/l.db"
            else:
                name = f"anew_{next(NUMBERS)}"
                place = stack.enter_context(database(request.getfixturevalue("socket"), name))
            yield stack.enter_context(Ledger(place))

    return begin


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place) as opened:
        yield opened
