"""The records that a simulated day reads and writes, beside the state of the forces."""

from __future__ import annotations

from typing import Final

import numpy as np

from tocsin.forces.soldiers import ATTACHMENTS, CLASSES, LAYERS, TYPES, VEHICLES

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
"""What is written down every evening for each force: states as shares, and the day's counts."""

PLACE: Final = np.dtype(
    [("force", np.int32), ("full", np.int32), ("region", np.int32), ("groups", np.int32, (len(LAYERS),))]
    + [("first", np.int64), ("last", np.int64), ("key", np.uint64)]
)
"""What does not change of a unit, as the day needs it; `first` and `last` bound its soldiers where they have entries."""

MAKEUP: Final = np.dtype(
    [("types", np.float64, (len(TYPES),)), ("attachments", np.float64, (len(ATTACHMENTS),))]
    + [("new_types", np.float64, (len(TYPES),)), ("new_attachments", np.float64, (len(ATTACHMENTS),))]
    + [("leaving", np.float64, (len(CLASSES),)), ("most", np.float64)]
    + [("vehicles", np.float64, (len(VEHICLES),)), ("vehicle_loss", np.float64, (len(VEHICLES),))]
    + [("vehicle_most", np.float64)]
)
"""Of what a force is made: shares summed up, at the start and of replacements; hazards of each class over the usual."""

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

JOURNAL: Final = np.dtype(
    [("day", np.int32), ("unit", np.int32), ("size", np.int32)]
    + [(name, np.int16) for name in ("force", "what", "cause", "part", "kind", "origin", "fate")]
)
"""One entry: the day, the unit (-1 for the force as a whole), its size and what happened, as `codes` numbers it.

Row 0 is the head: `size` counts the entries that were to be written, `day`, `unit` and `force` say where the writer is,
`what` whether single soldiers are followed.
"""
