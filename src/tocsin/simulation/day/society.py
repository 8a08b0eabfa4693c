"""Families, protest, legitimacy, the elite, and whether the leader falls."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk.chance import below, meets, uniform
from tocsin.simulation.desk.codes import COLLAPSE, COUP, REGIONS
from tocsin.simulation.desk.compiled import compiled
from tocsin.simulation.desk.journal import note

A = Any


@compiled
def learn(head: A, dead: A, sight: A, p: A) -> None:
    """Families learn from deaths, calls and silence, and protest where they know and many fell.

    `dead` (REGIONS,) are today's dead by home region.
    """
    region = sight["full"] / REGIONS
    calls = p["society.calls"] * p["side.abuse"] * p["side.phones"]
    silence = p["society.silence"] * (1.0 - p["side.phones"]) * sight["recent"]
    grief = p["society.protest"] * (1.0 - p["side.repression"]) * min(1.0, 10.0 * sight["recent"])
    for r in range(REGIONS):
        news = p["society.deaths"] * p["society.notify"] * dead[r] / region + calls + silence
        aware, protest = head["aware"][r], head["protest"][r]
        head["aware"][r] = aware + (1.0 - aware) * -math.expm1(-news)
        fresh = (1.0 - protest) * -math.expm1(-grief * aware)
        head["protest"][r] = protest + fresh - protest / p["society.protest_days"]


@compiled
def govern(head: A, killed: float, sight: A, p: A, rng: A, journal: A) -> None:
    """Legitimacy and the elite move; the leader may be removed, or fall with an army that nobody can suppress."""
    refusing = sight["refusing"] / sight["units"]
    aware, protest = head["aware"].mean(), head["protest"].mean()
    loss = p["society.legitimacy_loss"] * aware * killed / sight["full"]
    loss += (p["society.refusal"] * refusing + p["society.protest_legitimacy"] * protest) / 365.0
    mend = (p["side.legitimacy"] - head["legitimacy"]) / p["society.legitimacy_days"]
    head["legitimacy"] = min(1.0, max(0.01, head["legitimacy"] - loss + mend))
    defeat = min(1.0, sight["recent"] + refusing)
    head["elite"] += (1.0 - p["society.elite_defeat"] * defeat - head["elite"]) / p["society.elite_days"]
    over = sight["refusing"] >= sight["capacity"] and refusing > p["society.tipping"]
    head["overwhelmed"] = min(head["overwhelmed"] + 1, 10000) if over else 0
    log = p["society.coup_legitimacy"] * (1.0 - head["legitimacy"] - p["society.coup_reference"])
    log += p["society.coup_elite"] * (p["society.elite_reference"] - head["elite"])
    log += p["society.coup_refusal"] * refusing + p["society.coup_turned"] * sight["turned"] / sight["units"]
    if head["fallen"]:
        return
    if meets(p["society.coup"] * math.exp(log), rng):
        head["fallen"] = 1
        note(journal, COUP, 0, 0)
    elif head["overwhelmed"] > p["society.tipping_days"]:
        head["fallen"] = 1
        note(journal, COLLAPSE, 0, 0)


@compiled
def scattered(dead: A, p: A, rng: A) -> A:
    """Turn the dead by the home regions of their units into the dead by their own, man by man.

    A soldier's own region enters no rate, so it need only be drawn once he is dead; `dead` is changed in place.
    """
    strangers = 0
    for r in range(dead.size):
        away = 0
        for _ in range(dead[r]):
            away += uniform(rng) >= p["soldiers.local"]
        dead[r] -= away
        strangers += away
    for _ in range(strangers):
        dead[below(dead.size, rng)] += 1
    return dead
