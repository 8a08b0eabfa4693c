"""Differences between runs that share their luck, with the interval that sharing gives and the one without it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an outcome is without and with a change, on average over runs."""

    without: float
    changed: float
    difference: float
    """Mean over runs of the outcome with the change, less that without."""
    interval: tuple[float, float] | None
    """Of the mean difference, from the differences run by run; None for an amount that differs in no run."""
    unpaired: tuple[float, float]
    """The interval as it would be had the runs with and without been drawn apart."""
    differing: int
    """Runs in which the outcome differs at all."""

    @property
    def gain(self) -> float | None:
        """How many times as many runs, drawn apart, would give an interval as narrow; None where no run differs."""
        if self.interval is None or not self.differing or self.interval[0] == self.interval[1]:
            return None
        return ((self.unpaired[1] - self.unpaired[0]) / (self.interval[1] - self.interval[0])) ** 2


def difference(
    without: NDArray[np.float64], changed: NDArray[np.float64], *, level: float, share: bool = False
) -> Difference:
    """Compare (runs,) outcomes run by run; at least two runs.

    Amounts get Student's interval of the mean of the differences, and Welch's for runs drawn apart. Where outcomes
    are 0 or 1 (`share`) a few cases are added first, so that no interval shrinks to nothing because nothing was seen:
    half a run to each of the four cells of the pair (Agresti and Min 2005), or a run to each of the four cells of two
    samples (Agresti and Caffo 2000).
    """
    runs = len(without)
    by_run = changed - without
    differing = int(np.count_nonzero(by_run))
    centre, error = float(by_run.mean()), float(by_run.std(ddof=1)) / math.sqrt(runs)
    apart, free = _welch(without, changed)
    critical, critical_apart = float(stdtrit(runs - 1, 0.5 + 0.5 * level)), float(stdtrit(free, 0.5 + 0.5 * level))
    paired, unpaired = _around(centre, critical * error), _around(centre, critical_apart * apart)
    if share:
        normal = float(stdtrit(math.inf, 0.5 + 0.5 * level))
        paired, unpaired = _pair_of_shares(by_run, normal), _two_shares(without, changed, normal)
    return Difference(
        without=float(without.mean()),
        changed=float(changed.mean()),
        difference=centre,
        interval=paired if differing or share else None,
        unpaired=unpaired,
        differing=differing,
    )


def _around(centre: float, half: float) -> tuple[float, float]:
    return centre - half, centre + half


def _welch(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float]:
    """Standard error of the difference of two means, and its degrees of freedom."""
    a, b = float(one.var(ddof=1)) / len(one), float(other.var(ddof=1)) / len(other)
    if a + b == 0.0:
        return 0.0, float(len(one) + len(other) - 2)
    return math.sqrt(a + b), (a + b) ** 2 / (a**2 / (len(one) - 1) + b**2 / (len(other) - 1))


def _pair_of_shares(by_run: NDArray[np.float64], normal: float) -> tuple[float, float]:
    more, fewer, runs = np.sum(by_run > 0.0) + 0.5, np.sum(by_run < 0.0) + 0.5, len(by_run) + 2.0
    spread = (more + fewer) - (more - fewer) ** 2 / runs
    return _around(float((more - fewer) / runs), normal * math.sqrt(spread) / runs)


def _two_shares(one: NDArray[np.float64], other: NDArray[np.float64], normal: float) -> tuple[float, float]:
    p, q = ((float(outcome.sum()) + 1.0) / (len(outcome) + 2.0) for outcome in (one, other))
    error = math.sqrt(p * (1.0 - p) / (len(one) + 2.0) + q * (1.0 - q) / (len(other) + 2.0))
    return _around(q - p, normal * error)
