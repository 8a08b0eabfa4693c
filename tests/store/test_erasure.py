"""What is erased is gone, from every read and from the files; that it was there stays."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from databases import tamper
from strategies import claim_of
from tocsin.errors import LedgerError, NothingFoundError
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

NOW = datetime(2030, 1, 2, tzinfo=UTC)
EVER = date.max
WORDS = "the schoolteacher of the lower village"


def report(text: str) -> Report:
    return Report(source="a paper", published=date(2022, 5, 17), text=text, original="0" * 64, format="text")


PRIVATE = report(f"So said {WORDS}.")
OTHERS = [report(f"Text {number} " + "of some length " * 40) for number in range(60)]


def fill(ledger: Ledger) -> None:
    ledger.append(OTHERS[:30], recorded=NOW)
    ledger.append([PRIVATE, claim_of(PRIVATE), claim_of(PRIVATE, "mutiny")], recorded=NOW)
    ledger.append([*OTHERS[30:], *map(claim_of, OTHERS[30:])], recorded=NOW)


def test_a_report_and_what_was_read_in_it_go_and_a_tombstone_comes(ledger: Ledger) -> None:
    fill(ledger)
    noted = ledger.head().link
    later = NOW + timedelta(days=3)
    stone = ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=later)
    verdict = ledger.verify(noted)

    assert PRIVATE.id not in {row.id for row in ledger.records("report", as_of=EVER)}
    assert [row.id for row in ledger.records("claim", as_of=EVER) if row.report == PRIVATE.id] == []
    assert stone is not None
    assert len(stone.erased) == 3
    (row,) = ledger.records("tombstone", as_of=EVER)
    body = row.body or {}
    assert (body["record"], body["reason"], body["who"]) == (PRIVATE.id, "asked for", "me")
    assert (row.known, row.recorded) == (later.date(), later)
    assert (verdict.sound, verdict.erased, verdict.tombstones, verdict.since) == (True, 3, 1, 1)


def test_a_replay_can_say_what_is_missing(ledger: Ledger) -> None:
    fill(ledger)
    ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW + timedelta(days=3))

    missing = [row for row in ledger.records("report", as_of=EVER, recorded=NOW, erased=True) if row.body is None]

    assert [row.id for row in missing] == [PRIVATE.id]


def test_what_was_erased_does_not_come_back(ledger: Ledger) -> None:
    fill(ledger)
    ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW)

    assert ledger.append([PRIVATE, claim_of(PRIVATE), claim_of(PRIVATE, "desertion")], recorded=NOW) == 0
    assert WORDS not in str(list(ledger.records("claim", as_of=EVER)))


def test_erasing_twice_leaves_one_tombstone(ledger: Ledger) -> None:
    fill(ledger)

    assert ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW) is not None
    assert ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW) is None
    assert len(list(ledger.records("tombstone", as_of=EVER))) == 1


def test_a_tombstone_stays_and_what_is_not_there_is_told(ledger: Ledger) -> None:
    fill(ledger)
    stone = ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW)

    assert stone is not None
    with pytest.raises(LedgerError, match="stays"):
        ledger.erase(stone.id, reason="asked for", who="me", recorded=NOW)
    with pytest.raises(NothingFoundError, match="tocsin list"):
        ledger.erase("report-0", reason="asked for", who="me", recorded=NOW)


def test_the_text_is_gone_from_the_file_itself(tmp_path: Path) -> None:
    place = tmp_path / "l.db"
    with Ledger(place) as ledger:
        fill(ledger)

        assert WORDS.encode() in b"".join(path.read_bytes() for path in tmp_path.iterdir())
        ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW)
        assert WORDS.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert WORDS.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_the_text_is_gone_from_the_data_of_the_server(postgresql: str, socket: Path) -> None:
    def kept() -> bool:
        tamper(postgresql, "CHECKPOINT", guarded=True)
        files = [path for path in (socket / "data" / "base").rglob("*") if path.is_file()]
        return any(WORDS.encode() in path.read_bytes() for path in files)

    with Ledger(postgresql) as ledger:
        fill(ledger)

        assert kept()
        ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW)
        assert not kept()


def test_a_reader_who_holds_the_old_bytes_is_told_and_a_second_try_cleans_them(tmp_path: Path) -> None:
    place = tmp_path / "l.db"
    with Ledger(place, patience=0.1) as ledger:
        fill(ledger)
        reader = sqlite3.connect(place, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM record").fetchone()

        with pytest.raises(LedgerError, match="erased for every reader"):
            ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW)
        assert ledger.verify().erased == 3
        reader.close()
        assert ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW) is None
        assert WORDS.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_role_that_may_not_clean_the_tables_is_told(postgresql: str) -> None:
    with Ledger(postgresql) as ledger:
        fill(ledger)
    tamper(postgresql, "CREATE ROLE guest LOGIN", "GRANT ALL ON ALL TABLES IN SCHEMA public TO guest", guarded=True)
    try:
        with Ledger(postgresql.replace("postgres@", "guest@")) as ledger:
            with pytest.raises(LedgerError, match="Only the owner"):
                ledger.erase(PRIVATE.id, reason="asked for", who="me", recorded=NOW)
            assert ledger.verify().erased == 3
    finally:
        tamper(postgresql, "DROP OWNED BY guest", "DROP ROLE guest", guarded=True)
