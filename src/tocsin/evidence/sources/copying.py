"""Whether one source copies another: shared errors are the evidence (after Dong, Berti-Équille and Srivastava 2009).

Independent sources that are right agree on what is true; only who copies agrees on what is false.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Votes = NDArray[np.int8]
"""(items, sources): 1 affirms, -1 denies, 0 says nothing."""


def copy_ratios(*, error: Floats, wrong: int, copying: float) -> tuple[Floats, Floats, Floats]:
    """Likelihood ratios, copied against independent, of one item on which two sources speak.

    Parameters
    ----------
    error : probability that a source that judges for itself is wrong
    wrong : how many wrong values there are
    copying : probability that a copier copies an item rather than judging it

    Returns
    -------
    the ratios where both say the same true thing, the same false thing, different things
    """
    same_true, same_false = (1.0 - error) ** 2, error**2 / wrong
    return (
        ((1.0 - error) * copying + same_true * (1.0 - copying)) / same_true,
        (error * copying + same_false * (1.0 - copying)) / same_false,
        np.full_like(np.asarray(error, dtype=np.float64), 1.0 - copying),
    )


def dependence(votes: Votes, truth: Floats, accuracy: Floats, *, copying: float, prior: float) -> Floats:
    """Probability that each pair of sources is a copier and its original, (sources, sources), diagonal 0.

    Parameters
    ----------
    truth : (items,) probability that each item is true
    accuracy : (sources,) probability that each is right where it judges for itself
    prior : probability of dependence before any item is looked at
    """
    size = votes.shape[1]
    logs = np.full((size, size), np.log(prior) - np.log1p(-prior))
    for one in range(size):
        for other in range(one + 1, size):
            both = (votes[:, one] != 0) & (votes[:, other] != 0)
            error = np.clip(1.0 - (accuracy[one] + accuracy[other]) / 2.0, 0.02, 0.5)
            right, false, apart = (float(r) for r in copy_ratios(error=np.array(error), wrong=1, copying=copying))
            same = both & (votes[:, one] == votes[:, other])
            held = np.where(votes[same, one] > 0, truth[same], 1.0 - truth[same])
            found = np.sum(np.log(held * right + (1.0 - held) * false)) + np.sum(both & ~same) * np.log(apart)
            logs[one, other] = logs[other, one] = logs[one, other] + found
    chance = 1.0 / (1.0 + np.exp(-np.clip(logs, -500.0, 500.0)))
    np.fill_diagonal(chance, 0.0)
    return chance


def rates(votes: Votes, accuracy: Floats, *, copying: float, size: float) -> Floats:
    """How much of what a copier says is copied, (sources, sources): its agreement beyond that of independent sources.

    Begins at `copying`, which counts for `size` items.
    """
    spoken = (votes != 0).astype(np.float64)
    both = spoken.T @ spoken
    agreed = (both + votes.T.astype(np.float64) @ votes) / 2.0
    chance = np.outer(accuracy, accuracy) + np.outer(1.0 - accuracy, 1.0 - accuracy)
    beyond = agreed - both * chance + copying * size * (1.0 - chance)
    return np.clip(beyond / np.maximum((both + size) * (1.0 - chance), 1e-12), 0.0, 1.0)


def independent_share(votes: Votes, copied: Floats) -> Floats:
    """Which part of each vote its source gives by itself, (items, sources).

    `copied` (sources, sources) is how much of each source's votes is expected to come from each other one, or to go to
    it. Who copied whom is seldom known, so a vote is shared evenly among those that say the same: 1 / (1 + the number
    of others expected to share it). However many copy perfectly, they count as one.
    """
    shared = np.zeros(votes.shape)
    for said in (1, -1):
        same = (votes == said).astype(np.float64)
        shared += same * (same @ copied)
    return 1.0 / (1.0 + shared)
