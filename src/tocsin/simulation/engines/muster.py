"""Muster: the forces on the first day, soldiers and units drawn by position."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.soldiers import ATTACHMENTS, TYPES, VEHICLES
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.chance import begin, mix, normal, uniform
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import copy
from tocsin.simulation.desk.records import MAKEUP, PAD, STREAM, level
from tocsin.simulation.engines import counts, roster

A = Any


def makeup(drawn: NDArray[np.void]) -> NDArray[np.void]:
    """Gather from (particles, forces) parameters what each force is made of: records of MAKEUP."""
    made = np.zeros(drawn.shape, dtype=MAKEUP)

    for moment, of in (("first", "share"), ("later", "arrival")):
        types = np.stack([drawn[f"soldiers.{of}_{name}"] for name in TYPES], axis=-1)
        attachments = np.stack([drawn[f"soldiers.{of}_{name}"] for name in ATTACHMENTS], axis=-1)
        made[moment] = np.cumsum(_whole(_product(types, attachments)), axis=-1)
    types = np.stack([drawn[f"soldiers.leaving_{name}"] for name in TYPES], axis=-1)
    attachments = np.stack([drawn[f"soldiers.leaving_{name}"] for name in ATTACHMENTS], axis=-1)
    made["leaving"] = _product(types, attachments)
    made["most"] = made["leaving"].max(axis=-1)
    made["vehicles"] = _whole(np.stack([drawn[f"vehicles.share_{name}"] for name in VEHICLES], axis=-1))
    loss = np.stack([drawn[f"vehicles.loss_{name}"] for name in VEHICLES], axis=-1)
    made["vehicle_loss"] = loss / (made["vehicles"] * loss).sum(axis=-1, keepdims=True)  # the average vehicle has 1
    made["vehicle_most"] = made["vehicle_loss"].max(axis=-1)
    return made


def _product(types: NDArray[np.float64], attachments: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each class has, from what each type and each attachment has."""
    each = types[..., :, None] * attachments[..., None, :]
    return each.reshape(*types.shape[:-1], -1)


def _whole(parts: NDArray[np.float64]) -> NDArray[np.float64]:
    return parts / parts.sum(axis=-1, keepdims=True)


def cutoff(cost: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.float64]:
    """The signal x* below which one attacks a regime in a global game (Morris and Shin 2003).

    The regime falls when the share that attacks reaches its strength θ; attacking costs `cost`, success brings 1, and
    signals are θ with normal `noise`. Then θ* = 1 - cost and x* = θ* + noise · Φ⁻¹(1 - cost).
    """
    from scipy.special import ndtri  # noqa: PLC0415  slow to load, needed only when something is drawn

    return (1.0 - cost) + noise * ndtri(1.0 - cost)


def muster(
    units: NDArray[np.void],
    command: NDArray[np.void],
    men: NDArray[np.void],
    places: NDArray[np.void],
    drawn: NDArray[np.void],
    keys: NDArray[np.uint64],
    journals: NDArray[np.void],
) -> None:
    """Fill the units, heads and soldiers of all runs, empty but for `parts`; arguments as in `simulate.start`."""
    made, rng, pad = makeup(drawn), np.zeros(1, dtype=STREAM)[0], np.zeros(1, dtype=PAD)[0]
    for i in range(len(units)):
        pad["level"] = level(journals[i])
        fill(units[i], men[i] if men.size else None, places, drawn[i], made[i], keys[i], rng, pad, journals[i])
    settle(units, command, places["force"], drawn)


def settle(
    units: NDArray[np.void], command: NDArray[np.void], force: NDArray[np.int64], drawn: NDArray[np.void]
) -> None:
    """Set what follows from what was drawn: the nerve of commanders, and the heads of all runs."""
    mine = drawn[:, force]
    units["nerve"] = cutoff(units["loyalty"], mine["refusal.signal"]) - mine["refusal.signal"] * units["nerve"]
    command["belief"] = 1.0
    command["elite"] = 1.0
    command["legitimacy"] = drawn["side.legitimacy"]


@compiled
def fill(units: A, men: A, places: A, p: A, makeup: A, run: A, rng: A, pad: A, journal: A) -> None:
    """Draw the units of one run and their soldiers."""
    for u in range(units.shape[0]):
        unit, place = units[u], places[u]
        mine, make = p[place["force"]], makeup[place["force"]]
        rng["key"] = mix(run ^ place["key"])
        begin(rng, codes.MUSTERING)
        number = begin_unit(unit, place["full"], mine, make, rng)
        if men is None:
            counts.muster(unit, number, make, rng, pad)
        else:
            roster.muster(men[place["first"] : place["last"]], unit, number, make, rng, pad)
        copy(pad, journal, 0, u, place["force"])


@compiled
def begin_unit(unit: A, full: int, p: A, makeup: A, rng: A) -> int:
    """Draw what a unit begins with, `nerve` as noise of its commander's signal; return how many soldiers it has."""
    width, spread = p["refusal.unit_spread"], p["refusal.part_spread"]
    unit["grievance"] = min(1.0, max(0.0, p["side.grievance"] + width * (2.0 * uniform(rng) - 1.0)))
    unit["loyalty"] = min(0.99, max(0.01, p["side.loyalty"] + width * (2.0 * uniform(rng) - 1.0)))
    unit["nerve"] = normal(rng)
    for j in range(unit["parts"]):
        unit["temper"][j] = math.exp(spread * normal(rng) - 0.5 * spread * spread)
    # as likely in the line as the days in it and out of it make it
    days = p["condition.line_days"]
    unit["line"] = uniform(rng) < days / (days + p["condition.relief_days"])
    unit["cohesion"], unit["morale"], unit["training"] = p["condition.cohesion_start"], p["side.morale"], 1.0
    supply = p["side.supply"] * (1.0 - p["side.corruption"])
    unit["supply"] = max(supply, p["condition.supply_least"])
    for kind in range(makeup["vehicles"].size):
        unit["vehicles"][codes.RUNNING, kind] = round(full / p["vehicles.soldiers_each"] * makeup["vehicles"][kind])
    return int(full * (1.0 - p["side.ghosts"]))
