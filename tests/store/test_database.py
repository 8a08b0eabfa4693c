"""A ledger that cannot be opened says why, and what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import tocsin.store
from tocsin.errors import LedgerError
from tocsin.reports.report import Report
from tocsin.store.database.engine import connect
from tocsin.store.database.place import locate
from tocsin.store.ledger import Ledger
from tocsin.store.schema import LAYOUT, METADATA

NOW = datetime(2030, 1, 2, tzinfo=UTC)
ONE = Report(source="s", published=date(2022, 5, 17), text="private words", original="0" * 64, format="text")


def junk(path: Path) -> None:
    path.write_bytes(b"no database at all " * 500)


def folder(path: Path) -> None:
    path.mkdir()


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    raw.close()


def newer(path: Path) -> None:
    Ledger(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (junk, "not a ledger"),
        (folder, "could not be opened"),
        (foreign, "a database, but not a ledger"),
        (newer, "Install a newer Tocsin"),
    ],
)
def test_what_is_no_ledger_is_refused_with_a_remedy(tmp_path: Path, make: Callable[[Path], None], says: str) -> None:
    path = tmp_path / "l.db"
    make(path)

    with pytest.raises(LedgerError, match=says) as caught:
        Ledger(path)
    assert str(path) in str(caught.value)
    assert "--ledger FILE" in str(caught.value)


def test_what_is_refused_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    junk(path)
    before = path.read_bytes()

    with pytest.raises(LedgerError):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_ledger_below_a_file_cannot_be_begun(tmp_path: Path) -> None:
    junk(tmp_path / "file")

    with pytest.raises(LedgerError, match="folder"):
        Ledger(tmp_path / "file" / "l.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "sealed").mkdir(mode=0o500)

    with pytest.raises(LedgerError, match="may not be written"):
        Ledger(tmp_path / "sealed" / "l.db")


def test_a_locked_ledger_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger(path, patience=0.1) as ledger:
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("BEGIN IMMEDIATE")

        with pytest.raises(LedgerError, match="locked"):
            ledger.append([ONE], recorded=NOW)
        raw.execute("ROLLBACK")
        raw.close()
        assert ledger.append([ONE], recorded=NOW) == 1


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://u:secret@127.0.0.1:1/d",
        "sqlite://",
        "postgresql://user:secret@127.0.0.1",
        "nonsense://x",
        "://",
    ],
)
def test_an_address_without_a_ledger_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger(address)
    assert "secret" not in str(caught.value)


def test_the_address_of_a_file_opens_it(tmp_path: Path) -> None:
    with Ledger(f"sqlite:///{tmp_path / 'l.db'}") as ledger:
        ledger.append([ONE], recorded=NOW)
    with Ledger(tmp_path / "l.db") as ledger:
        assert [row.id for row in ledger.records("report", as_of=date.max)] == [ONE.id]


def test_a_database_error_does_not_quote_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        raw = sqlite3.connect(path)
        raw.execute("DROP TABLE record")
        raw.close()

        with pytest.raises(Exception, match="record") as caught:
            ledger.append([ONE], recorded=NOW)
    assert "private words" not in str(caught.value)


def test_the_newest_migration_gives_the_layout_and_tables_that_the_code_expects(place: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(tocsin.store.__file__).parent / "migrations"))
    Ledger(place).close()
    engine = connect(locate(place)[1], 1)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()

    assert ScriptDirectory.from_config(config).get_heads() == [LAYOUT]
    assert differences == []


def test_the_file_is_in_write_ahead_mode(tmp_path: Path) -> None:
    Ledger(tmp_path / "l.db").close()
    raw = sqlite3.connect(tmp_path / "l.db")

    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()
