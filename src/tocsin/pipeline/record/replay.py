"""Replay: the assessment that was given of a case as of a day, or would have been, from the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, final

from tocsin.errors import NothingFoundError, TocsinError
from tocsin.forecasts.forecast import Assessment
from tocsin.pipeline.assess import conclude, known
from tocsin.pipeline.case import Case, read_case
from tocsin.pipeline.progress import Progress
from tocsin.pipeline.record.sealed import assessments, find, judgements_of, stored_reports
from tocsin.reports.intake.versions import newest
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """An assessment made again."""

    assessment: dict[str, Any]
    given: Assessment | None
    """What was sealed at the time; None where no assessment of that day had been given."""
    recorded: datetime | None
    """When it was sealed."""
    identical: bool | None
    """Whether it is the one given then, byte for byte; None where none was given."""
    changes: tuple[str, ...]
    """What is no longer as it was, one line each."""


def replay(
    ledger: Ledger,
    case: str,
    *,
    as_of: date,
    recorded: datetime | None = None,
    side: str | None = None,
    seed: int,
    threads: int,
    progress: Progress,
) -> Replayed:
    """Give the assessment of `case` as of a day from what the ledger held at the moment `recorded` (None: now).

    Where one had been given by then, the newest is made again from its own reports and seed. Where none had, all
    reports that were known and recorded by then are used, with `seed`.
    """
    setting = read_case(case)
    given = [
        (one, when)
        for one, when in assessments(ledger, recorded=recorded)
        if (one.case, one.as_of) == (setting.name, as_of)
    ]
    if given:
        return _again(ledger, setting, *given[-1], side=side, threads=threads, progress=progress)
    reports = newest(known(stored_reports(ledger, as_of=as_of, recorded=recorded), as_of))
    if not reports:
        raise NothingFoundError(
            f"The ledger {ledger.name} holds no report that was known by {as_of} and recorded then."
        )
    made = conclude(
        setting,
        reports,
        as_of,
        judgements=judgements_of(ledger, recorded=recorded),
        side=side,
        seed=seed,
        threads=threads,
        progress=progress,
    )
    return Replayed(assessment=made.assessment, given=None, recorded=None, identical=None, changes=())


def replay_sealed(ledger: Ledger, name: str, *, case: str | None, threads: int, progress: Progress) -> Replayed:
    """Make the assessment again that stands in the ledger as `name`, or that the forecast `name` rests on.

    `case` says where the case's files are, where it is none that is shipped.
    """
    wanted = name if name.startswith("assessment-") else find(ledger, name).basis
    for one, when in assessments(ledger):
        if one.id == wanted:
            return _again(ledger, read_case(case or one.case), one, when, side=None, threads=threads, progress=progress)
    raise TocsinError(
        f"The ledger {ledger.name} holds no assessment {wanted!r}. List forecasts with: tocsin score --list"
    )


def _again(
    ledger: Ledger,
    case: Case,
    given: Assessment,
    recorded: datetime,
    *,
    side: str | None,
    threads: int,
    progress: Progress,
) -> Replayed:
    held: dict[str, Report] = {
        report.id: report for report in stored_reports(ledger, as_of=given.as_of, only=set(given.reports))
    }
    reports = [held[name] for name in given.reports if name in held]
    result = conclude(
        case,
        reports,
        given.as_of,
        judgements=judgements_of(ledger, recorded=recorded),
        side=side,
        seed=given.seed,
        threads=threads,
        progress=progress,
    )
    again = next(record for record in result.records if isinstance(record, Assessment))
    erased = len(given.reports) - len(reports)
    changes = [f"{erased} of its reports were erased since"] if erased else []
    return Replayed(
        assessment=result.assessment,
        given=given,
        recorded=recorded,
        identical=again.digest == given.digest,
        changes=(*changes, *_changes(given.made, again.made)),
    )


def _changes(then: Any, now: Any, name: str = "") -> list[str]:
    """Say what of the provenance is no longer as it was; inputs apart, which stand for the reports."""
    if isinstance(then, dict) and isinstance(now, dict):
        keys = dict.fromkeys([*then, *now])
        pairs = ((f"{name} {key}".strip(), then.get(key), now.get(key)) for key in keys if key != "inputs")
        return [line for part, old, new in pairs for line in _changes(old, new, part)]
    return [] if then == now else [f"{name}: then {_short(then)}, now {_short(now)}"]


def _short(value: Any) -> str:
    text = "not there" if value is None else str(value)
    return text if len(text) <= 20 else f"{text[:12]}…"
