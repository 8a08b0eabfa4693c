"""Who is in contact, and what it costs."""

from __future__ import annotations

import math
from typing import Any

from tocsin.simulation.desk.chance import meets, normal, uniform
from tocsin.simulation.desk.codes import BROKEN, CAPTURED, COMPLIANT, INVALID, KILLED, WOUNDED
from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def engaged(unit: A, sight: A, near: A, p: A, rng: A) -> bool:
    """Draw whether a unit is relieved or goes into the line, and whether it is in contact today.

    Parts that decline are missing from what it can be sent to do. `unit["pressed"]` says whether it was surprised or
    a neighbour has broken.
    """
    if meets(1.0 / (p["condition.line_days"] if unit["line"] else p["condition.relief_days"]), rng):
        unit["line"] = 1 - unit["line"]
    unit["pressed"] = 0
    if sight["intensity"] <= 0.0 or not unit["line"] or unit["mode"] != COMPLIANT:
        return False
    willing = 1.0 - unit["declining"].sum() / unit["parts"]
    if uniform(rng) >= p["losses.contact"] * willing:
        return False
    unit["pressed"] = near["broken"] > 0.0 or uniform(rng) < p["breaking.surprise"]
    return True


@compiled
def loss_rate(base: float, own: float, opposing: float, exponent: float) -> float:
    """Rate of loss, a day, of a soldier in contact: base · (opposing / own)^W (Helmbold).

    `own` and `opposing` are effective soldiers; with W = 1 the square law, 1/2 the linear law.
    """
    if own <= 0.0 or opposing <= 0.0:
        return 0.0
    return base * (opposing / own) ** exponent


@compiled
def lost(unit: A, sight: A, p: A, rng: A) -> float:
    """Draw the mean chance that a soldier of a unit in contact, or broken and pursued, is lost today."""
    rate = loss_rate(p["losses.rate"] * p["side.tempo"], sight["effective"], sight["opposing"], p["losses.exponent"])
    noise = p["losses.spread"]
    state = p["losses.training"] * (1.0 - unit["training"]) - p["losses.kit"] * (p["side.kit"] - 0.5)
    state += p["losses.blocking"] * p["side.blocking"]
    rate *= sight["intensity"] * math.exp(noise * normal(rng) - 0.5 * noise * noise + state)
    if uniform(rng) < p["losses.shock"]:
        rate *= p["losses.shock_factor"]
    if unit["mode"] == BROKEN:
        rate *= p["losses.pursuit"]
    return min(-math.expm1(-rate), p["losses.most"])


@compiled
def taken(unit: A, p: A) -> float:
    """Return how likely a soldier who is lost and not killed was captured."""
    if unit["mode"] == BROKEN:
        return p["losses.captured_broken"]
    return p["losses.captured_pressed"] if unit["pressed"] else p["losses.captured"]


@compiled
def fate(p: A, captured: float, rng: A) -> int:
    """Draw what becomes of a soldier who is lost: killed, captured, wounded, or wounded for good."""
    if uniform(rng) < 1.0 / (1.0 + p["losses.wounded_a_death"]):
        return KILLED
    if uniform(rng) < captured:
        return CAPTURED
    return WOUNDED if uniform(rng) < p["losses.return"] else INVALID
