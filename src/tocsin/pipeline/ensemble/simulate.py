"""Simulate: what may become of the forces of a case, from the priors alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, final

import numpy as np

from tocsin.errors import TocsinError
from tocsin.forces.tree import Layout, Resolution, layout, name
from tocsin.pipeline.case import Case, read_case
from tocsin.pipeline.ensemble.bands import fans, formations, summary
from tocsin.pipeline.ensemble.crew import Crew, on_cluster, on_threads
from tocsin.pipeline.ensemble.piece import Columns, simulate_piece
from tocsin.pipeline.ensemble.plan import Plan, Shelf, pieces, plan
from tocsin.pipeline.progress import Progress


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateResult:
    """A summary, and what the page of a simulation shows."""

    summary: dict[str, Any]
    pictures: dict[str, Any]
    """Fans over time and the tree of formations, by force."""


def simulate(
    case: str,
    *,
    runs: int,
    days: int,
    seed: int,
    threads: int,
    progress: Progress,
    folder: Path | None = None,
    units: bool = False,
    on_ray: bool = False,
) -> SimulateResult:
    """Simulate `runs` histories of `days` days from the start of the case, battalion by battalion.

    The ensemble is written to `folder` in pieces, by run, day and force, with `units` by run, day and unit too.
    Threads of this machine and Ray come to the same. A folder that holds some of these pieces is gone on with.
    Raises TocsinError where it holds another ensemble, MissingExtraError where Ray is wanted and not installed.
    """
    if runs < 1 or days < 1:
        raise TocsinError("A simulation needs at least one run and one day: --runs and --days must be 1 or more.")
    setting = read_case(case)
    where = arrange(setting)
    made = plan(setting, runs=runs, days=days, seed=seed, units=units)
    with TemporaryDirectory(prefix="tocsin-") as nowhere:
        shelf = Shelf(folder or Path(nowhere), made)
        orders = setting.orders(setting.as_of)
        shelf.name(_names(setting, where))
        fill(shelf, where, on_cluster if on_ray else on_threads, threads, progress)
        head = {
            "case": setting.name,
            "from": setting.start.isoformat(),
            "to": (setting.start + timedelta(days=days - 1)).isoformat(),
            "runs": runs,
            "days": days,
            "seed": seed,
        }
        drawn = {"fans": fans(shelf, len(orders)), "formations": formations(shelf, orders, where)}
        return SimulateResult(
            summary={**head, "forces": summary(shelf, setting.forces)},
            pictures={**head, "title": setting.title, "forces": list(setting.forces), **drawn},
        )


def arrange(setting: Case) -> Layout:
    """Return the battalions of all forces of a case."""
    opponents = [party.opponents for party in setting.parties]
    return layout(setting.orders(setting.as_of), opponents, Resolution.BATTALION)


def fill(shelf: Shelf, where: Layout, crew: Crew, workers: int, progress: Progress) -> None:
    """Do the pieces that are missing, and write each as soon as it is done."""
    missing = shelf.missing()
    if not missing:
        return
    ready(shelf.plan, where, progress)
    total = sum(len(shelf.plan.pieces[number]) for number in missing) * shelf.plan.days
    with progress.stage("Simulating", total) as tick:
        for piece, tables in crew(pieces(shelf.plan, missing, where), workers):
            shelf.put(piece.number, tables)
            tick(len(piece.runs) * piece.days)


def ready(made: Plan, where: Layout, progress: Progress) -> None:
    """Compile, so that no time is lost to it later."""
    first = next(pieces(made, [0], where))
    with progress.stage("Getting ready (the first time on a machine, this compiles for about a minute)", 1) as tick:
        simulate_piece(first.short())
        tick()


def _names(setting: Case, where: Layout) -> Columns:
    """Who the numbered units are: a row a unit."""
    orders = setting.orders(setting.as_of)
    force = where.force.tolist()
    return {
        "unit": np.arange(len(force), dtype=np.int32),
        "force": np.array([setting.forces[number] for number in force], dtype=object),
        "name": np.array([name(orders[number], where, unit) for unit, number in enumerate(force)], dtype=object),
        "establishment": where.establishment,
    }
