"""A unit declines its orders: its companies one by one, then together, or its commander with them."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk.chance import meets, uniform, waiting
from tocsin.simulation.desk.codes import DECLINE, DUTY, REFUSAL, REFUSING
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import note

A = Any


@compiled
def punishment(capacity: float, refusing: float, sure: float) -> float:
    """Probability that a refusal is punished, 1 - exp(-k · floor(capacity / (1 + refusing))) (Epstein).

    The floor makes the loss of fear sudden: once as many refuse as can be suppressed, nobody is.
    """
    return -math.expm1(-sure * math.floor(capacity / (1.0 + refusing)))


@compiled
def hear(near: A, sector: A, home: A, unit: A, p: A) -> float:
    """Weigh the shares of refusing units in the groups along which a unit hears of others.

    What it hears is yesterday's, so that no order of units matters; a unit that is cut off hears nothing.
    """
    if unit["isolated"]:
        return 0.0
    heard = p["refusal.layer_near"] * near["refusing"] / near["units"]
    heard += p["refusal.layer_sector"] * sector["refusing"] / sector["units"]
    return heard + p["refusal.layer_home"] * p["side.phones"] * home["refusing"] / home["units"]


@compiled
def declining(unit: A, heard: float, fear: float, p: A) -> float:
    """Rate at which a company of usual readiness declines its orders.

    Grievance acts alone and, more strongly, with an incident (Hechter, Pfaff and Underwood 2015); what is heard of
    others counts above a threshold; `fear` is the probability of punishment. Sister companies that decline add to it.
    """
    incident = unit["recent_loss"] > p["refusal.incident_loss"] or p["side.arrears"] > 0.5
    log = p["refusal.base"] + unit["grievance"] * (
        p["refusal.grievance"] + (p["refusal.incident"] if incident else 0.0)
    )
    log += p["refusal.contagion"] * max(0.0, heard - p["refusal.threshold"])
    log += p["refusal.within"] * unit["declining"].sum() / unit["parts"]
    log += p["refusal.cohesion"] * (p["exits.reference_cohesion"] - unit["cohesion"])
    log += p["refusal.exhaustion"] * unit["exhaustion"] - p["refusal.fear"] * fear
    return min(math.exp(log), p["refusal.most"])


@compiled
def decline(unit: A, sight: A, heard: float, p: A, rng: A, today: A, journal: A) -> None:
    """Draw which companies of a compliant unit relent or decline, and whether the unit refuses.

    It refuses when a quorum of its companies declines, or when one does and its commander, who judges the regime
    too weak to punish him, goes along (a global game: he moves below the cutoff `unit["nerve"]`).
    """
    parts = unit["parts"]
    rate = declining(unit, heard, sight["fear"], p)
    for j in range(parts):
        if unit["declining"][j] and meets(1.0 / p["refusal.relent_days"], rng):
            unit["declining"][j] = 0
    total = 0.0
    for j in range(parts):
        total += 0.0 if unit["declining"][j] else rate * unit["temper"][j]
    today["unrest"] += total / parts
    if waiting(1.0, rng) < total:  # somebody declines: draw who, given that somebody does
        _choose(unit, rate, total, rng)
        note(journal, DECLINE, 0, unit["declining"].sum())
    number = unit["declining"].sum()
    if number == 0:
        return
    if number >= p["refusal.quorum"] * parts or sight["hold"] < unit["nerve"]:
        unit["mode"], unit["days"] = REFUSING, 0
        unit["declining"][:] = 0
        today["refusals"] += 1.0
        note(journal, REFUSAL, number, unit["heads"][DUTY])


@compiled
def _choose(unit: A, rate: float, total: float, rng: A) -> None:
    """Draw which companies decline, given that at least one does: each in turn, given those before it."""
    left, none = total, True
    for j in range(unit["parts"]):
        if unit["declining"][j]:
            continue
        mine = rate * unit["temper"][j]
        chance = -math.expm1(-mine)
        if none:
            chance = min(1.0, chance / -math.expm1(-left))
        if uniform(rng) < chance:
            unit["declining"][j] = 1
            none = False
        left -= mine
