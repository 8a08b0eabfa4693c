"""How many replacements come, and to which company."""

from __future__ import annotations

from typing import Any

from tocsin.simulation.desk.chance import below, waiting
from tocsin.simulation.desk.codes import DUTY
from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def arriving(unit: A, full: int, p: A, rng: A) -> int:
    """Draw how many replacements reach a unit today: Poisson, and no more than it is known to be short of.

    Nobody is sent for those who stand on the list and were never there.
    """
    short = int(full * (1.0 - p["side.ghosts"])) - unit["heads"][DUTY]
    if short <= 0:
        return 0
    rate = p["side.replacement"] * full
    count, time = 0, waiting(rate, rng)
    while time < 1.0 and count < short:
        count += 1
        time += waiting(rate, rng)
    return count


@compiled
def company(unit: A, full: int, rng: A) -> int:
    """Draw the company that a replacement joins, in proportion to what each is short of."""
    parts = unit["parts"]
    size = full // parts
    total = 0
    for j in range(parts):
        total += max(0, size - unit["here"][DUTY, j])
    if total == 0:
        return below(parts, rng)
    place = below(total, rng)
    for j in range(parts):
        place -= max(0, size - unit["here"][DUTY, j])
        if place < 0:
            return j
    return parts - 1
