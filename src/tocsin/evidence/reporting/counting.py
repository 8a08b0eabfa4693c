"""How many: the probability of a reported count, or of a part of a whole, both ways."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from tocsin.parameters import value

Floats = NDArray[np.float64]

FREEDOM = value("reporting.count_freedom")


def count_likelihood(true: Floats, reported: float, *, bias: Floats, spread: float, slip: float = 0.0) -> Floats:
    """Log likelihood, up to a constant, of a reported count: ln reported is Student's t around ln true + bias.

    The tails (FREEDOM degrees) allow that a report is simply wrong, so that one number cannot decide everything.
    With probability `slip` the figure was miswritten on its way (digits changed places, a line of a table moved) and
    lies within `reporting.slip_spread` instead.
    """
    off = np.log(reported) - np.log(np.maximum(true, 0.5)) - bias
    right = _student(off, spread)
    if slip <= 0.0:
        return right
    return np.logaddexp(
        np.log1p(-slip) + right,
        np.log(slip) + _student(off, _slipped(spread)) + np.log(spread) - np.log(_slipped(spread)),
    )


def draw_count(true: Floats, *, bias: Floats, spread: float, rng: Generator, slip: float = 0.0) -> Floats:
    """Draw what is reported of a `true` count, (particles,)."""
    width = np.where(rng.random(true.shape) < slip, _slipped(spread), spread)
    return np.exp(np.log(np.maximum(true, 0.5)) + bias + width * rng.standard_t(FREEDOM, true.shape))


def share_likelihood(share: Floats, part: float, whole: float, *, precision: float) -> Floats:
    """Log likelihood of `part` of `whole` under a beta-binomial of mean `share` and prior size `precision`."""
    a, b = share * precision, (1.0 - share) * precision
    ways = gammaln(whole + 1) - gammaln(part + 1) - gammaln(whole - part + 1)
    return ways + betaln(part + a, whole - part + b) - betaln(a, b)


def draw_share(share: Floats, whole: int, *, precision: float, rng: Generator) -> NDArray[np.int64]:
    """Draw how many of `whole` are reported as the part, (particles,)."""
    return rng.binomial(whole, rng.beta(share * precision, (1.0 - share) * precision))


def _student(off: Floats, spread: float) -> Floats:
    z = off / spread
    return -0.5 * (FREEDOM + 1.0) * np.log1p(z * z / FREEDOM)


def _slipped(spread: float) -> float:
    return float(np.hypot(spread, value("reporting.slip_spread")))
