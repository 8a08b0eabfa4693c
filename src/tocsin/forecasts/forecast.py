"""Forecast: a probability for a question, made as of a day, from simulated futures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.forecasts.question import ForecastQuestion
from tocsin.ids import ForecastId, content_id


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was said would happen, how sure, and on what."""

    question: str
    force: str
    days: int
    as_of: date
    known: date
    probability: float
    inputs: str
    """Hash of everything the forecast rests on: reports, parameters, software, seed."""
    id: ForecastId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.question, self.force, self.days, self.as_of, self.probability, self.inputs)
        object.__setattr__(self, "id", ForecastId(content_id("forecast", content)))


def happens(question: ForecastQuestion, future: NDArray[np.void], days: int, establishment: float) -> NDArray[np.bool_]:
    """Whether the outcome comes about within `days` in each simulated future.

    Parameters
    ----------
    future : (particles, days) records of MEASURES of one force, from the day after the assessment
    establishment : soldiers of the force at full strength
    """
    values = future[question.measure][:, :days].astype(np.float64)
    if question.over == "total":
        reached = values.sum(axis=1) / (establishment if question.per else 1.0)
    else:
        reached = values.max(axis=1) if question.over == "any" else values[:, -1]
    # a measure is written down in single precision: a share of exactly the threshold must reach it
    return reached >= (question.threshold if question.over == "total" else np.float32(question.threshold))


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
