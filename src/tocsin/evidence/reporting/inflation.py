"""How far counts by interested parties lie above or below a count of the dead by name, by side.

For each pair of counts of the same force and time, ln(claimed / named) is normal around the bias of the claiming
side; the sides' biases are normal around a common one. The spread between sides is integrated on a grid, so that a
side with few pairs leans on the others and one with many speaks for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from tocsin.parameters import value

Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Inflation:
    """The bias of a side's counts: mean and standard deviation of ln(claimed / true)."""

    mean: float
    sd: float
    pairs: int


def inflation(ratios: Mapping[str, Sequence[float]]) -> dict[str, Inflation]:
    """Estimate each side's bias from its ratios of claimed to named dead; `reporting.listed` of the dead are named.

    A side without ratios gets what the others teach.
    """
    sides = list(ratios)
    error, width = value("reporting.count_error"), value("reporting.definition_spread")
    listed = np.log(value("reporting.listed"))
    logs = [np.log(np.asarray(ratios[side], dtype=np.float64)) + listed for side in sides]
    # pairs of one side follow each other: only the part of their error that is new each time averages out
    stays = value("reporting.persistence") * error**2
    noise = np.array([stays + (error**2 - stays) / x.size if x.size else np.inf for x in logs])
    means = np.array([x.mean() if x.size else 0.0 for x in logs])
    grid = width * np.geomspace(0.1, 4.0, 25)
    weights, centres, spreads = zip(*(_given(between, means, noise) for between in grid), strict=True)
    weight = np.exp(np.array(weights) - max(weights))
    weight /= weight.sum()
    centre, spread = np.array(centres), np.array(spreads)
    mean = weight @ centre
    sd = np.sqrt(weight @ (spread + centre**2) - mean**2)
    return {side: Inflation(mean=float(mean[i]), sd=float(sd[i]), pairs=logs[i].size) for i, side in enumerate(sides)}


def draw_ratios(bias: float, pairs: int, *, rng: Generator) -> Floats:
    """Draw ratios of claimed to named dead for a side of a given bias, by the same law."""
    bias -= np.log(value("reporting.listed"))
    error = value("reporting.count_error")
    stays = value("reporting.persistence") * error**2
    standing = np.sqrt(stays) * rng.standard_normal()
    return np.exp(bias + standing + np.sqrt(error**2 - stays) * rng.standard_normal(pairs))


def _given(between: float, means: Floats, noise: Floats) -> tuple[float, Floats, Floats]:
    """Log evidence, and each side's posterior mean and variance, for one spread between sides."""
    total = noise + between**2
    prior = value("reporting.common_bias_spread")
    precision = np.where(np.isfinite(total), 1.0 / total, 0.0)
    common_var = 1.0 / (precision.sum() + 1.0 / prior**2)
    common = common_var * (precision @ means)
    evidence = 0.5 * (np.log(common_var) + common**2 / common_var)
    evidence += 0.5 * float(np.sum(np.log(precision[precision > 0])) - precision @ means**2)
    share = np.where(np.isfinite(noise), between**2 / total, 0.0)  # how far a side speaks for itself
    centre = share * means + (1.0 - share) * common
    return float(evidence), centre, (1.0 - share) * between**2 + (1.0 - share) ** 2 * common_var
