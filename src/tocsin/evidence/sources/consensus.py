"""What is so, and who is right how often, from votes alone (Dawid and Skene 1979), with or without copying.

One accuracy a source, the same for true and false things; a Beta prior by the source's grade keeps a short record
from saying much. Without copying this is expectation maximisation; with it, every round also asks who copies whom
(`copying`), and a copied vote counts only by the part that may be its source's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.sources.copying import Votes, dependence, independent_share, rates
from tocsin.parameters import value

Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The outcome of a vote among sources of unknown accuracy."""

    truth: Floats
    """(items,) probability that each item is true."""
    accuracy: Floats
    """(sources,) posterior mean of each source's accuracy."""
    dependent: Floats
    """(sources, sources) probability that each pair depends on each other; zeros where copying was left out."""
    weight: Floats
    """(items, sources) log odds that each vote adds for (above 0) or against its item."""


def consensus(votes: Votes, prior: Floats, *, copying: float = 0.0, rounds: int = 200) -> Consensus:
    """Find truths and accuracies together.

    Parameters
    ----------
    votes : (items, sources), 1 affirms, -1 denies, 0 says nothing
    prior : (sources, 2) Beta prior of each source's accuracy: right, wrong
    copying : what part of its items a copier is thought to copy; 0 takes all sources to be independent
    """
    spoken = votes != 0
    accuracy = prior[:, 0] / prior.sum(axis=1)
    dependent = np.zeros((votes.shape[1], votes.shape[1]))
    share = np.ones(votes.shape)
    for _ in range(rounds):
        weight, truth = _judge(votes, share, accuracy)
        if copying > 0.0:  # copies are discounted before anyone's accuracy is learnt from what they agree on
            dependent = dependence(votes, truth, accuracy, copying=copying, prior=value("reliability.copier"))
            rate = rates(votes, accuracy, copying=copying, size=value("reliability.pooling"))
            share = independent_share(votes, dependent * rate)
            weight, truth = _judge(votes, share, accuracy)
        right = np.where(votes > 0, truth[:, None], 1.0 - truth[:, None])
        agreed = np.sum(right * spoken, axis=0)
        now = (prior[:, 0] + agreed) / (prior.sum(axis=1) + spoken.sum(axis=0))
        moved = float(np.max(np.abs(now - accuracy), initial=0.0))
        accuracy = now
        if moved < 1e-6:
            break
    weight, truth = _judge(votes, share, accuracy)
    return Consensus(truth=truth, accuracy=accuracy, dependent=dependent, weight=weight)


def _judge(votes: Votes, share: Floats, accuracy: Floats) -> tuple[Floats, Floats]:
    sure = np.clip(accuracy, 0.01, 0.99)
    weight = votes * share * np.log(sure / (1.0 - sure))
    return weight, 1.0 / (1.0 + np.exp(-np.clip(weight.sum(axis=1), -500.0, 500.0)))
