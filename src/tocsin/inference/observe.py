"""The reporting model on simulated forces: the likelihood of what was said, for every particle.

How inclined a side is to speak, or to count high, is not known. Each such bias is integrated out on a grid within
each particle (Rao-Blackwell), so that no particle has to guess it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import SIDES
from tocsin.evidence.reporting import counting, events, saying
from tocsin.inference.levels import level, levels
from tocsin.parameters import value

Floats = NDArray[np.float64]

BIASES: Final = (*(f"says.{side}" for side in SIDES), *(f"counts.{side}" for side in SIDES), "seen", "abandoned")
"""What is unknown of the reports about a force: each side's inclination and count bias, vehicles seen and how."""

NODES: Final = np.linspace(-3.6, 3.6, 25)
"""The grid of normal scores on which a bias is integrated out."""

Factor = tuple[str, Floats]
"""The bias that a part of an observation depends on, and its log likelihood (particles, NODES).

What depends on none (the empty name) has the shape (particles,).
"""

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
    establishment: float

    def total(self, measure: str, seen: Observation) -> Floats:
        """What happened of a daily count in the time that an observation is about."""
        first, last = self._span(seen)
        return self.history[:, max(first, 0) : max(last, 1)][measure].sum(axis=1, dtype=np.float64)

    def recorded(self, measure: str, seen: Observation) -> Floats:
        """What is expected to be recorded of a daily count in that time, by the delay from event to record.

        A record that begins with the case holds all that was recorded before, too.
        """
        first, last = self._span(seen)
        days = min(max(last, 1), self.history.shape[1])
        ages = days - 1 - np.arange(days, dtype=np.float64)
        by_then = _recorded_by(ages)
        before = _recorded_by(ages - (last - first)) if first > 0 else np.zeros(days)
        return self.history[:, :days][measure].astype(np.float64) @ (by_then - before)

    def _span(self, seen: Observation) -> tuple[int, int]:
        """First day and the day after the last, counted from the start."""
        return (seen.happened.start - self.start).days, (seen.happened.end - self.start).days + 1


def _recorded_by(days: Floats) -> Floats:
    median, spread = value("reporting.vehicles_delay"), value("reporting.vehicles_delay_spread")
    return events.reported_by(days, median=median, spread=spread)


def unknown(particles: int, forces: int) -> Floats:
    """The prior of every bias: (particles, forces, BIASES, NODES) log weights of a standard normal on the grid."""
    bell = -0.5 * NODES**2
    bell -= np.log(np.exp(bell).sum())
    return np.broadcast_to(bell, (particles, forces, len(BIASES), NODES.size)).copy()


def absorb(seen: Observation, sight: Sight, biases: Floats) -> Floats:
    """Return the log likelihood of an observation, (particles,), with its biases integrated out.

    `biases` (particles, BIASES, NODES) are log weights of the force's biases in each particle; they are brought up
    to date in place. Weeks of one series share their errors: whoever was wrong last week is wrong in the same way
    this week. All but the first of a series therefore count with a power of their likelihood below one.
    """
    form = {"share": _share, "level": _count, "polarity": _polarity, "coverage": _coverage}[seen.kind]
    power = seen.trust * (1.0 - value("reporting.persistence") if seen.follows else 1.0)
    total = np.zeros(biases.shape[0])
    for name, likelihood in form(seen, sight):
        if not name:
            total += power * likelihood
            continue
        column = biases[:, BIASES.index(name)]
        column += power * likelihood
        peak = column.max(axis=1)
        gained = peak + np.log(np.exp(column - peak[:, None]).sum(axis=1))
        column -= gained[:, None]
        total += gained
    return total


def _polarity(seen: Observation, sight: Sight) -> list[Factor]:
    amount = level(seen.indicator, sight.week, sight.own, sight.establishment)
    relief = levels()[seen.indicator].relief
    factors = []
    for tally in seen.tallies:
        inclined = _OTHER[tally.side] if relief else tally.side
        probability = saying.affirming(
            amount[:, None],
            intercept=value(f"reporting.{inclined}_intercept"),
            slope=value(f"reporting.{inclined}_slope"),
            bias=value("reporting.bias_spread") * NODES,
        )
        copying = value("reporting.copying")
        likelihood = saying.tally_likelihood(probability, tally.affirmed, tally.negated, copying=copying)
        factors.append((f"says.{tally.side}", likelihood))
    return factors


def _count(seen: Observation, sight: Sight) -> list[Factor]:
    reported = float(seen.value or 0.0)
    if seen.unit == "vehicles":
        true = sight.recorded("vehicles_lost", seen)
        bias = value("reporting.vehicles_seen") + value("reporting.vehicles_seen_spread") * NODES
        spread = value("reporting.vehicles_error")
        return [("seen", _counted(true, reported, bias, spread))]
    true = sight.total("casualties", seen)
    if seen.unit == "share":
        reported *= sight.establishment
        true = true / (1.0 - sight.own["side.ghosts"])
    middle, width = (value(f"reporting.{seen.side}_count_{what}") for what in ("bias", "spread"))
    error, definition = value("reporting.count_error"), value("reporting.definition_spread")
    spread = float(np.sqrt(definition**2 + error**2 / seen.origins))
    return [(f"counts.{seen.side}", _counted(true, reported, middle + width * NODES, spread))]


def _counted(true: Floats, reported: float, bias: Floats, spread: float) -> Floats:
    slip = value("reporting.transcription")
    return counting.count_likelihood(true[:, None], reported, bias=bias, spread=spread, slip=slip)


def _coverage(seen: Observation, sight: Sight) -> list[Factor]:
    """Whether watchers were heard, who are cut off as far as the soldiers' telephones are."""
    amount = level(seen.indicator, sight.week, sight.own, sight.establishment)
    chance = (seen.chance or 0.0) * events.uncensored(sight.own["side.phones"].astype(np.float64))
    likelihood = saying.heard_likelihood(amount, float(seen.value or 0.0), chance=chance, false=seen.false or 0.0)
    return [("", likelihood)]


def _share(seen: Observation, sight: Sight) -> list[Factor]:
    left, gone = (sight.recorded(name, seen) for name in ("vehicles_abandoned", "vehicles_lost"))
    share = (left + 0.5) / (gone + 1.0)
    odds = np.log(share / (1.0 - share))[:, None] + value("reporting.abandoned_bias_spread") * NODES
    part, whole = float(seen.value or 0.0), float(seen.of or 0.0)
    chance = np.clip(1.0 / (1.0 + np.exp(-odds)), 1e-6, 1.0 - 1e-6)
    precision = value("reporting.abandoned_precision")
    return [("abandoned", counting.share_likelihood(chance, part, whole, precision=precision))]


def week_end(seen: Observation, start: date, as_of: date) -> date:
    """The day on which an observation is weighed: the end of what it is about, within the time simulated."""
    return min(max(seen.happened.end, start + timedelta(days=6)), as_of)
