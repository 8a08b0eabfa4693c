"""Simulate: what may become of the forces of a case, from the priors alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.forces.tree import Layout, Resolution, layout
from tocsin.inference.filter import STATES
from tocsin.pipeline.case import read_case
from tocsin.pipeline.progress import Progress
from tocsin.simulation import draws
from tocsin.simulation.simulate import advance, start

_AT_ONCE: Final = 100
"""Runs whose soldiers are held in memory together."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateResult:
    """A summary, and every run by force and day."""

    summary: dict[str, Any]
    columns: Mapping[str, NDArray[Any]]
    """One row a run, force and day."""


def simulate(case: str, *, runs: int, days: int, seed: int, threads: int, progress: Progress) -> SimulateResult:
    """Simulate `runs` histories of `days` days from the start of the case, battalion by battalion."""
    if runs < 1 or days < 1:
        raise TocsinError("A simulation needs at least one run and one day: --runs and --days must be 1 or more.")
    setting = read_case(case)
    opponents = [party.opponents for party in setting.parties]
    where = layout(setting.orders(setting.as_of), opponents, Resolution.BATTALION)
    drawn = draws.values(draws.draw(seed, runs, len(setting.forces)))
    with progress.stage("Getting ready (the first time on a machine, this compiles for about a minute)", 1) as tick:
        _run(where, drawn[:1], days=1, seed=seed, threads=1, first_run=0, done=tick)
    with progress.stage("Simulating", runs * days) as tick:
        parts = [
            _run(where, drawn[a : a + _AT_ONCE], days=days, seed=seed, threads=threads, first_run=a, done=tick)
            for a in range(0, runs, _AT_ONCE)
        ]
    history = np.concatenate(parts)
    forces = {}
    for number, name in enumerate(setting.forces):
        mine = history[:, :, number]
        last = {state: _band(mine[measure][:, -1]) for state, measure in STATES.items()}
        totals = {
            count: _band(mine[count].sum(axis=1, dtype=np.float64))
            for count in ("casualties", "killed", "absent", "surrendered", "breaks", "refusals", "vehicles_lost")
        }
        forces[name] = {"on the last day": last, "in total": totals}
    summary = {
        "case": setting.name,
        "from": setting.start.isoformat(),
        "to": (setting.start + timedelta(days=days - 1)).isoformat(),
        "runs": runs,
        "days": days,
        "seed": seed,
        "forces": forces,
    }
    return SimulateResult(summary=summary, columns=_columns(history))


def _run(
    where: Layout,
    drawn: NDArray[np.void],
    *,
    days: int,
    seed: int,
    threads: int,
    first_run: int,
    done: Callable[[int], None],
) -> NDArray[np.void]:
    """Some of the runs, from muster to the last day; their soldiers are forgotten then."""
    begun = start(where, drawn, seed, first_run=first_run, threads=threads)
    _, seen = advance(
        begun, where, drawn, seed=seed, first_day=0, days=days, first_run=first_run, threads=threads, done=done
    )
    return seen


def _band(values: NDArray[Any]) -> dict[str, float]:
    names = ("q05", "q50", "q95")
    return {name: float(f"{q:.4g}") for name, q in zip(names, np.quantile(values, (0.05, 0.5, 0.95)), strict=True)}


def _columns(history: NDArray[np.void]) -> dict[str, NDArray[Any]]:
    runs, days, forces = history.shape
    run, day, force = (axis.ravel() for axis in np.indices((runs, days, forces), dtype=np.int32))
    names = history.dtype.names or ()
    return {"run": run, "day": day, "force": force, **{name: history[name].ravel() for name in names}}
