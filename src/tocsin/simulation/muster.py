"""Muster: the forces on the first day, soldiers and units drawn by position."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.forces.soldiers import ATTACHMENTS, TYPES, VEHICLES
from tocsin.simulation import codes
from tocsin.simulation.chance import begin, mix, normal, uniform
from tocsin.simulation.engines import counts, roster
from tocsin.simulation.journal import turn
from tocsin.simulation.records import MAKEUP

A = Any


def makeup(drawn: NDArray[np.void]) -> NDArray[np.void]:
    """Gather from (particles, forces) parameters what each force is made of: records of MAKEUP."""
    made = np.zeros(drawn.shape, dtype=MAKEUP)

    made["types"] = _summed([drawn[f"soldiers.share_{name}"] for name in TYPES])
    made["attachments"] = _summed([drawn[f"soldiers.share_{name}"] for name in ATTACHMENTS])
    made["new_types"] = _summed([drawn[f"soldiers.arrival_{name}"] for name in TYPES])
    made["new_attachments"] = _summed([drawn[f"soldiers.arrival_{name}"] for name in ATTACHMENTS])
    by_type = np.stack([drawn[f"soldiers.leaving_{name}"] for name in TYPES], axis=-1)
    by_attachment = np.stack([drawn[f"soldiers.leaving_{name}"] for name in ATTACHMENTS], axis=-1)
    made["leaving"] = (by_type[..., :, None] * by_attachment[..., None, :]).reshape(*drawn.shape, -1)
    made["most"] = made["leaving"].max(axis=-1)
    made["vehicles"] = np.diff(_summed([drawn[f"vehicles.share_{name}"] for name in VEHICLES]), axis=-1, prepend=0.0)
    loss = np.stack([drawn[f"vehicles.loss_{name}"] for name in VEHICLES], axis=-1)
    made["vehicle_loss"] = loss / (made["vehicles"] * loss).sum(axis=-1, keepdims=True)  # the average vehicle has 1
    made["vehicle_most"] = made["vehicle_loss"].max(axis=-1)
    return made


def _summed(shares: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    each = np.stack(shares, axis=-1)
    return np.cumsum(each / each.sum(axis=-1, keepdims=True), axis=-1)


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
    made, rng = makeup(drawn), np.zeros(2, dtype=np.uint64)
    for i in range(len(units)):
        fill(units[i], men[i], places, drawn[i], made[i], keys[i], rng, journals[i])
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


@njit(cache=True, nogil=True)
def fill(units: A, men: A, places: A, p: A, makeup: A, run: A, rng: A, journal: A) -> None:
    """Draw the units of one run and their soldiers."""
    for u in range(units.shape[0]):
        unit, place = units[u], places[u]
        mine, make = p[place["force"]], makeup[place["force"]]
        rng[0] = mix(run ^ place["key"])
        turn(journal, 0, u, place["force"])
        begin(rng, codes.MUSTERING)
        number = begin_unit(unit, place["full"], mine, make, rng)
        soldiers = men[place["first"] : place["last"]]
        if soldiers.size > 0:
            roster.muster(soldiers, unit, number, make, rng, journal)
        else:
            counts.muster(unit, number, make, rng, journal)


@njit(cache=True, nogil=True)
def begin_unit(unit: A, full: int, p: A, makeup: A, rng: A) -> int:
    """Draw what a unit begins with and return how many soldiers it has; `nerve` is the noise of its commander's signal."""
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
