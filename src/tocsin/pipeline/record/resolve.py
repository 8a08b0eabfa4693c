"""Resolve: an outcome, the reports it rests on, and the rules that both must meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import final

from tocsin.claims.claim import Claim
from tocsin.errors import NothingFoundError, TocsinError
from tocsin.evidence.corroboration import independent_reports
from tocsin.forecasts.forecast import Forecast
from tocsin.forecasts.resolution import Outcome, Resolution, settle, unfit
from tocsin.pipeline.case import read_case
from tocsin.pipeline.intake.read import claims_of, gather
from tocsin.pipeline.progress import Progress
from tocsin.pipeline.record.outcomes import read_outcomes
from tocsin.pipeline.record.sealed import EVER, find, resolutions, sealed, stored_reports
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person, or a case of the past, says came of a question."""

    outcome: Outcome
    amount: float | None = None
    by: str
    reason: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A question with its newest resolution, and whether that is new."""

    forecast: Forecast
    resolution: Resolution
    new: bool
    earlier: tuple[Resolution, ...] = ()


def resolve(
    ledger: Ledger, name: str, judgement: Judgement, reports: Sequence[str], *, now: datetime, progress: Progress
) -> Resolved:
    """Record what came of the question of the forecast or question `name`, on reports that the ledger holds.

    Saying the same again changes nothing; saying something else follows what was said and leaves it standing.
    Raises TocsinError where the ledger lacks a report or the outcome cannot be recorded yet.
    """
    forecast = find(ledger, name)
    held: dict[str, Report] = {r.id: r for r in stored_reports(ledger, as_of=EVER, only=set(reports))}
    missing = [report for report in reports if report not in held]
    if missing:
        raise TocsinError(
            f"The ledger {ledger.name} holds no report {missing[0]!r}. Bring it in first, with: tocsin read PATH"
        )
    given = [held[name] for name in dict.fromkeys(reports)]
    earlier = resolutions(ledger).get(forecast.asked, [])
    resolved = _resolved(forecast, judgement, given, claims_of(given, (), progress), earlier, now=now)
    ledger.append([resolved.resolution] if resolved.new else [], recorded=now)
    return resolved


def resolve_case(ledger: Ledger, case: str, *, now: datetime, progress: Progress) -> tuple[list[Resolved], int]:
    """Record what a case of the past says came of its questions; return that, and how many windows it leaves open."""
    setting = read_case(case)
    if setting.outcomes is None or setting.reports is None:
        raise TocsinError(f"The case {setting.name} brings no outcomes. Resolve its forecasts one by one.")
    brought, _, _ = gather([setting.reports], name="Reading what the case brings", progress=progress)
    known = {report.url: report for report in brought if report.url}
    claims = claims_of(brought, setting.parties, progress)
    shipped = read_outcomes(setting.outcomes, set(known))
    asked = {one.forecast.asked: one.forecast for one in reversed(sealed(ledger, case=setting.name))}
    if not asked:
        raise NothingFoundError(f"The ledger {ledger.name} holds no forecast of {setting.name} to resolve.")
    earlier, found = resolutions(ledger), []
    for forecast in reversed(asked.values()):
        one = next((one for one in shipped if one.covers(forecast)), None)
        if one is not None:
            by = f"the case {setting.name}"
            judgement = Judgement(outcome=one.outcome, amount=one.amount, by=by, reason=one.reason)
            given, before = [known[url] for url in one.reports], earlier.get(forecast.asked, [])
            found.append(_resolved(forecast, judgement, given, claims, before, now=now))
    ledger.append([*brought, *(one.resolution for one in found if one.new)], recorded=now)
    return found, len(asked) - len(found)


def _resolved(
    forecast: Forecast,
    judgement: Judgement,
    reports: Sequence[Report],
    claims: Sequence[Claim],
    earlier: Sequence[Resolution],
    *,
    now: datetime,
) -> Resolved:
    """Hold a judgement against the rules; `claims` are those of the reports, `earlier` what was said before."""
    if (judgement.amount is None) == (judgement.outcome == "amount"):
        raise TocsinError("An amount goes with --outcome amount, and that with an amount: give --amount NUMBER.")
    fit = {report.id: report for report in reports if unfit(forecast, judgement.outcome, report.published) is None}
    groups = independent_reports(list(fit.values()), [claim for claim in claims if claim.report in fit])
    outcome, reason = settle(
        forecast, judgement.outcome, origins=len(groups), reason=judgement.reason, today=now.date()
    )
    resolution = Resolution(
        asked=forecast.asked,
        outcome=outcome,
        amount=judgement.amount if outcome == "amount" else None,
        reports=tuple(report.id for report in reports),
        origins=len(groups),
        reason="; ".join([*filter(None, [reason]), *_left_out(forecast, judgement.outcome, reports)]),
        by=judgement.by,
        follows=earlier[-1].id if earlier else None,
        known=max([forecast.closes, *(report.published for report in reports)]),
    )
    if earlier and _says_the_same(resolution, earlier[-1]):
        return Resolved(forecast=forecast, resolution=earlier[-1], new=False, earlier=tuple(earlier[:-1]))
    return Resolved(forecast=forecast, resolution=resolution, new=True, earlier=tuple(earlier))


def _left_out(forecast: Forecast, outcome: Outcome, reports: Sequence[Report]) -> list[str]:
    why = [(report, unfit(forecast, outcome, report.published)) for report in reports]
    return [f"{report.source} of {report.published} {reason}" for report, reason in why if reason]


def _says_the_same(one: Resolution, other: Resolution) -> bool:
    fields = ("outcome", "amount", "reports", "reason", "by")
    return all(getattr(one, name) == getattr(other, name) for name in fields)
