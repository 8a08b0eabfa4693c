"""What is done about units that refuse: suppressed, met half-way, cut off, or lost."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk import codes
from tocsin.simulation.desk.chance import begin, uniform
from tocsin.simulation.desk.codes import COMPLIANT, INDEPENDENT, REFUSING
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import note

A = Any


@compiled
def choose(units: A, places: A, sight: A, p: A, keys: A, rng: A, chosen: A) -> None:
    """Draw which of the units that refuse are suppressed: (units,) `chosen` is set to 1 for these.

    As many are suppressed as can be, while punishment is likely enough to be tried. Each waiting unit has the same
    chance to be among them, whatever its place in the list.
    """
    chosen[:] = 0
    waiting, spare = _resources(units, places, sight, p)
    for u in range(units.shape[0]):
        f = places[u]["force"]
        if units[u]["mode"] == REFUSING and spare[f] > 0.0:
            rng["key"] = keys[u]
            begin(rng, codes.RESPONSE)
            chosen[u] = uniform(rng) * waiting[f] < spare[f]
            waiting[f] -= 1.0
            spare[f] -= chosen[u]


@compiled
def answer(unit: A, suppressed: int, p: A, rng: A, today: A, journal: A) -> None:
    """Answer a unit that refuses: suppressed, its grievance met, cut off, or in time lost to its own course."""
    if suppressed:
        unit["mode"], unit["isolated"] = COMPLIANT, 0
        unit["grievance"] = min(1.0, unit["grievance"] + p["refusal.resentment"])
        today["suppressed"] += 1.0
        note(journal, codes.SUPPRESSION, 0, unit["heads"][codes.DUTY])
        return
    if uniform(rng) < (p["refusal.bargain"] if unit["course"] == codes.BARGAINS else p["side.concession"]):
        unit["mode"], unit["course"], unit["isolated"] = COMPLIANT, codes.NO_COURSE, 0
        unit["grievance"] *= p["refusal.conceded"]
        today["conceded"] += 1.0
        note(journal, codes.CONCESSION, 0, unit["heads"][codes.DUTY])
        return
    if not unit["isolated"] and uniform(rng) < p["refusal.isolation"]:
        unit["isolated"] = 1
        note(journal, codes.ISOLATION, 0, unit["heads"][codes.DUTY])
    unit["days"] = min(unit["days"] + 1, 10000)
    if unit["mode"] == REFUSING and unit["days"] > p["refusal.independence_days"]:
        unit["mode"], unit["course"] = INDEPENDENT, _course(p, rng)
        note(journal, codes.INDEPENDENCE, unit["course"], unit["heads"][codes.DUTY])


@compiled
def _resources(units: A, places: A, sight: A, p: A) -> tuple[A, A]:
    """Count, by force, the units that wait for an answer and those that can be suppressed."""
    waiting, spare = sight["units"] * 0.0, sight["units"] * 0.0
    for f in range(spare.shape[0]):
        if sight[f]["fear"] > p[f]["refusal.punished_enough"]:
            spare[f] = math.floor(sight[f]["capacity"])
    for u in range(units.shape[0]):
        waiting[places[u]["force"]] += 1.0 if units[u]["mode"] == REFUSING else 0.0
    return waiting, spare


@compiled
def _course(p: A, rng: A) -> int:
    """Draw what an independent unit does."""
    sits, home, bargains = (
        p["refusal.independent_sits"],
        p["refusal.independent_home"],
        p["refusal.independent_bargains"],
    )
    place = uniform(rng) * (sits + home + bargains + p["refusal.independent_turns"])
    if place < sits:
        return codes.SITS
    if place < sits + home:
        return codes.HOME
    return codes.BARGAINS if place < sits + home + bargains else codes.TURNS
