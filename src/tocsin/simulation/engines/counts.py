"""The exact engine: soldiers counted by company and class, and only those touched to whom something happens.

A day is gone through in continuous time. The next candidate comes after an exponential time at the highest rate that any
soldier has, is chosen evenly among those present, and goes in proportion to his own rate. Every soldier so goes with
probability 1 - exp(-rate), independently, and causes compete by their rates: what the plain engine draws man by man.
A day on which nobody goes costs one random number. Why it is exact: `docs/explanation/army.md`.
"""

from __future__ import annotations

import math
from typing import Any

from numba import njit

from tocsin.simulation.chance import below, beta_binomial, uniform, waiting
from tocsin.simulation.codes import (
    ABSENT,
    ATTACHMENTS,
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
from tocsin.simulation.day.contact import fate
from tocsin.simulation.day.exits import whither
from tocsin.simulation.day.replacement import company
from tocsin.simulation.journal import follow

A = Any


@njit(cache=True, nogil=True)
def draw_class(types: A, attachments: A, rng: A) -> int:
    """Draw a soldier's class; `types` and `attachments` are shares summed up."""
    place, kind = uniform(rng), 0
    while place >= types[kind] and kind < types.size - 1:
        kind += 1
    place, attachment = uniform(rng), 0
    while place >= attachments[attachment] and attachment < ATTACHMENTS - 1:
        attachment += 1
    return kind * ATTACHMENTS + attachment


@njit(cache=True, nogil=True)
def enlist(unit: A, part: int, kind: int, journal: A) -> None:
    """Add a soldier on duty to a company."""
    unit["men"][DUTY, part, kind] += 1
    unit["heads"][DUTY] += 1
    unit["here"][part] += 1
    follow(journal, part, kind, -1, DUTY)


@njit(cache=True, nogil=True)
def move(unit: A, part: int, kind: int, origin: int, to: int, journal: A) -> None:
    """Take one soldier of a company and class from one status to another."""
    unit["men"][origin, part, kind] -= 1
    unit["heads"][origin] -= 1
    unit["heads"][to] += 1
    if to < KEPT:
        unit["men"][to, part, kind] += 1
    if origin == DUTY:
        unit["here"][part] -= 1
    elif to == DUTY:
        unit["here"][part] += 1
    follow(journal, part, kind, origin, to)


@njit(cache=True, nogil=True)
def pick(unit: A, status: int, rng: A) -> tuple[int, int]:
    """Choose one of a unit's soldiers of a status, each alike; return his company and class."""
    place = below(unit["heads"][status], rng)
    men = unit["men"]
    for part in range(PARTS):
        if status == DUTY and place >= unit["here"][part]:
            place -= unit["here"][part]
            continue
        for kind in range(CLASSES):
            place -= men[status, part, kind]
            if place < 0:
                return part, kind
    return PARTS - 1, CLASSES - 1  # not reached: heads are the sum of men


@njit(cache=True, nogil=True)
def muster(unit: A, number: int, makeup: A, rng: A, journal: A) -> None:
    """Fill the companies of a unit evenly with `number` soldiers of drawn classes."""
    for i in range(number):
        enlist(unit, i % unit["parts"], draw_class(makeup["types"], makeup["attachments"], rng), journal)


@njit(cache=True, nogil=True)
def fall(unit: A, chance: float, captured: float, p: A, rng: A, journal: A) -> int:
    """Lose soldiers to the enemy; their common chance is beta distributed around `chance`. Return how many."""
    number = beta_binomial(unit["heads"][DUTY], chance, p["losses.correlation"], rng)
    for _ in range(number):
        part, kind = pick(unit, DUTY, rng)
        move(unit, part, kind, DUTY, fate(p, captured, rng), journal)
    return number


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def arrest(unit: A, p: A, rng: A, journal: A) -> None:
    """Detain some of a unit that was suppressed."""
    rate = -math.log1p(-p["refusal.detained"])
    time = waiting(unit["heads"][DUTY] * rate, rng)
    while time < 1.0:
        part, kind = pick(unit, DUTY, rng)
        move(unit, part, kind, DUTY, DETAINED, journal)
        time += waiting(unit["heads"][DUTY] * rate, rng)


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def join(unit: A, number: int, full: int, makeup: A, rng: A, journal: A) -> None:
    """Bring `number` replacements to a unit."""
    for _ in range(number):
        part = company(unit, full, rng)
        enlist(unit, part, draw_class(makeup["new_types"], makeup["new_attachments"], rng), journal)
    unit["replaced"] += number
