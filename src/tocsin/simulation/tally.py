"""How many of a few things happen today: exact draws that cost little when most days bring none."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

_FEW = 10.0  # above this mean the library's rejection sampler is faster than a walk up the distribution


@njit(cache=True, nogil=True)
def happening(number: int, hazard: float, rng: Any) -> int:
    """Draw how many of `number` meet an event of rate `hazard` today: binomial with p = 1 - exp(-hazard).

    By inversion: nobody does with probability exp(-number · hazard), and each further count has p/q = exp(hazard) - 1
    times (remaining / count) the probability of the one before.
    """
    mean = number * hazard
    if mean <= 0.0:
        return 0
    if mean > _FEW:
        return rng.binomial(number, 1.0 - np.exp(-hazard))
    left = rng.random()
    chance = np.exp(-mean)
    if left < chance:
        return 0
    odds = np.expm1(hazard)
    count = 0
    while left >= chance and count < number:
        left -= chance
        chance *= odds * (number - count) / (count + 1.0)
        count += 1
    return count


@njit(cache=True, nogil=True)
def arriving(mean: float, rng: Any) -> int:
    """Draw a Poisson number of the given mean, by inversion where it is small."""
    if mean > _FEW:
        return rng.poisson(mean)
    left = rng.random()
    chance = np.exp(-mean)
    count = 0
    while left >= chance and count < 200:
        left -= chance
        count += 1
        chance *= mean / count
    return count
