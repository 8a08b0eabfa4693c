"""Scenarios of ORBAT-Mapper (https://orbat-mapper.app): sides, their groups, and units within units.

A scenario is a map of everything; an order of battle lists fighting formations once. So the tree is walked
from above: a brigade or regiment is taken whole, a division only where nothing is drawn below it, a battalion
or company where no brigade holds it. Headquarters, ships, aircraft, equipment and installations are left out.
What a symbol's code stands for is in catalog/symbols.toml.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from tocsin.errors import OrderOfBattleError
from tocsin.forces.order_of_battle.table import MOST_SOLDIERS, Name, Words
from tocsin.forces.unit import OrderOfBattle, Unit
from tocsin.parameters import CATALOGUE

TYPE = "ORBAT-mapper"
DEEPEST = 30
"""Units within units that are read."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)  # a scenario holds much that is no order of battle


class _Personnel(_Part):
    count: Annotated[float, Field(ge=0, le=MOST_SOLDIERS)] = 0
    on_hand: Annotated[float | None, Field(alias="onHand", ge=0, le=MOST_SOLDIERS)] = None


class _Unit(_Part):
    name: Words
    sidc: str
    units: Annotated[list[dict[str, Any]], Field(alias="subUnits")] = []
    personnel: list[_Personnel] = []


class _Group(_Part):
    units: Annotated[list[dict[str, Any]], Field(alias="subUnits")] = []


class _Side(_Part):
    name: Name
    groups: list[_Group] = []
    units: Annotated[list[dict[str, Any]], Field(alias="subUnits")] = []


class _Scenario(_Part):
    started: Annotated[str | int | None, Field(alias="startTime")] = None
    sides: list[_Side]


def is_scenario(found: Any) -> bool:
    """Whether parsed JSON says that it is a scenario of ORBAT-Mapper."""
    return isinstance(found, dict) and str(found.get("type", "")).startswith(TYPE)


def read_scenario(name: str, found: Any, *, known: date | None, warn: Callable[[str], None]) -> Iterator[OrderOfBattle]:
    """Yield one snapshot a side, known on the day on which the scenario begins, or else on the day given.

    Raises ValidationError or OrderOfBattleError where it cannot be read.
    """
    if found["type"] != TYPE:
        raise OrderOfBattleError(name, "an encrypted scenario", "Save it without a password.")
    scenario = _Scenario.model_validate(found)
    day = _day(name, scenario.started, known)
    left: Counter[str] = Counter()
    for side in scenario.sides:
        units: dict[str, Unit] = {}
        roots = [*side.units, *(unit for group in side.groups for unit in group.units)]
        for unit in _walk(name, roots, None, left):
            _add(units, unit)
        if units:
            yield OrderOfBattle(force=side.name, known=day, units=tuple(units.values()))
    for what, count in sorted(left.items()):
        warn(f"{name}: {count} {what} left out.")


def _walk(
    name: str, found: list[dict[str, Any]], parent: str | None, left: Counter[str], depth: int = 0
) -> Iterator[Unit]:
    """Yield the formations to count among units and those below them."""
    if depth > DEEPEST:
        raise OrderOfBattleError(name, f"units within units deeper than {DEEPEST}", "Mend it.")
    for fields in found:
        unit = _Unit.model_validate(fields)
        called = unit.name or "unnamed"
        meaning = _meaning(unit.sidc)
        echelon, branch = (None, "") if isinstance(meaning, str) else meaning
        below = list(_walk(name, unit.units, called, left, depth + 1)) if echelon not in _table()["whole"] else []
        if below:
            yield from below
        elif isinstance(meaning, str):
            left[meaning] += 1
        elif echelon in _table()["counted"]:
            yield Unit(name=called, echelon=str(echelon), branch=branch, parent=parent, strength=_strength(fields))
        else:
            left["units of an echelon without a rule of strength"] += 1


def _add(units: dict[str, Unit], unit: Unit) -> None:
    """Add a unit under a name that no other has: the first company of each battalion is called so."""
    name, number = unit.name, 1
    while name in units:
        name = f"{unit.name}, {unit.parent}" if number == 1 and unit.parent else f"{unit.name} ({number})"
        number += 1
    units[name] = Unit(name=name, echelon=unit.echelon, branch=unit.branch, parent=unit.parent, strength=unit.strength)


def _meaning(sidc: str) -> tuple[str, str] | str:
    """Echelon and branch of a symbol's code; in words what it is where it is no fighting unit on land."""
    table = _table()
    if len(sidc) < 20 or not sidc.isascii() or not sidc.isdigit():
        return "units whose symbol code has not 20 digits"
    if sidc[4:6] != table["land_unit"]:
        return "symbols that are no land units"
    if sidc[7] in table["no_unit"]:
        return "headquarters and dummies"
    branches: dict[str, str] = table["branches"]
    code = sidc[10:16]
    branch = next((branches[code[:length]] for length in (6, 4, 2) if code[:length] in branches), "")
    if branch == "none":
        return "units that do not fight on the ground"
    return str(table["echelons"].get(sidc[8:10], "")), branch or "other"


def _strength(fields: dict[str, Any]) -> int | None:
    """Soldiers of a unit by its own entry, else those of the units below it; None where nobody gives any."""
    waiting, depth = [fields], 0
    while waiting and depth <= DEEPEST:
        units = [_Unit.model_validate(one) for one in waiting]
        given = [man.count if man.on_hand is None else man.on_hand for unit in units for man in unit.personnel]
        if given:
            return min(round(sum(given)), MOST_SOLDIERS)
        waiting, depth = [below for unit in units for below in unit.units], depth + 1
    return None


def _day(name: str, started: str | int | None, known: date | None) -> date:
    try:
        return date.fromisoformat(str(started)[:10])
    except ValueError:
        if known is not None:
            return known
        remedy = "Give the day on which it was known with --known YYYY-MM-DD."
        raise OrderOfBattleError(name, "the scenario does not say when it begins", remedy) from None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((CATALOGUE / "symbols.toml").read_text(encoding="utf-8"))
