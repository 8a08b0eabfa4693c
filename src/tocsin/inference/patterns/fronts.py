"""Patterns of weeks at the front: why units break, what they leave behind, how they tire."""

from __future__ import annotations

import numpy as np

from tocsin.inference.patterns.bench import Bench, Histories, armies
from tocsin.simulation.desk import codes

WEEK = 7


def front(bench: Bench) -> Histories:
    """Run twelve battalions against twelve for 60 days."""

    def make() -> Histories:
        what = bench.run(armies([12, 12]), bench.prior(bench.runs(150), 2), 60, journal=True)
        bench.done("front")
        return what

    found: Histories = bench.once("front", make)
    return found


def causes(bench: Bench) -> dict[str, float]:
    """V5."""
    what = front(bench)
    count = np.zeros(4)
    for run in range(len(what.seen)):
        events = what.events(run)
        count += np.bincount(events["cause"][events["what"] == codes.BREAK], minlength=4)
    share = count / max(1.0, count.sum())
    return {"manoeuvre": float(share[codes.MANOEUVRE]), "firepower": float(share[codes.FIREPOWER])}


def abandoned(bench: Bench) -> dict[str, float]:
    """V7."""
    what = front(bench)
    runs, days, forces = what.seen.shape
    weeks = what.seen[:, : days // WEEK * WEEK].reshape(runs, -1, WEEK, forces)
    lost, left = weeks["vehicles_lost"].sum(axis=2), weeks["vehicles_abandoned"].sum(axis=2)
    breaks = weeks["breaks"].sum(axis=2)
    before = np.concatenate([np.zeros_like(breaks[:, :1]), breaks[:, :-1]], axis=1)
    counted = lost >= 5
    share = left / np.maximum(lost, 1)
    steady, rout = counted & (breaks + before == 0), counted & (breaks >= 4)
    return {
        "steady": float(np.median(share[steady])) if steady.any() else float("nan"),
        "rout": float(np.median(share[rout])) if rout.any() else float("nan"),
    }


def exhaustion(bench: Bench) -> dict[str, float]:
    """V15."""
    runs = bench.runs(20)
    drawn = bench.prior(runs, 2)
    for name in ("losses.rate", "breaking.battle", "breaking.supply", "breaking.reserves", "side.replacement"):
        drawn[name] = 0.0
    for name in ("exits.sick", "exits.leave", "exits.release"):
        drawn[name] = 0.0
    drawn["exits.absence_base"] = drawn["refusal.base"] = -60.0
    drawn["losses.contact"], drawn["exits.sick_days"] = 1.0, np.inf
    rotated = drawn.copy()
    drawn["condition.line_days"], drawn["condition.relief_days"] = np.inf, 1e-9
    rotated["condition.line_days"], rotated["condition.relief_days"] = 45.0, 15.0
    unbroken = bench.run(armies([12, 12]), drawn, 60)
    combat_days, share_in_line = 220, 0.75
    relieved = bench.run(armies([12, 12]), rotated, round(combat_days / share_in_line))
    bench.done("exhaustion")
    return {
        "broken": float((unbroken.total("sick") / unbroken.begun).mean()),
        "value": float(1.0 - relieved.seen["exhaustion"][:, -1].mean()),
    }
