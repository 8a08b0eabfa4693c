"""What moves a cascade and what moves absence: Morris screening, then Sobol indices of what it leaves (SALib).

Usage: python studies/validation/sensitivity.py [--trajectories N] [--base N] [--days N] [--seed N]

Twelve battalions of parameters that vary fight twelve whose parameters stay in the middle of the prior. Every parameter
that has a prior varies over it, between its 2nd and its 98th percentile. Outcomes are means over replicates with their
own luck: the share of histories in which three units in ten refuse at once, and the share of the establishment gone
absent. At the prior's readiness to refuse cascades are too rare to be explained, so the readiness is raised for this
study alone. Writes sensitivity.json and docs/images/what-moves-a-cascade.svg; `make.py` puts the table on the page.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from scipy.special import ndtri

from tocsin.inference.patterns.bench import armies
from tocsin.inference.patterns.leaving import CASCADE
from tocsin.simulation import draws, simulate

HERE = Path(__file__).parent
PICTURE = HERE.parents[1] / "docs" / "images" / "what-moves-a-cascade.svg"
OUTCOMES = {"cascade": "chance of a cascade", "absence": "share gone absent"}
NAMES = [p.name for p in draws.simulated().values() if p.prior is not None]
REPLICATES, CHUNK, KEPT, RAISED = 8, 250, 8, 6.0


def outcomes(points: NDArray[np.float64], days: int, seed: int) -> NDArray[np.float64]:
    """(points, 2): both outcomes at each point; `points` are quantiles of the prior of every parameter."""
    where = armies([12, 12])
    full = float(where.establishment[where.force == 0].sum())
    found = []
    for start in range(0, len(points), CHUNK):
        mine = np.repeat(points[start : start + CHUNK], REPLICATES, axis=0)
        scores = np.zeros((len(mine), 2, len(NAMES)))
        scores[:, 0] = ndtri(np.clip(mine, 0.02, 0.98))
        scores[:, :, NAMES.index("refusal.base")] += RAISED
        drawn, first = draws.values(scores), start * REPLICATES
        begun = simulate.start(where, drawn, seed, first_run=first)
        _, both = simulate.advance(begun, where, drawn, seed=seed, first_day=0, days=days, first_run=first, threads=2)
        seen = both[:, :, 0]
        each = np.stack([seen["refusal"].max(axis=1) >= CASCADE, seen["absent"].sum(axis=1) / full], axis=1)
        found.append(each.reshape(-1, REPLICATES, 2).mean(axis=1))
        print(f"{min(start + CHUNK, len(points))} of {len(points)} points", flush=True)
    return np.concatenate(found)


def screen(trajectories: int, days: int, seed: int) -> dict[str, Any]:
    """Mean absolute effect of each parameter over its range (Morris), with its 95 % error."""
    problem = {"num_vars": len(NAMES), "names": NAMES, "bounds": [[0.02, 0.98]] * len(NAMES)}
    points = morris_sample.sample(problem, trajectories, num_levels=4, seed=seed)
    values = outcomes(points, days, seed)
    effects = {}
    for column, outcome in enumerate(OUTCOMES):
        found = morris_analysis.analyze(problem, points, values[:, column], num_levels=4, seed=seed)
        effects[outcome] = {
            name: [float(found["mu_star"][i]), float(found["mu_star_conf"][i])] for i, name in enumerate(NAMES)
        }
    return {"runs": len(points) * REPLICATES, "means": values.mean(axis=0).tolist(), "effects": effects}


def largest(effects: dict[str, Any]) -> list[str]:
    """The parameters with the largest effects on either outcome, each in the spread of its outcome."""
    rank = {n: max(of[n][0] / max(m for m, _ in of.values()) for of in effects.values()) for n in NAMES}
    return sorted(rank, key=lambda n: -rank[n])[:KEPT]


def shares(names: list[str], base: int, days: int, seed: int) -> dict[str, Any]:
    """First-order and total Sobol indices of the named parameters, all others in the middle."""
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.02, 0.98]] * len(names)}
    points = sobol_sample.sample(problem, base, calc_second_order=False, seed=seed)
    whole = np.full((len(points), len(NAMES)), 0.5)
    whole[:, [NAMES.index(name) for name in names]] = points
    values = outcomes(whole, days, seed + 1)
    indices = {}
    for column, outcome in enumerate(OUTCOMES):
        found = sobol_analysis.analyze(problem, values[:, column], calc_second_order=False, seed=seed)
        indices[outcome] = {
            name: {key: float(found[key][i]) for key in ("S1", "S1_conf", "ST", "ST_conf")}
            for i, name in enumerate(names)
        }
    return {"runs": len(points) * REPLICATES, "means": values.mean(axis=0).tolist(), "indices": indices}


def picture(found: dict[str, Any]) -> None:
    mpl.rcParams["svg.hashsalt"] = "tocsin"  # the same bytes from the same figures
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), sharey=True)
    for axis, (outcome, title) in zip(axes, OUTCOMES.items(), strict=True):
        of = found["sobol"]["indices"][outcome]
        place = np.arange(len(of))[::-1]
        for shift, key, label in ((0.18, "S1", "alone"), (-0.18, "ST", "with all interactions")):
            sizes, errors = [row[key] for row in of.values()], [row[f"{key}_conf"] for row in of.values()]
            colour = "#b8c4d6" if key == "S1" else "#35537d"
            axis.barh(place + shift, sizes, 0.34, xerr=errors, label=label, color=colour, error_kw={"linewidth": 0.8})
        axis.set_title(title, fontsize=10)
        axis.set_xlim(0, 1)
        axis.set_yticks(place, list(of), fontsize=8)
        axis.set_xlabel("share of the variance", fontsize=8)
    axes[1].legend(fontsize=8, loc="lower right")
    figure.tight_layout()
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trajectories", type=int, default=20)
    parser.add_argument("--base", type=int, default=1024)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    found: dict[str, Any] = {"days": asked.days, "raised": RAISED, "replicates": REPLICATES, "base": asked.base}
    found["morris"] = screen(asked.trajectories, asked.days, asked.seed)
    found["sobol"] = shares(largest(found["morris"]["effects"]), asked.base, asked.days, asked.seed)
    (HERE / "sensitivity.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    picture(found)


if __name__ == "__main__":
    main()
