"""Patterns and their bands, as the catalogue has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, final

from tocsin.errors import CatalogueError
from tocsin.parameters import CATALOGUE


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Between what a figure of a pattern should lie, both ends included."""

    meaning: str
    unit: str
    low: float
    high: float
    label: Literal["S", "C", "M", "A"]

    def holds(self, figure: float) -> bool:
        """Whether a figure lies in the band; one that could not be had (not a number) does not."""
        return self.low <= figure <= self.high


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What armies of the past did, the scenario in which it is looked for, and the bands of its figures."""

    name: str
    title: str
    half: Literal["fit", "held"]
    """Whether parameters were fitted to it, or it was only looked at afterwards."""
    scenario: str
    reference: str
    figures: Mapping[str, Band]
    study: str | None = None
    """The page of the study that shows it, where the army of this package does not."""


@cache
def patterns() -> Mapping[str, Pattern]:
    """Return all patterns by name, in the order of the catalogue; raise CatalogueError where one is not whole."""
    path = CATALOGUE / "patterns.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return {name: _pattern(name, table) for name, table in found.items()}
    except (TypeError, KeyError) as error:
        raise CatalogueError(path.name, str(error)) from error


def _pattern(name: str, table: dict[str, Any]) -> Pattern:
    figures = {key: Band(**band) for key, band in table["figures"].items()}
    wrong = [
        key for key, band in figures.items() if not band.low <= band.high or band.label not in {"S", "C", "M", "A"}
    ]
    if wrong or table["half"] not in {"fit", "held"}:
        raise CatalogueError(name, f"needs a half, and figures with ordered bands and a label; see {wrong}")
    return Pattern(name=name, **{**table, "figures": figures})
