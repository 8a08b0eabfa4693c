"""From simulated futures to answers: probabilities, quantiles, and how sure a finite simulation is of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.forecasts.question import ForecastQuestion

Floats = NDArray[np.float64]

LEVELS: Final = tuple((2 * step + 1) / 50 for step in range(25))
"""At which quantiles of an amount are sealed: .02, .06 ... .98. Each stands for an equal share of the futures,
so that they score as an ensemble of as many members."""


def amounts(question: ForecastQuestion, future: NDArray[np.void], days: int, establishment: float) -> Floats:
    """Return what `question` measures in each simulated future, (particles,).

    Parameters
    ----------
    future : (particles, days) records of MEASURES of one force, from the day after the assessment
    establishment : soldiers of the force at full strength
    """
    values = future[question.measure][:, :days].astype(np.float64)
    if question.over == "total":
        return np.asarray(values.sum(axis=1) / (establishment if question.per else 1.0))
    return np.asarray(values.max(axis=1) if question.over == "any" else values[:, -1])


def happens(question: ForecastQuestion, future: NDArray[np.void], days: int, establishment: float) -> NDArray[np.bool_]:
    """Whether the outcome comes about within `days` in each simulated future; arguments as in `amounts`."""
    return reached(question, amounts(question, future, days, establishment))


def reached(question: ForecastQuestion, values: Floats) -> NDArray[np.bool_]:
    """Whether each amount reaches the threshold of a question that asks whether."""
    if question.threshold is None:
        raise ValueError(f"{question.id} asks how much, not whether")
    # a measure is written down in single precision: a share of exactly the threshold must reach it
    return np.asarray(values >= (question.threshold if question.over == "total" else np.float32(question.threshold)))


def past_amounts(question: ForecastQuestion, past: NDArray[np.void], days: int, establishment: float) -> Floats:
    """Return what `question` would measure if what was goes on, (particles,): the forecast of persistence.

    A total is that of the last `days`, or of all days there were, scaled to as many; a state is that of the last day.
    """
    if question.over != "total":
        return amounts(question, past[:, -1:], 1, establishment)
    last = past[:, -days:]
    return amounts(question, last, days, establishment) * (days / last.shape[1])


def sorted_into(values: Floats, weights: Floats, cuts: tuple[float, ...]) -> tuple[float, ...]:
    """Return the weight of `values` in each ordered category, one more than there are cuts.

    >>> sorted_into(np.array([0.1, 0.5, 0.5, 2.0]), np.full(4, 0.25), (0.5, 1.0))
    (0.25, 0.5, 0.25)
    """
    place = np.searchsorted(np.asarray(cuts), values, side="right")
    held = np.bincount(place, weights, minlength=len(cuts) + 1)
    return tuple((held / held.sum()).tolist())


def independent(happened: NDArray[np.bool_], lineage: NDArray[np.int64]) -> float:
    """How many independent futures a share counted over related ones is worth.

    Futures that descend from one history of the first day tend to end alike. The variance of the share is that of
    the sums over descents (Lee and Whiteley 2018); the worth is the number of independent futures that would have
    the same. Where all end alike, nothing but the number of descents is known.

    Parameters
    ----------
    happened, lineage : (particles,) the outcome of each future, and the history from which it descends
    """
    share = happened.mean()
    descents = np.bincount(lineage)
    if share in (0.0, 1.0):
        return float(happened.size**2 / np.sum(descents.astype(np.float64) ** 2))
    sums = np.bincount(lineage, happened - share)
    return float(min(happened.size, share * (1.0 - share) * happened.size**2 / np.sum(sums**2)))


def interval(successes: float, size: float) -> tuple[float, float]:
    """80 per cent Jeffreys interval of a probability from `successes` in `size` equal futures.

    It covers the error of a finite simulation only, not that of the model. It always holds the frequency itself,
    as its usual amendment wants where none or all succeed (Brown, Cai and DasGupta 2001).
    """
    from scipy.stats import beta  # noqa: PLC0415  slow to load, needed only when a forecast is made

    low, high = beta.ppf([0.1, 0.9], successes + 0.5, size - successes + 0.5)
    return min(float(low), successes / size), max(float(high), successes / size)
