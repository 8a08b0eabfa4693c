"""Vehicles: lost in contact and in flight, abandoned, spoilt by their crews."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.day.condition import dissent
from tocsin.simulation.desk.chance import uniform, waiting
from tocsin.simulation.desk.codes import ABANDONED, BROKEN, DESTROYED, RUNNING, SABOTAGED
from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def lose(unit: A, lost: float, p: A, makeup: A, rng: A, today: A) -> None:
    """Lose vehicles to the enemy: with the share of men `lost`, and faster in flight; some are left behind whole.

    Each class has its own rate. The day is gone through in time: the next candidate comes at the highest rate any
    class has, and is lost in proportion to its own.
    """
    broken = unit["mode"] == BROKEN
    rate = p["vehicles.loss"] * lost + (p["vehicles.displacement"] if broken else 0.0)
    if rate <= 0.0:
        return
    odds = p["vehicles.abandonment"] + (p["vehicles.flight"] if broken else 0.0)
    odds += p["vehicles.cohesion"] * (p["vehicles.reference_cohesion"] - unit["cohesion"])
    left = 1.0 / (1.0 + math.exp(-odds))
    number = unit["vehicles"][RUNNING].sum()
    time = waiting(number * rate * makeup["vehicle_most"], rng)
    while time < 1.0:
        kind = _pick(unit, number, rng)
        if uniform(rng) * makeup["vehicle_most"] < makeup["vehicle_loss"][kind]:
            fate = ABANDONED if uniform(rng) < left else DESTROYED
            unit["vehicles"][RUNNING, kind] -= 1
            unit["vehicles"][fate, kind] += 1
            number -= 1
            today["vehicles_lost"] += 1.0
            today["vehicles_abandoned"] += 1.0 if fate == ABANDONED else 0.0
        time += waiting(number * rate * makeup["vehicle_most"], rng)


@compiled
def spoil(unit: A, p: A, rng: A, today: A) -> None:
    """Crews disable vehicles of their own, in proportion to private dissent."""
    number = unit["vehicles"][RUNNING].sum()
    rate = p["vehicles.sabotage"] * dissent(unit, p)
    time = waiting(number * rate, rng)
    while time < 1.0:
        kind = _pick(unit, number, rng)
        unit["vehicles"][RUNNING, kind] -= 1
        unit["vehicles"][SABOTAGED, kind] += 1
        number -= 1
        today["sabotaged"] += 1.0
        time += waiting(number * rate, rng)


@compiled
def _pick(unit: A, number: int, rng: A) -> int:
    """Choose one of the running vehicles, each alike; return its class."""
    place = int(uniform(rng) * number)
    kind = 0
    while place >= unit["vehicles"][RUNNING, kind]:
        place -= unit["vehicles"][RUNNING, kind]
        kind += 1
    return kind
