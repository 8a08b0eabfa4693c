"""The state of the forces: every unit of every particle, one column a quantity.

Soldiers are counted by type within a unit. Soldiers of one unit and type are exchangeable, so that
counts are an exact description of them (lumping) as long as no trait differs between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.unit import OrderOfBattle, establishment
from tocsin.parameters import value

SOLDIER_TYPES: Final = ("contract", "mobilised", "conscript")

COMPLIANT, BROKEN, REFUSING, INDEPENDENT = range(4)
"""What a unit does: its task; nothing, having broken in contact; nothing, having declined; its own will."""

UNIT: Final = np.dtype(
    [(name, np.int32) for name in ("wounded", "killed", "invalid", "captured", "absent", "surrendered")]
    + [(name, np.int32) for name in ("detained", "replaced", "vehicles", "vehicles_lost", "vehicles_abandoned")]
    + [(name, np.float64) for name in ("cohesion", "morale", "exhaustion", "supply", "grievance", "loyalty")]
    + [("recent_loss", np.float64), ("mode", np.int8), ("days", np.int16)]
)
"""A unit: heads and vehicles by fate, traits from 0 to 1, share lost in 30 days, mode and days in it."""

COMMAND: Final = np.dtype(
    [(name, np.float64) for name in ("belief", "aware", "legitimacy")]
    + [("overwhelmed", np.int16), ("fallen", np.int8)]
)
"""A force's head and home: believed strength, families aware, legitimacy, days overwhelmed, whether it fell."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What does not change: which units there are, of which force, under which parent."""

    force: NDArray[np.int64]
    """(units,) number of the force."""
    parent: NDArray[np.int64]
    """(units,) number of the parent, counted over all forces."""
    establishment: NDArray[np.int64]
    """(units,) soldiers at full strength."""
    hostile: NDArray[np.bool_]
    """(forces, forces) who fights whom."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ForceState:
    """All forces in every particle."""

    soldiers: NDArray[np.int32]
    """(particles, units, types) fit and present."""
    units: NDArray[np.void]
    """(particles, units) of UNIT."""
    command: NDArray[np.void]
    """(particles, forces) of COMMAND."""

    def take(self, ancestors: NDArray[np.int64], where: Layout) -> ForceState:
        """Return the state in which force f of particle i is a copy of that of particle `ancestors[i, f]`."""
        of_units = ancestors[:, where.force]
        return ForceState(
            soldiers=np.take_along_axis(self.soldiers, of_units[..., None], axis=0),
            units=np.take_along_axis(self.units, of_units, axis=0),
            command=np.take_along_axis(self.command, ancestors, axis=0),
        )


def layout(forces: Sequence[OrderOfBattle], opponents: Sequence[Sequence[str]]) -> Layout:
    """Number the units of all forces in order-of-battle order; `opponents` names those of each force."""
    force, parent, full, offset = [], [], [], 0
    for number, order in enumerate(forces):
        force += [number] * len(order.units)
        parent += [offset + p for p in order.parents]
        full += [establishment(unit.echelon) for unit in order.units]
        offset += max(order.parents, default=-1) + 1
    return Layout(
        force=np.array(force, dtype=np.int64),
        parent=np.array(parent, dtype=np.int64),
        establishment=np.array(full, dtype=np.int64),
        hostile=np.array([[other.force in named for other in forces] for named in opponents], dtype=np.bool_),
    )


def muster(where: Layout, forces: NDArray[np.void], spread: NDArray[np.float64]) -> ForceState:
    """Return the forces on the first day.

    Parameters
    ----------
    forces : (particles, forces) records of the parameters drawn for each force
    spread : (particles, units, 2) uniform numbers, for grievance and loyalty of single units
    """
    particles, units = spread.shape[:2]
    mine = forces[:, where.force]
    shares = np.array([value(f"forces.share_{kind}") for kind in SOLDIER_TYPES])
    present = where.establishment * (1.0 - mine["side.ghosts"])
    soldiers = np.floor(present[..., None] * shares).astype(np.int32)
    state = np.zeros((particles, units), dtype=UNIT)
    state["vehicles"] = np.round(where.establishment / value("forces.soldiers_a_vehicle"))
    state["cohesion"] = value("forces.cohesion_at_start")
    state["morale"] = mine["side.morale"]
    state["supply"] = mine["side.supply"]
    width = value("refusal.unit_spread")
    state["grievance"] = np.clip(mine["side.grievance"] + width * (2 * spread[..., 0] - 1), 0, 1)
    state["loyalty"] = np.clip(mine["side.loyalty"] + width * (2 * spread[..., 1] - 1), 0, 1)
    command = np.zeros(forces.shape, dtype=COMMAND)
    command["belief"] = 1.0
    command["legitimacy"] = forces["side.legitimacy"]
    return ForceState(soldiers=soldiers, units=state, command=command)
