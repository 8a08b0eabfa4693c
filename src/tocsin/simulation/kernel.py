"""One particle, day by day, on plain arrays.

The day runs in the order orders, contact, condition, break, exits, refusal, response, replacement, reports
upward, families, regime. What a unit sees of others is yesterday's: no order of units matters.
Called without its compiler (`advance.py_func`) it is the definition of itself in plain Python.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from tocsin.simulation import hazards
from tocsin.simulation.tally import arriving, happening

A = Any  # arrays of numbers and of records, as documented in `advance`

COMPLIANT, BROKEN, REFUSING, INDEPENDENT = 0, 1, 2, 3


@njit(cache=True, nogil=True)
def advance(soldiers: A, units: A, command: A, force: A, parent: A, full: A, hostile: A, p: A, rng: A, out: A) -> None:
    """Advance one particle by as many days as `out` has rows; arrays are changed in place.

    Parameters
    ----------
    soldiers : (units, types) int32, fit and present
    units, command : (units,), (forces,) records of `forces.state`
    force, parent, full : (units,) force, parent and establishment of each unit
    hostile : (forces, forces) bool, who fights whom
    p : (forces,) records of parameters; elsewhere in this module the record of one force
    rng : the particle's random stream
    out : (days, forces) records of `simulate.MEASURES`, zero on entry, filled here
    """
    for day in range(out.shape[0]):
        sight = look(soldiers, units, command, force, parent, full, hostile, p)
        today = out[day]
        for u in range(soldiers.shape[0]):
            f = force[u]
            live(soldiers[u], units[u], f, parent[u], full[u], sight, p[f], rng, today[f])
        respond(units, force, soldiers, sight, p, rng, today)
        for f in range(command.shape[0]):
            govern(command[f], f, sight, p[f], rng, today[f])
        measure(soldiers, units, command, force, full, p, today)


@njit(cache=True, nogil=True)
def look(soldiers: A, units: A, command: A, force: A, parent: A, full: A, hostile: A, p: A) -> A:
    """Sum up the morning: (forces, 8) and (parents, 3).

    By force: effective soldiers, opposing effective soldiers, units refusing, units, opposing recent loss,
    intensity of fighting, establishment, refusing units that can be suppressed. By parent: units, units refusing,
    units broken.
    """
    forces = command.shape[0]
    by_force = np.zeros((forces, 8))
    by_parent = np.zeros((parent.max() + 1, 3))
    recent = np.zeros(forces)
    for u in range(force.shape[0]):
        f = force[u]
        by_force[f, 0] += effective(soldiers[u], units[u])
        by_force[f, 3] += 1.0
        by_force[f, 6] += full[u]
        recent[f] += units[u]["recent_loss"]
        by_parent[parent[u], 0] += 1.0
        if units[u]["mode"] >= REFUSING:
            by_force[f, 2] += 1.0
            by_parent[parent[u], 1] += 1.0
        elif units[u]["mode"] == BROKEN:
            by_parent[parent[u], 2] += 1.0
    for f in range(forces):
        # whatever the size of an army, a single unit that refuses can be dealt with
        by_force[f, 7] = max(1.0, p[f]["side.capacity"] * by_force[f, 3])
        others, tempo = 0.0, 0.0
        for g in range(forces):
            if hostile[f, g]:
                by_force[f, 1] += by_force[g, 0]
                by_force[f, 4] += recent[g] / max(1.0, by_force[g, 3])
                tempo += command[g]["belief"]
                others += 1.0
        by_force[f, 4] /= max(1.0, others)
        by_force[f, 5] = 0.5 * (command[f]["belief"] + tempo / max(1.0, others)) if others > 0.0 else 0.0
    return by_force, by_parent


@njit(cache=True, nogil=True)
def effective(mine: A, unit: A) -> float:
    """Soldiers of a unit weighted by cohesion, supply and rest; a unit that broke or refuses counts nothing."""
    if unit["mode"] != COMPLIANT:
        return 0.0
    quality = (0.4 + 0.6 * unit["cohesion"]) * np.sqrt(unit["supply"]) * (1.0 - unit["exhaustion"])
    return mine.sum() * quality


@njit(cache=True, nogil=True)
def live(mine: A, unit: A, f: int, above: int, full: int, sight: A, p: A, rng: A, today: A) -> None:
    """One unit's day, from contact to replacement."""
    by_force, by_parent = sight
    present = float(mine.sum())
    engaged = by_force[f, 5] > 0.0  # without an enemy there is no contact
    contact = engaged and unit["mode"] == COMPLIANT and rng.random() < p["losses.contact"]
    lost = fight(mine, unit, f, by_force, p, rng, today) if contact else 0.0
    drive(unit, contact, lost / max(present, 1.0), p, rng, today)
    gained = replace(mine, unit, full, p, rng, today)
    wear(unit, contact, lost / max(present, 1.0), gained / max(present, 1.0), p)
    near = 0.5 * by_parent[above, 1] / by_parent[above, 0] + 0.5 * by_force[f, 2] / by_force[f, 3]
    if contact:
        pressed = by_parent[above, 2] > 0.0 or rng.random() < p["breaking.surprise"]
        will = p["breaking.cohesion"] * (0.6 - unit["cohesion"]) - p["breaking.morale"] * (unit["morale"] - 0.5)
        rate = hazards.breaking(p, unit["recent_loss"], by_force[f, 4], pressed, unit["supply"], will)
        if rng.random() < 1.0 - np.exp(-rate):
            unit["mode"] = BROKEN
            unit["days"] = 0
    elif unit["mode"] == BROKEN and rng.random() < p["breaking.recovery"]:
        unit["mode"] = COMPLIANT
    leave(mine, unit, near, p, rng, today)
    if unit["mode"] == COMPLIANT:
        decline(unit, f, near, by_force, p, rng, today)


@njit(cache=True, nogil=True)
def fight(mine: A, unit: A, f: int, by_force: A, p: A, rng: A, today: A) -> float:
    """Losses of a unit in contact, beta-binomial around Helmbold's rate; returns how many fell out."""
    noise = p["losses.spread"]
    rate = hazards.loss_rate(p["losses.rate"] * p["side.tempo"], by_force[f, 0], by_force[f, 1], p["losses.exponent"])
    rate *= by_force[f, 5] * np.exp(noise * rng.standard_normal() - 0.5 * noise * noise)
    if rng.random() < p["losses.shock"]:
        rate *= p["losses.shock_factor"]
    chance = min(1.0 - np.exp(-rate), 0.95)
    if chance <= 0.0:
        return 0.0
    size = 1.0 / p["losses.correlation"] - 1.0
    share = rng.beta(chance * size, (1.0 - chance) * size)
    total = 0
    for kind in range(mine.shape[0]):
        fallen = rng.binomial(mine[kind], share)
        mine[kind] -= fallen
        total += fallen
    killed = rng.binomial(total, 1.0 / (1.0 + p["losses.wounded_a_death"]))
    taken = rng.binomial(total - killed, p["losses.captured"])
    able = rng.binomial(total - killed - taken, p["losses.return"])
    unit["killed"] += killed
    unit["captured"] += taken
    unit["wounded"] += able
    unit["invalid"] += total - killed - taken - able
    today["casualties"] += total
    today["killed"] += killed
    today["captured"] += taken
    return float(total)


@njit(cache=True, nogil=True)
def drive(unit: A, contact: bool, lost: float, p: A, rng: A, today: A) -> None:
    """Vehicles sabotaged by their crews, lost in contact and in flight, and the share of these that was abandoned."""
    spoilt = happening(unit["vehicles"], p["vehicles.sabotage"] * dissent(unit, p["side.abuse"]), rng)
    unit["vehicles"] -= spoilt
    unit["vehicles_lost"] += spoilt
    today["sabotaged"] += spoilt
    broken = unit["mode"] == BROKEN
    chance = p["vehicles.loss"] * lost + (p["vehicles.displacement"] if broken else 0.0)
    if not (contact or broken) or chance <= 0.0:
        return
    gone = rng.binomial(unit["vehicles"], min(chance, 0.95))
    flight = p["vehicles.flight"] if broken else 0.0
    x = p["vehicles.abandonment"] + flight + p["vehicles.cohesion"] * (0.6 - unit["cohesion"])
    left = rng.binomial(gone, 1.0 / (1.0 + np.exp(-x)))
    unit["vehicles"] -= gone
    unit["vehicles_lost"] += gone
    unit["vehicles_abandoned"] += left
    today["vehicles_lost"] += gone
    today["vehicles_abandoned"] += left


@njit(cache=True, nogil=True)
def dissent(unit: A, abuse: float) -> float:
    """Private dissent, 0 to 1: grievance and abuse against morale."""
    return 1.0 / (1.0 + np.exp(-3.0 * (unit["grievance"] - unit["morale"] + abuse)))


@njit(cache=True, nogil=True)
def replace(mine: A, unit: A, full: int, p: A, rng: A, today: A) -> float:
    """Wounded men return and replacements arrive; returns how many came."""
    back = happening(unit["wounded"], 1.0 / p["losses.return_days"], rng)
    unit["wounded"] -= back
    mine[0] += back
    deficit = full - mine.sum()
    if deficit <= 0:
        return float(back)
    fresh = min(arriving(p["side.replacement"] * full, rng), deficit)
    mine[1] += fresh
    unit["replaced"] += fresh
    today["replaced"] += fresh
    return float(back + fresh)


@njit(cache=True, nogil=True)
def wear(unit: A, contact: bool, lost: float, turnover: float, p: A) -> None:
    """Exhaustion, supply, cohesion and morale after the day."""
    if contact:
        unit["exhaustion"] = min(1.0, unit["exhaustion"] + 1.0 / p["condition.exhaustion_days"])
    else:
        unit["exhaustion"] *= 1.0 - 1.0 / p["condition.rest_days"]
    unit["recent_loss"] = min(1.0, unit["recent_loss"] * (1.0 - 1.0 / 30.0) + lost)
    aim = p["side.supply"] - (p["condition.supply_use"] if contact else 0.0)
    unit["supply"] = min(1.0, max(0.05, unit["supply"] + (aim - unit["supply"]) / 7.0))
    mend = 0.0 if contact else (p["condition.cohesion_aim"] - unit["cohesion"]) / p["condition.cohesion_days"]
    worn = (p["condition.cohesion_loss"] * lost + p["condition.cohesion_turnover"] * turnover) * unit["cohesion"]
    unit["cohesion"] = min(1.0, max(0.0, unit["cohesion"] - worn + mend))
    trust = p["condition.morale_supply"] * (unit["supply"] - 0.7) - p["condition.morale_loss"] * unit["recent_loss"]
    care = p["side.leadership"] - 0.5 - p["side.arrears"] - p["side.abuse"]
    base = np.log(p["side.morale"] / (1.0 - p["side.morale"]))
    target = 1.0 / (1.0 + np.exp(-(base + trust + p["condition.morale_care"] * care)))
    unit["morale"] += (target - unit["morale"]) / p["condition.morale_days"]


@njit(cache=True, nogil=True)
def leave(mine: A, unit: A, near: float, p: A, rng: A, today: A) -> None:
    """Soldiers who go absent, and those of a broken unit who surrender."""
    loose = 0.6 - unit["cohesion"]
    strain = p["exits.cohesion"] * loose + p["exits.exhaustion"] * unit["exhaustion"]
    strain += p["exits.supply"] * (1.0 - unit["supply"]) + p["exits.abuse"] * p["side.abuse"]
    strain += p["exits.arrears"] * p["side.arrears"]
    rate = hazards.absence(p, strain, unit["recent_loss"], near)
    broken = unit["mode"] == BROKEN
    yielding = p["exits.surrender"] * np.exp(p["exits.surrender_cohesion"] * loose) if broken else 0.0
    for kind in range(mine.shape[0]):
        factor = 1.0 if kind == 0 else (p["exits.mobilised"] if kind == 1 else p["exits.conscript"])
        gone = happening(mine[kind], min(rate * factor, 1.0), rng)
        mine[kind] -= gone
        unit["absent"] += gone
        today["absent"] += gone
        if broken:
            given = happening(mine[kind], min(yielding, 1.0), rng)
            mine[kind] -= given
            unit["surrendered"] += given
            today["surrendered"] += given


@njit(cache=True, nogil=True)
def decline(unit: A, f: int, near: float, by_force: A, p: A, rng: A, today: A) -> None:
    """Whether a compliant unit declines its orders today."""
    incident = unit["recent_loss"] > p["refusal.incident_loss"] or p["side.arrears"] > 0.5
    tired = p["refusal.cohesion"] * (0.6 - unit["cohesion"]) + p["refusal.exhaustion"] * unit["exhaustion"]
    fear = hazards.punishment(by_force[f, 7], by_force[f, 2])
    rate = hazards.refusal(p, unit["grievance"], incident, near, tired, fear, unit["loyalty"])
    today["unrest"] += min(rate, 5.0)
    if rng.random() < 1.0 - np.exp(-min(rate, 5.0)):
        unit["mode"] = REFUSING
        unit["days"] = 0
        today["refusals"] += 1.0


@njit(cache=True, nogil=True)
def respond(units: A, force: A, soldiers: A, sight: A, p: A, rng: A, today: A) -> None:
    """Suppress as many refusing units as can be, concede to some, lose the rest in time."""
    by_force = sight[0]
    forces = by_force.shape[0]
    spare = np.zeros(forces)
    waiting = np.zeros(forces)
    for f in range(forces):
        fear = hazards.punishment(by_force[f, 7], by_force[f, 2])
        spare[f] = np.floor(by_force[f, 7]) if fear > 0.5 else 0.0
    for u in range(force.shape[0]):
        if units[u]["mode"] == REFUSING:
            waiting[force[u]] += 1.0
    for u in range(force.shape[0]):
        unit, f = units[u], force[u]
        if unit["mode"] < REFUSING:
            continue
        # each waiting unit has the same chance to be among those suppressed, whatever its place in the list
        chosen = unit["mode"] == REFUSING and rng.random() * waiting[f] < spare[f]
        waiting[f] -= 1.0 if unit["mode"] == REFUSING else 0.0
        if chosen:
            spare[f] -= 1.0
            arrest(unit, soldiers[u], p[f], rng, today[f])
        elif rng.random() < p[f]["side.concession"]:
            unit["mode"] = COMPLIANT
            unit["grievance"] *= p[f]["refusal.conceded"]
            today[f]["conceded"] += 1.0
        else:
            unit["days"] = min(unit["days"] + 1, 10000)
            if unit["days"] > p[f]["refusal.independence_days"]:
                unit["mode"] = INDEPENDENT


@njit(cache=True, nogil=True)
def arrest(unit: A, mine: A, p: A, rng: A, today: A) -> None:
    """A refusing unit is suppressed: some of its men are detained, the rest obey and resent it."""
    unit["mode"] = COMPLIANT
    unit["grievance"] = min(1.0, unit["grievance"] + p["refusal.resentment"])
    for kind in range(mine.shape[0]):
        held = rng.binomial(mine[kind], p["refusal.detained"])
        mine[kind] -= held
        unit["detained"] += held
    today["suppressed"] += 1.0


@njit(cache=True, nogil=True)
def govern(head: A, f: int, sight: A, p: A, rng: A, today: A) -> None:
    """Families learn, legitimacy moves, and the regime may fall."""
    by_force = sight[0]
    refusing = by_force[f, 2] / by_force[f, 3]
    news = p["society.deaths"] * today["killed"] / by_force[f, 6]
    news += p["society.calls"] * p["side.abuse"] * p["side.phones"]
    head["aware"] += (1.0 - head["aware"]) * (1.0 - np.exp(-news))
    legitimacy = head["legitimacy"]
    loss = p["society.legitimacy_loss"] * head["aware"] * today["killed"] / by_force[f, 6]
    mend = (p["side.legitimacy"] - legitimacy) / 365.0
    head["legitimacy"] = min(1.0, max(0.01, legitimacy - loss - p["society.refusal"] * refusing / 365.0 + mend))
    over = by_force[f, 2] >= by_force[f, 7] and refusing > p["society.tipping"]
    head["overwhelmed"] = min(head["overwhelmed"] + 1, 10000) if over else 0
    doubt = p["society.coup_legitimacy"] * (1.0 - head["legitimacy"] - p["society.coup_reference"])
    rate = p["society.coup"] * np.exp(doubt + p["society.coup_refusal"] * refusing)
    if rng.random() < 1.0 - np.exp(-rate) or head["overwhelmed"] > p["society.tipping_days"]:
        head["fallen"] = 1


@njit(cache=True, nogil=True)
def measure(soldiers: A, units: A, command: A, force: A, full: A, p: A, today: A) -> None:
    """Write the evening's state of every force, and let reports of it rise to the top."""
    for f in range(command.shape[0]):
        present, whole, morale, cohesion, supply, private = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        number, refusing, spent = 0.0, 0.0, 0.0
        for u in range(force.shape[0]):
            if force[u] != f:
                continue
            weight = float(full[u])
            here = float(soldiers[u].sum())
            number, whole, present = number + 1.0, whole + weight, present + here
            morale += weight * units[u]["morale"]
            cohesion += weight * units[u]["cohesion"]
            supply += weight * units[u]["supply"]
            private += weight * dissent(units[u], p[f]["side.abuse"])
            refusing += 1.0 if units[u]["mode"] >= REFUSING else 0.0
            spent += 1.0 if effective(soldiers[u], units[u]) < p[f]["breaking.ineffective"] * weight else 0.0
        deficit = 1.0 - present / whole
        shaded = deficit * (1.0 - p[f]["side.shading"]) ** p[f]["command.levels"]
        seen = 1.0 - (1.0 - p[f]["side.learning"]) * shaded - p[f]["side.learning"] * deficit
        command[f]["belief"] += (seen - command[f]["belief"]) / p[f]["command.lag"]
        today[f]["strength"] = present / whole
        today[f]["morale"], today[f]["cohesion"] = morale / whole, cohesion / whole
        today[f]["supply"], today[f]["dissent"] = supply / whole, private / whole
        today[f]["refusal"], today[f]["ineffective"] = refusing / number, spent / number
        soon = 1.0 - np.exp(-30.0 * float(today[f]["unrest"]) / number)
        today[f]["reluctance"] = (refusing + (number - refusing) * soon) / number
        today[f]["belief"], today[f]["aware"] = command[f]["belief"], command[f]["aware"]
        today[f]["legitimacy"], today[f]["fallen"] = command[f]["legitimacy"], command[f]["fallen"]
