"""Proper scores of probabilities against what happened, and how sure of them one may be.

A probability is scored against 0 or 1. Brier and log scores are proper: no one does better on average by
saying anything but what he believes. Lower is better. Every summary takes weights, so that a bootstrap
over clusters is one more set of weights: forecasts about the same war are not independent, and the unit
that is drawn again is the war.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""Weights of shape (draws, forecasts) in, one value a draw out; NaN where it is not defined."""

FLOOR: Final = 1e-6
"""Probabilities nearer to 0 or 1 than this are moved here before a logarithm is taken."""

NEWTON_STEPS: Final = 25


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where a statistic lies when the clusters are drawn anew."""

    low: float
    high: float
    level: float
    """The share of the draws that lie inside, the rest being cut off equally on both sides."""


def brier(probability: Floats, happened: Floats) -> Floats:
    """Return the Brier score of each forecast, (p - y)^2 (Brier 1950, for one of two outcomes); 0 to 1.

    >>> brier(np.array([0.8]), np.array([1.0])).round(2).tolist()
    [0.04]
    """
    return np.asarray((probability - happened) ** 2)


def log_score(probability: Floats, happened: Floats, floor: float = FLOOR) -> Floats:
    """Return minus the natural log of what was given to the outcome (Good 1952), in nats; 0 to -ln(floor).

    >>> log_score(np.array([0.5]), np.array([1.0])).round(3).tolist()
    [0.693]
    """
    p = np.clip(probability, floor, 1.0 - floor)
    return np.asarray(-np.where(happened > 0, np.log(p), np.log1p(-p)))


def rps(shares: Floats, category: NDArray[np.intp]) -> Floats:
    """Return the ranked probability score of each forecast over ordered categories (Epstein 1969).

    The sum over the cuts between categories of the Brier score of "at most this category": 0 to one less than there
    are categories. Of two categories it is the Brier score.

    Parameters
    ----------
    shares : (forecasts, categories) what was given to each category
    category : (forecasts,) which came about, from 0

    >>> rps(np.array([[0.2, 0.5, 0.3]]), np.array([1])).round(2).tolist()
    [0.13]
    """
    below = np.cumsum(shares, axis=1)[:, :-1]
    was_below = category[:, None] <= np.arange(shares.shape[1] - 1)
    return np.asarray(((below - was_below) ** 2).sum(1))


def crps(members: Floats, amount: Floats) -> Floats:
    """Return the continuous ranked probability score of each ensemble, in the unit of the amount.

    The integral over all x of (F(x) - [amount <= x])^2, where F is the step distribution of the members; the form
    E|X - y| - E|X - X'|/2 is that of Gneiting and Raftery (2007). Of one member it is the absolute error.

    Parameters
    ----------
    members : (forecasts, members), all of one ensemble alike likely
    amount : (forecasts,) what came about

    >>> crps(np.array([[0.0, 1.0]]), np.array([1.0])).tolist()
    [0.25]
    """
    error = np.abs(members - amount[:, None]).mean(1)
    spread = np.abs(members[:, :, None] - members[:, None, :]).mean((1, 2))
    return np.asarray(error - spread / 2.0)


def mean(values: Floats) -> Statistic:
    """Return the statistic that averages `values`, of shape (forecasts,)."""

    def averaged(weights: Floats) -> Floats:
        return np.asarray(weights @ values / weights.sum(1))

    return averaged


def auc(probability: Floats, happened: Floats) -> Statistic:
    """Return the area under the receiver operating curve: P(a happening was given more than a non-happening).

    Ties count one half (Hanley & McNeil 1982). NaN where only one of the outcomes is there.
    """
    levels, place = np.unique(probability, return_inverse=True)
    at_level = np.zeros((len(probability), len(levels)))
    at_level[np.arange(len(probability)), place] = 1.0

    def area(weights: Floats) -> Floats:
        for_it = (weights * happened) @ at_level
        against = (weights * (1.0 - happened)) @ at_level
        below = np.cumsum(against, axis=1) - against / 2.0
        pairs = for_it.sum(1) * against.sum(1)
        return _divide((for_it * below).sum(1), pairs)

    return area


def calibration(probability: Floats, happened: Floats) -> Callable[[Floats], tuple[Floats, Floats]]:
    """Return the statistic (slope, intercept) of the outcome's logit on the forecast's (Cox 1958).

    A perfect forecaster has slope 1 and intercept 0; a slope below 1 says that the forecasts are too
    extreme. NaN where only one outcome or one probability is there, or no finite line fits best.
    """
    p = np.clip(probability, FLOOR, 1.0 - FLOOR)
    logit = np.log(p) - np.log1p(-p)

    def line(weights: Floats) -> tuple[Floats, Floats]:
        return _logistic_line(logit, happened, weights)

    return line


def clusters_redrawn(clusters: Sequence[str], draws: int, seed: int) -> Floats:
    """Return weights of shape (draws, forecasts): how often each forecast's cluster was drawn, with replacement.

    Clusters are numbered as they come, so their names do not matter.
    """
    numbers: dict[str, int] = {}
    cluster = np.array([numbers.setdefault(name, len(numbers)) for name in clusters], dtype=np.intp)
    rng = np.random.default_rng(np.random.SeedSequence([seed, len(numbers)]))
    picks = rng.integers(0, max(len(numbers), 1), size=(draws, len(numbers)))
    times = np.zeros((draws, len(numbers)))
    np.add.at(times, (np.arange(draws)[:, None], picks), 1.0)
    return times[:, cluster]


def interval(drawn: Floats, level: float) -> Interval | None:
    """Return the central interval of the draws of a statistic; None where it is undefined or never varies."""
    known = drawn[np.isfinite(drawn)]
    if len(known) * 2 < len(drawn) or len(known) < 2 or np.ptp(known) == 0.0:
        return None
    low, high = np.quantile(known, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return Interval(low=float(low), high=float(high), level=level)


def _logistic_line(x: Floats, y: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Fit y on a line in x by weighted logistic regression, once for each row of weights."""
    slope, start = np.ones(len(weights)), np.zeros(len(weights))
    moved = np.full(len(weights), np.inf)
    for _ in range(NEWTON_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(start[:, None] + slope[:, None] * x, -500.0, 500.0)))
        left, curve = weights * (y - p), weights * p * (1.0 - p)
        g0, g1 = left.sum(1), left @ x
        h00, h01, h11 = curve.sum(1), curve @ x, curve @ (x * x)
        determinant = h00 * h11 - h01 * h01
        sound = determinant > 1e-9 * np.maximum(h00 * h11, 1e-12)
        d0 = np.clip(_divide(h11 * g0 - h01 * g1, np.where(sound, determinant, 0.0)), -2.0, 2.0)
        d1 = np.clip(_divide(h00 * g1 - h01 * g0, np.where(sound, determinant, 0.0)), -2.0, 2.0)
        start, slope = start + d0, slope + d1
        moved = np.maximum(np.abs(d0), np.abs(d1))
    fitted = np.isfinite(moved) & (moved < 1e-4) & (np.abs(slope) < 50.0)
    return np.where(fitted, slope, np.nan), np.where(fitted, start, np.nan)


def _divide(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below != 0.0)
