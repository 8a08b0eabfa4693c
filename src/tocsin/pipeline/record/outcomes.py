"""Outcomes that a case of the past brings along: what came of its questions, by the days it covers."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.errors import CatalogueError
from tocsin.forecasts.forecast import Forecast
from tocsin.forecasts.resolution import Outcome


@final
class Shipped(BaseModel):
    """What came of one question about one force in a span of days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    force: str
    first: date
    last: date
    outcome: Outcome
    amount: float | None = None
    reports: tuple[str, ...] = ()
    """Addresses of reports of the case."""
    reason: str = Field(min_length=1)

    def covers(self, forecast: Forecast) -> bool:
        """Whether it says what came of a forecast's window.

        What came about in the span came about in every window that holds it whole; what did not come about in it,
        or cannot be judged, did not in any window that lies within. An amount is that of its own window alone.
        """
        if (self.question, self.force) != (forecast.question, forecast.force):
            return False
        within = self.first >= forecast.opens and self.last <= forecast.closes
        around = self.first <= forecast.opens and forecast.closes <= self.last
        if self.outcome == "amount":
            return self.last == forecast.closes and (self.last - self.first).days + 1 == forecast.days
        return within if self.outcome == "yes" else around


def read_outcomes(path: Path, known: Collection[str]) -> list[Shipped]:
    """Read the outcomes of a case; CatalogueError where the file says what it must not, or names unknown reports."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("outcomes", [])
        found = [Shipped.model_validate(row) for row in rows]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path.name, f"{error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(path.name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    strangers = [url for one in found for url in one.reports if url not in known]
    if strangers:
        raise CatalogueError(path.name, f"no report of the case stands at {strangers[0]}")
    return found
