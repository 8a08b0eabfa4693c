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


def independent_share(votes: Votes, dependent: Floats, accuracy: Floats, *, copying: float) -> Floats:
    """Which part of each vote its source gives by itself, (items, sources).

    Of those that say the same, the most accurate is taken to be the original; each after it counts with the
    probability that it copied none of those before.
    """
    share = np.ones(votes.shape)
    order = np.argsort(-accuracy, kind="stable")
    for place, source in enumerate(order):
        for before in order[:place]:
            same = (votes[:, source] != 0) & (votes[:, source] == votes[:, before])
            share[same, source] *= 1.0 - copying * dependent[source, before]
    return share
