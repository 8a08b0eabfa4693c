"""What a soldier is: the traits he keeps and where he may be.

A soldier has a type and an attachment to his comrades (both never change), a company, and a status. Everything that
moves from day to day belongs to his unit. Soldiers of one company, type and attachment are therefore exchangeable, and
counts are an exact description of them: `docs/explanation/army.md`.
"""

from __future__ import annotations

from typing import Final

TYPES: Final = ("contract", "mobilised", "conscript", "penal", "volunteer", "proxy")

ATTACHMENTS: Final = ("bound", "middling", "loose")

CLASSES: Final = tuple((kind, attachment) for kind in TYPES for attachment in ATTACHMENTS)
"""Every type with every attachment, in the order in which classes are numbered."""

PRESENT_OR_AWAY: Final = ("duty", "wounded", "sick", "leave", "detained", "absent")
"""Where a soldier is who may serve again."""

GONE: Final = ("killed", "invalid", "captured", "surrendered", "released", "deserted")
"""How a soldier leaves for good."""

STATUSES: Final = (*PRESENT_OR_AWAY, *GONE)

VEHICLES: Final = ("tank", "armoured", "artillery", "soft")

VEHICLE_FATES: Final = ("running", "destroyed", "abandoned", "sabotaged")

PARTS: Final = 4
"""The most companies a unit is counted in."""

REGIONS: Final = 8
"""Home regions of a force."""

LAYERS: Final = ("near", "sector", "home")
"""Along what units hear of each other: the same command, the same sector, the same home region."""
