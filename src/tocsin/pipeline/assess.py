"""Assess: reports to claims, evidence, state, futures, forecasts and the data of a brief."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, final

from tocsin.dates import visible
from tocsin.errors import NothingFoundError, TocsinError, UnknownNameError
from tocsin.evidence.grade import Judgement
from tocsin.forces.unit import establishment
from tocsin.forecasts.forecast import Assessment
from tocsin.ids import canonical, document, sha256
from tocsin.parameters import CATALOGUE, parameters, value
from tocsin.pipeline.case import Case, read_case
from tocsin.pipeline.describe import describe
from tocsin.pipeline.forecast import forecasts
from tocsin.pipeline.foresee import Judged, foresee, model
from tocsin.pipeline.intake.read import claims_of, gather, listed_sources
from tocsin.pipeline.progress import Progress
from tocsin.pipeline.weigh import Evidence, Field, weigh
from tocsin.provenance import provenance
from tocsin.reports.intake.versions import newest
from tocsin.reports.quarantine import Quarantine
from tocsin.reports.report import Report
from tocsin.store.entry import Record


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class AssessResult:
    """An assessment as plain data, and the records it rests on."""

    assessment: dict[str, Any]
    records: tuple[Record, ...]
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def assess(
    paths: Sequence[Path],
    *,
    case: str,
    with_dossier: bool,
    as_of: date | None = None,
    side: str | None = None,
    seed: int,
    threads: int,
    published: date | None = None,
    released: Container[str] = frozenset(),
    sources: Path | None = None,
    judgements: Sequence[Judgement] = (),
    progress: Progress,
) -> AssessResult:
    """Judge the forces of a case from the reports under `paths`, as known on a day.

    The case brings its series known by then, and its reports only with `with_dossier`. Without `as_of` the day
    is the latest publication among the paths, or the case's own where no path is given. `side` narrows what is
    shown to one force; what is computed stays the same. `sources` is a list of sources; without it, the one beside
    the case is taken. Of each report the newest version known by the day is judged. Grades that analysts gave
    (`judgements`) win over proposed ones from the day on which they became known. `released` are the hashes of
    originals that an analyst let in.
    """
    setting = read_case(case)
    if side is not None and side not in setting.forces:
        raise UnknownNameError("side", side, list(setting.forces))
    listed = listed_sources(sources, setting)
    held: list[Quarantine] = []
    asked: dict[str, Any] = {"sources": listed, "progress": progress}
    given, problems, warnings = gather(paths, published=published, released=released, held=held, **asked)
    day = _day(setting, paths, given, as_of, problems)
    own = shipped(setting, with_dossier=with_dossier)
    brought, faults, hints = gather(own, name="Reading what the case brings", **asked)
    versions = known({report.id: report for report in (*brought, *given)}.values(), day)
    warnings += _late(paths, given, versions, day)
    reports = newest(versions)
    used = {report.id for report in reports}
    older = [report for report in versions if report.id not in used]
    warnings += [f"{len(older)} older or withdrawn versions of reports were kept and not used."] * bool(older)
    result = conclude(
        setting, reports, day, judgements=judgements, side=side, seed=seed, threads=threads, progress=progress
    )
    return replace(
        result,
        records=(*held, *older, *result.records),
        problems=(*faults, *problems),
        warnings=(*hints, *warnings),
    )


def conclude(
    case: Case,
    reports: Sequence[Report],
    day: date,
    *,
    judgements: Sequence[Judgement] = (),
    side: str | None,
    seed: int,
    threads: int,
    progress: Progress,
) -> AssessResult:
    """Judge the forces of `case` as of `day` from `reports`, in their order: the same again gives the same bytes."""
    claims = claims_of(reports, case.parties, progress)
    evidence = weigh(claims, reports, field_of(case, day), judgements)
    judged = _judge(case, day, reports, evidence, seed=seed, threads=threads, progress=progress)
    basis = Assessment(
        case=case.name,
        as_of=day,
        seed=seed,
        reports=tuple(report.id for report in reports),
        made=_made(judged),
        known=day,
    )
    said = forecasts(judged, basis=basis.id)
    made = {**basis.made, "assessment": basis.id}
    whole = describe(judged, said, provenance=made, side=None)
    return AssessResult(
        assessment=whole if side is None else describe(judged, said, provenance=made, side=side),
        records=(
            *_records(reports, evidence),
            replace(basis, digest=sha256(document(whole).encode())),
            *(forecast for forecast, _ in said),
        ),
    )


def field_of(case: Case, day: date) -> Field:
    """What the evidence about a case is weighed against."""
    sizes = {order.force: float(sum(establishment(unit.echelon) for unit in order.units)) for order in case.orders(day)}
    return Field(sizes=sizes, start=case.start, as_of=day, coverage=case.coverage)


def known(reports: Iterable[Report], day: date) -> list[Report]:
    """The reports that were known by `day`, as they were known then, oldest first."""
    seen = [report for report in reports if visible(report.published, day) and report.vintage != "final"]
    return sorted(seen, key=lambda report: report.published)


def shipped(case: Case, *, with_dossier: bool) -> list[Path]:
    """The files of a case that an assessment reads."""
    return [*case.series, *([case.reports] if with_dossier and case.reports else [])]


def _day(case: Case, paths: Sequence[Path], given: Sequence[Report], as_of: date | None, problems: list[str]) -> date:
    """The day of the assessment: as asked, else the latest publication given, else the case's own."""
    if paths and not given:
        raise TocsinError("\n".join([*problems, "None of the reports could be read, so there is nothing to assess."]))
    day = as_of or max((report.published for report in given), default=case.as_of)
    last = case.start + timedelta(days=int(value("inference.longest")))
    if not case.start <= day <= last:
        why = "asked for with --as-of" if as_of else "the latest publication among the reports"
        raise TocsinError(
            f"{day} ({why}) lies outside the case {case.name}, which can be judged from {case.start} to {last}. "
            "Choose --as-of within it."
        )
    return day


def _late(paths: Sequence[Path], given: Sequence[Report], reports: Sequence[Report], day: date) -> list[str]:
    """One line for each report given that was not known by the day; NothingFoundError where none was."""
    kept = {report.id for report in reports}
    left = [report for report in given if report.id not in kept]
    if paths and len(left) == len(given):
        raise NothingFoundError(f"Nothing of what was given was known by {day}. Choose a later --as-of.")
    return [
        f"{report.title or report.source} of {report.published}: not used, because it was not known by {day}."
        for report in left
    ]


def _judge(
    case: Case,
    day: date,
    reports: Sequence[Report],
    evidence: Evidence,
    *,
    seed: int,
    threads: int,
    progress: Progress,
) -> Judged:
    """Simulate the forces without the reports and conditioned on them."""
    what = model(case, day, seed=seed, threads=threads)
    unread = replace(what, particles=int(value("inference.prior_particles")))
    horizon = max(days for question in case.questions for days in question.days)
    before = foresee(unread, [], day, days=horizon, name="Simulating without the reports", progress=progress)
    after = foresee(what, evidence.observations, day, days=horizon, name="Weighing the reports", progress=progress)
    return Judged(case=case, as_of=day, model=what, reports=reports, evidence=evidence, before=before, after=after)


def _made(judged: Judged) -> dict[str, Any]:
    return provenance(
        inputs=[report.original for report in judged.reports],
        parameters={name: canonical(parameter) for name, parameter in parameters().items()},
        catalogue=CATALOGUE,
        case=judged.case.known_by(judged.as_of),
        judgements=[judgement.id for judgement in judged.evidence.judgements],
        particles=judged.model.particles,
        filter="block particle filter, weekly; biases of reporting integrated out on a grid",
        origins_rule="same oldest source, same words, a copy or retelling, or same speaker and point within a week",
    )


def _records(reports: Sequence[Report], evidence: Evidence) -> tuple[Record, ...]:
    grades = evidence.grades.values()
    return (*reports, *evidence.claims, *grades, *evidence.assertions, *evidence.observations)
