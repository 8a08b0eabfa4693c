"""What becomes a report, and how distorted: arrays, both ways.

Each function pair gives the likelihood of what was reported and draws what would be reported, from the
same parameters. `level` is how much of an indicator there is, 0 to 1; `bias` is a side's standing
inclination. Formulae: `docs/explanation/evidence.md`.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from tocsin.parameters import value

Floats = NDArray[np.float64]

FREEDOM = value("reporting.count_freedom")


def affirming(level: Floats, *, intercept: float, slope: float, bias: Floats) -> Floats:
    """Probability that a claim about an indicator affirms it, given that a claim is made.

    Logistic in `level` (particles,), with log odds `intercept` at level one half; `bias` (particles,) adds to them.
    """
    return 1.0 / (1.0 + np.exp(-(intercept + slope * (level - 0.5) + bias)))


def tally_likelihood(probability: Floats, affirmed: float, negated: float, *, copying: float) -> Floats:
    """Log likelihood, up to a constant, of `affirmed` and `negated` origins, later ones perhaps having copied.

    Star copying: every origin is as likely to have been first, and each later one repeats the first with probability
    c or judges for itself. Where all agree, p · [c + (1 - c) p]^(n - 1); who contradicts the first has not copied it.
    With c = 0 the origins are independent. A weight below one origin counts as that power of p.
    """
    yes, no = (np.clip(chance, 1e-12, 1.0) for chance in (probability, 1.0 - probability))
    apart = np.log(max(1.0 - copying, 1e-12))
    total = np.full(np.shape(probability), -np.inf if affirmed + negated > 0.0 else 0.0)
    for own, other, agreeing, opposing in ((yes, no, affirmed, negated), (no, yes, negated, affirmed)):
        if agreeing > 0.0:
            first = np.log(agreeing) - np.log(affirmed + negated) + _followed(own, agreeing, copying)
            total = np.logaddexp(total, first + opposing * (apart + np.log(other)))
    return total


def draw_tally(probability: Floats, origins: int, *, copying: float, rng: Generator) -> NDArray[np.int64]:
    """Draw how many of `origins` affirm, (particles,): each follows the first with probability `copying`."""
    first = rng.random(probability.shape) < probability
    affirmed = first.astype(np.int64)
    for _ in range(origins - 1):
        own = rng.random(probability.shape) < probability
        affirmed += np.where(rng.random(probability.shape) < copying, first, own)
    return affirmed


def count_likelihood(true: Floats, reported: float, *, bias: Floats, spread: float) -> Floats:
    """Log likelihood, up to a constant, of a reported count: ln reported is Student's t around ln true + bias.

    The tails (FREEDOM degrees) allow that a report is simply wrong, so that one number cannot decide everything.
    """
    z = (np.log(reported) - np.log(np.maximum(true, 0.5)) - bias) / spread
    return -0.5 * (FREEDOM + 1.0) * np.log1p(z * z / FREEDOM)


def draw_count(true: Floats, *, bias: Floats, spread: float, rng: Generator) -> Floats:
    """Draw what is reported of a `true` count, (particles,)."""
    return np.exp(np.log(np.maximum(true, 0.5)) + bias + spread * rng.standard_t(FREEDOM, true.shape))


def share_likelihood(share: Floats, part: float, whole: float, *, precision: float) -> Floats:
    """Log likelihood of `part` of `whole` under a beta-binomial of mean `share` and prior size `precision`."""
    a, b = share * precision, (1.0 - share) * precision
    ways = gammaln(whole + 1) - gammaln(part + 1) - gammaln(whole - part + 1)
    return ways + betaln(part + a, whole - part + b) - betaln(a, b)


def draw_share(share: Floats, whole: int, *, precision: float, rng: Generator) -> NDArray[np.int64]:
    """Draw how many of `whole` are reported as the part, (particles,)."""
    return rng.binomial(whole, rng.beta(share * precision, (1.0 - share) * precision))


def _followed(probability: Floats, origins: float, copying: float) -> Floats:
    if origins <= 1.0:
        return origins * np.log(probability)
    return np.log(probability) + (origins - 1.0) * np.log(copying + (1.0 - copying) * probability)
