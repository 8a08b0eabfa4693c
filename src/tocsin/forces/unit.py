"""Unit, Echelon and the order of battle: who stands where, under whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import final

from tocsin.errors import CatalogueError
from tocsin.ids import OPTIONAL
from tocsin.parameters import parameters, value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One fighting formation of an order of battle."""

    name: str
    echelon: str
    branch: str
    parent: str | None
    """The formation above it; units of one parent hear of each other first."""
    strength: int | None = field(default=None, metadata=OPTIONAL)
    """Soldiers by the source, where it gives them; shown, and not used by the rule of `establishment`."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOfBattle:
    """The units of one force as they were known on a day, in the order of the source."""

    force: str
    known: date
    units: tuple[Unit, ...]

    @property
    def establishment(self) -> int:
        """Soldiers that the units should have, by the rule of `establishment`."""
        return sum(establishment(unit.echelon) for unit in self.units)

    @property
    def parents(self) -> tuple[int, ...]:
        """For each unit the number of its parent, counted in order of first mention."""
        seen: dict[str, int] = {}
        return tuple(seen.setdefault(unit.parent or unit.name, len(seen)) for unit in self.units)


def establishment(echelon: str) -> int:
    """Return the soldiers of a unit at full strength: one rule by echelon, the same for every force.

    Orders of battle seldom give strengths, and for one side only where they do; the rule is an
    assumption (`forces.toml`) and says nothing of any one unit.
    """
    return _rule("establishment", echelon)


def battalions(echelon: str) -> int:
    """Return in how many battalions a unit is counted: one rule by echelon, like its establishment."""
    return _rule("battalions", echelon)


def parts(echelon: str) -> int:
    """Return how many parts of a unit may decline one by one: one rule by echelon, like its establishment."""
    return _rule("parts", echelon)


def _rule(what: str, echelon: str) -> int:
    name = f"forces.{what}_{echelon}"
    if name not in parameters():
        known = sorted(n.rpartition("_")[2] for n in parameters() if n.startswith(f"forces.{what}_"))
        raise CatalogueError(f"echelon {echelon!r}", f"has no {what}; known are {', '.join(known)}")
    return int(value(name))


def latest(snapshots: Sequence[OrderOfBattle], as_of: date) -> OrderOfBattle | None:
    """Return the newest of one force's snapshots that was known by `as_of`, or None."""
    visible = [snapshot for snapshot in snapshots if snapshot.known <= as_of]
    return max(visible, key=lambda snapshot: snapshot.known, default=None)
