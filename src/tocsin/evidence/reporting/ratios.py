"""Likelihood ratios of named hypotheses: for display and ablation only, never for the filter.

Each says how much more probable an indicator is if its hypothesis holds than if not, as the literature or this
project has it. The filter has a reporting model instead, which knows who speaks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.errors import CatalogueError
from tocsin.parameters import CATALOGUE


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    indicator: str
    polarity: Literal["affirmed", "negated"]
    side: Literal["own", "opponent", "third", "any"]
    origins: int = Field(ge=1)
    meaning: str
    hypothesis: str
    value: float = Field(gt=0)
    range: tuple[float, float]
    label: Literal["S", "C", "M", "A"]
    reference: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How much something reported speaks for a hypothesis."""

    name: str
    indicator: str
    polarity: str
    side: str
    """Whose word it is, seen from the force; `any` where it does not matter."""
    origins: int
    """From how many origins on."""
    meaning: str
    hypothesis: str
    value: float
    low: float
    high: float
    label: str
    reference: str


@cache
def ratios() -> Mapping[str, Ratio]:
    """Return all likelihood ratios by name; CatalogueError where one lacks what it must say."""
    path = CATALOGUE / "likelihood_ratios.toml"
    found = {}
    for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        try:
            row = _Row.model_validate(table)
        except ValidationError as error:
            raise CatalogueError(f"{path.name}, {name}", str(error.errors()[0]["msg"])) from error
        low, high = row.range
        if not low <= row.value <= high:
            raise CatalogueError(f"{path.name}, {name}", "its value lies outside its range")
        found[name] = Ratio(name=name, low=low, high=high, **row.model_dump(exclude={"range"}))
    return found


def ratio_of(indicator: str, polarity: str, sides: Mapping[str, int]) -> Ratio | None:
    """The strongest ratio that so many origins a side, affirming or denying an indicator, call for."""
    fitting = [
        ratio
        for ratio in ratios().values()
        if (ratio.indicator, ratio.polarity) == (indicator, polarity)
        and (sum(sides.values()) if ratio.side == "any" else sides.get(ratio.side, 0)) >= ratio.origins
    ]
    return max(fitting, key=lambda ratio: abs(ratio.value - 1.0), default=None)
