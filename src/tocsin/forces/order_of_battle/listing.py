"""Orders of battle as JSON: a list of snapshots, each with its units; what `tocsin orbat --format json` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tocsin.forces.order_of_battle.table import MOST_SOLDIERS, Name, Words, check_echelon
from tocsin.forces.unit import OrderOfBattle, Unit
from tocsin.ids import plain


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Unit(_Strict):
    name: Name
    echelon: Words
    branch: Words
    parent: Words | None = None
    strength: int | None = Field(default=None, ge=0, le=MOST_SOLDIERS)


class _Snapshot(_Strict):
    force: Name
    known: date
    units: list[_Unit]


class _Listing(_Strict):
    orders: list[_Snapshot]


def read_listing(name: str, found: Any) -> Iterator[OrderOfBattle]:
    """Yield the snapshots of parsed JSON; raise ValidationError or OrderOfBattleError where it is none."""
    listing = _Listing.model_validate({"orders": found} if isinstance(found, list) else found)
    for snapshot in listing.orders:
        for unit in snapshot.units:
            check_echelon(name, unit.name, unit.echelon)
        if snapshot.units:
            units = tuple(Unit(**unit.model_dump()) for unit in snapshot.units)
            yield OrderOfBattle(force=snapshot.force, known=snapshot.known, units=units)


def listing(orders: Iterable[OrderOfBattle]) -> dict[str, Any]:
    """Return snapshots as plain JSON that `read_listing` reads back."""
    return {"orders": plain(list(orders))}
