"""Crashes, full disks, damaged files and wrong clocks: what was acknowledged is there, and one line says the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from databases import tamper
from tocsin.errors import LedgerError
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

STUDIES = Path(__file__).parents[2] / "studies" / "ledger"
NOW = datetime(2030, 1, 2, tzinfo=UTC)


def report(text: str) -> Report:
    return Report(source="a paper", published=date(2022, 5, 17), text=text, original="0" * 64, format="text")


def study(name: str, *asked: str) -> dict[str, Any]:
    ran = subprocess.run([sys.executable, STUDIES / name, *asked], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_eight_writers_at_once_lose_nothing_and_double_nothing(place: str) -> None:
    found = study("writers.py", "--ledger", place, "--writers", "8", "--seconds", "2")

    assert found["appends"] > 0
    assert found["new"] == found["kept"]
    assert (found["lost"], found["doubled"], found["sound"]) == (0, 0, True)


def test_what_was_acknowledged_survives_the_death_of_the_writer(place: str) -> None:
    found = study("kills.py", "--ledger", place, "--kills", "5")

    assert found["acknowledged"] > 0
    assert (found["after which something was lost"], found["after which unsound"]) == (0, 0)


FULL = """
import resource, sys
from datetime import UTC, date, datetime
from tocsin.errors import LedgerError
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

def report(n):
    return Report(source="s", published=date(2022, 5, 17), text=f"{n}" + "x" * 9000, original="0" * 64, format="text")

with Ledger(sys.argv[1]) as ledger:
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    kept = 0
    try:
        for n in range(100):
            kept += ledger.append([report(n)], recorded=datetime.now(UTC))
    except LedgerError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(kept, len(list(ledger.records("report", as_of=date.max))), ledger.verify().sound)
    print(ledger.append([report(1000)], recorded=datetime.now(UTC)))
"""


def test_a_disk_that_takes_no_more_is_told_and_the_work_goes_on_when_it_does(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", FULL, tmp_path / "l.db"], capture_output=True, text=True, check=True)
    told, counts, after = ran.stdout.splitlines()
    acknowledged, kept, sound = counts.split()

    assert "could not be" in told
    assert "disk" in told
    assert 0 < int(acknowledged) == int(kept) < 100
    assert (sound, after) == ("True", "1")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_cut_off_is_told_in_one_line(tmp_path: Path, share: float) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.append([report(f"{n} " + "x" * 500) for n in range(200)], recorded=NOW)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])

    try:
        with Ledger(path) as ledger:
            assert not ledger.verify().sound
    except LedgerError as error:
        assert "is damaged" in str(error)
        assert "\n" not in str(error)


@pytest.mark.parametrize("page", [1, 5, 20])
def test_a_file_with_a_page_of_other_bytes_is_never_called_sound(tmp_path: Path, page: int) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.append([report(f"{n} " + "x" * 500) for n in range(200)], recorded=NOW)
    data = bytearray(path.read_bytes())
    data[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    path.write_bytes(bytes(data))

    try:
        with Ledger(path) as ledger:
            assert not ledger.verify().sound
    except LedgerError as error:
        assert "is damaged" in str(error)


def test_a_clock_that_jumps_back_breaks_neither_the_chain_nor_a_read(ledger: Ledger) -> None:
    moments = [NOW, NOW - timedelta(days=400), NOW + timedelta(days=9000), datetime(1970, 1, 1, tzinfo=UTC)]
    for number, moment in enumerate(moments):
        ledger.append([report(f"text {number}")], recorded=moment)
    seen = [row.recorded for row in ledger.records("report", as_of=date.max, recorded=NOW)]

    assert ledger.verify().sound
    assert sorted(seen) == [moments[3], moments[1], moments[0]]


def test_a_server_that_is_not_there_is_told_in_one_line_that_says_what_to_do() -> None:
    with pytest.raises(LedgerError, match="could not be reached") as caught:
        Ledger("postgresql://user:secret@127.0.0.1:1/db")

    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "--ledger" in str(caught.value)


def test_a_locked_database_is_told_and_nothing_is_written(postgresql: str) -> None:
    with Ledger(postgresql) as other, Ledger(postgresql, patience=0.1) as ledger:
        from tocsin.store.database.engine import writing  # noqa: PLC0415

        with writing(other._engine), pytest.raises(LedgerError, match="locked"):
            ledger.append([report("one")], recorded=NOW)
        assert ledger.append([report("one")], recorded=NOW) == 1


def test_a_server_that_dropped_the_connection_is_reached_again(postgresql: str) -> None:
    with Ledger(postgresql) as ledger:
        ledger.append([report("one")], recorded=NOW)
        tamper(postgresql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
               " AND datname = current_database()", guarded=True)  # fmt: skip

        assert ledger.append([report("two")], recorded=NOW) == 1
        assert ledger.verify().rows == 2
