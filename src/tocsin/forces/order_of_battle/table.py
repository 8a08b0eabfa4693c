"""Orders of battle as CSV: one row a unit a snapshot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from tocsin.cells import harmless, restored
from tocsin.errors import CatalogueError, OrderOfBattleError
from tocsin.forces.unit import OrderOfBattle, Unit, establishment

COLUMNS = ("known", "force", "unit", "echelon", "branch", "parent", "strength")
"""What is written; `strength` may be missing where a table is read."""
LONGEST_CELL = 500
"""Characters of a cell."""
MOST_SOLDIERS = 10_000_000
"""Of one unit."""


def _plain(text: str) -> str:
    """Write a name on one line, without what no text may hold or what could steer a terminal."""
    return " ".join("".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in text).split())


Words = Annotated[str, Field(max_length=LONGEST_CELL), AfterValidator(_plain)]
"""A cell of text in its plain form."""
Name = Annotated[Words, Field(min_length=1)]
"""A cell that may not be empty."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    known: date
    force: Name
    unit: Name
    echelon: Words
    branch: Words
    parent: Words
    battalion_groups: str = ""
    strength: int | None = Field(default=None, ge=0, le=MOST_SOLDIERS)


def read_table(name: str, text: str) -> Iterator[OrderOfBattle]:
    """Yield the snapshots of a table; raise OrderOfBattleError at the first row that is none."""
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="too many cells")
    by_snapshot: dict[tuple[str, date], list[Unit]] = {}
    try:
        for row in rows:
            read = _row(f"{name}, line {rows.line_num}", row)
            unit = Unit(
                name=read.unit,
                echelon=read.echelon,
                branch=read.branch,
                parent=read.parent or None,
                strength=read.strength,
            )
            by_snapshot.setdefault((read.force, read.known), []).append(unit)
    except csv.Error as error:
        raise OrderOfBattleError(f"{name}, line {rows.line_num}", f"no valid CSV ({error})", "Mend the row.") from None
    for (force, known), units in by_snapshot.items():
        yield OrderOfBattle(force=force, known=known, units=tuple(units))


def write_table(orders: Iterable[OrderOfBattle]) -> str:
    """Write snapshots as CSV that `read_table` reads back and that no spreadsheet runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for order in orders:
        for unit in order.units:
            strength = "" if unit.strength is None else str(unit.strength)
            cells = (order.force, unit.name, unit.echelon, unit.branch, unit.parent or "", strength)
            writer.writerow([order.known.isoformat(), *map(harmless, cells)])
    return out.getvalue()


def check_echelon(place: str, unit: str, echelon: str) -> None:
    """Raise OrderOfBattleError where no strength is known for an echelon."""
    try:
        establishment(echelon)
    except CatalogueError as error:
        raise OrderOfBattleError(place, f"unit {unit[:80]!r}: {error}", "Mend it.") from None


def _row(place: str, row: dict[str, str | None]) -> _Row:
    cells = {key: restored(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
    if cells.get("strength") == "":
        del cells["strength"]
    try:
        read = _Row.model_validate(cells)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = str(first["loc"][0])[:40] if first["loc"] else "the row"
        columns = f"The columns are {', '.join(COLUMNS)}."
        raise OrderOfBattleError(place, f"{where}: {first['msg'][:200]}", columns) from None
    check_echelon(place, read.unit, read.echelon)
    return read
