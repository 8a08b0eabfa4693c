"""From events to reports: who would report one, how late, and what is reported though nothing happened.

Events of an indicator come at a rate a day. A source of some kind reports each with a probability (`reach`), after
a delay, and now and then reports one that never was. Reports a day are then Poisson around `expected`, exactly so
for one source; for several, count the events that they report together, not their reports.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

from tocsin.parameters import value

Floats = NDArray[np.float64]


def reach(indicator: str, kind: str, *, size: Floats, phones: Floats) -> Floats:
    """Probability that a source of a kind reports an event of an indicator.

    Parameters
    ----------
    size : soldiers concerned; the catalogue's figures are for `reporting.usual_size`
    phones : share of the soldiers who hold a telephone, 0 to 1
    """
    larger = np.log(np.maximum(size, 1.0) / value("reporting.usual_size"))
    odds = value(f"visibility.{indicator}") + value(f"channels.{kind}_reach") + value("reporting.size_slope") * larger
    return uncensored(phones) / (1.0 + np.exp(-odds))


def uncensored(phones: Floats) -> Floats:
    """Part of the reports that still come out where only a share of the soldiers hold a telephone."""
    without = value("reporting.without_phones")
    return without + (1.0 - without) * np.clip(phones, 0.0, 1.0)


def reported_by(days: Floats, *, median: float, spread: float) -> Floats:
    """Probability that a report comes within so many days of the event: lognormal, whole days."""
    late = np.asarray(days, dtype=np.float64) + 0.5
    return np.where(late > 0.0, ndtr(np.log(np.maximum(late, 1e-9) / median) / spread), 0.0)


def delays(kind: str, days: int) -> Floats:
    """Probability of a delay of 0, 1, ... `days` - 1 days for a kind of source; what is missing comes later."""
    median, spread = value(f"channels.{kind}_delay"), value("reporting.delay_spread")
    by = reported_by(np.arange(-1.0, days), median=median, spread=spread)
    return np.diff(by)


def expected(events: Floats, *, chance: float, delay: Floats, false: float) -> Floats:
    """Reports expected a day, (particles, days), of `events` a day (particles, days)."""
    days = events.shape[-1]
    rates = np.zeros_like(events)
    for late in range(min(days, delay.size)):
        rates[..., late:] += delay[late] * events[..., : days - late]
    return chance * rates + false


def reports_likelihood(rates: Floats, counts: Sequence[int] | NDArray[np.int64]) -> Floats:
    """Log probability, (particles,), of the reports counted a day, (days,), at the expected `rates`."""
    seen = np.asarray(counts, dtype=np.float64)
    rates = np.maximum(rates, 1e-12)
    return np.sum(seen * np.log(rates) - rates - gammaln(seen + 1.0), axis=-1)


def draw_reports(
    events: NDArray[np.int64], *, chance: float, delay: Floats, false: float, rng: Generator
) -> NDArray[np.int64]:
    """Draw the reports a day, (particles, days), that `events` a day (particles, days) give rise to."""
    days = events.shape[-1]
    told = rng.binomial(events, chance)
    later = np.append(delay, max(0.0, 1.0 - float(delay.sum())))
    seen = rng.poisson(false, events.shape)
    for day in range(days):
        spread = rng.multinomial(told[..., day], later / later.sum())
        span = min(days - day, delay.size)
        seen[..., day : day + span] += spread[..., :span]
    return seen
