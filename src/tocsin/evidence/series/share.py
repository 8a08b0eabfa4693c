"""Whether a force's share of things left behind tells of a rout: by its own usual level, phase and spread.

What "abandoned or captured" means differs between forces and phases: an attacker leaves what breaks down, a retreating
one what cannot move. So no threshold serves all. Each force has a level of its own, drawn around one common to all;
ground lost moves it; and only a rise above it that the force's usual spread does not explain speaks of a rout. The
level is integrated on a grid, the weeks are a hidden two-state chain, and the same code judges every force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.reporting.counting import share_likelihood
from tocsin.parameters import value

Floats = NDArray[np.float64]

_SCORES: Final = np.linspace(-3.0, 3.0, 31)
"""Grid of a force's level, in standard deviations between forces."""
_NOISE: Final = np.linspace(-2.5, 2.5, 21)
"""Grid of a week's deviation, in standard deviations within a force."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """So many of the things recorded as lost in a week had been left behind."""

    end: date
    part: float
    whole: float
    phase: int = 0
    """1 where the force lost ground on balance, -1 where it gained, 0 where neither is known."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class RoutSign:
    """What the share says of one week, by what was known up to it."""

    end: date
    share: float
    whole: float
    probability: float
    """That the force was in rout, from its shares alone."""
    rout: bool
    """Whether that is reported: at or above `reporting.rout_reported`."""


def routs(weeks: Sequence[Week]) -> list[RoutSign]:
    """Judge each week of one force by the weeks up to it."""
    level, weight = _levels()
    calm = np.log(weight)  # log joint of the level and of no rout so far, and of a rout this week
    rout = np.full(level.size, -np.inf)
    begins, ends = value("reporting.rout_begins"), value("reporting.rout_ends")
    found = []
    for number, week in enumerate(weeks):
        if number == 0:
            calm, rout = calm + np.log1p(-begins), calm + np.log(begins)
        else:
            stay, leave = np.logaddexp(calm + np.log1p(-begins), rout + np.log(ends)), calm + np.log(begins)
            calm, rout = stay, np.logaddexp(leave, rout + np.log1p(-ends))
        plain, risen = _seen(week, level)
        calm, rout = calm + plain, rout + risen
        whole = np.logaddexp.reduce(np.concatenate([calm, rout]))
        calm, rout = calm - whole, rout - whole
        probability = float(np.exp(np.logaddexp.reduce(rout)))
        found.append(
            RoutSign(
                end=week.end,
                share=week.part / week.whole,
                whole=week.whole,
                probability=probability,
                rout=probability >= value("reporting.rout_reported"),
            )
        )
    return found


def draw_parts(wholes: Sequence[int], routed: Sequence[bool], *, score: float, rng: np.random.Generator) -> list[int]:
    """Draw how many of each week's things were left behind, for a force whose level lies `score` deviations out."""
    level = value("reporting.left_behind") + value("reporting.left_behind_between") * score
    odds = level + value("reporting.rout_rise") * np.asarray(routed, dtype=np.float64)
    odds = odds + value("reporting.left_behind_within") * rng.standard_normal(len(wholes))
    return [int(n) for n in rng.binomial(wholes, 1.0 / (1.0 + np.exp(-odds)))]


def _levels() -> tuple[Floats, Floats]:
    weight = np.exp(-0.5 * _SCORES**2)
    return value("reporting.left_behind") + value("reporting.left_behind_between") * _SCORES, weight / weight.sum()


def _seen(week: Week, level: Floats) -> tuple[Floats, Floats]:
    """Log likelihood of a week's share, (levels,), without and with a rout; the ratio is bounded."""
    odds = level + value("reporting.left_behind_phase") * week.phase
    without = _within(week, odds)
    rises = value("reporting.rout_rise") + value("reporting.rout_rise_spread") * np.array([-1.2, 0.0, 1.2])
    risen = np.logaddexp.reduce([_within(week, odds + max(rise, 0.0)) for rise in rises], axis=0) - np.log(rises.size)
    cap = np.log(value("reporting.rout_most"))
    return without, without + np.clip(risen - without, -cap, cap)


def _within(week: Week, odds: Floats) -> Floats:
    """Integrate out the week's own deviation."""
    bell = -0.5 * _NOISE**2
    bell -= np.logaddexp.reduce(bell)
    chance = 1.0 / (1.0 + np.exp(-(odds[:, None] + value("reporting.left_behind_within") * _NOISE)))
    chance = np.clip(chance, 1e-6, 1.0 - 1e-6)
    exact = share_likelihood(chance, week.part, week.whole, precision=value("reporting.left_behind_precision"))
    return np.logaddexp.reduce(exact + bell, axis=1)
