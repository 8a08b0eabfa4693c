"""Simulate: what may become of the forces of a case, from the priors alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.inference.filter import STATES
from tocsin.pipeline.case import read_case
from tocsin.pipeline.foresee import model
from tocsin.pipeline.progress import Progress


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateResult:
    """A summary, and every run by force and day."""

    summary: dict[str, Any]
    columns: Mapping[str, NDArray[Any]]
    """One row a run, force and day."""


def simulate(case: str, *, runs: int, days: int, seed: int, threads: int, progress: Progress) -> SimulateResult:
    """Simulate `runs` histories of `days` days from the start of the case."""
    if runs < 1 or days < 1:
        raise TocsinError("A simulation needs at least one run and one day: --runs and --days must be 1 or more.")
    setting = read_case(case)
    what = model(setting, setting.as_of, seed=seed, threads=threads, particles=runs)
    with progress.stage("Simulating", runs * days) as advance:
        history = what.predict(what.begin(), days, advance).history
    forces = {}
    for number, name in enumerate(what.forces):
        mine = history[:, :, number]
        last = {state: _band(mine[measure][:, -1]) for state, measure in STATES.items()}
        totals = {
            count: _band(mine[count].sum(axis=1, dtype=np.float64))
            for count in ("casualties", "killed", "absent", "surrendered", "refusals", "vehicles_lost")
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


def _band(values: NDArray[Any]) -> dict[str, float]:
    names = ("q05", "q50", "q95")
    return {name: float(f"{q:.4g}") for name, q in zip(names, np.quantile(values, (0.05, 0.5, 0.95)), strict=True)}


def _columns(history: NDArray[np.void]) -> dict[str, NDArray[Any]]:
    runs, days, forces = history.shape
    run, day, force = (axis.ravel() for axis in np.indices((runs, days, forces), dtype=np.int32))
    names = history.dtype.names or ()
    return {"run": run, "day": day, "force": force, **{name: history[name].ravel() for name in names}}
