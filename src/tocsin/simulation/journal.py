"""Write down what happens: events of units, and on request every soldier's moves."""

from __future__ import annotations

from typing import Any

from numba import njit

from tocsin.simulation.codes import MOVE

A = Any


@njit(cache=True, nogil=True)
def turn(journal: A, day: int, unit: int, force: int) -> None:
    """Say where the next entries belong."""
    if journal.size > 0:
        journal[0]["day"], journal[0]["unit"], journal[0]["force"] = day, unit, force


@njit(cache=True, nogil=True)
def note(journal: A, what: int, cause: int, size: int) -> None:
    """Write an event; once the journal is full, events are only counted."""
    if journal.size > 0:
        _write(journal, what, cause, size, 0, 0, 0, 0)


@njit(cache=True, nogil=True)
def follow(journal: A, part: int, kind: int, origin: int, fate: int) -> None:
    """Write that a soldier of a part and class goes from one status to another, where soldiers are followed."""
    if journal.size > 0 and journal[0]["what"] == 1:
        _write(journal, MOVE, 0, 1, part, kind, origin, fate)


@njit(cache=True, nogil=True)
def _write(journal: A, what: int, cause: int, size: int, part: int, kind: int, origin: int, fate: int) -> None:
    head = journal[0]
    head["size"] += 1
    if head["size"] < journal.size:
        entry = journal[head["size"]]
        entry["day"], entry["unit"], entry["force"] = head["day"], head["unit"], head["force"]
        entry["what"], entry["cause"], entry["size"] = what, cause, size
        entry["part"], entry["kind"], entry["origin"], entry["fate"] = part, kind, origin, fate
