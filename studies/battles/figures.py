"""The figures of the page: calibration, the learning curve, the curve of breaking by casualty fraction."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from numpy.typing import NDArray
from scipy.stats import beta

from tocsin.forecasts.battles.backtest import TOCSIN, Predicted
from tocsin.inference.battles.regression.design import covariates_of, functions, war_functions
from tocsin.inference.battles.regression.missing import complete
from tocsin.inference.battles.regression.model import Fitted
from tocsin.inference.battles.rows import KNOWN, Rows

Floats = NDArray[np.float64]

mpl.use("svg")
mpl.rcParams.update({"svg.hashsalt": "battles", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False})
mpl.rcParams.update({"axes.spines.right": False, "figure.constrained_layout.use": True})

ERAS = {
    "1600 to 1799": (0, 1799),
    "1800 to 1913": (1800, 1913),
    "1914 to 1918": (1914, 1918),
    "1919 to 1982": (1919, 9999),
}
EDGES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.001)
INK, WARM, PALE = "#20435c", "#b5532a", "#8a9aa6"
DRAWS = 400


def save(figure: Any, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)


def jeffreys(happened: Floats) -> tuple[float, float, float]:
    """Return the share that happened with its central 80 % Jeffreys interval."""
    k, n = happened.sum(), len(happened)
    low, high = beta.ppf([0.1, 0.9], k + 0.5, n - k + 0.5)
    share = float(k / n)
    return share, min(float(low), share), max(float(high), share)


def calibration_figure(found: Sequence[Predicted], path: Path) -> None:
    figure, axes = plt.subplots(1, len(found), figsize=(9.5, 3.4), sharey=True)
    for axis, predicted in zip(axes, found, strict=True):
        probability, happened = predicted.probability[TOCSIN], predicted.rows.happened
        edges = np.unique(np.quantile(probability, np.linspace(0, 1, 9)))
        bins = np.clip(np.searchsorted(edges, probability, side="right") - 1, 0, len(edges) - 2)
        axis.plot([0, 1], [0, 1], color=PALE, lw=1)
        for number in np.unique(bins):
            inside = bins == number
            share, low, high = jeffreys(happened[inside])
            axis.errorbar(probability[inside].mean(), share, [[share - low], [high - share]], fmt="o", ms=4, color=INK)
        axis.set(xlabel="said", title=f"{predicted.target} ({len(happened)})", xlim=(0, 1), ylim=(0, 1))
    axes[0].set_ylabel("happened (80 % intervals)")
    save(figure, path)


def learning_figure(curves: Mapping[str, Sequence[Mapping[str, float]]], path: Path) -> None:
    figure, axes = plt.subplots(1, len(curves), figsize=(9.5, 3.0))
    for axis, (target, points) in zip(axes, curves.items(), strict=True):
        rows = [point["rows"] for point in points]
        axis.plot(rows, [point["tocsin"] for point in points], "o-", color=INK, label="tocsin")
        axis.plot(rows, [point["baseline"] for point in points], "s--", color=WARM, label="best baseline of the bar")
        axis.set(xlabel="rows learnt from", title=target)
    axes[0].set_ylabel("Brier score, wars held out")
    axes[0].legend(frameon=False)
    save(figure, path)


def fraction_of(rows: Rows, column: str) -> Floats:
    """Return casualties over strength from its logarithm (the floor is small enough to leave)."""
    return np.asarray(np.exp(rows.known[:, KNOWN.index(column)]))


def breaking_figure(fitted: Fitted, rows: Rows, path: Path) -> None:
    """Draw P(broke) by own casualty fraction: the shares in the data, and the model at equal and lighter enemy loss."""
    figure, axes = plt.subplots(1, len(ERAS), figsize=(11, 3.4), sharey=True)
    own = fraction_of(rows, "own_casualties")
    years = np.array([battle.year for battle in rows.battles])
    grid = np.geomspace(0.02, 0.8, 40)
    for axis, (era, (first, last)) in zip(axes, ERAS.items(), strict=True):
        within = (years >= first) & (years <= last) & np.isfinite(own)
        for low, high in pairwise(EDGES):
            inside = within & (own >= low) & (own < high)
            if inside.sum() >= 4:
                share, down, up = jeffreys(rows.happened[inside])
                axis.errorbar(
                    np.median(own[inside]), share, [[share - down], [up - share]], fmt="o", ms=4, color="black"
                )
        for ratio, colour, label in (
            (1.0, INK, "enemy lost the same share"),
            (0.25, WARM, "enemy lost a quarter of it"),
        ):
            middle, down, up = _curve(fitted, rows.where(within), grid, ratio)
            axis.plot(grid, middle, color=colour, label=label)
            axis.fill_between(grid, down, up, color=colour, alpha=0.18, lw=0)
        axis.set(xscale="log", title=f"{era} ({int(within.sum())})", xlabel="own casualties / strength", ylim=(0, 1))
        axis.set_xticks([0.01, 0.03, 0.1, 0.3], ["1 %", "3 %", "10 %", "30 %"])
        axis.minorticks_off()
    axes[0].set_ylabel("P(broke)")
    axes[0].legend(frameon=False, fontsize=7)
    save(figure, path)


def _curve(fitted: Fitted, rows: Rows, grid: Floats, ratio: float) -> tuple[Floats, Floats, Floats]:
    """Return mean, 10 % and 90 % of P(broke) for a defender of the era's median kind in a war not yet seen."""
    known = np.tile(np.nanmedian(rows.known, axis=0), (len(grid), 1))
    known[:, KNOWN.index("role")] = 1.0
    known[:, KNOWN.index("opposing_strength")] = known[:, KNOWN.index("own_strength")]
    known[:, KNOWN.index("own_casualties")] = np.log(grid)
    known[:, KNOWN.index("opposing_casualties")] = np.log(grid * ratio)
    plan = fitted.plan
    covariates = covariates_of(plan, complete(known[:, plan.columns], plan.predictors).mean)
    centre = fitted.coefficients @ functions(plan, covariates).T
    rng = np.random.default_rng(1)
    own = rng.standard_normal(fitted.war_spread.shape) * fitted.war_spread
    probability = 1.0 / (1.0 + np.exp(-(centre + own @ war_functions(plan, covariates).T)))
    low, high = np.quantile(probability, [0.1, 0.9], axis=0)
    return probability.mean(0), low, high


def threshold_figure(rows: Rows, path: Path) -> None:
    """Draw where those who broke and those who did not stood: the two distributions overlap at every fraction."""
    figure, axis = plt.subplots(figsize=(6, 3.2))
    own = fraction_of(rows, "own_casualties")
    for value, colour, label in ((1.0, WARM, "broke"), (0.0, INK, "did not break")):
        ordered = np.sort(own[np.isfinite(own) & (rows.happened == value)])
        axis.step(
            ordered, np.arange(1, len(ordered) + 1) / len(ordered), color=colour, label=f"{label} ({len(ordered)})"
        )
    axis.set(xscale="log", xlabel="own casualties / strength", ylabel="share of the sides with less", xlim=(0.005, 1))
    axis.set_xticks([0.01, 0.03, 0.1, 0.3, 1.0], ["1 %", "3 %", "10 %", "30 %", "100 %"])
    axis.minorticks_off()
    axis.legend(frameon=False)
    save(figure, path)
