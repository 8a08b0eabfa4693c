"""From battles to rows: one a side (or one a battle), with what was known and what happened."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.inference.battles.forms import Covariates
from tocsin.inference.battles.table import Battle, Side

Floats = NDArray[np.float64]

SideName = Literal["attacker", "defender", ""]

KNOWN: Final = (
    *("role", "own_strength", "opposing_strength", "own_casualties", "opposing_casualties", "era", "surprise"),
    *("air", "fortified", "prepared", "yielding", "season", "cavalry", "tanks", "guns", "aircraft"),
)
"""Columns of a row: what may be missing and is then modelled. Logs of strengths and of casualty fractions;
logs of own over opposing materiel; surprise, air and posture count for the side where positive."""

COVARIATES: Final[dict[str, dict[str, float]]] = {
    **{name: {name: 1.0} for name in KNOWN if "strength" not in name and "casualties" not in name},
    "own_loss": {"own_casualties": 1.0},
    "opposing_loss": {"opposing_casualties": 1.0},
    "relative_loss": {"own_casualties": 1.0, "opposing_casualties": -1.0},
    "force_ratio": {"own_strength": 1.0, "opposing_strength": -1.0},
    "size": {"own_strength": 0.5, "opposing_strength": 0.5},
}
"""What a form may speak of, each a sum of known columns."""


class Target(StrEnum):
    """What is predicted."""

    BROKE_BEFORE = "broke_before"
    """A side broke; only what could be known before the battle (surprise excepted, which is marked after)."""
    BROKE_GIVEN_CASUALTIES = "broke_given_casualties"
    """A side broke; the casualties of both sides are known."""
    ATTACKER_WON = "attacker_won"
    """The attacker won; draws are left out; only what could be known before."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of one target, in the order of the table, the attacker first."""

    battles: tuple[Battle, ...]
    """The battle of each row."""
    sides: tuple[SideName, ...]
    happened: Floats
    """(rows,) 1, 0, or NaN where nobody coded it."""
    known: Floats
    """(rows, KNOWN); NaN where missing."""

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.battles)

    @property
    def wars(self) -> list[str]:
        """The war of each row."""
        return [battle.war for battle in self.battles]

    def where(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return the rows that are `chosen`, (rows,)."""
        places = np.flatnonzero(chosen)
        return Rows(
            battles=tuple(self.battles[k] for k in places),
            sides=tuple(self.sides[k] for k in places),
            happened=self.happened[places],
            known=self.known[places],
        )


def rows_of(battles: Sequence[Battle], target: Target, covariates: Covariates) -> Rows:
    """Return the rows of `target`: every side with an outcome code, or every battle that somebody won."""
    found: list[tuple[Battle, SideName, float, list[float]]] = []
    for battle in battles:
        attacker, defender = battle.attacker, battle.defender
        if target is Target.ATTACKER_WON:
            if battle.won in (-1.0, 1.0):
                happened = float(battle.won == 1.0)
                found.append((battle, "", happened, _known(battle, attacker, defender, -1.0, covariates)))
            continue
        for name, own, other, role in (("attacker", attacker, defender, -1.0), ("defender", defender, attacker, 1.0)):
            if not math.isnan(own.broke):
                side: SideName = "attacker" if name == "attacker" else "defender"
                found.append((battle, side, own.broke, _known(battle, own, other, role, covariates)))
    return Rows(
        battles=tuple(battle for battle, _, _, _ in found),
        sides=tuple(side for _, side, _, _ in found),
        happened=np.array([happened for _, _, happened, _ in found], dtype=np.float64),
        known=np.array([known for _, _, _, known in found], dtype=np.float64).reshape(len(found), len(KNOWN)),
    )


def casualty_fraction(side: Side) -> float:
    """Return casualties over strength, at most 1 (reinforcements can be lost too); NaN where not known."""
    return min(side.casualties / side.strength, 1.0) if side.strength > 0 else math.nan


def _known(battle: Battle, own: Side, other: Side, role: float, covariates: Covariates) -> list[float]:
    """Return the columns KNOWN of a side; `role` is 1 for the defender and -1 for the attacker."""
    posture = [_posture(battle, codes) * role for codes in (("FD",), ("PD",), ("DL", "WD"))]
    floor = covariates.materiel_floor
    return [
        role,
        math.log(own.strength),
        math.log(other.strength),
        math.log(casualty_fraction(own) + covariates.casualty_floor),
        math.log(casualty_fraction(other) + covariates.casualty_floor),
        float(np.interp(battle.year, covariates.era_years, covariates.era_values)),
        -role * battle.surprise,
        -role * battle.air,
        *posture,
        math.cos(2.0 * math.pi * (battle.month - 7.0) / 12.0),
        _ratio(own.cavalry, other.cavalry, floor["cavalry"]),
        _ratio(own.tanks, other.tanks, floor["tanks"]),
        _ratio(own.guns, other.guns, floor["guns"]),
        _ratio(own.aircraft, other.aircraft, floor["aircraft"]),
    ]


def _ratio(own: float, other: float, floor: float) -> float:
    return math.log(own + floor) - math.log(other + floor)


def _posture(battle: Battle, codes: tuple[str, ...]) -> float:
    return float(battle.posture in codes) if battle.posture else math.nan
