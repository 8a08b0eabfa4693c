"""What-ifs and the outcomes they are judged by, read from the catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, final

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.errors import CatalogueError
from tocsin.parameters import CATALOGUE
from tocsin.simulation.desk.records import MEASURES
from tocsin.simulation.draws import simulated


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Change(_Strict):
    parameter: str
    set: float | None = None
    scale: float | None = None


class _WhatIf(_Strict):
    title: Annotated[str, Field(min_length=1)]
    protects: Annotated[str, Field(min_length=1)]
    changes: tuple[_Change, ...] = Field(min_length=1)
    label: Literal["S", "C", "M", "A"]
    reference: Annotated[str, Field(min_length=1)]


class _Outcome(_Strict):
    title: Annotated[str, Field(min_length=1)]
    measure: str
    less: str | None = None
    over: Literal["total", "any", "end"]
    threshold: float | None = None


class _File(_Strict):
    whatif: dict[str, _WhatIf] = Field(min_length=1)
    outcome: dict[str, _Outcome] = Field(min_length=1)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A parameter set to a value, or scaled by a factor; CatalogueError where that could leave its range."""

    parameter: str
    set: float | None = None
    scale: float | None = None

    def __post_init__(self) -> None:
        parameter = simulated().get(self.parameter)
        if parameter is None:
            raise CatalogueError(self.parameter, "is no parameter of a simulated force; see `tocsin parameters`")
        if (self.set is None) == (self.scale is None):
            raise CatalogueError(self.parameter, "a change either sets or scales, and not both")
        ends = [parameter.low, parameter.high] if parameter.value is None else [parameter.value]
        for end in ends:
            after = float(self.of(np.array(end)))
            if not parameter.low <= after <= parameter.high:
                raise CatalogueError(
                    self.parameter,
                    f"a change may take it to {after:g}, outside its range [{parameter.low:g}, {parameter.high:g}]",
                )

    def of(self, before: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the values become."""
        if self.set is not None:
            return np.full_like(before, self.set, dtype=np.float64)
        return before * (1.0 if self.scale is None else self.scale)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """Something that could be otherwise for one force, and whom that would protect."""

    name: str
    title: str
    protects: str
    changes: tuple[Change, ...]
    label: str
    reference: str

    def apply(self, drawn: NDArray[np.void], force: int) -> NDArray[np.void]:
        """Return (runs, forces) records of parameters changed for one force; `drawn` is left as it was."""
        after = drawn.copy()
        for change in self.changes:
            after[change.parameter][:, force] = change.of(drawn[change.parameter][:, force])
        return after


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One number of each run and force that is compared."""

    name: str
    title: str
    measure: str
    """A field of MEASURES."""
    less: str | None
    """A field that is subtracted from it."""
    over: str
    threshold: float | None
    """Where it is given, the outcome is 1 in runs that reach it and 0 in others."""

    def of(self, history: NDArray[np.void]) -> NDArray[np.float64]:
        """Turn (runs, days, forces) records of MEASURES into (runs, forces) amounts."""
        daily = history[self.measure].astype(np.float64)
        if self.less is not None:
            daily -= history[self.less]
        if self.over == "end":
            amount = daily[:, -1]
        else:
            amount = daily.sum(axis=1) if self.over == "total" else daily.max(axis=1)
        return amount if self.threshold is None else (amount >= self.threshold).astype(np.float64)


def whatifs() -> Mapping[str, WhatIf]:
    """Return every what-if of the catalogue by name."""
    return {
        name: WhatIf(
            name=name,
            title=row.title,
            protects=row.protects,
            changes=tuple(Change(**change.model_dump()) for change in row.changes),
            label=row.label,
            reference=row.reference,
        )
        for name, row in _file().whatif.items()
    }


def outcomes() -> Mapping[str, Outcome]:
    """Return every outcome that what-ifs are judged by, by name."""
    found = {name: Outcome(name=name, **row.model_dump()) for name, row in _file().outcome.items()}
    for name, outcome in found.items():
        unknown = {outcome.measure, outcome.less or outcome.measure} - set(MEASURES.names or ())
        if unknown:
            raise CatalogueError(f"outcome.{name}", f"nothing is measured that is called {', '.join(sorted(unknown))}")
    return found


@cache
def _file() -> _File:
    path = CATALOGUE / "whatifs.toml"
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path.name, f"is no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(f"{path.name}, {'.'.join(map(str, first['loc']))}", first["msg"]) from error
