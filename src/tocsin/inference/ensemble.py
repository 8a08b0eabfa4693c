"""Ensemble: particles with log weights, and what they are worth.

Each force of a particle has a weight of its own, and is resampled on its own (a block particle filter, Rebeschini
and van Handel 2015): reports about one army then do not kill good histories of the other. The price is that the
forces of a particle may come from different ancestors, which is a fair approximation because they act on each
other only through their mass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.state import ForceState
from tocsin.forces.tree import Layout


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """Simulated histories of all forces, with their parameters, their biases of reporting and their weights."""

    state: ForceState
    scores: NDArray[np.float64]
    """(particles, forces, parameters) normal scores of the simulation's parameters."""
    drawn: NDArray[np.void]
    """(particles, forces) records of the parameter values that the scores stand for."""
    biases: NDArray[np.float64]
    """(particles, forces, kinds of bias, nodes) log weights of what is unknown of the reports."""
    history: NDArray[np.void]
    """(particles, days so far, forces) records of MEASURES."""
    log_weights: NDArray[np.float64]
    """(particles, forces)."""
    lineage: NDArray[np.int64]
    """(particles, forces) the particle of the first day from which each descends."""

    @property
    def weights(self) -> NDArray[np.float64]:
        """(particles, forces) normalised weights."""
        return normalised(self.log_weights)

    @property
    def ess(self) -> NDArray[np.float64]:
        """(forces,) effective sample size, 1/Σw²: how many equal particles the weights are worth."""
        return 1.0 / np.sum(self.weights**2, axis=0)

    @property
    def worth(self) -> tuple[float, ...]:
        """For each force, how many independent histories the ensemble is worth: copies of one count once."""
        pairs = zip(self.lineage.T, self.weights.T, strict=True)
        return tuple(float(1.0 / np.sum(np.bincount(line, weight) ** 2)) for line, weight in pairs)

    def take(self, ancestors: NDArray[np.int64], where: Layout) -> Ensemble:
        """Return the ensemble in which force f of particle i is a copy of that of particle `ancestors[i, f]`."""
        return Ensemble(
            state=self.state.take(ancestors, where),
            scores=np.take_along_axis(self.scores, ancestors[..., None], axis=0),
            drawn=np.take_along_axis(self.drawn, ancestors, axis=0),
            biases=np.take_along_axis(self.biases, ancestors[..., None, None], axis=0),
            history=np.take_along_axis(self.history, ancestors[:, None], axis=0),
            log_weights=np.take_along_axis(self.log_weights, ancestors, axis=0),
            lineage=np.take_along_axis(self.lineage, ancestors, axis=0),
        )


def normalised(log_weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights that sum to one over the first axis, from their logs."""
    raw = np.exp(log_weights - log_weights.max(axis=0))
    return raw / raw.sum(axis=0)


def quantiles(values: NDArray[np.float64], weights: NDArray[np.float64], at: tuple[float, ...]) -> NDArray[np.float64]:
    """Weighted quantiles of (particles, ...) `values`: (len(at), ...), inverse of the step distribution function.

    `weights` has shape (particles,).
    """
    order = np.argsort(values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    below = np.cumsum(weights[order], axis=0)
    rows = [np.argmax(below >= min(q, 1.0 - 1e-12) * below[-1], axis=0) for q in at]
    return np.stack([np.take_along_axis(ranked, row[None], axis=0)[0] for row in rows])


def variance(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted variance of (particles, ...) `values` over particles."""
    mean = np.tensordot(weights, values, axes=1)
    return np.tensordot(weights, (values - mean) ** 2, axes=1)
