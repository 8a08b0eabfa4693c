"""Write down what happens: events of units, and on request every soldier's moves.

Mechanisms write on a pad, a record of fixed size, because records cost compiled code nothing to hand around; after each
unit the pad is copied into the run's journal.
"""

from __future__ import annotations

from typing import Any

from tocsin.simulation.desk.codes import MOVE
from tocsin.simulation.desk.compiled import compiled

A = Any


@compiled
def note(pad: A, what: int, cause: int, size: int) -> None:
    """Write an event of a unit or, where none is at hand, of a force."""
    if pad["level"] > 0:
        _write(pad, what, cause, size, 0, 0, 0, 0)


@compiled
def follow(pad: A, part: int, kind: int, origin: int, fate: int) -> None:
    """Write that a soldier of a part and class goes from one status to another, where soldiers are followed."""
    if pad["level"] > 1:
        _write(pad, MOVE, 0, 1, part, kind, origin, fate)


@compiled
def _write(pad: A, what: int, cause: int, size: int, part: int, kind: int, origin: int, fate: int) -> None:
    if pad["size"] < pad["lines"].shape[0]:
        line = pad["lines"][pad["size"]]
        line[0], line[1], line[2] = what, cause, size
        line[3], line[4], line[5], line[6] = part, kind, origin, fate
    pad["size"] += 1


@compiled
def copy(pad: A, journal: A, day: int, unit: int, force: int) -> None:
    """Move what is on the pad into the journal, whose row 0 counts what was to be written."""
    head = journal[0]
    for i in range(min(pad["size"], pad["lines"].shape[0])):
        row = head["size"] + 1 + i
        if row < journal.size:
            entry, line = journal[row], pad["lines"][i]
            entry["day"], entry["unit"], entry["force"] = day, unit, force
            entry["what"], entry["cause"], entry["size"] = line[0], line[1], line[2]
            entry["part"], entry["kind"], entry["origin"], entry["fate"] = line[3], line[4], line[5], line[6]
    head["size"] += pad["size"]
    pad["size"] = 0
