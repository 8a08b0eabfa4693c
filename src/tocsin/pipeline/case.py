"""A case: the forces, orders of battle, series, reports and questions that belong together."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.claims.parties import Party
from tocsin.dates import Interval
from tocsin.errors import CatalogueError, OrderOfBattleError, UnknownNameError
from tocsin.evidence.reporting.coverage import Coverage
from tocsin.forces.order_of_battle.read import read_orders
from tocsin.forces.unit import OrderOfBattle, latest
from tocsin.forecasts.question import BaseRate, ForecastQuestion
from tocsin.indicators import indicators
from tocsin.parameters import CATALOGUE
from tocsin.reports.report import SpeakerKind
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
    coverage: str | None = None
    questions: str
    outcomes: str | None = None


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
    threshold: float | None = None
    cuts: tuple[float, ...] = ()
    days: tuple[Annotated[int, Field(ge=1, le=730)], ...] = Field(min_length=1)
    resolution: str
    void: str
    base_rate: _BaseRate | None = None
    per: bool = False


class _Watch(_Strict):
    known: date
    start: date
    end: date
    force: str
    indicator: str
    probability: float = Field(ge=0, le=1)
    sources: int = Field(ge=1, le=1000)
    one_feed: bool
    speaker_kind: SpeakerKind
    reference: str = Field(min_length=1)


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
    coverage: tuple[Coverage, ...]
    """Who is known to have watched what; empty where that is not known, as it usually is."""
    reports: Path | None
    outcomes: Path | None
    """What came of the questions, where the case is of the past."""

    @property
    def forces(self) -> tuple[str, ...]:
        """The names of the forces, in the order of the case."""
        return tuple(party.name for party in self.parties)

    def known_by(self, as_of: date) -> tuple[Any, ...]:
        """What the case says as of a day, apart from its reports and series, which stand for themselves."""
        watched = tuple(cover for cover in self.coverage if cover.known <= as_of)
        return (self.name, self.start, self.parties, self.postures, self.orders(as_of), self.questions, watched)

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
    except OrderOfBattleError as error:
        raise CatalogueError(f"case {name}", f"{error}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"case {name}", f"{error}") from error


def _assemble(folder: Path, case: _Case) -> Case:
    known = [force.name for force in case.forces]
    strangers = {name for force in case.forces for name in force.opponents} - set(known)
    if strangers or len(set(known)) != len(known):
        raise CatalogueError(
            case.name, f"opponents {sorted(strangers)} are no forces of the case, or a name stands twice"
        )
    orders = read_orders(folder / case.files.order_of_battle, known=case.start, warn=_nobody)
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
        snapshots={force.name: _snapshots(orders, force.name, case.name) for force in case.forces},
        questions=tuple(_questions(folder / case.files.questions)),
        series=tuple(folder / path for path in case.files.series),
        coverage=tuple(_coverage(folder / case.files.coverage, case)) if case.files.coverage else (),
        reports=folder / case.files.reports if case.files.reports else None,
        outcomes=folder / case.files.outcomes if case.files.outcomes else None,
    )


def _nobody(_: str) -> None:
    """Hear of what an order of battle leaves out, which `tocsin orbat` tells."""


def _snapshots(orders: Sequence[OrderOfBattle], force: str, case: str) -> tuple[OrderOfBattle, ...]:
    found = tuple(order for order in orders if order.force == force)
    if not found:
        raise CatalogueError(case, f"the order of battle has no unit of {force}")
    return found


def _coverage(path: Path, case: _Case) -> Iterator[Coverage]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, fields in enumerate(csv.DictReader(file), start=2):
            row = _Watch.model_validate(fields)
            if row.force not in {force.name for force in case.forces} or row.indicator not in indicators():
                raise CatalogueError(path.name, f"line {number}: unknown force or indicator")
            if row.end < row.start:
                raise CatalogueError(path.name, f"line {number}: it ends before it starts")
            rest = row.model_dump(exclude={"start", "end"})
            yield Coverage(happened=Interval(row.start, row.end), **rest)


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
        if (question.threshold is None) != bool(question.cuts) or list(question.cuts) != sorted(set(question.cuts)):
            raise CatalogueError(path.name, f"{question.id}: it needs either a threshold or ascending cuts")
        if question.cuts and question.base_rate:
            raise CatalogueError(path.name, f"{question.id}: a base rate answers whether, and cuts ask how much")
        rate = BaseRate(**question.base_rate.model_dump()) if question.base_rate else None
        yield ForecastQuestion(**{**question.model_dump(), "base_rate": rate})


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
