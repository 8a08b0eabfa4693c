"""Follow one battalion and one of its soldiers through a single history: who does what, day by day.

The soldier is a number. Which soldiers of one kind it was to whom something happened is drawn evenly afterwards
(`simulation/identities.py`); the model knows no persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.forces.soldiers import STATUSES
from tocsin.forces.tree import name
from tocsin.pipeline.case import read_case
from tocsin.pipeline.ensemble.piece import Piece, walk
from tocsin.pipeline.ensemble.plan import pieces, plan
from tocsin.pipeline.ensemble.simulate import arrange, ready
from tocsin.pipeline.progress import Progress
from tocsin.simulation import draws
from tocsin.simulation.desk import codes
from tocsin.simulation.desk.codes import DUTY, MOVE
from tocsin.simulation.identities import Step, identify
from tocsin.simulation.rng import stream
from tocsin.simulation.simulate import journals, start

EVENTS: Final = {
    codes.BREAK: "breaks in contact",
    codes.DECLINE: "a company declines its task",
    codes.REFUSAL: "refuses as a whole",
    codes.SUPPRESSION: "its refusal is suppressed",
    codes.CONCESSION: "its refusal is conceded to",
    codes.ISOLATION: "is cut off from others",
    codes.INDEPENDENCE: "acts on its own",
    codes.MASS_SURRENDER: "many surrender at once",
}
CAUSES: Final = {
    codes.FIREPOWER: "under firepower",
    codes.MANOEUVRE: "outmanoeuvred",
    codes.WANT: "for want of supply",
    codes.RESERVES: "for want of reserves",
}
YEAR: Final = 365
"""How long a trace goes on where nobody says."""
_ROOM: Final = 1_000_000
"""Entries that a journal has room for at first; it grows until all fits."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One battalion's course and one soldier's, in one history."""

    case: str
    force: str
    battalion: str
    unit: int
    soldier: int
    kind: str
    """What kind of soldier he is."""
    start: date
    days: int
    seed: int
    evenings: Sequence[dict[str, Any]]
    """A row a day: strength, morale, cohesion, and what its soldiers did that day, by status they went to."""
    events: Sequence[tuple[int, str]]
    """(day, what) of the battalion as a whole."""
    life: Sequence[tuple[int, str | None, str]]
    """(day, status before, status after) of the soldier; None before he joined."""


def trace(
    case: str, *, days: int, seed: int, progress: Progress, unit: int | None = None, soldier: int | None = None
) -> Trace:
    """Follow a battalion and a soldier of it through the first history of the ensemble of that seed.

    Where `unit` is not given, it is drawn evenly; likewise `soldier`, from those to whom anything happened. Raises
    TocsinError where there is no such unit or soldier.
    """
    setting = read_case(case)
    where = arrange(setting)
    made = plan(setting, runs=1, days=days, seed=seed, units=False)
    piece = next(pieces(made, [0], where))
    followed = int(stream(seed, "trace").integers(where.force.size)) if unit is None else unit
    if not 0 <= followed < where.force.size:
        raise TocsinError(f"There is no battalion {followed}: they are numbered from 0 to {where.force.size - 1}.")
    ready(made, where, progress)
    with progress.stage("Following", days) as tick:
        rows, journal = _follow(piece, followed, tick)
    steps = identify(journal, seed, 0)
    chosen = _choose(steps, seed) if soldier is None else soldier
    life = [step for step in steps if step.soldier == chosen]
    if not life:
        most = max(step.soldier for step in steps)
        raise TocsinError(f"Battalion {followed} has no soldier {chosen}: they are numbered from 0 to {most}.")
    for day, moves in _by_day(steps).items():
        rows[day]["moves"] = moves
    number = int(where.force[followed])
    return Trace(
        case=setting.name,
        force=setting.forces[number],
        battalion=name(setting.orders(setting.as_of)[number], where, followed),
        unit=followed,
        soldier=chosen,
        kind=f"{life[0].kind}, {life[0].attachment} to his comrades",
        start=setting.start,
        days=days,
        seed=seed,
        evenings=rows,
        events=list(_events(journal)),
        life=[(step.day, step.origin, step.fate) for step in life],
    )


def _follow(piece: Piece, unit: int, tick: Any) -> tuple[list[dict[str, Any]], NDArray[np.void]]:
    """Run the history; return the unit's evenings and its journal, made larger until all of it fits."""
    room = _ROOM
    while True:
        written = journals(1, room, soldiers=True)
        drawn = draws.values(piece.scores)
        begun = start(piece.where, drawn, piece.seed, journals=written)
        full, rows = int(piece.where.establishment[unit]), []
        for state, _ in walk(piece, begun, drawn, 1, written):
            mine = state.units[0, unit]
            row = {key: round(float(mine[key]), 4) for key in ("morale", "cohesion")}
            rows.append({"strength": round(int(mine["heads"][DUTY]) / full, 4), **row, "moves": {}})
            tick()
        size = int(written[0, 0]["size"])
        if size < written.shape[1]:
            return rows, _of(written[0], unit)
        room = 2 * size


def _of(journal: NDArray[np.void], unit: int) -> NDArray[np.void]:
    """Return the entries of one unit as a journal of its own."""
    entries = journal[1 : int(journal[0]["size"]) + 1]
    mine = entries[entries["unit"] == unit]
    head = journal[:1].copy()
    head["size"] = mine.size
    return np.concatenate([head, mine])


def _choose(steps: Sequence[Step], seed: int) -> int:
    """Draw a soldier evenly from those to whom anything happened, from all where nothing did."""
    moved = sorted({step.soldier for step in steps if step.origin is not None} or {step.soldier for step in steps})
    return int(moved[int(stream(seed, "trace", 1).integers(len(moved)))])


def _by_day(steps: Sequence[Step]) -> dict[int, dict[str, int]]:
    """Count by day where soldiers went; who was there at the start did not come."""
    found: dict[int, Counter[str]] = {}
    for step in steps:
        if step.day >= 0 and (step.origin is not None or step.day > 0):
            fate = "joined" if step.origin is None else "returned" if step.fate == STATUSES[DUTY] else step.fate
            found.setdefault(step.day, Counter())[fate] += 1
    return {day: dict(sorted(moves.items())) for day, moves in sorted(found.items())}


def _events(journal: NDArray[np.void]) -> Iterator[tuple[int, str]]:
    for entry in journal[1:]:
        if entry["what"] in EVENTS and entry["what"] != MOVE:
            cause = f", {CAUSES[int(entry['cause'])]}" if entry["what"] == codes.BREAK else ""
            yield int(entry["day"]), EVENTS[int(entry["what"])] + cause
