"""The state of the forces: every unit of every particle, with its soldiers counted by company and class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import CLASSES, PARTS, PRESENT_OR_AWAY, REGIONS, STATUSES, VEHICLE_FATES, VEHICLES
from tocsin.forces.tree import Layout

COMPLIANT, BROKEN, REFUSING, INDEPENDENT = range(4)
"""What a unit does: its task; nothing, having broken in contact; nothing, having declined; its own will."""

COURSES: Final = ("none", "sits", "home", "bargains", "turns")
"""What an independent unit does: nothing yet, sits tight, goes home, bargains, turns on the regime."""

LEVELS: Final = 8
"""The most levels of command through which a report may rise."""

UNIT: Final = np.dtype(
    [
        ("men", np.int16, (len(PRESENT_OR_AWAY), PARTS, len(CLASSES))),
        ("heads", np.int32, (len(STATUSES),)),
        ("here", np.int32, (len(PRESENT_OR_AWAY), PARTS)),
        ("replaced", np.int32),
        ("vehicles", np.int16, (len(VEHICLE_FATES), len(VEHICLES))),
        ("temper", np.float64, (PARTS,)),
        ("declining", np.int8, (PARTS,)),
    ]
    + [(name, np.float64) for name in ("cohesion", "morale", "exhaustion", "strain", "supply", "training")]
    + [(name, np.float64) for name in ("grievance", "loyalty", "nerve", "recent_loss")]
    + [("days", np.int16)]
    + [(name, np.int8) for name in ("parts", "mode", "course", "line", "isolated", "pressed")]
)
"""A unit.

men : soldiers who may serve again, by status, part and class; heads : all soldiers there ever were, by status;
here : soldiers who may serve again, by status and part; replaced : replacements that came so far;
vehicles : by fate and class; temper : readiness of each part to decline, a factor; declining : whether each part does;
cohesion : from 0 to 1; morale : from 0 to 1; exhaustion : from 0 to 1; strain : days of contact not yet rested off;
supply : share of need met; training : from 0 to 1; grievance : from 0 to 1; loyalty : of its officers, from 0 to 1;
nerve : the strength of the regime below which its commander leads a refusal; recent_loss : share lost in 30 days;
days : in its mode; parts : how many it has; mode : compliant, broken, refusing or independent;
course : what it does when independent; line : whether it is in the line; isolated : whether it is cut off;
pressed : whether it was surprised today or a neighbour has broken.
"""

COMMAND: Final = np.dtype(
    [
        ("rising", np.float64, (LEVELS,)),
        ("aware", np.float64, (REGIONS,)),
        ("protest", np.float64, (REGIONS,)),
    ]
    + [(name, np.float64) for name in ("belief", "legitimacy", "elite", "yielding")]
    + [("overwhelmed", np.int16), ("fallen", np.int8)]
)
"""A force's head and home.

rising : the deficit as it stands at each level of command; aware : share of families that know, by region;
protest : from 0 to 1, by region; belief : believed strength; legitimacy : from 0 to 1; elite : its cohesion;
yielding : share of the force that surrendered lately; overwhelmed : days that more refused than can be suppressed;
fallen : whether the leader is gone.
"""

FREE: Final = 255
"""The status of an entry that stands for nobody."""

SOLDIER: Final = np.dtype([("status", np.uint8), ("part", np.uint8), ("kind", np.uint8)])
"""A soldier with an entry of his own: number of his status, of his part of the unit, of his class."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ForceState:
    """All forces in every particle."""

    units: NDArray[np.void]
    """(particles, units) of UNIT."""
    command: NDArray[np.void]
    """(particles, forces) of COMMAND."""
    men: NDArray[np.void]
    """(particles, entries) of SOLDIER, in the order of units; (particles, 0) where soldiers are only counted."""

    def take(self, ancestors: NDArray[np.int64], where: Layout) -> ForceState:
        """Return the state in which force f of particle i is a copy of that of particle `ancestors[i, f]`."""
        owner = np.repeat(where.force, where.entries) if self.men.shape[1] else np.zeros(0, dtype=np.int64)
        return ForceState(
            units=np.take_along_axis(self.units, ancestors[:, where.force], axis=0),
            command=np.take_along_axis(self.command, ancestors, axis=0),
            men=np.take_along_axis(self.men, ancestors[:, owner], axis=0),
        )
