"""The ledger keeps every record once, and shows a day only what that day could know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from databases import tamper
from strategies import claim_of, days, reports, sealed_of
from tocsin.dates import Interval
from tocsin.errors import LedgerError
from tocsin.evidence.assertion import Assertion
from tocsin.evidence.grade import Grade
from tocsin.evidence.observation import Observation
from tocsin.forecasts.resolution import Resolution
from tocsin.ids import QuestionId, plain
from tocsin.reports.quarantine import Quarantine, Release
from tocsin.reports.report import Report
from tocsin.store.entry import KINDS, Record, Row, Tombstone
from tocsin.store.ledger import Ledger

NOW = datetime(2030, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
EVER = date.max
Anew = Callable[[], AbstractContextManager[Ledger]]


def report(text: str, published: date = date(2022, 5, 17)) -> Report:
    return Report(source="a source", published=published, text=text, original="0" * 64, format="text")


SAID = report("They refused.")
CLAIM = claim_of(SAID)
WEEK = Interval(date(2022, 5, 9), date(2022, 5, 15))
KNOWN = date(2022, 5, 18)
ABOUT = {"force": "F", "indicator": "refusal", "happened": WEEK, "origins": 1, "known": KNOWN}
HELD = Quarantine(source="a source", published=KNOWN, original="0" * 64, reasons=("a list of persons",))
ONE_OF_EACH: list[Record] = [
    SAID,
    CLAIM,
    Grade(
        claim=CLAIM.id, reliability="F", accuracy=0.5, credibility=6, reasons=("no record",), grader="test", known=KNOWN
    ),
    Assertion(formation=None, affirmed=(CLAIM.id,), negated=(), **ABOUT),  # type: ignore[arg-type]
    Observation(kind="polarity", claims=(CLAIM.id,), **ABOUT),  # type: ignore[arg-type]
    *sealed_of([SAID.id], as_of=KNOWN),
    Resolution(asked=QuestionId("question-0"), outcome="void", reason="No report.", by="a test", known=KNOWN),
    Tombstone(record="report-0", erased=("report-0",), reason="asked for", who="me", known=KNOWN),
    HELD,
    Release(
        quarantine=HELD.id, report=SAID.id, published=KNOWN, original="0" * 64, redacted=None, by="me", reason="read"
    ),
]


def names(rows: Iterator[Row]) -> list[str]:
    return [row.id for row in rows]


@settings(max_examples=15)
@given(st.lists(reports(), max_size=8))
def test_appending_twice_is_appending_once(anew: Anew, records: list[Report]) -> None:
    with anew() as ledger:
        first = ledger.append(records, recorded=NOW)
        once = list(ledger.records("report", as_of=EVER))
        second = ledger.append(records, recorded=NOW + timedelta(days=1))

        assert first == len({record.id for record in records})
        assert second == 0
        assert list(ledger.records("report", as_of=EVER)) == once


@settings(max_examples=15)
@given(st.lists(reports(), max_size=8), st.lists(reports(), max_size=8), days)
def test_what_becomes_known_later_changes_no_read(
    anew: Anew, before: list[Report], more: list[Report], as_of: date
) -> None:
    later = [record for record in more if record.published > as_of]
    with anew() as ledger:
        ledger.append(before, recorded=NOW)
        first = list(ledger.records("report", as_of=as_of))
        ledger.append(later, recorded=NOW)

        assert all(row.known <= as_of for row in first)
        assert {row.id for row in first} == {record.id for record in before if record.published <= as_of}
        assert list(ledger.records("report", as_of=as_of)) == first


@settings(max_examples=15)
@given(st.lists(reports(), max_size=8))
def test_ids_survive_a_round_trip(anew: Anew, records: list[Report]) -> None:
    adapter = TypeAdapter(Report)
    with anew() as ledger:
        ledger.append(records, recorded=NOW)
        for row in ledger.records("report", as_of=EVER):
            fields = dict(row.body or {})

            assert fields.pop("id") == row.id
            assert adapter.validate_python(fields).id == row.id


@settings(max_examples=8)
@given(st.lists(reports(), min_size=2, max_size=8, unique_by=lambda record: record.id), st.randoms())
def test_the_order_of_arrival_does_not_change_the_order_of_reading(
    anew: Anew, records: list[Report], random: object
) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with anew() as one, anew() as other:
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
    "change", ["DELETE FROM record", "UPDATE record SET body = '{}'", "UPDATE record SET link = 'x', body = NULL"]
)
def test_the_database_itself_refuses_to_change_or_remove_a_record(ledger: Ledger, place: str, change: str) -> None:
    ledger.append([report("one")], recorded=NOW)

    with pytest.raises(Exception, match="never"):
        tamper(place, change, guarded=True)


def test_a_reader_sees_what_was_there_when_it_began(ledger: Ledger) -> None:
    ledger.append([report(f"text {number}") for number in range(3)], recorded=NOW)
    reading = ledger.records("report", as_of=EVER)
    next(reading)
    ledger.append([report("another")], recorded=NOW)

    assert len(names(reading)) == 2


def write_some(place: str, writer: int) -> int:
    with Ledger(place) as ledger:
        own = [[report(f"writer {writer}, text {number}"), report(f"shared text {number}")] for number in range(20)]
        return sum(ledger.append(records, recorded=NOW) for records in own)


def test_writers_who_begin_a_ledger_at_the_same_time_lose_nothing_and_double_nothing(place: str) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        new = sum(pool.map(write_some, [place] * 3, range(3)))
    with Ledger(place) as ledger:
        kept = names(ledger.records("report", as_of=EVER))
        assert ledger.verify().sound

    assert new == len(kept) == len(set(kept)) == 3 * 20 + 20


def test_threads_may_share_a_ledger(ledger: Ledger) -> None:
    with ThreadPoolExecutor(4) as pool:
        new = sum(pool.map(lambda number: ledger.append([report(f"text {number}")], recorded=NOW), range(40)))

    assert new == len(names(ledger.records("report", as_of=EVER))) == 40
