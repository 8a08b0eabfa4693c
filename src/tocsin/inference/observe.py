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

from tocsin.evidence import reporting
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import SIDES
from tocsin.inference.levels import level, levels
from tocsin.parameters import value

Floats = NDArray[np.float64]

BIASES: Final = (*(f"says.{side}" for side in SIDES), *(f"counts.{side}" for side in SIDES), "seen", "abandoned")
"""What is unknown of the reports about a force: each side's inclination and count bias, vehicles seen and how."""

NODES: Final = np.linspace(-3.6, 3.6, 25)
"""The grid of normal scores on which a bias is integrated out."""

Factor = tuple[str, Floats]
"""The bias that a part of an observation depends on, and its log likelihood (particles, NODES)."""

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

    def total(self, measure: str, seen: Observation, delay: int = 0) -> Floats:
        """What happened of a daily count in the time an observation is about, `delay` days before it was seen."""
        first = (seen.happened.start - self.start).days - (delay if seen.happened.start > self.start else 0)
        last = (seen.happened.end - self.start).days + 1 - delay
        days = self.history[:, max(first, 0) : max(last, 1)]
        return days[measure].sum(axis=1, dtype=np.float64)


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
    form = {"share": _share, "level": _count, "polarity": _polarity}[seen.kind]
    power = seen.trust * (1.0 - value("reporting.persistence") if seen.follows else 1.0)
    total = np.zeros(biases.shape[0])
    for name, likelihood in form(seen, sight):
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
        probability = reporting.affirming(
            amount[:, None],
            intercept=value(f"reporting.{inclined}_intercept"),
            slope=value(f"reporting.{inclined}_slope"),
            bias=value("reporting.bias_spread") * NODES,
        )
        copying = value("reporting.copying")
        likelihood = reporting.tally_likelihood(probability, tally.affirmed, tally.negated, copying=copying)
        factors.append((f"says.{tally.side}", likelihood))
    return factors


def _count(seen: Observation, sight: Sight) -> list[Factor]:
    reported = float(seen.value or 0.0)
    if seen.unit == "vehicles":
        true = sight.total("vehicles_lost", seen, int(value("reporting.vehicles_delay")))
        bias = value("reporting.vehicles_seen") + value("reporting.vehicles_seen_spread") * NODES
        spread = value("reporting.vehicles_error")
        return [("seen", reporting.count_likelihood(true[:, None], reported, bias=bias, spread=spread))]
    true = sight.total("casualties", seen)
    if seen.unit == "share":
        reported *= sight.establishment
        true = true / (1.0 - sight.own["side.ghosts"])
    middle, width = (value(f"reporting.{seen.side}_count_{what}") for what in ("bias", "spread"))
    error, definition = value("reporting.count_error"), value("reporting.definition_spread")
    spread = float(np.sqrt(definition**2 + error**2 / seen.origins))
    likelihood = reporting.count_likelihood(true[:, None], reported, bias=middle + width * NODES, spread=spread)
    return [(f"counts.{seen.side}", likelihood)]


def _share(seen: Observation, sight: Sight) -> list[Factor]:
    delay = int(value("reporting.vehicles_delay"))
    left, gone = (sight.total(name, seen, delay) for name in ("vehicles_abandoned", "vehicles_lost"))
    share = (left + 0.5) / (gone + 1.0)
    odds = np.log(share / (1.0 - share))[:, None] + value("reporting.abandoned_bias_spread") * NODES
    part, whole = float(seen.value or 0.0), float(seen.of or 0.0)
    chance = np.clip(1.0 / (1.0 + np.exp(-odds)), 1e-6, 1.0 - 1e-6)
    precision = value("reporting.abandoned_precision")
    return [("abandoned", reporting.share_likelihood(chance, part, whole, precision=precision))]


def week_end(seen: Observation, start: date, as_of: date) -> date:
    """The day on which an observation is weighed: the end of what it is about, within the time simulated."""
    return min(max(seen.happened.end, start + timedelta(days=6)), as_of)
