"""A unit in contact breaks, by competing risks, and stands again."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk.chance import uniform
from tocsin.simulation.desk.codes import BREAK, BROKEN, COMPLIANT, DUTY, FIREPOWER, MANOEUVRE, RESERVES, WANT
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import note

A = Any


@compiled
def hazards(p: A, own: float, opposing: float, pressed: bool, supply: float, resting: float) -> tuple[float, ...]:
    """Return the hazards of breaking by firepower, manoeuvre, want and lack of reserves, before will is counted.

    The first two are the hazard fitted to four centuries of battles (`break_hazard.toml`), which holds on days of
    battle. `own` and `opposing` are shares lost in 30 days; `resting` is the share of neighbours out of the line.
    """
    floor = p["breaking.loss_floor"]
    relative = math.log((own + floor) / (opposing + floor))
    war = p["break_hazard.base"] + p["break_hazard.war"] * p["breaking.war"]
    fire = p["breaking.battle"] * math.exp(war + p["break_hazard.relative_loss"] * relative)
    turned = p["breaking.battle"] * p["break_hazard.surprised"] if pressed else 0.0
    return fire, turned, p["breaking.supply"] * (1.0 - supply) ** 2, 0.0 if resting > 0.0 else p["breaking.reserves"]


@compiled
def stand(unit: A, contact: bool, sight: A, near: A, p: A, rng: A, today: A, journal: A) -> None:
    """Draw whether a unit in contact breaks, and by what, or a broken one stands again."""
    if contact:
        causes = hazards(
            p, unit["recent_loss"], sight["opposing_loss"], unit["pressed"] == 1, unit["supply"], near["resting"]
        )
        will = p["breaking.cohesion"] * (p["breaking.reference_cohesion"] - unit["cohesion"])
        will -= p["breaking.morale"] * (unit["morale"] - p["breaking.reference_morale"])
        will -= p["breaking.blocking"] * p["side.blocking"]
        total = causes[FIREPOWER] + causes[MANOEUVRE] + causes[WANT] + causes[RESERVES]
        if uniform(rng) < -math.expm1(-total * math.exp(will)):
            place, cause = uniform(rng) * total - causes[0], 0
            while place >= 0.0 and cause < RESERVES:
                cause += 1
                place -= causes[cause]
            unit["mode"], unit["days"] = BROKEN, 0
            today["breaks"] += 1.0
            note(journal, BREAK, cause, unit["heads"][DUTY])
    elif unit["mode"] == BROKEN and uniform(rng) < p["breaking.recovery"]:
        unit["mode"] = COMPLIANT
