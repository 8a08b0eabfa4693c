"""The plain engine: every soldier has an entry, and every day his own random numbers.

Twin of `counts`: the same days, drawn man by man. It is there to prove the exact engine, and for whoever wants to give
a soldier a trait by which counts would no longer be exact. Counts are kept too, because the unit needs them.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tocsin.simulation.day.contact import fate
from tocsin.simulation.day.exits import whither
from tocsin.simulation.day.replacement import company
from tocsin.simulation.desk.chance import beta, uniform
from tocsin.simulation.desk.codes import ABSENT, DESERTED, DETAINED, DUTY, FREE, KEPT, LEAVE, SICK, WOUNDED
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.engines import counts

A = Any


@compiled
def muster(men: A, unit: A, number: int, makeup: A, rng: A, journal: A) -> None:
    """Fill the companies of a unit evenly with `number` soldiers of drawn classes."""
    for i in range(number):
        part = i % unit["parts"]
        kind = counts.draw_class(makeup["first"], rng)
        men[i]["status"], men[i]["part"], men[i]["kind"] = DUTY, part, kind
        counts.enlist(unit, part, kind, journal)


@compiled
def _move(man: A, unit: A, to: int, journal: A) -> None:
    counts.move(unit, man["part"], man["kind"], man["status"], to, journal)
    man["status"] = to if to < KEPT else FREE


@compiled
def fall(men: A, unit: A, chance: float, captured: float, p: A, rng: A, journal: A) -> int:
    """Lose soldiers to the enemy: all share a chance that is beta distributed around `chance`."""
    if chance <= 0.0:
        return 0
    size = 1.0 / p["losses.correlation"] - 1.0
    share = beta(chance * size, (1.0 - chance) * size, rng)
    number = 0
    for i in range(men.size):
        if men[i]["status"] == DUTY and uniform(rng) < share:
            _move(men[i], unit, fate(p, captured, rng), journal)
            number += 1
    return number


@compiled
def depart(men: A, unit: A, rates: A, makeup: A, p: A, rng: A, journal: A) -> None:
    """Let soldiers leave by themselves: absent, surrendered, sick, on leave, released."""
    drawn = rates["absence"] + rates["surrender"]
    same = rates["sick"] + rates["leave"] + rates["release"]
    chance = np.empty(makeup["leaving"].size)
    for kind in range(chance.size):
        chance[kind] = -math.expm1(-drawn * makeup["leaving"][kind] - same)
    for i in range(men.size):
        if men[i]["status"] == DUTY and uniform(rng) < chance[men[i]["kind"]]:
            _move(men[i], unit, whither(rates, makeup["leaving"][men[i]["kind"]], p, rng), journal)


@compiled
def arrest(men: A, unit: A, p: A, rng: A, journal: A) -> None:
    """Detain some of a unit that was suppressed."""
    for i in range(men.size):
        if men[i]["status"] == DUTY and uniform(rng) < p["refusal.detained"]:
            _move(men[i], unit, DETAINED, journal)


@compiled
def come_back(men: A, unit: A, p: A, rng: A, journal: A) -> int:
    """Let soldiers who are away return, or be struck off the roll; return how many returned."""
    rate = np.zeros(KEPT)
    rate[WOUNDED], rate[SICK] = 1.0 / p["losses.return_days"], 1.0 / p["exits.sick_days"]
    rate[LEAVE], rate[DETAINED] = 1.0 / p["exits.leave_days"], 1.0 / p["exits.detained_days"]
    rate[ABSENT] = p["exits.returning"] + 1.0 / p["exits.struck_days"]
    number = 0
    for i in range(men.size):
        status = men[i]["status"]
        if status in (DUTY, FREE) or uniform(rng) >= -math.expm1(-rate[status]):
            continue
        if status == ABSENT and uniform(rng) * rate[ABSENT] >= p["exits.returning"]:
            _move(men[i], unit, DESERTED, journal)
        else:
            _move(men[i], unit, DUTY, journal)
            number += 1
    return number


@compiled
def join(men: A, unit: A, number: int, full: int, makeup: A, rng: A, journal: A) -> None:
    """Bring `number` replacements to a unit, in entries that stand for nobody."""
    place = 0
    for _ in range(number):
        while men[place]["status"] != FREE:
            place += 1
        part = company(unit, full, rng)
        kind = counts.draw_class(makeup["later"], rng)
        men[place]["status"], men[place]["part"], men[place]["kind"] = DUTY, part, kind
        counts.enlist(unit, part, kind, journal)
    unit["replaced"] += number
