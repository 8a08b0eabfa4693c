"""How much of each indicator there is in a simulated force: the one place where words meet soldiers' traits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import CatalogueError
from tocsin.parameters import CATALOGUE


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What of a force an indicator is a report about."""

    measure: str
    """A field of MEASURES, or `own.` and a parameter of the force."""
    over: Literal["last", "sum"]
    half: float
    """The amount at which the level is one half."""
    label: str
    reference: str
    per: bool = False
    """Whether the amount is divided by the establishment."""
    inverted: bool = False
    """Whether 1 minus the measure is meant."""
    relief: bool = False
    """Whether the force's own side, not its opponent, is inclined to affirm it."""


@cache
def levels() -> Mapping[str, Level]:
    """Return what is known of each indicator that the model of a force speaks of, by indicator."""
    path = CATALOGUE / "levels.toml"
    try:
        return {name: Level(**row) for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except TypeError as error:
        raise CatalogueError(path.name, str(error)) from error


def level(indicator: str, week: NDArray[np.void], own: NDArray[np.void], establishment: float) -> NDArray[np.float64]:
    """Return the level of an indicator, 0 to 1, in each particle.

    Parameters
    ----------
    week : (particles, days) records of MEASURES of one force
    own : (particles,) records of the force's parameters
    establishment : soldiers of the force at full strength
    """
    what = levels()[indicator]
    if what.measure.startswith("own."):
        amount = own["side." + what.measure.removeprefix("own.")].astype(np.float64)
    elif what.over == "sum":
        amount = week[what.measure].sum(axis=1, dtype=np.float64)
    else:
        amount = week[what.measure][:, -1].astype(np.float64)
    amount = 1.0 - amount if what.inverted else amount
    amount = np.maximum(amount / establishment if what.per else amount, 0.0)
    return amount / (amount + what.half)
