"""The forms of the regression and its priors, read from `catalog/battles/model.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, final

from tocsin.errors import CatalogueError
from tocsin.parameters import CATALOGUE

FILE = CATALOGUE / "battles" / "model.toml"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Covariates:
    """How what is known becomes numbers."""

    era_years: tuple[float, ...]
    era_values: tuple[float, ...]
    casualty_floor: float
    """Added to a casualty fraction before its logarithm."""
    unscaled: frozenset[str]
    materiel_floor: Mapping[str, float]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Smooth:
    """A Gaussian process over one or more covariates that interact."""

    of: tuple[str, ...]
    scale: float
    """Of the half-normal prior of its amplitude, in logits."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What the regression of one target speaks of."""

    name: str
    linear: Mapping[str, float]
    """Covariate to the prior sd of its slope, in logits."""
    smooth: tuple[Smooth, ...]
    war: Mapping[str, float]
    """`intercept` or covariate to the scale of the half-normal prior of the sd between wars."""

    def without(self, covariates: frozenset[str]) -> Form:
        """Return the form that does not speak of `covariates`."""
        return Form(
            name=self.name,
            linear={name: sd for name, sd in self.linear.items() if name not in covariates},
            smooth=tuple(smooth for smooth in self.smooth if not covariates & set(smooth.of)),
            war={name: sd for name, sd in self.war.items() if name not in covariates},
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sampler:
    """How many draws are made."""

    warmup: int
    draws: int
    chains: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """Priors of the break hazard: normal (mean, sd) or the scale of a half-normal."""

    base: tuple[float, float]
    slope: tuple[float, float]
    own: tuple[float, float]
    surprised: float
    war: float
    floor: float
    """Added to shares lost before their logs are taken."""
    usual_loss: float
    """The own loss at which `own` changes nothing."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """Everything that the catalogue says about the regression."""

    covariates: Covariates
    intercept: float
    length: float
    sampler: Sampler
    """Of one fit to a whole table."""
    fold_sampler: Sampler
    """Of each of many fits."""
    hazard: Hazard
    forms: Mapping[str, tuple[Form, ...]]
    """Target to the forms that were tried; the chosen one comes first."""


@cache
def specification() -> Specification:
    """Read the catalogue's file; CatalogueError where it does not say what it must."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    try:
        return _specification(table)
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(FILE.name, f"is incomplete or malformed: {error}") from error


def _specification(table: dict[str, Any]) -> Specification:
    covariates, prior = table.pop("covariates"), table.pop("prior")
    sampler, fold_sampler = table.pop("sampler"), table.pop("fold_sampler")
    return Specification(
        covariates=Covariates(
            era_years=tuple(map(float, covariates["era_years"])),
            era_values=tuple(map(float, covariates["era_values"])),
            casualty_floor=float(covariates["casualty_floor"]),
            unscaled=frozenset(covariates["unscaled"]),
            materiel_floor={str(kind): float(few) for kind, few in covariates["materiel_floor"].items()},
        ),
        intercept=float(prior["intercept"]),
        length=float(prior["length"]),
        sampler=_sampler(sampler),
        fold_sampler=_sampler(fold_sampler),
        hazard=_hazard(table.pop("hazard")),
        forms={target: tuple(_form(form) for form in forms) for target, forms in table.items()},
    )


def _hazard(table: Mapping[str, Any]) -> Hazard:
    base, slope, own = ((float(table[name][0]), float(table[name][1])) for name in ("base", "slope", "own"))
    return Hazard(
        base=base,
        slope=slope,
        own=own,
        surprised=float(table["surprised"]),
        war=float(table["war"]),
        floor=float(table["floor"]),
        usual_loss=float(table["usual_loss"]),
    )


def _sampler(table: Mapping[str, Any]) -> Sampler:
    return Sampler(warmup=int(table["warmup"]), draws=int(table["draws"]), chains=int(table["chains"]))


def _form(table: Mapping[str, Any]) -> Form:
    return Form(
        name=str(table["name"]),
        linear={str(name): float(sd) for name, sd in table["linear"].items()},
        smooth=tuple(Smooth(of=tuple(smooth["of"]), scale=float(smooth["scale"])) for smooth in table["smooth"]),
        war={str(name): float(scale) for name, scale in table["war"].items()},
    )
