"""The ledger keeps every record once, and shows a day only what that day could know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from strategies import claim_of, days, reports, sealed_of
from tocsin.dates import Interval
from tocsin.errors import LedgerError
from tocsin.evidence.assertion import Assertion
from tocsin.evidence.grade import Grade
from tocsin.evidence.observation import Observation
from tocsin.forecasts.resolution import Resolution
from tocsin.ids import QuestionId, plain
from tocsin.reports.report import Report
from tocsin.store.entry import KINDS, Record, Row
from tocsin.store.ledger import Ledger

NOW = datetime(2030, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
EVER = date.max


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "tocsin.db") as opened:
        yield opened


@pytest.fixture
def fresh() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def report(text: str, published: date = date(2022, 5, 17)) -> Report:
    return Report(source="a source", published=published, text=text, original="0" * 64, format="text")


SAID = report("They refused.")
CLAIM = claim_of(SAID)
WEEK = Interval(date(2022, 5, 9), date(2022, 5, 15))
KNOWN = date(2022, 5, 18)
ABOUT = {"force": "F", "indicator": "refusal", "happened": WEEK, "origins": 1, "known": KNOWN}
ONE_OF_EACH: list[Record] = [
    SAID,
    CLAIM,
    Grade(claim=CLAIM.id, reliability="F", credibility=6, reasons=("no record",), grader="test", known=KNOWN),
    Assertion(formation=None, affirmed=(CLAIM.id,), negated=(), **ABOUT),  # type: ignore[arg-type]
    Observation(kind="polarity", claims=(CLAIM.id,), **ABOUT),  # type: ignore[arg-type]
    *sealed_of([SAID.id], as_of=KNOWN),
    Resolution(asked=QuestionId("question-0"), outcome="void", reason="No report.", by="a test", known=KNOWN),
]


def names(rows: Iterator[Row]) -> list[str]:
    return [row.id for row in rows]


@settings(max_examples=30)
@given(st.lists(reports(), max_size=8))
def test_appending_twice_is_appending_once(records: list[Report]) -> None:
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        first = ledger.append(records, recorded=NOW)
        once = list(ledger.records("report", as_of=EVER))
        second = ledger.append(records, recorded=NOW + timedelta(days=1))

        assert first == len({record.id for record in records})
        assert second == 0
        assert list(ledger.records("report", as_of=EVER)) == once


@settings(max_examples=30)
@given(st.lists(reports(), max_size=8), st.lists(reports(), max_size=8), days)
def test_what_becomes_known_later_changes_no_read(before: list[Report], more: list[Report], as_of: date) -> None:
    later = [record for record in more if record.published > as_of]
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        ledger.append(before, recorded=NOW)
        first = list(ledger.records("report", as_of=as_of))
        ledger.append(later, recorded=NOW)

        assert all(row.known <= as_of for row in first)
        assert {row.id for row in first} == {record.id for record in before if record.published <= as_of}
        assert list(ledger.records("report", as_of=as_of)) == first


@settings(max_examples=30)
@given(st.lists(reports(), max_size=8))
def test_ids_survive_a_round_trip(records: list[Report]) -> None:
    adapter = TypeAdapter(Report)
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        ledger.append(records, recorded=NOW)
        for row in ledger.records("report", as_of=EVER):
            fields = dict(row.body or {})

            assert fields.pop("id") == row.id
            assert adapter.validate_python(fields).id == row.id


@settings(max_examples=20)
@given(st.lists(reports(), min_size=2, max_size=8, unique_by=lambda record: record.id), st.randoms())
def test_the_order_of_arrival_does_not_change_the_order_of_reading(records: list[Report], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with TemporaryDirectory() as name, Ledger(Path(name) / "a.db") as one, Ledger(Path(name) / "b.db") as other:
        one.append(records, recorded=NOW)
        other.append(shuffled, recorded=NOW)

        assert names(one.records("report", as_of=EVER)) == names(other.records("report", as_of=EVER))


def test_a_read_as_recorded_by_a_moment_leaves_out_what_was_recorded_after_it(ledger: Ledger) -> None:
    ledger.append([report("one")], recorded=NOW)
    ledger.append([report("two")], recorded=NOW + timedelta(microseconds=1))

    assert names(ledger.records("report", as_of=EVER, recorded=NOW)) == [report("one").id]
    assert names(ledger.records("report", as_of=EVER, recorded=NOW - timedelta(seconds=1))) == []


def test_a_time_of_recording_means_the_same_moment_in_every_zone(ledger: Ledger) -> None:
    ledger.append([report("one")], recorded=NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))

    (row,) = ledger.records("report", as_of=EVER)

    assert row.recorded == NOW
    assert row.recorded.tzinfo is UTC


def test_a_time_of_recording_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ledger.append([report("one")], recorded=NOW.replace(tzinfo=None))


def test_every_kind_of_record_is_kept_whole(ledger: Ledger) -> None:
    assert ledger.append(reversed(ONE_OF_EACH), recorded=NOW) == len(KINDS)

    for kind, record in zip(KINDS, ONE_OF_EACH, strict=True):
        (row,) = ledger.records(kind, as_of=EVER)

        assert (row.id, row.body) == (record.id, plain(record))
        assert list(ledger.records(kind, as_of=row.known - timedelta(days=1))) == []


def test_a_claim_may_come_before_its_report_in_one_batch_but_not_without_it(ledger: Ledger) -> None:
    said = report("They refused.")

    assert ledger.append([claim_of(said), said], recorded=NOW) == 2
    assert [row.report for row in ledger.records("claim", as_of=EVER)] == [said.id]
    with pytest.raises(LedgerError, match="report first"):
        ledger.append([claim_of(report("Elsewhere."))], recorded=NOW)


def test_a_batch_with_one_bad_record_leaves_nothing_behind(ledger: Ledger) -> None:
    with pytest.raises(LedgerError):
        ledger.append([report("one"), claim_of(report("Elsewhere."))], recorded=NOW)

    assert names(ledger.records("report", as_of=EVER)) == []


def test_more_records_than_a_batch_holds_are_all_kept(ledger: Ledger) -> None:
    many = [report(f"text {number}") for number in range(2345)]

    assert ledger.append(many, recorded=NOW) == 2345
    assert len(names(ledger.records("report", as_of=EVER))) == 2345


@dataclass(frozen=True)
class Odd:
    id: str
    known: date | None = None


@pytest.mark.parametrize("record", [Odd("rumour-0"), Odd("report"), Odd("report-0"), Odd("")])
def test_what_is_no_record_is_refused(ledger: Ledger, record: Odd) -> None:
    with pytest.raises(TypeError):
        ledger.append([record], recorded=NOW)


@pytest.mark.parametrize(
    "change", ["DELETE FROM record", "UPDATE record SET body = '{}'", "UPDATE record SET id = 'x'"]
)
def test_the_file_itself_refuses_to_change_or_remove_a_record(tmp_path: Path, change: str) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.append([report("one")], recorded=NOW)
    raw = sqlite3.connect(tmp_path / "l.db")

    with pytest.raises(sqlite3.IntegrityError, match="never"):
        raw.execute(change)
    raw.close()


def test_a_blanked_body_leaves_the_record_and_its_hash(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.append([report("one")], recorded=NOW)
        raw = sqlite3.connect(tmp_path / "l.db")
        raw.execute("UPDATE record SET body = NULL")
        raw.commit()
        raw.close()

        (row,) = ledger.records("report", as_of=EVER)

        assert (row.id, row.body) == (report("one").id, None)
        assert ledger.append([report("one")], recorded=NOW) == 0


def test_a_reader_sees_what_was_there_when_it_began(ledger: Ledger) -> None:
    ledger.append([report(f"text {number}") for number in range(3)], recorded=NOW)
    reading = ledger.records("report", as_of=EVER)
    next(reading)
    ledger.append([report("another")], recorded=NOW)

    assert len(names(reading)) == 2


def write_some(place: Path, writer: int) -> int:
    with Ledger(place) as ledger:
        own = [[report(f"writer {writer}, text {number}"), report(f"shared text {number}")] for number in range(20)]
        return sum(ledger.append(records, recorded=NOW) for records in own)


def test_writers_at_the_same_time_lose_nothing_and_double_nothing(fresh: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        new = sum(pool.map(write_some, [fresh / "l.db"] * 3, range(3)))
    with Ledger(fresh / "l.db") as ledger:
        kept = names(ledger.records("report", as_of=EVER))

    assert new == len(kept) == len(set(kept)) == 3 * 20 + 20


def test_threads_may_share_a_ledger(ledger: Ledger) -> None:
    with ThreadPoolExecutor(4) as pool:
        new = sum(pool.map(lambda number: ledger.append([report(f"text {number}")], recorded=NOW), range(40)))

    assert new == len(names(ledger.records("report", as_of=EVER))) == 40
