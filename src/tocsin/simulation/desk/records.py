"""The records that a simulated day reads and writes, beside the state of the forces."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import CLASSES, LAYERS, VEHICLES

MEASURES: Final = np.dtype(
    [
        (name, np.float32)
        for name in ("strength", "morale", "cohesion", "refusal", "reluctance", "ineffective", "supply", "dissent")
    ]
    + [(name, np.float32) for name in ("belief", "aware", "legitimacy", "fallen", "casualties", "killed", "captured")]
    + [(name, np.float32) for name in ("absent", "surrendered", "replaced", "vehicles_lost", "vehicles_abandoned")]
    + [(name, np.float32) for name in ("sabotaged", "unrest", "refusals", "suppressed", "conceded")]
    + [(name, np.float32) for name in ("exhaustion", "sick", "returned", "detained", "breaks", "protest", "elite")]
)
"""What is written down every evening for each force: states as shares, and the day's counts.

strength : present over establishment; morale : mean of units; cohesion : mean of units; refusal : share of units that
refuse or are independent; reluctance : that and those expected to within 30 days; ineffective : share of units;
supply : mean of units; dissent : private, mean of units; belief : strength as the head believes it;
aware : share of families; legitimacy : of the leaders at home; fallen : whether the leader is gone;
casualties : soldiers killed, wounded or captured today; killed : of these; captured : of these;
absent : soldiers gone absent today; surrendered : soldiers today; replaced : replacements today;
vehicles_lost : to the enemy today; vehicles_abandoned : of these; sabotaged : vehicles today;
unrest : companies expected to decline today, each counted as its part of a unit; refusals : units that began today;
suppressed : units today; conceded : units today; exhaustion : mean of units; sick : soldiers fallen sick today;
returned : soldiers back on duty today; detained : caught or arrested today; breaks : units broken today;
protest : mean of regions; elite : its cohesion.
"""

PLACE: Final = np.dtype(
    [(name, np.int64) for name in ("force", "full", "region", "first", "last")]
    + [("groups", np.int64, (len(LAYERS),)), ("key", np.uint64)]
)
"""What does not change of a unit; `first` and `last` bound its soldiers where they have entries."""

MAKEUP: Final = np.dtype(
    [(name, np.float64, (len(CLASSES),)) for name in ("first", "later", "leaving")]
    + [(name, np.float64, (len(VEHICLES),)) for name in ("vehicles", "vehicle_loss")]
    + [(name, np.float64) for name in ("most", "vehicle_most")]
)
"""Of what a force is made.

first, later : shares of the classes at the start and among replacements, summed up; leaving : the hazard of leaving of
each class over the usual one, at most `most`; vehicles : shares of their classes; vehicle_loss : the rate of loss of
each over that of the average vehicle, at most `vehicle_most`.
"""

SIGHT: Final = np.dtype(
    [(name, np.float64) for name in ("effective", "opposing", "opposing_loss", "intensity", "units", "refusing")]
    + [(name, np.float64) for name in ("capacity", "fear", "hold", "turned", "present", "full", "recent", "morale")]
    + [(name, np.float64) for name in ("cohesion", "supply", "dissent", "exhaustion", "ineffective", "trust")]
)
"""A force as it stands in the morning: sums over its units, what opposes it, and what holds for all of them."""

GROUP: Final = np.dtype([(name, np.float64) for name in ("units", "refusing", "broken", "resting")])
"""Units that hear of each other: how many there are, refuse and are heard of, are broken, are out of the line."""

RATES: Final = np.dtype([(name, np.float64) for name in ("absence", "surrender", "sick", "leave", "release")])
"""Hazards, a day, of leaving duty, for a soldier of the usual class."""

STREAM: Final = np.dtype([("key", np.uint64), ("at", np.uint64)])
"""A random stream: the key of a unit's day, and where in the sequence of a mechanism it is."""

JOURNAL: Final = np.dtype(
    [("day", np.int32), ("unit", np.int32), ("size", np.int32)]
    + [(name, np.int16) for name in ("force", "what", "cause", "part", "kind", "origin", "fate")]
)
"""One entry: the day, the unit (-1 for the force as a whole), its size and what happened, as `codes` numbers it.

Row 0 is the head: its `size` counts the entries that were to be written, more than there is room for if need be; its
`what` says whether single soldiers are followed too.
"""


PAD: Final = np.dtype([("level", np.int64), ("size", np.int64), ("lines", np.int32, (4096, 7))])
"""Where one unit's day is written: nothing at level 0, events at 1, soldiers too at 2."""


def level(journal: NDArray[np.void]) -> int:
    """How much one run's journal takes: nothing, events, or soldiers too."""
    return 0 if journal.size < 2 else 1 + int(journal["what"][0])
