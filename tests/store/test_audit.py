"""No change of a row goes unseen, by whomever and wherever it is made."""

# ruff: noqa: S608  these statements are the attack

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from databases import tamper
from strategies import claim_of
from tocsin.errors import LedgerError
from tocsin.ids import canonical, sha256
from tocsin.reports.report import Report
from tocsin.store.chain import GENESIS
from tocsin.store.ledger import Ledger

NOW = datetime(2030, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
PLANTED = {"sqlite": 200, "postgresql": 60}  # a server takes longer to restore
REPORTS = [
    Report(
        source="a paper", published=date(2022, 5, 1 + n), text=f"They refused {n}.", original="0" * 64, format="text"
    )
    for n in range(12)
]
ERASED = REPORTS[3]


def fill(ledger: Ledger, reports: list[Report] = REPORTS) -> None:
    for number, report in enumerate(reports):
        ledger.append([report, claim_of(report)], recorded=NOW + timedelta(seconds=number))
    ledger.erase(reports[3].id, reason="asked for", who="me", recorded=NOW + timedelta(days=1))


def test_a_ledger_that_nobody_touched_is_sound(ledger: Ledger) -> None:
    empty = ledger.verify()
    fill(ledger)
    verdict = ledger.verify()

    assert (empty.sound, empty.rows, empty.head.link) == (True, 0, GENESIS)
    assert (verdict.sound, verdict.rows, verdict.erased, verdict.tombstones) == (True, 25, 2, 1)
    assert verdict.head == ledger.head()


def test_a_head_noted_down_earlier_is_found_again(ledger: Ledger) -> None:
    ledger.append(REPORTS[:2], recorded=NOW)
    noted = ledger.head().link
    ledger.append(REPORTS[2:5], recorded=NOW)

    assert (ledger.verify(noted).sound, ledger.verify(noted).since) == (True, 3)
    assert ledger.verify(GENESIS).since == 5
    assert not ledger.verify("f" * 64).sound


def test_the_same_records_at_the_same_times_give_the_same_head_in_every_database(tmp_path: Path, place: str) -> None:
    with Ledger(tmp_path / "other.db") as one, Ledger(place) as other:
        fill(one)
        fill(other)

        assert one.head() == other.head()


def test_the_time_of_recording_is_part_of_the_head(tmp_path: Path) -> None:
    with Ledger(tmp_path / "a.db") as one, Ledger(tmp_path / "b.db") as other:
        one.append(REPORTS, recorded=NOW)
        other.append(REPORTS, recorded=NOW + timedelta(microseconds=1))

        assert one.head() != other.head()


def test_what_was_appended_before_there_was_a_chain_is_linked_when_it_is_opened(tmp_path: Path) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    from tocsin.store.database.engine import connect, writing  # noqa: PLC0415
    from tocsin.store.database.layout import MIGRATIONS  # noqa: PLC0415
    from tocsin.store.database.place import locate  # noqa: PLC0415

    engine = connect(locate(tmp_path / "l.db")[1], 1)
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for seq, report in enumerate(REPORTS, start=7):
            body = canonical(report)
            moment = "2030-01-02 03:04:05.678901"
            values = (seq, report.id, "report", str(report.published), moment, None, sha256(body.encode()), body)
            connection.exec_driver_sql("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    engine.dispose()

    with Ledger(tmp_path / "l.db") as ledger:
        assert (ledger.verify().sound, ledger.verify().rows) == (True, len(REPORTS))
        assert ledger.append([*REPORTS, claim_of(REPORTS[0])], recorded=NOW) == 1
        assert ledger.verify().sound
        assert {row.recorded for row in ledger.records("report", as_of=date.max)} == {NOW}


# Planted edits, of each kind that somebody with the file or the server could make.

Plant = Callable[[Random, list[dict[str, Any]]], tuple[str, ...]]


def set_column(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    row, other = random.sample(rows, 2)
    digits = f"{random.getrandbits(256):064x}"
    values = {
        "id": f"report-{digits[:16]}",
        "kind": "forecast",
        "known": str(date.fromisoformat(str(row["known"])) + timedelta(days=random.choice([-1, 1, 400]))),
        "recorded": f"2029-12-{random.randint(10, 28)} 03:04:05.{random.randint(100000, 999999)}",
        "report": next(r["id"] for r in rows if r["kind"] == "report" and r["id"] != row["report"]),
        "digest": digits,
        "body": str(other["body"] or "{}").replace("e", "a", 1) + " ",
        "link": random.choice([digits, other["link"], ""]),
        "seq": str(random.choice([-4, 0, 10**6])),
    }
    column = random.choice(sorted(values))
    return (f"UPDATE record SET {column} = '{values[column]}' WHERE seq = {row['seq']}",)


def clear_report(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    row = random.choice([row for row in rows if row["report"]])
    return (f"UPDATE record SET report = NULL WHERE seq = {row['seq']}",)


def move_a_moment(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    moment = f"2030-01-02 03:04:05.{random.randint(0, 678900):06d}"
    return (f"UPDATE record SET recorded = '{moment}' WHERE seq = {random.choice(rows)['seq']}",)


def remove_content(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    row = random.choice([row for row in rows if row["body"] is not None])
    return (f"UPDATE record SET body = NULL WHERE seq = {row['seq']}",)


def bring_back(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return (f"UPDATE record SET body = '{canonical(ERASED)}' WHERE id = '{ERASED.id}'",)


def remove_one(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return (f"DELETE FROM record WHERE seq = {random.choice(rows)['seq']}",)


def cut_the_beginning(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return (f"DELETE FROM record WHERE seq <= {random.randint(1, len(rows) - 1)}",)


def cut_the_end(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return (f"DELETE FROM record WHERE seq > {random.randint(0, len(rows) - 1)}",)


def swap(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    one, other = random.sample([row["seq"] for row in rows], 2)
    steps = ((one, -1), (other, one), (-1, other))
    return tuple(f"UPDATE record SET seq = {to} WHERE seq = {at}" for at, to in steps)


def insert(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    row = random.choice(rows)
    place = random.choice([0, len(rows) + 1])
    columns = "known, recorded, report, digest, body, link"
    new = f"SELECT {place}, 'report-new', kind, {columns} FROM record WHERE seq = {row['seq']}"
    return (f"INSERT INTO record (seq, id, kind, {columns}) {new}",)


def change_the_head(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return random.choice(
        [
            ("DELETE FROM head",),
            ("UPDATE head SET seq = seq + 1",),
            (f"UPDATE head SET link = '{rows[0]['link']}'",),
            (f"INSERT INTO head VALUES (3, '{rows[2]['link']}')",),
        ]
    )


def cut_the_end_and_mend_the_head(random: Random, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    end = random.choice(rows[:-2])
    mend = f"UPDATE head SET seq = {end['seq']}, link = '{end['link']}'"
    return (f"DELETE FROM record WHERE seq > {end['seq']}", mend)


BY_HAND: list[Plant] = [
    *[set_column] * 8,
    clear_report,
    move_a_moment,
    remove_content,
    bring_back,
    remove_one,
    cut_the_beginning,
    cut_the_end,
    swap,
    insert,
    change_the_head,
]
BY_AN_ADEPT: list[Plant] = [cut_the_end_and_mend_the_head]
"""Leaves a chain that is whole in itself: it takes the head that a brief printed."""


@pytest.fixture(scope="module")
def pristine(kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Give a function that returns where a ledger is that nobody touched yet, always the same one."""
    folder = tmp_path_factory.mktemp("pristine")
    if kind == "sqlite":
        with Ledger(folder / "l.db") as ledger:
            fill(ledger)
        return lambda: str(shutil.copy(folder / "l.db", folder / "spoilt.db"))  # closed, it is one file
    place = request.getfixturevalue("everlasting")
    with Ledger(place) as ledger:
        fill(ledger)
    tables = ("record", "head")
    tamper(place, "CREATE SCHEMA kept", *(f"CREATE TABLE kept.{name} AS TABLE {name}" for name in tables))

    def restore() -> str:
        renewed = (f"INSERT INTO {name} SELECT * FROM kept.{name}" for name in tables)
        unguarded, guarded = (f"ALTER TABLE record {able} TRIGGER USER" for able in ("DISABLE", "ENABLE"))
        tamper(place, unguarded, "TRUNCATE record, head", *renewed, guarded)
        return str(place)

    return restore


def test_every_planted_edit_is_found(kind: str, pristine: Callable[[], str]) -> None:
    place = pristine()
    with Ledger(place) as ledger:
        noted = ledger.head().link
    columns = ("seq", "id", "kind", "known", "report", "body", "link")
    found = tamper(place, f"SELECT {', '.join(columns)} FROM record ORDER BY seq", guarded=True)
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    random = Random(4)  # noqa: S311
    plants = [*BY_HAND, *BY_AN_ADEPT]
    missed = []
    for number in range(PLANTED[kind]):
        plant = plants[number % len(plants)]
        statements = plant(random, rows)
        tamper(pristine(), *statements)
        with Ledger(place) as ledger:
            if ledger.verify(noted if plant in BY_AN_ADEPT else None).sound:
                missed.append(statements)

    assert missed == []


@pytest.mark.parametrize(
    ("change", "seq", "says"),
    [
        ("UPDATE record SET known = '2022-01-01' WHERE seq = 5", 5, "was changed"),
        ("UPDATE record SET body = '{}' WHERE seq = 6", 6, "content was changed"),
        ("UPDATE record SET body = NULL WHERE seq = 6", 6, "no tombstone"),
        ("DELETE FROM record WHERE seq IN (10, 11)", 12, "rows before it are missing"),
        ("DELETE FROM record WHERE seq > 20", None, "ended at row 25, and rows after 20 are missing"),
        (f"UPDATE record SET body = '{canonical(ERASED)}' WHERE seq = 7", 25, "whose content is there"),
    ],
)
def test_the_first_fault_is_named_with_its_place(
    pristine: Callable[[], str], change: str, seq: int | None, says: str
) -> None:
    place = pristine()
    tamper(place, change)
    with Ledger(place) as ledger:
        first, *_ = ledger.verify().faults

    assert first.seq == seq
    assert says in first.what


def test_a_chain_made_anew_is_found_by_the_head_of_a_brief_and_by_nothing_else(tmp_path: Path) -> None:
    with Ledger(tmp_path / "true.db") as ledger:
        fill(ledger)
        noted = ledger.head().link
    changed = [*REPORTS[:6], replace(REPORTS[6], text="They obeyed."), *REPORTS[7:]]
    with Ledger(tmp_path / "false.db") as ledger:
        fill(ledger, changed)

        assert ledger.verify().sound
        assert "made anew" in ledger.verify(noted).faults[0].what


@pytest.mark.parametrize("value", ["'yesterday'", "x'00ff'", "17"])
@pytest.mark.parametrize("column", ["known", "recorded", "body", "id", "link"])
def test_a_file_may_hold_any_rubbish_in_a_column_and_it_is_found(tmp_path: Path, column: str, value: str) -> None:
    place = str(tmp_path / "l.db")
    with Ledger(place) as ledger:
        fill(ledger)
    tamper(place, f"UPDATE record SET {column} = {value} WHERE seq = 9")

    with Ledger(place) as ledger:
        try:
            assert 9 in {fault.seq for fault in ledger.verify().faults}
        except LedgerError as error:
            assert "is damaged" in str(error)
            assert "CAST" in value


def test_an_index_that_hides_a_row_is_found(tmp_path: Path) -> None:
    place = str(tmp_path / "l.db")
    with Ledger(place) as ledger:
        fill(ledger)
    name = "ix_record_kind_known_id"
    ((sql,),) = tamper(place, f"SELECT sql FROM sqlite_master WHERE name = '{name}'")
    tamper(place, f"DROP INDEX {name}", f"{sql} WHERE seq <> 5", "PRAGMA writable_schema = ON",
           f"UPDATE sqlite_master SET sql = '{sql}' WHERE name = '{name}'")  # fmt: skip

    with Ledger(place) as ledger:
        assert "the file itself is damaged" in ledger.verify().faults[0].what
