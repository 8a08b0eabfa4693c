"""Sealed: read forecasts, assessments, resolutions and reports back from the ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import final

from tocsin.errors import TocsinError
from tocsin.evidence.grade import Judgement, judgements
from tocsin.forecasts.forecast import Assessment, Forecast, live
from tocsin.forecasts.resolution import Resolution, history
from tocsin.ids import QuestionId
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger
from tocsin.store.restore import restore

EVER = date.max
"""Of records about records, all are wanted: what matters of them is when they were recorded."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A forecast with the moment of its sealing."""

    forecast: Forecast
    recorded: datetime

    @property
    def live(self) -> bool:
        """Whether it was sealed before what it is about could be known."""
        return live(self.forecast, self.recorded)


def sealed(ledger: Ledger, *, case: str | None = None) -> list[Sealed]:
    """Return the forecasts of the ledger, of one case or all, in the order in which they were sealed."""
    rows = [(restore(Forecast, row), row.recorded) for row in ledger.records("forecast", as_of=EVER)]
    found = [
        Sealed(forecast=forecast, recorded=recorded)
        for forecast, recorded in rows
        if forecast is not None and case in (None, forecast.case)
    ]
    order = ("case", "as_of", "force", "question", "days", "id")
    return sorted(found, key=lambda one: (one.recorded, *(getattr(one.forecast, name) for name in order)))


def find(ledger: Ledger, name: str) -> Forecast:
    """Return the first forecast sealed under a forecast's or a question's id."""
    for one in sealed(ledger):
        if name in (one.forecast.id, one.forecast.asked):
            return one.forecast
    raise TocsinError(f"The ledger {ledger.name} holds no forecast {name!r}. List them with: tocsin score --list")


def resolutions(ledger: Ledger) -> dict[QuestionId, list[Resolution]]:
    """Return what came of each question, from the first judgement to the one that counts."""
    found: dict[QuestionId, list[tuple[Resolution, datetime]]] = {}
    for row in ledger.records("resolution", as_of=EVER):
        resolution = restore(Resolution, row)
        if resolution is not None:
            found.setdefault(resolution.asked, []).append((resolution, row.recorded))
    return {asked: history(pairs) for asked, pairs in found.items()}


def assessments(ledger: Ledger, *, recorded: datetime | None = None) -> list[tuple[Assessment, datetime]]:
    """Return the assessments sealed by `recorded`, oldest first."""
    rows = ledger.records("assessment", as_of=EVER, recorded=recorded)
    found = [(restore(Assessment, row), row.recorded) for row in rows]
    kept = [(assessment, when) for assessment, when in found if assessment is not None]
    return sorted(kept, key=lambda pair: (pair[1], pair[0].id))


def stored_reports(
    ledger: Ledger, *, as_of: date, recorded: datetime | None = None, only: Collection[str] | None = None
) -> list[Report]:
    """Return the reports that were known by a day and recorded by a moment, and not erased since."""
    rows = ledger.records("report", as_of=as_of, recorded=recorded)
    found = (restore(Report, row) for row in rows if only is None or row.id in only)
    return [report for report in found if report is not None]


def judgements_of(ledger: Ledger, *, recorded: datetime | None = None) -> list[Judgement]:
    """Return the grades that people had given by a moment; an assessment leaves out those that count only later."""
    rows = ledger.records("grade", as_of=EVER, recorded=recorded)
    return judgements(row.body for row in rows if row.body is not None)
