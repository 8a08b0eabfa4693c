"""Observation: what a week's reports say about one force on one indicator, ready to be weighed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, final

from tocsin.claims.claim import SpeakerSide
from tocsin.dates import Interval
from tocsin.ids import ClaimId, ObservationId, content_id


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many origins of one side affirm and negate; a hedged one counts for less than one."""

    side: SpeakerSide
    affirmed: float
    negated: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Dated evidence about one force.

    kind `polarity`: `tallies` says who affirms and who negates the indicator;
    kind `share`: `value` of `of` things are of the indicator's kind;
    kind `level`: a count of `value` (`unit` soldiers, vehicles, or share of the force) as `side` gives it;
    kind `coverage`: `value` is 1 where those who demonstrably watched affirmed the indicator, 0 where they were silent.
    """

    kind: Literal["polarity", "share", "level", "coverage"]
    force: str
    indicator: str
    happened: Interval
    known: date
    """When it became known: an assessment as of an earlier day must not use it."""
    tallies: tuple[Tally, ...] = ()
    value: float | None = None
    of: float | None = None
    unit: str | None = None
    side: SpeakerSide = "unknown"
    trust: float = 1.0
    """Mean accuracy of whoever gives a share or level: its likelihood counts by it. Tallies hold their own."""
    chance: float | None = None
    """Of a coverage: the probability that they would have reported it by then, had it happened."""
    false: float | None = None
    """Of a coverage: the probability that they report it though it did not happen."""
    follows: bool = False
    """Whether the same kind of observation of this force and indicator was made for an earlier time."""
    origins: int
    claims: tuple[ClaimId, ...]
    id: ObservationId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.kind, self.force, self.indicator, self.happened, self.side, self.unit, self.chance, self.claims)
        object.__setattr__(self, "id", ObservationId(content_id("observation", content)))
