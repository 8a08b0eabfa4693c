"""Daily rates of loss, break, absence and refusal, as functions of numbers alone.

Formulae and their evidence: `docs/explanation/model.md`. A hazard is a rate a day; a kernel turns it
into a probability by 1 - exp(-h).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def loss_rate(base: float, own: float, opposing: float, exponent: float) -> float:
    """Rate of loss, a day, of a soldier in contact: base · (opposing / own)^W (Helmbold).

    `own` and `opposing` are effective soldiers; with W = 1 the square law, 1/2 the linear law.
    """
    if own <= 0.0 or opposing <= 0.0:
        return 0.0
    return base * (opposing / own) ** exponent


@njit(cache=True, nogil=True)
def breaking(p: Any, own_loss: float, opposing_loss: float, pressed: bool, supply: float, will: float) -> float:
    """Rate at which a unit in contact breaks: competing risks of relative loss, manoeuvre and want.

    The first two are the hazard fitted to four centuries of battles (`break_hazard.toml`), which holds on days of
    battle. `own_loss` and `opposing_loss` are shares lost in 30 days; `pressed` says that a neighbour broke or the
    unit was surprised; `will` is the exponent of cohesion and morale.
    """
    floor = 0.01
    relative = np.log(own_loss + floor) - np.log(opposing_loss + floor)
    war = p["break_hazard.base"] + p["break_hazard.war"] * p["breaking.war"]
    battle = np.exp(war + p["break_hazard.relative_loss"] * relative)
    battle += p["break_hazard.surprised"] if pressed else 0.0
    want = p["breaking.supply"] * (1.0 - supply) ** 2
    return (p["breaking.battle"] * battle + want) * np.exp(will)


@njit(cache=True, nogil=True)
def absence(p: Any, strain: float, recent_loss: float, refusing: float) -> float:
    """Rate at which a soldier leaves without permission.

    `strain` gathers what wears on the man (exhaustion, abuse, want, arrears, lost cohesion), weighted.
    """
    loss = p["exits.loss"] * np.log((recent_loss + 0.01) / 0.03)
    return np.exp(p["exits.absence_base"] + loss + strain + p["exits.contagion"] * refusing)


@njit(cache=True, nogil=True)
def punishment(capacity: float, refusing: float) -> float:
    """Probability that a refusal is punished, 1 - exp(-2.3 · floor(capacity / (1 + refusing))) (Epstein).

    The floor makes the loss of fear sudden: once as many refuse as can be suppressed, nobody is.
    """
    return 1.0 - np.exp(-2.3 * np.floor(capacity / (1.0 + refusing)))


@njit(cache=True, nogil=True)
def refusal(p: Any, grievance: float, incident: bool, near: float, wear: float, fear: float, loyalty: float) -> float:
    """Rate at which a unit declines its orders.

    Grievance acts alone and, more strongly, with an incident (Hechter, Pfaff and Underwood 2015); `near` is
    the weighted share of refusing units around it, and counts above a threshold; `wear` comes from
    exhaustion and lost cohesion; `fear` is the probability of punishment.
    """
    shock = p["refusal.incident"] if incident else 0.0
    structural = grievance * (p["refusal.grievance"] + shock)
    contagion = p["refusal.contagion"] * max(0.0, near - p["refusal.threshold"])
    officers = p["refusal.officers"] * (1.0 - loyalty)
    return np.exp(p["refusal.base"] + structural + contagion + wear - p["refusal.fear"] * fear + officers)
