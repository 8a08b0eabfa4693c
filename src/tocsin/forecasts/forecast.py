"""Forecast: what was said of one question, as of a day, sealed with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, final

from tocsin.ids import AssessmentId, ForecastId, QuestionId, ReportId, content_id
from tocsin.parameters import value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a set of forecasts rests on: enough to make the same assessment again."""

    case: str
    as_of: date
    seed: int
    reports: tuple[ReportId, ...]
    """In the order in which they were weighed."""
    made: Mapping[str, Any]
    """Its provenance: hashes of originals, catalogue, case and parameters; versions of software; rules."""
    digest: str = ""
    """SHA-256 of the whole assessment as a file. It is what came out, and no part of the name."""
    known: date
    id: AssessmentId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.case, self.as_of, self.seed, self.reports, self.made)
        object.__setattr__(self, "id", AssessmentId(content_id("assessment", content)))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one forecaster says: a probability with its interval, or of an amount its distribution."""

    by: str
    """`tocsin`, or the name of a baseline."""
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    quantiles: tuple[float, ...] = ()
    """Of an amount, at `futures.LEVELS`."""
    shares: tuple[float, ...] = ()
    """Probability of each ordered category of an amount."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was said would happen, how sure, against what, and on what."""

    case: str
    question: str
    """The question's name in its case."""
    force: str
    days: int
    as_of: date
    text: str
    """The question as it was asked, word for word."""
    event: str
    """What decides in the simulation."""
    resolution: str
    void: str
    cuts: tuple[float, ...] = ()
    """Ends of the ordered categories where an amount is asked; empty where the answer is yes or no."""
    answer: Answer
    baselines: tuple[Answer, ...]
    """What a simpler forecaster said of the same, sealed with it."""
    basis: AssessmentId
    retrospective: bool
    """Whether the case says of itself that it looks back."""
    known: date
    id: ForecastId = field(init=False)

    def __post_init__(self) -> None:
        said = (self.answer, self.baselines, self.basis, self.retrospective)
        object.__setattr__(self, "id", ForecastId(content_id("forecast", (self.asked, *said))))

    @property
    def asked(self) -> QuestionId:
        """Name the question with its window: forecasts that share it are resolved together."""
        what = (self.case, self.question, self.force, self.days, self.as_of, self.text, self.event, self.cuts)
        return QuestionId(content_id("question", (*what, self.resolution, self.void)))

    @property
    def opens(self) -> date:
        """The first day of the window."""
        return self.as_of + timedelta(days=1)

    @property
    def closes(self) -> date:
        """The last day of the window."""
        return self.as_of + timedelta(days=self.days)


def live(forecast: Forecast, recorded: datetime) -> bool:
    """Whether a forecast was sealed before what it is about could be known.

    It was where its case does not look back and the ledger's clock, not the forecaster, says that it was recorded by
    `forecasts.grace` days after its as-of day.
    """
    late = recorded.date() - forecast.as_of
    return not forecast.retrospective and late <= timedelta(days=value("forecasts.grace"))
