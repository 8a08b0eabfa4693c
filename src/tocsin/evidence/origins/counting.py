"""How many origins are behind the reports of an event, and what the reports weigh together. Two numbers, kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final, final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tocsin.parameters import value

EXACT: Final = 4000
"""Reports of one event up to which the distribution of origins is exact; beyond, it goes by mean and variance."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One report of an event, in order of publication."""

    copied: float | None
    """Weight of the tie by words to an earlier report; None where there is none."""
    follows: float
    """Probability of the likeliest other tie to an earlier report."""
    unrecorded: bool
    """Whether it does not say where it has its news from."""
    denies: bool
    """Whether it denies what the others say."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What `count` found."""

    middle: int
    """Median number of origins."""
    low: int
    high: int
    """The tenth and the ninetieth percentile."""
    n_eff: float


def count(units: Sequence[Unit]) -> Counted:
    """Count the origins of an event's reports and weigh the reports.

    Reports tied by words are one. Each other report begins an origin of its own unless it follows an earlier one:
    by the likeliest tie found, or by a source that neither names (`origins.hidden_recorded`, more often where its
    lineage is not recorded: `origins.hidden_unrecorded`). The number of origins is thus a sum of independent
    yes-or-no draws, whose distribution is computed exactly.
    """
    begins: list[float] = []
    following: list[float] = []
    for unit in units:
        if unit.copied is not None:
            chance = unit.copied
        elif not begins:
            chance = 0.0
            begins.append(1.0)
        else:
            chance = _joins(unit)
            begins.append(1.0 - chance)
        if not unit.denies:
            following.append(chance)
    low, middle, high = _quantiles(np.array(begins))
    return Counted(middle=middle, low=low, high=high, n_eff=weighed(following))


def _joins(unit: Unit) -> float:
    """Probability that a report goes back to the origin of an earlier one."""
    if unit.follows >= value("origins.tie_sure"):
        return 1.0
    hidden = value("origins.hidden_unrecorded") if unit.unrecorded else value("origins.hidden_recorded")
    return 1.0 - (1.0 - unit.follows) * (1.0 - hidden)


def weighed(following: Sequence[float]) -> float:
    """What reports weigh together, in units of one: ln LR of all over ln LR of one, under star copying.

    `following` holds for each report but the first the probability c that it repeats the first:
    LR = p1/p0 times, for each, (c + (1 - c) p1) / (c + (1 - c) p0). The value of the first is not looked at.

    >>> round(weighed([0.0] * 10), 2), round(weighed([0.5] * 10), 2), round(weighed([0.9] * 10), 2)
    (10.0, 2.37, 1.18)
    """
    if not following:
        return 0.0
    true, false = value("origins.said_if_true"), value("origins.said_if_false")
    one = log(true / false)
    return 1.0 + sum(log((c + (1.0 - c) * true) / (c + (1.0 - c) * false)) for c in following[1:]) / one


def _quantiles(begins: NDArray[np.float64]) -> tuple[int, int, int]:
    """The 10th, 50th and 90th percentile of a sum of independent yes-or-no draws with these probabilities."""
    if not len(begins):
        return 0, 0, 0
    if len(begins) > EXACT:
        mean, spread = float(begins.sum()), float(np.sqrt((begins * (1.0 - begins)).sum()))
        low, middle, high = (max(round(mean + step * spread), 1) for step in ndtri(np.array((0.1, 0.5, 0.9))))
        return low, middle, high
    chance = np.zeros(len(begins) + 1)
    chance[0] = 1.0
    for number, begin in enumerate(begins.tolist(), 1):
        chance[1 : number + 1] = chance[1 : number + 1] * (1.0 - begin) + chance[:number] * begin
        chance[0] *= 1.0 - begin
    below = np.cumsum(chance)
    low, middle, high = (int(np.searchsorted(below, level - 1e-9)) for level in np.array((0.1, 0.5, 0.9)))
    return low, middle, high
