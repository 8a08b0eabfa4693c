"""A case: the forces, orders of battle, series, reports and questions that belong together."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.claims.parties import Party
from tocsin.errors import CatalogueError, UnknownNameError
from tocsin.forces.unit import OrderOfBattle, Unit, establishment, latest
from tocsin.forecasts.question import BaseRate, ForecastQuestion
from tocsin.parameters import CATALOGUE
from tocsin.simulation.desk.records import MEASURES

CASES: Final = CATALOGUE / "cases"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Force(_Strict):
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    opponents: tuple[str, ...]
    posture: Literal["attack", "defend"]


class _Files(_Strict):
    order_of_battle: str
    reports: str | None = None
    series: tuple[str, ...] = ()
    questions: str


class _Case(_Strict):
    name: str
    title: str
    start: date
    as_of: date
    retrospective: bool
    about: str
    attribution: tuple[str, ...]
    forces: tuple[_Force, ...] = Field(min_length=1)
    files: _Files


class _BaseRate(_Strict):
    per_year: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    label: Literal["S", "C", "M", "A"]
    reference: str


class _Question(_Strict):
    id: str
    outcome: str
    text: str
    measure: str
    over: Literal["any", "total", "end"]
    threshold: float
    days: tuple[Annotated[int, Field(ge=1, le=730)], ...] = Field(min_length=1)
    resolution: str
    void: str
    base_rate: _BaseRate | None = None
    per: bool = False


class _Row(_Strict):
    known: date
    force: str
    unit: str
    echelon: str
    branch: str
    parent: str
    battalion_groups: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything an assessment needs that is no report."""

    name: str
    title: str
    folder: Path
    start: date
    as_of: date
    """Where a demonstration stands."""
    retrospective: bool
    about: str
    attribution: tuple[str, ...]
    parties: tuple[Party, ...]
    postures: Mapping[str, str]
    """What each force did at the start, `attack` or `defend`; shown, not used."""
    snapshots: Mapping[str, tuple[OrderOfBattle, ...]]
    questions: tuple[ForecastQuestion, ...]
    series: tuple[Path, ...]
    reports: Path | None

    @property
    def forces(self) -> tuple[str, ...]:
        """The names of the forces, in the order of the case."""
        return tuple(party.name for party in self.parties)

    def known_by(self, as_of: date) -> tuple[Any, ...]:
        """What the case says as of a day, apart from its reports and series, which stand for themselves."""
        return (self.name, self.start, self.parties, self.postures, self.orders(as_of), self.questions)

    def orders(self, as_of: date) -> tuple[OrderOfBattle, ...]:
        """The order of battle of each force as known by `as_of`; the first one known where none was yet."""
        found = []
        for name in self.forces:
            snapshots = self.snapshots[name]
            found.append(latest(snapshots, as_of) or min(snapshots, key=lambda order: order.known))
        return tuple(found)


def names() -> list[str]:
    """The cases that are shipped."""
    return sorted(path.parent.name for path in CASES.glob("*/case.toml"))


def read_case(name: str) -> Case:
    """Read a case by the name of a shipped one or by the path of its folder.

    Raises UnknownNameError where there is none, CatalogueError where its files do not say what they must.
    """
    folder = CASES / name if name in names() else Path(name)
    if not (folder / "case.toml").is_file():
        raise UnknownNameError("case", name, names())
    try:
        return _assemble(folder, _Case.model_validate(_toml(folder / "case.toml")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(f"case {name}", f"{where}: {first['msg']}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"case {name}", f"{error}") from error


def _assemble(folder: Path, case: _Case) -> Case:
    known = [force.name for force in case.forces]
    strangers = {name for force in case.forces for name in force.opponents} - set(known)
    if strangers or len(set(known)) != len(known):
        raise CatalogueError(
            case.name, f"opponents {sorted(strangers)} are no forces of the case, or a name stands twice"
        )
    rows = list(_rows(folder / case.files.order_of_battle))
    return Case(
        name=case.name,
        title=case.title,
        folder=folder,
        start=case.start,
        as_of=case.as_of,
        retrospective=case.retrospective,
        about=case.about,
        attribution=case.attribution,
        parties=tuple(
            Party(name=force.name, aliases=force.aliases, demonyms=force.demonyms, opponents=force.opponents)
            for force in case.forces
        ),
        postures={force.name: force.posture for force in case.forces},
        snapshots={force.name: _snapshots(rows, force, case.name) for force in case.forces},
        questions=tuple(_questions(folder / case.files.questions)),
        series=tuple(folder / path for path in case.files.series),
        reports=folder / case.files.reports if case.files.reports else None,
    )


def _snapshots(rows: list[_Row], force: _Force, case: str) -> tuple[OrderOfBattle, ...]:
    by_day: dict[date, list[Unit]] = {}
    for row in rows:
        if row.force == force.name:
            _check_echelon(row, case)
            unit = Unit(name=row.unit, echelon=row.echelon, branch=row.branch, parent=row.parent or None)
            by_day.setdefault(row.known, []).append(unit)
    if not by_day:
        raise CatalogueError(case, f"the order of battle has no unit of {force.name}")
    return tuple(OrderOfBattle(force=force.name, known=known, units=tuple(units)) for known, units in by_day.items())


def _check_echelon(row: _Row, case: str) -> None:
    try:
        establishment(row.echelon)
    except CatalogueError as error:
        raise CatalogueError(case, f"order of battle, unit {row.unit!r}: {error}") from error


def _rows(path: Path) -> Iterator[_Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _Row.model_validate(row)


def _questions(path: Path) -> Iterator[ForecastQuestion]:
    rows = _toml(path).get("questions", [])
    if not rows:
        raise CatalogueError(path.name, "asks no question; a case needs at least one")
    for row in rows:
        question = _Question.model_validate(row)
        try:
            question.text.format(force="", days=0)
        except (KeyError, IndexError, ValueError) as error:
            raise CatalogueError(path.name, f"{question.id}: its text may name {{force}} and {{days}} only") from error
        if question.measure not in (MEASURES.names or ()):
            known = ", ".join(MEASURES.names or ())
            raise CatalogueError(path.name, f"{question.id}: {question.measure!r} is no measure; known are {known}")
        rate = BaseRate(**question.base_rate.model_dump()) if question.base_rate else None
        yield ForecastQuestion(**{**question.model_dump(), "base_rate": rate})


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
