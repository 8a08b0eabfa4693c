"""What is not known of a row, given what is: a multivariate normal over the columns of the training rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS: Final = 30
RIDGE: Final = 0.01
"""Share of each column's variance that is added to it, so that no column is taken to be a sure copy of another."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Predictors:
    """The joint distribution of the columns."""

    mean: Floats
    covariance: Floats


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """Rows whose missing columns have a distribution."""

    mean: Floats
    """(rows, columns): what is known, and the expectation of what is not."""
    spread: Floats
    """(incomplete rows, columns, columns): a square root of the covariance of the missing columns; 0 for known ones."""
    incomplete: NDArray[np.intp]
    """(incomplete rows,): their places among the rows."""


def learn(known: Floats) -> Predictors:
    """Learn the distribution of columns from rows in which some are NaN, by expectation-maximisation.

    A column of which nothing is known gets mean 0 and variance 1. Outcomes take no part.
    """
    seen = np.isfinite(known)
    count = np.maximum(seen.sum(0), 1)
    filled = np.where(seen, known, 0.0)
    mean = filled.sum(0) / count
    variance = np.where(seen, (known - mean) ** 2, 0.0).sum(0) / count
    variance = np.where(seen.any(0), np.maximum(variance, 1e-6), 1.0)
    prior = np.diag(RIDGE * variance)
    found = Predictors(mean=mean, covariance=np.diag(variance))
    if len(known) == 0:
        return found
    for _ in range(ROUNDS):
        done = complete(known, found)
        centre = np.where(seen.any(0), done.mean.mean(0), 0.0)
        away = done.mean - centre
        extra = np.einsum("rij,rkj->ik", done.spread, done.spread)
        found = Predictors(mean=centre, covariance=(away.T @ away + extra) / len(known) + prior)
    return found


def complete(known: Floats, predictors: Predictors) -> Completed:
    """Give every missing column of `known` its conditional normal distribution."""
    mean = known.copy()
    gaps = ~np.isfinite(known)
    incomplete = np.flatnonzero(gaps.any(1))
    spread = np.zeros((len(incomplete), known.shape[1], known.shape[1]))
    for rows, missing in _patterns(gaps[incomplete]):
        places = incomplete[rows]
        expected, root = _given(predictors, known[np.ix_(places, ~missing)], missing)
        mean[np.ix_(places, missing)] = expected
        spread[np.ix_(rows, missing, missing)] = root
    return Completed(mean=mean, spread=spread, incomplete=incomplete)


def _patterns(gaps: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.bool_]]]:
    """Yield the rows of each pattern of gaps, and the pattern."""
    patterns, which = np.unique(gaps, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        yield np.flatnonzero(which.ravel() == number), pattern


def _given(predictors: Predictors, seen: Floats, missing: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the mean and a root of the covariance of the `missing` columns given the others."""
    covariance = predictors.covariance
    within = covariance[np.ix_(missing, missing)]
    if missing.all():
        return np.broadcast_to(predictors.mean, (len(seen), len(missing))), np.asarray(
            np.linalg.cholesky(within), dtype=np.float64
        )
    across = covariance[np.ix_(missing, ~missing)]
    gain = np.linalg.solve(covariance[np.ix_(~missing, ~missing)], across.T).T
    expected = predictors.mean[missing] + (seen - predictors.mean[~missing]) @ gain.T
    left = within - gain @ across.T
    values, vectors = np.linalg.eigh((left + left.T) / 2.0)
    return expected, np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)), dtype=np.float64)
