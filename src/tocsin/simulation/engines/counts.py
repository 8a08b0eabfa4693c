"""The exact engine: soldiers counted by company and class, and only those touched to whom something happens.

A day is gone through in continuous time. The next candidate comes after an exponential time at the highest rate any
soldier has, is chosen evenly among those present, and goes in proportion to his own rate. Every soldier so goes with
probability 1 - exp(-rate), independently, and causes compete by their rates: what the plain engine draws man by man.
A day on which nobody goes costs one random number. Why it is exact: `docs/explanation/army.md`.
"""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.day.contact import fate
from tocsin.simulation.day.exits import whither
from tocsin.simulation.day.replacement import company
from tocsin.simulation.desk.chance import below, beta_binomial, uniform, waiting
from tocsin.simulation.desk.codes import (
    ABSENT,
    CLASSES,
    DESERTED,
    DETAINED,
    DUTY,
    KEPT,
    LEAVE,
    PARTS,
    SICK,
    WOUNDED,
)
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import follow

A = Any


@compiled
def draw_class(shares: A, rng: A) -> int:
    """Draw a soldier's class from shares summed up, by counting: faster than a search, because nothing branches."""
    place, kind = uniform(rng), 0
    for j in range(CLASSES - 1):
        kind += place >= shares[j]
    return kind


@compiled
def enlist(unit: A, part: int, kind: int, journal: A) -> None:
    """Add a soldier on duty to a company."""
    unit["men"][DUTY, part, kind] += 1
    unit["heads"][DUTY] += 1
    unit["here"][DUTY, part] += 1
    follow(journal, part, kind, -1, DUTY)


@compiled
def move(unit: A, part: int, kind: int, origin: int, to: int, journal: A) -> None:
    """Take one soldier of a company and class from one status to another."""
    unit["men"][origin, part, kind] -= 1
    unit["here"][origin, part] -= 1
    unit["heads"][origin] -= 1
    if to < KEPT:
        unit["men"][to, part, kind] += 1
        unit["here"][to, part] += 1
    unit["heads"][to] += 1
    follow(journal, part, kind, origin, to)


@compiled
def pick(unit: A, status: int, rng: A) -> tuple[int, int]:
    """Choose one of a unit's soldiers of a status, each alike; return his company and class."""
    place = below(unit["heads"][status], rng)
    here, men = unit["here"], unit["men"]
    part, before, total = 0, 0, 0
    for j in range(PARTS - 1):
        total += here[status, j]
        if place >= total:
            part, before = j + 1, total
    place -= before
    kind, total = 0, 0
    for k in range(CLASSES - 1):
        total += men[status, part, k]
        kind += place >= total
    return part, kind


@compiled
def muster(unit: A, number: int, makeup: A, rng: A, pad: A) -> None:
    """Fill the companies of a unit evenly with `number` soldiers of drawn classes."""
    for part in range(unit["parts"]):
        mine = (number + unit["parts"] - 1 - part) // unit["parts"]
        for _ in range(mine):
            kind = draw_class(makeup["first"], rng)
            unit["men"][DUTY, part, kind] += 1
            follow(pad, part, kind, -1, DUTY)
        unit["here"][DUTY, part] = mine
    unit["heads"][DUTY] = number


@compiled
def fall(unit: A, chance: float, captured: float, p: A, rng: A, journal: A) -> int:
    """Lose soldiers to the enemy; their common chance is beta distributed around `chance`. Return how many."""
    number = beta_binomial(unit["heads"][DUTY], chance, p["losses.correlation"], rng)
    for _ in range(number):
        part, kind = pick(unit, DUTY, rng)
        move(unit, part, kind, DUTY, fate(p, captured, rng), journal)
    return number


@compiled
def depart(unit: A, rates: A, makeup: A, p: A, rng: A, journal: A) -> None:
    """Let soldiers leave by themselves: absent, surrendered, sick, on leave, released."""
    drawn = rates["absence"] + rates["surrender"]
    same = rates["sick"] + rates["leave"] + rates["release"]
    most = drawn * makeup["most"] + same
    time = waiting(unit["heads"][DUTY] * most, rng)
    while time < 1.0:
        part, kind = pick(unit, DUTY, rng)
        factor = makeup["leaving"][kind]
        if uniform(rng) * most < drawn * factor + same:
            move(unit, part, kind, DUTY, whither(rates, factor, p, rng), journal)
        time += waiting(unit["heads"][DUTY] * most, rng)


@compiled
def arrest(unit: A, p: A, rng: A, journal: A) -> None:
    """Detain some of a unit that was suppressed."""
    rate = -math.log1p(-p["refusal.detained"])
    time = waiting(unit["heads"][DUTY] * rate, rng)
    while time < 1.0:
        part, kind = pick(unit, DUTY, rng)
        move(unit, part, kind, DUTY, DETAINED, journal)
        time += waiting(unit["heads"][DUTY] * rate, rng)


@compiled
def come_back(unit: A, p: A, rng: A, journal: A) -> int:
    """Let soldiers who are away return, or be struck off the roll; return how many returned."""
    count, time = 0, 0.0
    while True:
        heads = unit["heads"]
        wounded, sick = heads[WOUNDED] / p["losses.return_days"], heads[SICK] / p["exits.sick_days"]
        leave, detained = heads[LEAVE] / p["exits.leave_days"], heads[DETAINED] / p["exits.detained_days"]
        absent, struck = heads[ABSENT] * p["exits.returning"], heads[ABSENT] / p["exits.struck_days"]
        total = wounded + sick + leave + detained + absent + struck
        time += waiting(total, rng)
        if time >= 1.0:
            return count
        place = uniform(rng) * total
        status = WOUNDED
        for rate in (wounded, sick, leave, detained):
            if place < rate:
                break
            place -= rate
            status += 1
        part, kind = pick(unit, status, rng)
        deserted = status == ABSENT and place >= absent
        move(unit, part, kind, status, DESERTED if deserted else DUTY, journal)
        count += 0 if deserted else 1


@compiled
def join(unit: A, number: int, full: int, makeup: A, rng: A, journal: A) -> None:
    """Bring `number` replacements to a unit."""
    for _ in range(number):
        part = company(unit, full, rng)
        enlist(unit, part, draw_class(makeup["later"], rng), journal)
    unit["replaced"] += number
