"""Sum up a day: the forces as they stand tomorrow morning, and what is written down of them."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.day.condition import dissent, quality, trust
from tocsin.simulation.day.refusal import punishment
from tocsin.simulation.desk.codes import BROKEN, COMPLIANT, DUTY, REFUSING, TURNS
from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def survey(units: A, places: A, p: A, sight: A, groups: A) -> None:
    """Sum up the units of each force and of each group that hears of itself."""
    for f in range(sight.shape[0]):
        _clear(sight[f])
    for g in range(groups.shape[0]):
        groups[g]["units"] = groups[g]["refusing"] = groups[g]["broken"] = groups[g]["resting"] = 0.0
    for u in range(units.shape[0]):
        unit, place = units[u], places[u]
        _add(sight[place["force"]], unit, float(place["full"]), p[place["force"]])
        refusing = unit["mode"] >= REFUSING
        heard = refusing and not unit["isolated"]
        broken, resting = unit["mode"] == BROKEN, not unit["line"]
        for g in place["groups"]:
            group = groups[g]
            group["units"] += 1.0
            group["refusing"] += 1.0 if heard else 0.0
            group["broken"] += 1.0 if broken else 0.0
            group["resting"] += 1.0 if resting else 0.0
    for f in range(sight.shape[0]):
        _mean(sight[f], p[f])


@compiled
def _clear(mine: A) -> None:
    mine["effective"] = mine["units"] = mine["refusing"] = mine["turned"] = mine["present"] = mine["full"] = 0.0
    mine["recent"] = mine["morale"] = mine["cohesion"] = mine["supply"] = mine["dissent"] = 0.0
    mine["exhaustion"] = mine["ineffective"] = 0.0


@compiled
def _add(mine: A, unit: A, weight: float, p: A) -> None:
    """Add a unit; its traits count by its establishment. A unit that broke or refuses counts nothing in a fight."""
    present = float(unit["heads"][DUTY])
    effective = 0.0
    if unit["mode"] == COMPLIANT:
        effective = present * quality(unit, p)
    mine["effective"] += effective
    mine["ineffective"] += 1.0 if effective < p["breaking.ineffective"] * weight else 0.0
    mine["units"] += 1.0
    mine["refusing"] += 1.0 if unit["mode"] >= REFUSING else 0.0
    mine["turned"] += 1.0 if unit["course"] == TURNS else 0.0
    mine["present"] += present
    mine["full"] += weight
    mine["recent"] += weight * unit["recent_loss"]
    mine["morale"] += weight * unit["morale"]
    mine["cohesion"] += weight * unit["cohesion"]
    mine["supply"] += weight * unit["supply"]
    mine["exhaustion"] += weight * unit["exhaustion"]
    mine["dissent"] += weight * dissent(unit, p)


@compiled
def _mean(mine: A, p: A) -> None:
    """Turn sums into means, and say how many refusals can be suppressed."""
    full = mine["full"]
    mine["recent"], mine["morale"], mine["cohesion"] = (
        mine["recent"] / full,
        mine["morale"] / full,
        mine["cohesion"] / full,
    )
    mine["supply"], mine["dissent"] = mine["supply"] / full, mine["dissent"] / full
    mine["exhaustion"] /= full
    # whatever the size of an army, a single unit that refuses can be dealt with
    mine["capacity"] = max(1.0, p["side.capacity"] * mine["units"])


@compiled
def dawn(sight: A, command: A, p: A) -> None:
    """Set what holds for all units of a force: how sure punishment is, how strong the regime, what men can trust."""
    for f in range(sight.shape[0]):
        mine, legitimacy = sight[f], command[f]["legitimacy"]
        mine["fear"] = punishment(mine["capacity"], mine["refusing"], p[f]["refusal.punishing"])
        mine["hold"] = legitimacy * mine["fear"]
        mine["trust"] = trust(legitimacy, p[f])


@compiled
def write(head: A, mine: A, today: A) -> None:
    """Write down how a force stands in the evening; the day's counts are there already."""
    today["strength"] = mine["present"] / mine["full"]
    today["morale"], today["cohesion"], today["supply"] = mine["morale"], mine["cohesion"], mine["supply"]
    today["exhaustion"], today["dissent"] = mine["exhaustion"], mine["dissent"]
    share = mine["refusing"] / mine["units"]
    today["refusal"], today["ineffective"] = share, mine["ineffective"] / mine["units"]
    soon = -math.expm1(-30.0 * float(today["unrest"]) / mine["units"])
    today["reluctance"] = share + (1.0 - share) * soon
    today["belief"], today["legitimacy"], today["fallen"] = head["belief"], head["legitimacy"], head["fallen"]
    today["aware"], today["protest"], today["elite"] = head["aware"].mean(), head["protest"].mean(), head["elite"]
