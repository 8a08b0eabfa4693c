"""Patterns of soldiers who leave: absence without collapse, bombing, diversity, blocking, and what heads are told."""

from __future__ import annotations

import numpy as np

from tocsin.inference.patterns.bench import Bench, Histories, armies

YEAR = 365
CASCADE = 0.3
"""Share of refusing units from which a cascade is counted."""


def two_years(bench: Bench) -> Histories:
    """Run twelve battalions against twelve for two years."""

    def make() -> Histories:
        what = bench.run(armies([12, 12]), bench.prior(bench.runs(80), 2), 2 * YEAR)
        bench.done("two years")
        return what

    found: Histories = bench.once("two years", make)
    return found


def without_collapse(bench: Bench) -> dict[str, float]:
    """V13."""
    what = two_years(bench)
    full = np.bincount(what.where.force, what.where.establishment)
    absent = [what.total("absent", slice(a, a + YEAR)) / full >= 0.1 for a in (0, YEAR)]
    high = absent[0] & absent[1]
    cascade = what.seen["refusal"].max(axis=1)[high] >= CASCADE
    return {"cascade": float(cascade.mean()) if high.any() else float("nan"), "attained": float(high.mean())}


def bombing(bench: Bench) -> dict[str, float]:
    """V14."""
    drawn = bench.prior(bench.runs(400), 1)
    drawn["side.supply"] = drawn["side.phones"] = 0.0
    what = bench.run(armies([12], fighting=False), drawn, 35)
    bench.done("bombing")
    gone = (what.total("absent") + what.total("surrendered")) / what.begun
    return {"reachable": float(np.quantile(gone, 0.95))}


def diversity(bench: Bench) -> dict[str, float]:
    """V16."""
    runs, spreads, hazards = bench.runs(40), [], []
    for loose in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5):
        drawn = bench.prior(runs, 2)
        for share in ("share", "arrival"):
            drawn[f"soldiers.{share}_bound"][:, 0] = drawn[f"soldiers.{share}_loose"][:, 0] = loose
            drawn[f"soldiers.{share}_middling"][:, 0] = 1.0 - 2.0 * loose
        what = bench.run(armies([12, 12]), drawn, 180)
        bench.done("diversity")
        logs = np.log([drawn[f"soldiers.leaving_{name}"][0, 0] for name in ("bound", "middling", "loose")])
        weights = np.array([loose, 1.0 - 2.0 * loose, loose])
        spreads.append(float(np.sqrt(weights @ logs**2 - (weights @ logs) ** 2)))
        hazards.append(what.total("absent")[:, 0].sum() / what.seen["strength"][:, :, 0].sum())
    slope = np.polyfit(spreads, np.log(hazards), 1)[0]
    return {"ratio": float(np.exp(slope * np.std(spreads)))}


def blocking(bench: Bench) -> dict[str, float]:
    """V17."""
    found = []
    for complete in (1.0, 0.0):
        drawn = bench.prior(bench.runs(60), 2)
        drawn["side.blocking"][:, 0] = complete
        found.append(bench.run(armies([12, 12]), drawn, 180))
        bench.done("blocking")
    with_it, without = found
    ratios = {name: with_it.total(name)[:, 0].sum() / without.total(name)[:, 0].sum() for name in ("absent", "killed")}
    return {name: float(ratio) for name, ratio in ratios.items()}


def false_picture(bench: Bench) -> dict[str, float]:
    """V19."""
    last = []
    for shading in (0.0, 0.5, None):
        drawn = bench.prior(bench.runs(60), 2)
        drawn["side.learning"] = 0.0
        if shading is not None:
            drawn["side.shading"] = shading
        last.append(bench.run(armies([12, 12]), drawn, 180).seen[:, -1])
        bench.done("false picture")
    none, much, usual = last
    gap = (much["belief"] - much["strength"]).mean() - (none["belief"] - none["strength"]).mean()
    orders = np.corrcoef(usual["belief"].ravel(), usual["strength"].ravel())[0, 1]
    return {"gap": float(gap), "orders": float(abs(orders))}
