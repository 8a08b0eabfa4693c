"""Assertion: a proposition that one or more claims make, with those that deny it beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import final

from tocsin.claims.claim import Claim
from tocsin.dates import Interval, weeks
from tocsin.ids import AssertionId, ClaimId, content_id


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What is said of one force or formation, on one indicator, about one week."""

    force: str
    formation: str | None
    indicator: str
    happened: Interval
    affirmed: tuple[ClaimId, ...]
    negated: tuple[ClaimId, ...]
    origins: int
    """How many origins the claims go back to; repetitions of one origin count once."""
    known: date
    """When its latest claim became known."""
    id: AssertionId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.force, self.formation, self.indicator, self.happened, self.affirmed, self.negated)
        object.__setattr__(self, "id", AssertionId(content_id("assertion", content)))


def relevant_day(claim: Claim) -> date:
    """The day for which a claim says most: the end of what happened, or else its publication."""
    return min(claim.happened.end, claim.published) if claim.happened else claim.published


def week_of(day: date, start: date) -> Interval:
    """The week, counted from `start`, in which `day` lies; weeks before `start` count backwards.

    >>> week_of(date(2022, 3, 4), date(2022, 2, 24)).start
    datetime.date(2022, 3, 3)
    """
    first = start + timedelta(days=(day - start).days // 7 * 7)
    return weeks(first, first + timedelta(days=6))[0]


def join(claims: Sequence[Claim], origin: Mapping[ClaimId, str], *, start: date) -> list[Assertion]:
    """Join claims about the same force, formation, indicator and week; claims of no known force stay out."""
    groups: dict[tuple[str, str | None, str, Interval], list[Claim]] = {}
    for claim in claims:
        if claim.force is not None:
            week = week_of(relevant_day(claim), start)
            groups.setdefault((claim.force, claim.formation, claim.indicator, week), []).append(claim)
    return [
        Assertion(
            force=force,
            formation=formation,
            indicator=indicator,
            happened=week,
            affirmed=tuple(c.id for c in members if c.polarity == "affirmed"),
            negated=tuple(c.id for c in members if c.polarity == "negated"),
            origins=len({origin[c.id] for c in members}),
            known=max(c.published for c in members),
        )
        for (force, formation, indicator, week), members in groups.items()
    ]
