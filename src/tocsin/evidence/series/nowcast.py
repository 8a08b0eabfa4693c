"""What is still to be recorded: a reporting triangle to an interval for the complete counts (now-casting).

Of the events of one period some are recorded at once, others a period later, and so on; the newest periods look
small only because they are young. Counts of a period are negative binomial around a level of the last periods, and
its delays are multinomial with chances that vary from period to period (Dirichlet), around chances learnt from the
whole triangle. Delays longer than the triangle is wide are not foreseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaln

from tocsin.evidence.reporting.events import reported_by
from tocsin.parameters import value

Floats = NDArray[np.float64]

STEADINESS: Final = np.geomspace(5.0, 2000.0, 12)
"""Grid of how alike the delays of periods are: the size of the Dirichlet distribution around their mean."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Nowcast:
    """The complete count of each period, with an 80 per cent interval."""

    recorded: Floats
    """(periods,) what is recorded so far."""
    low: Floats
    middle: Floats
    high: Floats


def nowcast(triangle: Floats, *, rng: Generator, draws: int = 400) -> Nowcast:
    """Foresee the complete counts of all periods.

    Parameters
    ----------
    triangle : (periods, delays) counts recorded; NaN where the time has not come. Row 0 is the oldest period
    """
    seen = ~np.isnan(triangle)
    counts = np.where(seen, triangle, 0.0)
    recorded, periods = counts.sum(axis=1), len(counts)
    total = np.tile(recorded[:, None], (1, draws))
    chances = _chances(counts, seen, rng, draws)  # (draws, delays)
    size = _steadiness(counts, seen, chances.mean(axis=0), rng, draws)  # (draws,)
    for period in range(periods):
        if seen[period].all():
            continue
        known = int(seen[period].sum())
        inside = chances[:, :known].sum(axis=1)
        share = rng.beta(size * inside, size * (1.0 - inside))
        level = _level(recorded, seen, chances.mean(axis=0), period)
        total[period] += _unseen(recorded[period], share, level, rng)
    low, middle, high = np.quantile(total, (0.1, 0.5, 0.9), axis=1)
    return Nowcast(recorded=recorded, low=low, middle=middle, high=high)


def draw_triangle(
    level: Floats, chances: Floats, *, size: float, dispersion: float, rng: Generator
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Draw a triangle as known at the end of its last period, and the complete counts, by the same law.

    Parameters
    ----------
    level : (periods,) expected complete counts
    chances : (delays,) mean chances of each delay
    size : how alike the delays of periods are
    dispersion : shape of the gamma distribution of a period's count around its level
    """
    periods, delays = level.size, chances.size
    complete = rng.poisson(rng.gamma(dispersion, level / dispersion))
    full = np.stack([rng.multinomial(n, rng.dirichlet(size * chances)) for n in complete]).astype(np.float64)
    late = np.arange(periods)[:, None] + np.arange(delays)[None] >= periods
    full[late] = np.nan
    return full, complete


def complete(spans: Sequence[tuple[int, int]], recorded: Floats, *, rng: Generator, draws: int = 60) -> Floats:
    """What counts by the day of recording will come to once all that was lost is recorded: 10, 50, 90 per cent.

    Such counts do not say when things were lost; the delay does (`reporting.vehicles_delay`, itself unsure). Losses a
    period are found by expectation maximisation (Richardson and Lucy) and summed.

    Parameters
    ----------
    spans : first and last day of each period, counted from any day
    recorded : (periods,) what was recorded in each
    """
    day = np.concatenate([np.arange(first, last + 1) for first, last in spans])
    owner = np.repeat(np.arange(len(spans)), [last - first + 1 for first, last in spans])
    spread, unsure = value("reporting.vehicles_delay_spread"), value("reporting.vehicles_delay_unsure")
    first, last = (np.array(edge, dtype=np.float64)[:, None] for edge in zip(*spans, strict=True))
    totals = np.zeros(draws)
    for draw in range(draws):
        median = value("reporting.vehicles_delay") * np.exp(unsure * rng.standard_normal())
        by = [reported_by(edge - day, median=median, spread=spread) for edge in (last, first - 1.0)]
        within = np.stack([(by[0] - by[1])[:, owner == j].mean(axis=1) for j in range(len(spans))], axis=1)
        seen = rng.poisson(recorded).astype(np.float64)
        lost = seen + 1e-3
        for _ in range(30):
            lost *= within.T @ (seen / np.maximum(within @ lost, 1e-9)) / np.maximum(within.sum(axis=0), 1e-9)
        totals[draw] = lost.sum()
    return np.quantile(totals, (0.1, 0.5, 0.9))


def triangle_of(totals: Mapping[int, Mapping[int, float]], ages: Sequence[int], delays: int) -> Floats:
    """Make a triangle of running totals: of each period, what came at each delay.

    Parameters
    ----------
    totals : for each period, its total as it stood at some delays; a smaller later one counts as nothing new
    ages : (periods,) how many delays have passed of each
    """
    found = np.full((len(ages), delays), np.nan)
    for period, age in enumerate(ages):
        last = 0.0
        for delay in range(min(delays, age)):
            now = max(last, totals.get(period, {}).get(delay, last))
            found[period, delay] = now - last
            last = now
    return found


def _chances(counts: Floats, seen: NDArray[np.bool_], rng: Generator, draws: int) -> Floats:
    """Draw the mean chances of each delay by chain ladder: of what comes by a delay, the part that comes at it."""
    delays = counts.shape[1]
    left = np.ones(draws)
    chances = np.zeros((draws, delays))
    weak = value("reporting.nowcast_prior")
    for delay in range(delays - 1, 0, -1):
        rows = seen[:, delay]
        at, by = counts[rows, delay].sum(), counts[rows, : delay + 1].sum()
        # periods differ in their delays, so a sum over few periods says less than its size
        worth = min(1.0, rows.sum() * value("reporting.nowcast_period") / max(by, 1.0))
        part = rng.beta(weak + worth * at, weak * delay + worth * (by - at), draws)
        chances[:, delay] = left * part
        left = left * (1.0 - part)
    chances[:, 0] = left
    return np.clip(chances, 1e-9, 1.0)


def _steadiness(counts: Floats, seen: NDArray[np.bool_], mean: Floats, rng: Generator, draws: int) -> Floats:
    """Draw how alike delays are, by the Dirichlet-multinomial likelihood of every row's recorded part."""
    logs = np.zeros(STEADINESS.size)
    for row, there in zip(counts, seen, strict=True):
        alpha = STEADINESS[:, None] * (mean[there] / mean[there].sum())
        whole, n = alpha.sum(axis=1), row[there].sum()
        logs += gammaln(whole) - gammaln(whole + n) + np.sum(gammaln(alpha + row[there]) - gammaln(alpha), axis=1)
    weight = np.exp(logs - logs.max())
    return rng.choice(STEADINESS, size=draws, p=weight / weight.sum())


def _level(recorded: Floats, seen: NDArray[np.bool_], mean: Floats, period: int) -> tuple[float, float]:
    """Gamma prior (shape, rate) of a period's complete count, from what the periods before it seem to come to."""
    first = max(0, period - int(value("reporting.nowcast_memory")))
    share = np.array([mean[there].sum() for there in seen[first:period]])
    whole = recorded[first:period] / np.maximum(share, 1e-9)
    if whole.size < 2 or whole.mean() <= 0.0:
        return 0.5, 1e-6
    middle = float(np.average(whole, weights=share))
    over = float(np.average((whole - middle) ** 2, weights=share)) * (1.0 + 1.0 / whole.size)
    spread = max(over, middle)
    return middle**2 / spread, middle / spread


def _unseen(recorded: float, share: Floats, level: tuple[float, float], rng: Generator) -> Floats:
    """Draw what is not recorded yet, given the share that is: gamma-Poisson, thinned."""
    shape, rate = level
    mean = rng.gamma(shape + recorded, 1.0 / (rate + np.maximum(share, 1e-6)))
    return rng.poisson(mean * (1.0 - share)).astype(np.float64)
