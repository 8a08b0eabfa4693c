"""The tree of a force: from the formations of an order of battle down to the units that are simulated.

Orders of battle mostly name brigades. One rule by echelon (`forces.toml`) divides each formation evenly into battalions
and these into companies; it is an assumption, the same for every force. A simulation may also count whole formations as
its units, and their battalions as the parts of these: faster, and as fine as the order of battle is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import LAYERS, REGIONS
from tocsin.forces.unit import OrderOfBattle, Unit, battalions, establishment, parts

_ROOM = 6  # times the establishment: replacements fill gaps only, and the absent are struck off in time


class Resolution(Enum):
    """What a unit of the simulation is."""

    FORMATION = "formation"
    """A formation as the order of battle names it; its parts are what stands below it."""
    BATTALION = "battalion"
    """A battalion, or what is smaller; its parts are companies."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What does not change: which units there are, of which force, and who hears of whom."""

    force: NDArray[np.int64]
    """(units,) number of the force."""
    establishment: NDArray[np.int64]
    """(units,) soldiers at full strength."""
    parts: NDArray[np.int64]
    """(units,) parts that may decline one by one."""
    formation: NDArray[np.int64]
    """(units,) place of the unit's formation in the order of battle of its force."""
    groups: NDArray[np.int64]
    """(units, LAYERS) numbers, counted over all forces, of the groups along which the unit hears of others."""
    region: NDArray[np.int64]
    """(units,) home region."""
    position: NDArray[np.int64]
    """(units, 2) force and place within it: what random streams are keyed by."""
    hostile: NDArray[np.bool_]
    """(forces, forces) who fights whom."""

    @property
    def entries(self) -> NDArray[np.int64]:
        """(units,) entries for soldiers kept one by one: room for all who may be present or away at a time."""
        return _ROOM * self.establishment


def layout(
    forces: Sequence[OrderOfBattle],
    opponents: Sequence[Sequence[str]],
    resolution: Resolution = Resolution.FORMATION,
) -> Layout:
    """Number the units of all forces in order-of-battle order; `opponents` names those of each force."""
    rows = [
        (number, place, *row)
        for number, order in enumerate(forces)
        for place, row in enumerate(_units(order, resolution))
    ]
    force, place, full, parted, formation, near, sector = (np.array(c, dtype=np.int64) for c in zip(*rows, strict=True))
    region = place % REGIONS
    layers = np.stack([_numbered(force, of) for of in (near, sector, region)], axis=1)
    offsets = np.cumsum([0, *(layers[:, i].max() + 1 for i in range(len(LAYERS) - 1))])
    return Layout(
        force=force,
        establishment=full,
        parts=parted,
        formation=formation,
        groups=layers + offsets,
        region=region,
        position=np.stack([force, place], axis=1),
        hostile=np.array([[other.force in named for other in forces] for named in opponents], dtype=np.bool_),
    )


def _units(order: OrderOfBattle, resolution: Resolution) -> Iterator[tuple[int, int, int, int, int]]:
    """Of each unit: establishment, parts, formation, the group nearest to it, the group of its sector."""
    for formation, (unit, parent) in enumerate(zip(order.units, order.parents, strict=True)):
        full = establishment(unit.echelon)
        if resolution is Resolution.FORMATION:
            yield full, parts(unit.echelon), formation, parent, 0
            continue
        number = battalions(unit.echelon)
        for i in range(number):
            companies = parts("battalion" if number > 1 else unit.echelon)
            yield full * (i + 1) // number - full * i // number, companies, formation, formation, parent


def _numbered(force: NDArray[np.int64], of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number pairs of force and group from 0 in the order in which they come."""
    fresh = count()
    seen: dict[tuple[int, int], int] = {}
    pairs = zip(force.tolist(), of.tolist(), strict=True)
    return np.array([seen[pair] if pair in seen else seen.setdefault(pair, next(fresh)) for pair in pairs])


def name(order: OrderOfBattle, where: Layout, unit: int) -> str:
    """Return what a simulated unit is called: its formation, and its number within it where that is divided."""
    mates = np.flatnonzero((where.force == where.force[unit]) & (where.formation == where.formation[unit]))
    formation: Unit = order.units[int(where.formation[unit])]
    return formation.name if mates.size == 1 else f"{formation.name}, battalion {unit - int(mates[0]) + 1}"
