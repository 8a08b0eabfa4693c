"""Reliability: how often things came about that were given a probability, and what that makes of a Brier score.

The curve is the isotonic one of Dimitriadis, Gneiting and Jordan (2021): forecasts are pooled until what came about
rises with what was said, so that no bins need to be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.forecasts.score import brier

Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Forecasts that are told apart by what was said, and not by what came about."""

    n: int
    low: float
    high: float
    """The lowest and highest probability that was said."""
    said: float
    """The mean of what was said."""
    happened: float
    """The share of what came about."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A mean Brier score as miscalibration - discrimination + uncertainty."""

    miscalibration: float
    """What is lost by saying other numbers than those of the curve; 0 is best."""
    discrimination: float
    """What is gained by telling cases apart; 0 where all are given the same."""
    uncertainty: float
    """What the share of what came about, said of every case, would score."""


def curve(probability: Floats, happened: Floats) -> list[Pool]:
    """Return the pools, by rising probability; their shares of what came about rise with it."""
    levels, place = np.unique(probability, return_inverse=True)
    pools: list[tuple[int, float, int, int]] = []  # forecasts, happenings, first and last level
    for level in range(len(levels)):
        members = place == level
        pools.append((int(members.sum()), float(happened[members].sum()), level, level))
        while len(pools) > 1 and pools[-2][1] * pools[-1][0] >= pools[-1][1] * pools[-2][0]:
            upper, lower = pools.pop(), pools.pop()
            pools.append((lower[0] + upper[0], lower[1] + upper[1], lower[2], upper[3]))
    return [
        Pool(
            n=n,
            low=float(levels[first]),
            high=float(levels[last]),
            said=float(probability[(place >= first) & (place <= last)].mean()),
            happened=hits / n,
        )
        for n, hits, first, last in pools
    ]


def parts(probability: Floats, happened: Floats) -> Parts:
    """Take the mean Brier score of at least one forecast apart."""
    fitted = np.empty_like(probability)
    for pool in curve(probability, happened):
        fitted[(probability >= pool.low) & (probability <= pool.high)] = pool.happened
    score, best = float(brier(probability, happened).mean()), float(brier(fitted, happened).mean())
    rate = np.full_like(probability, happened.mean())
    flat = float(brier(rate, happened).mean())
    return Parts(miscalibration=score - best, discrimination=flat - best, uncertainty=flat)
