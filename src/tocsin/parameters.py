"""Parameters with unit, prior, range, label and reference, read from the catalogue.

A file of `catalog/parameters/` describes one mechanism; each of its tables is one parameter, known in
code as `mechanism.name`. A parameter has either a fixed `value` or a `prior`. Labels: S, read in a
source; C, computed from data; M, from memory; A, an assumption.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, final

from tocsin.errors import CatalogueError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CATALOGUE: Final = Path(__file__).parent / "catalog"
"""Where the content lies that an analyst edits."""

_LABELS = {"S", "C", "M", "A"}
_REQUIRED = {"meaning", "unit", "range", "label", "reference"}
_OPTIONAL = {"symbol", "value", "prior"}
_SHAPES = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "spread"),
    "halfnormal": ("scale",),
    "exponential": ("mean",),
    "beta": ("a", "b"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """A distribution over a parameter, cut to the parameter's range."""

    family: str
    shape: tuple[float, ...]
    """normal (mean, sd); lognormal (median, sd of the log); halfnormal (scale); exponential (mean); beta (a, b)."""

    @property
    def named(self) -> Mapping[str, float]:
        """The numbers of `shape` by name, as the catalogue has them."""
        return dict(zip(_SHAPES[self.family], self.shape, strict=True))

    def __str__(self) -> str:
        return f"{self.family} ({', '.join(f'{name} {number:g}' for name, number in self.named.items())})"

    def quantile(self, probability: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the values below which the prior has each `probability`, before the range cuts it."""
        import numpy as np  # noqa: PLC0415  slow to load, needed only when something is drawn
        from scipy.special import betaincinv, ndtri  # noqa: PLC0415  likewise

        first, second = self.shape[0], self.shape[-1]
        if self.family == "normal":
            return first + second * ndtri(probability)
        if self.family == "lognormal":
            return first * np.exp(second * ndtri(probability))
        if self.family == "halfnormal":
            return first * ndtri(0.5 + 0.5 * probability)
        if self.family == "exponential":
            return -first * np.log1p(-probability)
        return betaincinv(first, second, probability)

    def mass_below(self, value: float) -> float:
        """Return the prior probability of a value below `value`, before the range cuts it."""
        import numpy as np  # noqa: PLC0415  slow to load, needed only when something is drawn
        from scipy.special import betainc, ndtr  # noqa: PLC0415  likewise

        first, second = self.shape[0], self.shape[-1]
        if self.family == "normal":
            return float(ndtr((value - first) / second))
        if value <= 0.0:
            return 0.0
        if self.family == "lognormal":
            return float(ndtr(np.log(value / first) / second))
        if self.family == "halfnormal":
            return float(2.0 * ndtr(value / first) - 1.0)
        if self.family == "exponential":
            return float(-np.expm1(-value / first))
        return float(betainc(first, second, min(value, 1.0)))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number with a meaning."""

    name: str
    """`mechanism.name`, as in `losses.rate`."""
    symbol: str
    meaning: str
    unit: str
    low: float
    high: float
    label: str
    reference: str
    value: float | None
    prior: Prior | None

    def draw(self, uniform: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn uniform numbers in (0, 1) into draws from the prior within the range; a fixed value stays."""
        import numpy as np  # noqa: PLC0415  slow to load, needed only when something is drawn

        if self.prior is None:
            return np.full_like(uniform, self.fixed)
        low, high = self.prior.mass_below(self.low), self.prior.mass_below(self.high)
        return np.clip(self.prior.quantile(low + uniform * (high - low)), self.low, self.high)

    @property
    def stated(self) -> str:
        """The value or the prior, in words."""
        return f"{self.fixed:g}" if self.prior is None else str(self.prior)

    @property
    def fixed(self) -> float:
        """The value of a parameter that has no prior; CatalogueError where it has one."""
        if self.value is None:
            raise CatalogueError(self.name, "has a prior and no single value; draw it")
        return self.value


@cache
def parameters() -> Mapping[str, Parameter]:
    """Return every parameter of the catalogue by name, in the order of files and tables."""
    found: dict[str, Parameter] = {}
    for path in sorted((CATALOGUE / "parameters").glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CatalogueError(path.name, f"is no TOML: {error}") from error
        for name, table in tables.items():
            full = f"{path.stem}.{name}"
            found[full] = _parameter(full, table)
    return found


def value(name: str) -> float:
    """Return the fixed value of the parameter `name`."""
    return parameters()[name].fixed


def _parameter(name: str, table: Mapping[str, Any]) -> Parameter:
    if not isinstance(table, dict):
        raise CatalogueError(name, "a parameter is a table of its own: begin it with a line [name]")
    unknown = set(table) - _REQUIRED - _OPTIONAL
    missing = _REQUIRED - set(table)
    if unknown or missing:
        raise CatalogueError(name, f"unknown fields {sorted(unknown)}, missing fields {sorted(missing)}")
    if ("value" in table) == ("prior" in table):
        raise CatalogueError(name, "needs either a value or a prior, and not both")
    low, high = _numbers(name, table["range"], 2)
    fixed = _numbers(name, [table["value"]], 1)[0] if "value" in table else None
    if table["label"] not in _LABELS or not table["reference"] or not low <= high:
        raise CatalogueError(name, "needs a label S, C, M or A, a reference and an ordered range")
    if fixed is not None and not low <= fixed <= high:
        raise CatalogueError(name, f"its value {fixed} lies outside its range [{low}, {high}]")
    return Parameter(
        name=name,
        symbol=table.get("symbol", ""),
        meaning=table["meaning"],
        unit=table["unit"],
        low=low,
        high=high,
        label=table["label"],
        reference=table["reference"],
        value=fixed,
        prior=_prior(name, table["prior"]) if "prior" in table else None,
    )


def _prior(name: str, table: Mapping[str, Mapping[str, float]]) -> Prior:
    if not isinstance(table, dict) or len(table) != 1 or next(iter(table)) not in _SHAPES:
        raise CatalogueError(name, f"a prior is one of {', '.join(_SHAPES)}")
    family, shape = next(iter(table.items()))
    if not isinstance(shape, dict) or set(shape) != set(_SHAPES[family]):
        raise CatalogueError(name, f"a {family} prior needs {', '.join(_SHAPES[family])}")
    numbers = _numbers(name, [shape[key] for key in _SHAPES[family]], len(shape))
    positive = numbers[1:] if family == "normal" else numbers
    if min(positive) <= 0.0:
        raise CatalogueError(name, f"a {family} prior needs numbers above 0 (its mean apart)")
    return Prior(family=family, shape=numbers)


def _numbers(name: str, given: Any, count: int) -> tuple[float, ...]:
    if not isinstance(given, list) or len(given) != count or not all(type(n) in (int, float) for n in given):
        raise CatalogueError(name, f"needs {count} number(s), not {given!r}")
    return tuple(float(n) for n in given)
