"""ForecastQuestion: an outcome for a force in a window, with a test that a stranger could apply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """How often the like has happened before, a year; the forecast that anyone could make."""

    per_year: float
    low: float
    high: float
    label: str
    reference: str

    def within(self, days: int) -> tuple[float, float, float]:
        """The rate, its low and its high as probabilities of at least one event in `days`.

        >>> rate = BaseRate(per_year=0.022, low=0.012, high=0.036, label="C", reference="a table")
        >>> round(rate.within(180)[0], 4)
        0.0109
        """
        low, middle, high = (1.0 - (1.0 - rate) ** (days / 365.0) for rate in (self.low, self.per_year, self.high))
        return middle, low, high


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastQuestion:
    """One question, asked alike of every force and for several horizons.

    It asks whether an amount reaches `threshold`, or, where it has `cuts` instead, how large the amount is.
    """

    id: str
    outcome: str
    """What may come about, in a few words that follow the name of the force: `its leader removed`."""
    text: str
    """With `{force}` and `{days}` where the names go."""
    measure: str
    """The simulated measure that decides it."""
    over: Literal["any", "total", "end"]
    """Whether the highest of the days, the total of the window or its last day counts."""
    threshold: float | None = None
    days: tuple[int, ...]
    resolution: str
    void: str
    base_rate: BaseRate | None
    per: bool = False
    """Whether a total is divided by the establishment."""
    cuts: tuple[float, ...] = ()
    """Where one ordered category ends and the next begins, ascending; an amount at a cut lies above it."""

    @property
    def event(self) -> str:
        """What decides in the simulation, in words that do not change with the language of the question."""
        how = {"any": "highest day", "total": "total", "end": "last day"}[self.over]
        of = ", as a share of the establishment" if self.per else ""
        bound = f"at least {self.threshold:g}" if self.threshold is not None else "how much"
        return f"{self.measure}: {how} of the window{of}, {bound}"
