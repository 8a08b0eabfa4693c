"""Orders from a believed state, and the reports from which the belief comes."""

from __future__ import annotations

from typing import Any

from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def order(sight: A, command: A, hostile: A) -> None:
    """Set what each force faces: opposing strength and losses, and how intensely both fight.

    The intensity follows what both heads believe of their strength, not what is true; without an enemy it is zero.
    """
    for f in range(command.shape[0]):
        mine = sight[f]
        opposing, loss, belief, others = 0.0, 0.0, 0.0, 0.0
        for g in range(command.shape[0]):
            if hostile[f, g]:
                opposing += sight[g]["effective"]
                loss += sight[g]["recent"]
                belief += command[g]["belief"]
                others += 1.0
        mine["opposing"] = opposing
        mine["opposing_loss"] = loss / others if others > 0.0 else 0.0
        mine["intensity"] = 0.5 * (command[f]["belief"] + belief / others) if others > 0.0 else 0.0


@compiled
def report(head: A, deficit: float, p: A) -> None:
    """Let the day's deficit rise: each level keeps part of it to itself, hands on the rest late, and ghosts hide more.

    Levels in a row, each a first-order lag, make the delay an Erlang one. A leader who learns checks for himself.
    """
    levels = int(p["command.levels"])
    pace = min(1.0, levels / p["command.lag"]) if p["command.lag"] > 0.0 else 1.0
    told = max(0.0, deficit - p["side.ghosts"])
    for j in range(levels):
        head["rising"][j] += pace * ((1.0 - p["side.shading"]) * told - head["rising"][j])
        told = head["rising"][j]
    head["belief"] = 1.0 - (1.0 - p["side.learning"]) * told - p["side.learning"] * deficit
