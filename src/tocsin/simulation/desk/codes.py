"""Numbers by which compiled code knows statuses, modes and events; a test compares them with the names in `forces`."""

from __future__ import annotations

from typing import Final

DUTY, WOUNDED, SICK, LEAVE, DETAINED, ABSENT = range(6)
KILLED, INVALID, CAPTURED, SURRENDERED, RELEASED, DESERTED = range(6, 12)
KEPT: Final = 6
"""Soldiers of the first statuses may serve again and are counted by company and class."""

FREE: Final = 255
"""The status of an entry, where soldiers are kept one by one, that stands for nobody."""

COMPLIANT, BROKEN, REFUSING, INDEPENDENT = range(4)

NO_COURSE, SITS, HOME, BARGAINS, TURNS = range(5)

RUNNING, DESTROYED, ABANDONED, SABOTAGED = range(4)

PARTS, CLASSES, ATTACHMENTS, REGIONS = 4, 18, 3, 8

NEAR, SECTOR, AT_HOME = range(3)

MOVE: Final = 0
"""A soldier goes from one status to another: the finest entry of a journal."""

BREAK, DECLINE, REFUSAL, SUPPRESSION, CONCESSION, ISOLATION, INDEPENDENCE, MASS_SURRENDER, COUP, COLLAPSE = range(1, 11)

FIREPOWER, MANOEUVRE, WANT, RESERVES = range(4)
"""What made a unit break."""

MUSTERING, CONTACT, LOSSES, VEHICLE_LOSSES, SABOTAGE, BREAKING, EXITS, DECLINING = range(8)
RESPONSE, ANSWER, ARREST, RETURNS, REPLACEMENT, REGIME = range(8, 14)
"""The mechanisms that draw random numbers, each from a stream of its own."""
