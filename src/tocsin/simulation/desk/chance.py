"""Random numbers keyed by position: run, force, unit, day and mechanism.

Every mechanism of every unit's day has a stream of its own, a SplitMix64 sequence (Steele, Lea and Flood 2014) that
begins at a hash of its position. Draws of one mechanism so shift those of no other; two runs that differ in a parameter
share their luck; threads, order and length of the run change nothing. Much faster than NumPy's generators here, because
a day needs few numbers from each of very many streams.

A stream is a record of two words: the key of the unit's day, and where in the current mechanism's sequence we are.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from tocsin.simulation.desk.compiled import compiled

A = Any

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX2: Final = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT: Final = 2.0**-53

_TURN: Final = 2.0 * math.pi
_TINY: Final = 1e-280
_SERIES: Final = 10.0  # from here on Stirling's series is as exact as floating point


@compiled
def mix(word: A) -> A:
    """Scramble 64 bits: the finaliser of SplitMix64, a bijection."""
    word = (word ^ (word >> _30)) * _MIX1
    word = (word ^ (word >> _27)) * _MIX2
    return word ^ (word >> _31)


@compiled
def within(key: A, number: int) -> A:
    """Return the key of the `number`-th part of what `key` stands for."""
    return mix(key + _STEP * np.uint64(number + 1))


@compiled
def begin(rng: A, mechanism: int) -> None:
    """Turn to the stream of a mechanism of the day whose key is `rng["key"]`."""
    rng["at"] = within(rng["key"], mechanism)


@compiled
def uniform(rng: A) -> float:
    """Draw uniformly from the open interval (0, 1)."""
    rng["at"] += _STEP
    return (np.int64(mix(rng["at"]) >> _11) + 0.5) * _UNIT


@compiled
def below(number: int, rng: A) -> int:
    """Draw uniformly from 0, 1, ..., number - 1."""
    return int(uniform(rng) * number)


@compiled
def waiting(rate: float, rng: A) -> float:
    """Draw how long an event of `rate` lets wait: exponential, endless where the rate is 0."""
    if rate <= 0.0:
        return math.inf
    return -math.log(uniform(rng)) / rate


@compiled
def meets(hazard: float, rng: A) -> bool:
    """Draw whether an event of rate `hazard` comes within the day."""
    return uniform(rng) < -math.expm1(-hazard)


@compiled
def normal(rng: A) -> float:
    """Draw from the standard normal (Box and Muller 1958)."""
    radius = math.sqrt(-2.0 * math.log(uniform(rng)))
    return radius * math.cos(_TURN * uniform(rng))


@compiled
def gamma(shape: float, rng: A) -> float:
    """Draw from the gamma of scale 1 (Marsaglia and Tsang 2000)."""
    boost = 1.0
    if shape < 1.0:
        boost = uniform(rng) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(rng)
        v = (1.0 + c * x) ** 3
        if v > 0.0 and math.log(uniform(rng)) < 0.5 * x * x + d - d * v + d * math.log(v):
            return d * v * boost


@compiled
def beta(a: float, b: float, rng: A) -> float:
    """Draw from the beta with shapes a and b."""
    x, y = gamma(a, rng), gamma(b, rng)
    return x / (x + y) if x + y > 0.0 else 0.0


@compiled
def _rise(z: float, a: float) -> float:
    """Return ln Γ(z + a) - ln Γ(z)."""
    if z < _SERIES:
        return math.lgamma(z + a) - math.lgamma(z)
    y = z + a
    tail = (1.0 / y - 1.0 / z) / 12.0 - (1.0 / y**3 - 1.0 / z**3) / 360.0 + (1.0 / y**5 - 1.0 / z**5) / 1260.0
    return (y - 0.5) * math.log(y) - (z - 0.5) * math.log(z) - a + tail


@compiled
def beta_binomial(number: int, mean: float, correlation: float, rng: A) -> int:
    """Draw how many of `number` share a fate of mean chance `mean`, of which each pair has `correlation`.

    Their common chance is beta distributed. By inversion: P(0) = B(a, b + n) / B(a, b), and each further count has
    (n - k) (a + k) / ((k + 1) (b + n - k - 1)) times the probability of the one before.
    """
    if number <= 0 or mean <= 0.0:
        return 0
    size = 1.0 / correlation - 1.0
    a, b = mean * size, (1.0 - mean) * size
    chance = math.exp(_rise(b, a) - _rise(b + number, a))
    if chance < _TINY:  # too far out to walk there: draw the common chance itself
        share = beta(a, b, rng)
        count = 0
        for _ in range(number):
            count += uniform(rng) < share
        return count
    left = uniform(rng)
    count = 0
    while left >= chance and count < number:
        left -= chance
        chance *= (number - count) * (a + count) / ((count + 1.0) * (b + number - count - 1.0))
        count += 1
    return count
