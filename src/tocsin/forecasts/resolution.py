"""Resolution: what came of a question, on which reports; never changed, only followed by a later one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, final, get_args

from tocsin.ids import QuestionId, ReportId, ResolutionId, content_id

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


def current(resolutions: Sequence[Resolution]) -> Resolution | None:
    """Return the resolution that counts, of those of one question in the order of `history`."""
    return resolutions[-1] if resolutions else None


def _depth(name: ResolutionId | None, before: dict[ResolutionId, ResolutionId | None]) -> int:
    """How many resolutions came before one; recorded in one moment, the longer chain is the later."""
    steps = 0
    while name is not None and steps < len(before):
        name = before.get(name)
        steps += 1
    return steps
