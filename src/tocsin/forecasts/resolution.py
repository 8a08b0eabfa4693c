"""Resolution: what came of a question, on which reports; never changed, only followed by a later one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal, final, get_args

from tocsin.errors import TocsinError
from tocsin.forecasts.forecast import Forecast
from tocsin.ids import QuestionId, ReportId, ResolutionId, content_id
from tocsin.parameters import value

Outcome = Literal["yes", "no", "amount", "void", "disputed"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One dated judgement of what came of a question."""

    asked: QuestionId
    outcome: Outcome
    amount: float | None = None
    """What came about, where the question asks how much."""
    reports: tuple[ReportId, ...] = ()
    """Those that it rests on."""
    origins: int = 0
    """How many origins those go back to between which no tie was found."""
    reason: str
    by: str
    """Who judged."""
    follows: ResolutionId | None = None
    """The resolution that it takes the place of, which stays in the ledger."""
    known: date
    """When the newest of its reports became known, or the window closed, whichever is later."""
    id: ResolutionId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.asked, self.outcome, self.amount, self.reports, self.reason, self.by, self.follows)
        object.__setattr__(self, "id", ResolutionId(content_id("resolution", content)))

    @property
    def settled(self) -> bool:
        """Whether a forecast can be scored against it."""
        return self.outcome in ("yes", "no", "amount")


def history(resolutions: Iterable[tuple[Resolution, datetime]]) -> list[Resolution]:
    """Return the resolutions of one question from first to last; the last one counts.

    Parameters
    ----------
    resolutions : each with the time at which the ledger recorded it
    """
    pairs = list(resolutions)
    before = {resolution.id: resolution.follows for resolution, _ in pairs}
    return [one for one, _ in sorted(pairs, key=lambda pair: (pair[1], _depth(pair[0].id, before), pair[0].id))]


def unfit(forecast: Forecast, outcome: Outcome, published: date) -> str | None:
    """Say why a report published on a day cannot carry an outcome, or None where it can."""
    if published <= forecast.as_of:
        return f"was published by the as-of day, {forecast.as_of}"
    if outcome in ("no", "amount") and published <= forecast.closes:
        return f"was published before the window had ended, on {forecast.closes}"
    return None


def settle(forecast: Forecast, wanted: Outcome, *, origins: int, reason: str, today: date) -> tuple[Outcome, str]:
    """Return the outcome that may be recorded, and why: the one wanted, or VOID where too little carries it.

    Raises TocsinError where it is too early, where the outcome answers another kind of question, or where a
    judgement comes without its reason.
    """
    _check(forecast, wanted, reason, today)
    needed = int(value("forecasts.origins"))
    if wanted in ("void", "disputed") or origins >= needed:
        return wanted, reason
    lacking = f"{origins} of {needed} origins between which no tie is found"
    until = forecast.closes + timedelta(days=value("forecasts.lag"))
    if today <= until:
        raise TocsinError(
            f"What was given rests on {lacking}. Give more reports with --report; after {until} it would be void."
        )
    return "void", f"{wanted} was proposed, on {lacking}" + (f": {reason}" if reason else "")


def _check(forecast: Forecast, wanted: Outcome, reason: str, today: date) -> None:
    numeric = bool(forecast.cuts)
    if wanted in ("yes", "no") and numeric:
        raise TocsinError("The question asks how much. Resolve it with --outcome amount --amount NUMBER.")
    if wanted == "amount" and not numeric:
        raise TocsinError("The question asks whether. Resolve it with --outcome yes or --outcome no.")
    if wanted in ("void", "disputed") and not reason:
        raise TocsinError(f"Say with --reason why it is {wanted}.")
    if today <= forecast.as_of:
        raise TocsinError(f"Its window has not begun: it opens after {forecast.as_of}. Resolve it later.")
    if wanted in ("no", "amount") and today <= forecast.closes:
        raise TocsinError(f"Its window runs until {forecast.closes}; only after it can it be resolved {wanted!r}.")


def _depth(name: ResolutionId | None, before: dict[ResolutionId, ResolutionId | None]) -> int:
    """How many resolutions came before one; recorded in one moment, the longer chain is the later."""
    steps = 0
    while name is not None and steps < len(before):
        name = before.get(name)
        steps += 1
    return steps
