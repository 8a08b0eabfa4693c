"""Patterns of units that refuse: cascades, concession, a garrison, two grievances, and timing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.inference.patterns.bench import Bench, Histories, armies
from tocsin.inference.patterns.leaving import CASCADE
from tocsin.simulation.desk import codes

UNITS, DAYS, YEAR = 48, 180, 365
FRANCE = np.array([44.0, 17.0, 51.0]) / 112.0
"""Divisions of 1917 with no, one and more incidents."""


def _refuse(bench: Bench, readiness: float, concession: float, runs: int, days: int, *, journal: bool) -> Histories:
    drawn = bench.middle(runs, 2)
    drawn["refusal.base"], drawn["side.concession"] = readiness, concession
    return bench.run(armies([UNITS, UNITS]), drawn, days, journal=journal)


def critical(bench: Bench) -> Histories:
    """Run armies of one set of parameters for a year, half of which have a cascade within 180 days."""

    def make() -> Histories:
        low, high = -12.0, -3.0
        for _ in range(8):
            tried = 0.5 * (low + high)
            few = _refuse(bench, tried, 0.02, bench.runs(20), DAYS, journal=False)
            often = (few.seen["refusal"].max(axis=1) >= CASCADE).mean() > 0.5
            low, high = (low, tried) if often else (tried, high)
            bench.done("critical")
        return _refuse(bench, 0.5 * (low + high), 0.02, bench.runs(60), YEAR, journal=False)

    found: Histories = bench.once("critical", make)
    return found


def whole_or_nothing(bench: Bench) -> dict[str, float]:
    """V8."""
    worst = critical(bench).seen["refusal"][:, :DAYS].max(axis=1)
    return {"middle": float(((worst >= 0.1) & (worst < CASCADE)).mean())}


def timing(bench: Bench) -> dict[str, float]:
    """V22."""
    many = critical(bench).seen["refusal"] >= CASCADE
    days = many.argmax(axis=1)[many.any(axis=1)]
    return {"spread": float(np.subtract(*np.quantile(days, (0.75, 0.25)))) if days.size else float("nan")}


def concession(bench: Bench) -> dict[str, float]:
    """V9."""
    readiness = float(critical(bench).drawn["refusal.base"][0, 0])
    best, severity = -1.0, float("nan")
    for conceded in (0.05, 0.1, 0.2, 0.4):
        what = _refuse(bench, readiness, conceded, bench.runs(40), DAYS, journal=True)
        bench.done("concession")
        worst = what.seen["refusal"].max(axis=1)
        affected, partial = worst >= 0.05, (worst >= 0.1) & (worst <= 0.4)
        share = float((partial & affected).sum() / max(1, affected.sum()))
        if share > best:
            best, severity = share, _severity(what, partial)
    return {"partial": best, "severity": severity}


def _severity(what: Histories, partial: NDArray[np.bool_]) -> float:
    """Distance of the units of partial mutinies, by how often they refused, from the divisions of 1917."""
    counts = np.zeros(3)
    for run, force in zip(*np.nonzero(partial), strict=True):
        events = what.events(int(run))
        refused = events[(events["what"] == codes.REFUSAL) & (events["force"] == force)]["unit"]
        times = np.bincount(refused, minlength=what.where.force.size)[what.where.force == force]
        counts += np.bincount(np.minimum(times, 2), minlength=3)
    return float(0.5 * np.abs(counts / counts.sum() - FRANCE).sum()) if counts.any() else float("nan")


def garrison(bench: Bench) -> dict[str, float]:
    """V10."""
    drawn = bench.middle(bench.runs(60), 1, refusal__base=2.0)
    for name, number in {"grievance": 0.8, "legitimacy": 0.3, "loyalty": 0.3, "capacity": 0.02, "phones": 1.0}.items():
        drawn[f"side.{name}"] = number
    where = armies([UNITS], fighting=False, together=UNITS)
    groups = where.groups.copy()
    groups[:, codes.AT_HOME] = groups[0, codes.AT_HOME]
    what = bench.run(replace(where, groups=groups), drawn, 120)
    bench.done("garrison")
    share = what.seen["refusal"][:, :, 0]
    half = share >= 0.5
    days = (half.argmax(axis=1) - (share >= 0.1).argmax(axis=1))[half.any(axis=1)]
    return {"days": float(np.median(days)) if days.size else float("nan")}


def grievances(bench: Bench) -> dict[str, float]:
    """V18."""
    odds = {}
    for structural in (0.3, 0.7):
        for owed in (0.0, 0.6):
            drawn = bench.prior(bench.runs(120), 2)
            drawn["side.grievance"], drawn["side.arrears"] = structural, owed
            what = bench.run(armies([12, 12]), drawn, 90, journal=True)
            bench.done("grievances")
            refused = sum(
                np.unique(events["unit"][events["what"] == codes.REFUSAL]).size
                for events in (what.events(run) for run in range(len(drawn)))
            )
            all_units = len(drawn) * what.where.force.size
            odds[structural, owed] = float(np.log((refused + 0.5) / (all_units - refused + 0.5)))
    alone = odds[0.3, 0.0]
    structure, incident = odds[0.7, 0.0] - alone, odds[0.3, 0.6] - alone
    return {"excess": odds[0.7, 0.6] - alone - 2.0 * (structure + incident)}
