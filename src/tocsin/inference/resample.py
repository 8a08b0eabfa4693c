"""Resampling: normalised weights in, ancestor indices out."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray


def systematic(weights: NDArray[np.float64], rng: Generator) -> NDArray[np.int64]:
    """Return (particles,) ancestors by systematic resampling: counts are within one of n times the weight."""
    size = weights.size
    points = (rng.random() + np.arange(size)) / size
    return np.minimum(np.searchsorted(np.cumsum(weights), points), size - 1)


def shrink(
    scores: NDArray[np.float64], weights: NDArray[np.float64], ancestors: NDArray[np.int64], keep: float, rng: Generator
) -> NDArray[np.float64]:
    """Resample (particles, scores) with Liu and West's (2001) kernel: weighted mean and variance stay.

    Each copy keeps `keep` of its distance to the mean and gets noise of variance (1 - keep²) times the variance.
    """
    mean = weights @ scores
    spread = np.sqrt(np.maximum(weights @ (scores - mean) ** 2, 0.0))
    noise = rng.standard_normal(scores.shape)
    return mean + keep * (scores[ancestors] - mean) + np.sqrt(1.0 - keep * keep) * spread * noise
