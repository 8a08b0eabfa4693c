"""The rates at which soldiers leave one by one, and what becomes of those who do."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk.chance import uniform
from tocsin.simulation.desk.codes import (
    ABSENT,
    BROKEN,
    COMPLIANT,
    DETAINED,
    HOME,
    INDEPENDENT,
    KILLED,
    LEAVE,
    RELEASED,
    SICK,
    SURRENDERED,
)
from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def leaving(unit: A, contact: bool, breakdown: float, heard: float, head: A, p: A, rates: A) -> None:
    """Set the hazards, a day, of a soldier of the usual class.

    `breakdown` comes from unbroken contact, `heard` is the weighted share of refusing units around; absence and
    surrender are to be multiplied by the factor of a class, sickness, leave and release are not.
    """
    loose = p["exits.reference_cohesion"] - unit["cohesion"]
    ruin = (unit["recent_loss"] + p["exits.loss_floor"]) / (p["exits.reference_loss"] + p["exits.loss_floor"])
    log = p["exits.absence_base"] + p["exits.loss"] * math.log(ruin) + p["exits.cohesion"] * loose
    log += p["exits.exhaustion"] * unit["exhaustion"] + p["exits.supply"] * (1.0 - unit["supply"])
    log += p["exits.abuse"] * p["side.abuse"] + p["exits.arrears"] * p["side.arrears"] + p["exits.contagion"] * heard
    rates["absence"] = math.exp(log - p["exits.blocking"] * p["side.blocking"])
    if unit["mode"] == INDEPENDENT and unit["course"] == HOME:
        rates["absence"] += p["refusal.going_home"]
    rates["surrender"] = 0.0
    if unit["mode"] == BROKEN or unit["pressed"]:
        log = p["exits.surrender_cohesion"] * loose + p["exits.precedent"] * head["yielding"] + p["exits.treatment"]
        rates["surrender"] = p["exits.surrender"] * math.exp(log)
        rates["surrender"] *= 1.0 if unit["mode"] == BROKEN else p["exits.encircled"]
    rates["sick"] = p["exits.sick"] * math.exp(p["exits.sick_exhaustion"] * unit["exhaustion"]) + breakdown
    rates["leave"] = p["exits.leave"] if unit["mode"] == COMPLIANT and not contact else 0.0
    rates["release"] = p["exits.release"]


@compiled
def whither(rates: A, factor: float, p: A, rng: A) -> int:
    """Draw what became of a soldier who left: causes compete in proportion to their hazards.

    Where troops stand behind the front, some of those who go absent are caught; of these a few are shot.
    """
    absence, surrender = factor * rates["absence"], factor * rates["surrender"]
    place = uniform(rng) * (absence + surrender + rates["sick"] + rates["leave"] + rates["release"])
    if place < absence:
        if uniform(rng) >= p["exits.caught"] * p["side.blocking"]:
            return ABSENT
        return KILLED if uniform(rng) < p["exits.shot"] else DETAINED
    if place < absence + surrender:
        return SURRENDERED
    place -= absence + surrender
    if place < rates["sick"]:
        return SICK
    return LEAVE if place < rates["sick"] + rates["leave"] else RELEASED
