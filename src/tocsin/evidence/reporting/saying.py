"""Who affirms and who denies: the probability of what is said, given that something is said.

Each function pair gives the likelihood of what was reported and draws what would be reported, from the same
parameters. `level` is how much of an indicator there is, 0 to 1; `bias` is a side's standing inclination.
Formulae: `docs/explanation/evidence.md`.
"""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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


def heard_likelihood(level: Floats, heard: float, *, chance: Floats, false: float) -> Floats:
    """Log likelihood that those who watch reported something (`heard` 1) or nothing (0).

    `level` is taken as the probability that there was something to report; `chance` is the probability that it is
    then reported, `false` that something is reported though there was nothing. Only a known chance makes silence
    speak: at chance 0 and false 0 nobody was watching, and silence says nothing.
    """
    spoke = false + level * (1.0 - false) * chance
    return np.log(np.clip(spoke if heard else 1.0 - spoke, 1e-12, 1.0))


def draw_heard(level: Floats, *, chance: Floats, false: float, rng: Generator) -> NDArray[np.bool_]:
    """Draw whether anything is reported, (particles,), by the same law."""
    there = rng.random(level.shape) < level
    return (there & (rng.random(level.shape) < chance)) | (rng.random(level.shape) < false)


def watching(chance: float, sources: int, *, one_feed: bool) -> float:
    """Probability that at least one of `sources` reports, each with probability `chance`.

    Independent watchers miss together with probability (1 - r)^n; those that depend on one feed miss as one.
    """
    return chance if one_feed else 1.0 - (1.0 - chance) ** sources


def spread_of_origins(origins: int, copying: float) -> tuple[int, int]:
    """80 per cent interval of how many origins there are where no tie was found between `origins` of them.

    Each later one followed the first unseen with probability `copying`: 1 + Binomial(n - 1, 1 - c).
    """
    from scipy.stats import binom  # noqa: PLC0415  slow to load, needed only when evidence is shown

    if origins < 2:
        return origins, origins
    low, high = binom.ppf((0.1, 0.9), origins - 1, 1.0 - copying)
    return 1 + int(low), 1 + int(high)


def _followed(probability: Floats, origins: float, copying: float) -> Floats:
    if origins <= 1.0:
        return origins * np.log(probability)
    return np.log(probability) + (origins - 1.0) * np.log(copying + (1.0 - copying) * probability)
