"""Foresee: observations to a state, futures and forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.observation import Observation
from tocsin.forces.tree import layout
from tocsin.inference.filter import Course, run
from tocsin.inference.model import Model
from tocsin.parameters import value
from tocsin.pipeline.case import Case
from tocsin.pipeline.progress import Progress
from tocsin.pipeline.weigh import Evidence
from tocsin.reports.report import Report


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A course up to the day of the assessment, and equally weighted futures from it."""

    course: Course
    future: NDArray[np.void]
    """(particles, days, forces) records of MEASURES, from the day after the assessment."""
    lineage: NDArray[np.int64]
    """(particles, forces) the history of the first day from which each future descends."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that an assessment found."""

    case: Case
    as_of: date
    model: Model
    reports: Sequence[Report]
    evidence: Evidence
    before: Outlook
    after: Outlook


def model(case: Case, as_of: date, *, seed: int, threads: int, particles: int | None = None) -> Model:
    """Return the model of a case's forces as their orders of battle were known."""
    orders = case.orders(as_of)
    return Model(
        where=layout(orders, [party.opponents for party in case.parties]),
        forces=case.forces,
        start=case.start,
        seed=seed,
        particles=particles or int(value("inference.particles")),
        threads=threads,
    )


def foresee(
    what: Model, observations: Sequence[Observation], as_of: date, *, days: int, name: str, progress: Progress
) -> Outlook:
    """Condition the model on observations up to `as_of`, then let it run on for `days`."""
    past = (as_of - what.start).days + 1
    with progress.stage(name, what.particles * (past + days)) as advance:
        course = run(what, observations, as_of, advance)
        now = course.ensemble
        even = what.resample(now, "futures", worth=1.0, keep=1.0)
        ahead = what.predict(even, days, advance)
    return Outlook(
        course=course,
        future=ahead.history[:, now.history.shape[1] :],
        lineage=even.lineage,
    )
