"""Supply, exhaustion, training, cohesion and morale of a unit."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def wear(unit: A, contact: bool, lost: float, broken: float, sight: A, aware: float, p: A) -> None:
    """Bring a unit's condition to the evening.

    `lost` is the share of its men lost today, `broken` that of its neighbours that have broken, `aware` that of the
    families at home that know.
    """
    aim = p["side.supply"] * (1.0 - p["side.corruption"]) - p["condition.supply_broken"] * broken
    if contact:
        unit["exhaustion"] = min(1.0, unit["exhaustion"] + 1.0 / p["condition.exhaustion_days"])
        aim -= p["condition.supply_use"]
        mend = 0.0
    else:
        unit["exhaustion"] *= 1.0 - 1.0 / p["condition.rest_days"]
        unit["training"] += (1.0 - unit["training"]) / p["condition.training_days"]
        mend = (p["condition.cohesion_aim"] - unit["cohesion"]) / p["condition.cohesion_days"]
    unit["recent_loss"] = min(1.0, unit["recent_loss"] * (1.0 - 1.0 / p["condition.recent_days"]) + lost)
    supply = unit["supply"] + (aim - unit["supply"]) / p["condition.supply_days"]
    unit["supply"] = min(1.0, max(p["condition.supply_least"], supply))
    cohesion = unit["cohesion"] * (1.0 - p["condition.cohesion_loss"] * lost) + mend
    unit["cohesion"] = min(1.0, max(0.0, cohesion))
    mood = sight["trust"] + p["condition.morale_supply"] * (unit["supply"] - p["condition.supply_reference"])
    mood -= p["condition.morale_loss"] * unit["recent_loss"] + p["condition.morale_home"] * aware * p["side.phones"]
    unit["morale"] += (1.0 / (1.0 + math.exp(-mood)) - unit["morale"]) / p["condition.morale_days"]


@compiled
def trust(legitimacy: float, p: A) -> float:
    """Return the log odds of morale in a unit that wants for nothing and lost nobody."""
    care = p["side.leadership"] - 0.5 - p["side.arrears"] - p["side.abuse"]
    faith = p["condition.morale_trust"] * (legitimacy - p["side.legitimacy"])
    return math.log(p["side.morale"] / (1.0 - p["side.morale"])) + p["condition.morale_care"] * care + faith


@compiled
def strained(unit: A, contact: bool, p: A) -> float:
    """Add a day to the clock of unbroken contact and return the hazard of breaking down that it brings.

    After d days of contact without a pause 1 - exp(-(d / scale)^shape) of the men have broken down.
    """
    if not contact:
        unit["strain"] = max(0.0, unit["strain"] - p["condition.strain_relief"])
        return 0.0
    shape, before = p["condition.strain_shape"], unit["strain"] / p["condition.strain_scale"]
    unit["strain"] += 1.0
    return (unit["strain"] / p["condition.strain_scale"]) ** shape - before**shape


@compiled
def mingle(unit: A, back: int, fresh: int, present: int, p: A) -> None:
    """Men who return and men who are new make a unit fresher, less trained and less close."""
    if present == 0 or back + fresh == 0:
        return
    new, turnover = fresh / present, (back + fresh) / present
    unit["exhaustion"] *= 1.0 - turnover
    unit["cohesion"] *= max(0.0, 1.0 - p["condition.cohesion_turnover"] * turnover)
    unit["training"] += new * (p["condition.training_new"] - unit["training"])
    unit["grievance"] += new * (p["side.grievance"] - unit["grievance"])


@compiled
def quality(unit: A, p: A) -> float:
    """Return the fighting value of a soldier present, by cohesion, supply and rest of his unit."""
    floor = p["condition.quality_floor"]
    bond = floor + (1.0 - floor) * unit["cohesion"]
    return bond * unit["supply"] ** p["condition.quality_supply"] * (1.0 - unit["exhaustion"])


@compiled
def dissent(unit: A, p: A) -> float:
    """Return private dissent, 0 to 1: grievance and abuse against morale, whatever the unit shows in public."""
    against = unit["grievance"] - unit["morale"] + p["side.abuse"]
    return 1.0 / (1.0 + math.exp(-p["condition.dissent_slope"] * against))
