"""What the ledger gives back is what it was given, or it says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import reports, sealed_of
from tocsin.dates import Interval
from tocsin.errors import LedgerError
from tocsin.forecasts.forecast import Assessment, Forecast
from tocsin.ids import plain
from tocsin.reports.report import Coding, Count, Report
from tocsin.store.entry import Kind, Row
from tocsin.store.ledger import Ledger
from tocsin.store.restore import restore

NOW = datetime(2031, 5, 1, tzinfo=UTC)
DAY = date(2031, 3, 3)


def row(record: Any, kind: Kind = "report") -> Row:
    return Row(id=record.id, kind=kind, known=DAY, recorded=NOW, report=None, body=plain(record))


@given(reports(), st.booleans(), st.booleans())
def test_a_report_comes_back_whole(report: Report, coded: bool, counted: bool) -> None:
    week = Interval(date(2031, 3, 3), date(2031, 3, 9))
    coding = Coding(
        force="F", indicators=("refusal",), polarity="negated", speaker="s", speaker_kind="ngo", happened=week
    )
    count = Count(
        force="F", indicator="losses", happened=week, value=3.0, of=None, unit="vehicles", speaker="s",
        speaker_kind="ngo", start=0, end=1,
    )  # fmt: skip
    whole = replace(report, coding=coding if coded else None, count=count if counted else None)

    assert restore(Report, row(whole)) == whole


def test_forecasts_and_assessments_come_back_whole(tmp_path: Path) -> None:
    pair = sealed_of(as_of=DAY, cuts=(0.1, 0.2))
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.append(pair, recorded=NOW)
        (basis,) = ledger.records("assessment", as_of=DAY)
        (forecast,) = ledger.records("forecast", as_of=DAY)

    assert (restore(Assessment, basis), restore(Forecast, forecast)) == pair


def test_changed_content_does_not_pass_for_what_was_recorded() -> None:
    _, forecast = sealed_of(as_of=DAY)
    changed = replace(row(forecast, "forecast"), body={**plain(forecast), "days": 31})

    with pytest.raises(LedgerError, match="not what was recorded"):
        restore(Forecast, changed)


def test_content_of_another_kind_is_named() -> None:
    _, forecast = sealed_of(as_of=DAY)

    with pytest.raises(LedgerError, match=forecast.id):
        restore(Report, row(forecast))


def test_erased_content_is_none() -> None:
    _, forecast = sealed_of(as_of=DAY)

    assert restore(Forecast, replace(row(forecast), body=None)) is None
