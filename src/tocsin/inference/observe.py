"""The reporting model on simulated forces: the likelihood of what was said, for every particle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence import reporting
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import SIDES
from tocsin.inference.levels import level, levels
from tocsin.parameters import value

Floats = NDArray[np.float64]

BIASES: Final = (*(f"says.{side}" for side in SIDES), *(f"counts.{side}" for side in SIDES), "seen", "abandoned")
"""What each particle assumes of reports about a force: each side's inclination and count bias, vehicles seen."""

_OTHER: Final = {"own": "opponent", "opponent": "own", "third": "third", "unknown": "unknown"}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """All that an observation of one force can be compared with."""

    start: date
    history: NDArray[np.void]
    """(particles, days so far) records of MEASURES of the force."""
    week: NDArray[np.void]
    """(particles, days of this week) of the same."""
    own: NDArray[np.void]
    """(particles,) parameters of the force."""
    biases: Floats
    """(particles, BIASES) normal scores."""
    establishment: float

    def bias(self, name: str) -> Floats:
        """The normal score of one bias, (particles,)."""
        return self.biases[:, BIASES.index(name)]

    def total(self, measure: str, seen: Observation, delay: int = 0) -> Floats:
        """What happened of a daily count in the time an observation is about, `delay` days before it was seen."""
        first = (seen.happened.start - self.start).days - (delay if seen.happened.start > self.start else 0)
        last = (seen.happened.end - self.start).days + 1 - delay
        days = self.history[:, max(first, 0) : max(last, 1)]
        return days[measure].sum(axis=1, dtype=np.float64)


def log_likelihood(seen: Observation, sight: Sight) -> Floats:
    """Log likelihood of one observation, (particles,), up to a constant.

    Weeks of one series share their errors: whoever was wrong last week is wrong in the same way this week. All but
    the first of a series therefore count with a power of their likelihood below one.
    """
    form = {"share": _share, "level": _count, "polarity": _polarity}[seen.kind]
    power = 1.0 - value("reporting.persistence") if seen.follows else 1.0
    return power * form(seen, sight)


def _polarity(seen: Observation, sight: Sight) -> Floats:
    amount = level(seen.indicator, sight.week, sight.own, sight.establishment)
    relief = levels()[seen.indicator].relief
    total = np.zeros(amount.shape)
    for tally in seen.tallies:
        inclined = _OTHER[tally.side] if relief else tally.side
        probability = reporting.affirming(
            amount,
            intercept=value(f"reporting.{inclined}_intercept"),
            slope=value(f"reporting.{inclined}_slope"),
            bias=value("reporting.bias_spread") * sight.bias(f"says.{tally.side}"),
        )
        copying = value("reporting.copying")
        total += reporting.tally_likelihood(probability, tally.affirmed, tally.negated, copying=copying)
    return total


def _count(seen: Observation, sight: Sight) -> Floats:
    reported = float(seen.value or 0.0)
    if seen.unit == "vehicles":
        true = sight.total("vehicles_lost", seen, int(value("reporting.vehicles_delay")))
        bias = value("reporting.vehicles_seen") + value("reporting.vehicles_seen_spread") * sight.bias("seen")
        return reporting.count_likelihood(true, reported, bias=bias, spread=value("reporting.vehicles_error"))
    true = sight.total("casualties", seen)
    if seen.unit == "share":
        reported *= sight.establishment
        true = true / (1.0 - sight.own["side.ghosts"])
    middle, width = (value(f"reporting.{seen.side}_count_{what}") for what in ("bias", "spread"))
    error, definition = value("reporting.count_error"), value("reporting.definition_spread")
    spread = float(np.sqrt(definition**2 + error**2 / seen.origins))
    bias = middle + width * sight.bias(f"counts.{seen.side}")
    return reporting.count_likelihood(true, reported, bias=bias, spread=spread)


def _share(seen: Observation, sight: Sight) -> Floats:
    delay = int(value("reporting.vehicles_delay"))
    left, gone = (sight.total(name, seen, delay) for name in ("vehicles_abandoned", "vehicles_lost"))
    share = (left + 0.5) / (gone + 1.0)
    odds = np.log(share / (1.0 - share)) + value("reporting.abandoned_bias_spread") * sight.bias("abandoned")
    part, whole = float(seen.value or 0.0), float(seen.of or 0.0)
    chance = np.clip(1.0 / (1.0 + np.exp(-odds)), 1e-6, 1.0 - 1e-6)
    return reporting.share_likelihood(chance, part, whole, precision=value("reporting.abandoned_precision"))


def week_end(seen: Observation, start: date, as_of: date) -> date:
    """The day on which an observation is weighed: the end of what it is about, within the time simulated."""
    return min(max(seen.happened.end, start + timedelta(days=6)), as_of)
