"""A copy is the same ledger, whichever way it went."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from databases import tamper
from strategies import claim_of
from tocsin.errors import LedgerError
from tocsin.reports.report import Report
from tocsin.store.entry import KINDS
from tocsin.store.ledger import Ledger

NOW = datetime(2030, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
REPORTS = [
    Report(source="a", published=date(2022, 5, 1), text=f"Текст {n} \u0000!", original="0" * 64, format="text")
    for n in range(9)
]
Anew = Callable[[], AbstractContextManager[Ledger]]


def fill(ledger: Ledger, reports: list[Report] = REPORTS) -> None:
    for number, report in enumerate(reports):
        ledger.append([report, claim_of(report)], recorded=NOW - timedelta(seconds=number))


def content(ledger: Ledger) -> list[object]:
    return [row for kind in KINDS for row in ledger.records(kind, as_of=date.max, erased=True)]


def test_a_ledger_goes_there_and_back_with_its_hashes_chain_and_times(tmp_path: Path, anew: Anew) -> None:
    with Ledger(tmp_path / "a.db") as first, anew() as second, Ledger(tmp_path / "c.db") as third:
        fill(first)
        first.erase(REPORTS[2].id, reason="asked for", who="me", recorded=NOW)
        copied = (first.copy(second), second.copy(third))

        assert copied == (19, 19)
        assert first.head() == second.head() == third.head()
        assert content(first) == content(second) == content(third)
        assert third.verify(first.head().link).sound
        assert third.append(REPORTS, recorded=NOW) == 0


def test_a_copy_is_taken_up_where_it_was_broken_off_and_follows_later_erasures(ledger: Ledger, anew: Anew) -> None:
    with anew() as target:
        fill(ledger, REPORTS[:4])
        ledger.copy(target)
        fill(ledger, REPORTS[4:])
        ledger.erase(REPORTS[1].id, reason="asked for", who="me", recorded=NOW)

        assert ledger.copy(target) == 11
        assert ledger.copy(target) == 0
        assert content(ledger) == content(target)
        assert target.verify().sound


def test_a_ledger_of_other_records_is_left_as_it_was(ledger: Ledger, anew: Anew) -> None:
    with anew() as target:
        fill(ledger)
        target.append(REPORTS[:1], recorded=NOW + timedelta(days=1))
        before = target.head()

        with pytest.raises(LedgerError, match="holds other records"):
            ledger.copy(target)
        assert target.head() == before


def test_a_ledger_that_is_not_sound_is_not_copied(ledger: Ledger, place: str, anew: Anew) -> None:
    fill(ledger)
    tamper(place, "UPDATE record SET known = '2022-01-01' WHERE seq = 5")
    with anew() as target, pytest.raises(LedgerError, match="not sound"):
        ledger.copy(target)
