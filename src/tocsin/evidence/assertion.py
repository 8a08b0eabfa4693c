"""Assertion: a proposition that one or more claims make, with those that deny it beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import final

from tocsin.claims.claim import Claim
from tocsin.dates import Interval, weeks
from tocsin.ids import AssertionId, ClaimId, content_id
from tocsin.parameters import value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What is said of one force or formation, on one indicator, about the same days."""

    force: str
    formation: str | None
    indicator: str
    happened: Interval
    """The days that all its claims are about."""
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


def join(claims: Sequence[Claim], origin: Mapping[ClaimId, str]) -> list[Assertion]:
    """Join claims that propose, or deny, the same thing; claims of no known force stay out.

    The same force, formation and indicator; times of which all overlap; and, where claims count, compatible numbers.
    What affirms and what denies stands in one assertion. The order is that of the first claim of each.
    """
    place = {claim.id: number for number, claim in enumerate(claims)}
    about: dict[tuple[str, str | None, str], list[_Proposal]] = {}
    for claim in sorted((c for c in claims if c.force is not None), key=_order):
        open_ = about.setdefault((str(claim.force), claim.formation, claim.indicator), [])
        home = next((proposal for proposal in open_ if proposal.holds(claim)), None)
        if home is None:
            open_.append(_Proposal(claim))
        else:
            home.add(claim)
    joined = [_assertion(key, p, origin, place) for key, proposals in about.items() for p in proposals]
    return sorted(joined, key=lambda a: min(place[c] for c in (*a.affirmed, *a.negated)))


def spoken_of(claim: Claim) -> Interval:
    """The days that a claim is about: what happened, or else the week up to its publication."""
    end = relevant_day(claim)
    start = claim.happened.start if claim.happened else end - timedelta(days=6)
    return Interval(min(start, end), end)


class _Proposal:
    """The claims joined so far, the days that all of them are about, and the numbers that they give."""

    def __init__(self, first: Claim) -> None:
        self.members = [first]
        self.days = spoken_of(first)
        self.numbers = _numbers(first)

    def holds(self, claim: Claim) -> bool:
        """Whether a claim may be about the same as all claims here."""
        days = spoken_of(claim)
        if days.start > self.days.end or days.end < self.days.start:
            return False
        given = _numbers(claim)
        if given is None or self.numbers is None:
            return True
        unit, low, high = given
        mine, least, most = self.numbers
        factor = value("evidence.compatible")
        ends = abs((days.end - self.days.end).days) < 7  # totals of different weeks are different numbers
        return unit == mine and ends and max(high, most) <= factor * min(low, least)

    def add(self, claim: Claim) -> None:
        """Join a claim, which narrows the days to those that all are about."""
        days, given = spoken_of(claim), _numbers(claim)
        self.members.append(claim)
        self.days = Interval(max(self.days.start, days.start), min(self.days.end, days.end))
        if given is not None:
            held = self.numbers or given
            self.numbers = (given[0], min(given[1], held[1]), max(given[2], held[2]))


def _order(claim: Claim) -> tuple[object, ...]:
    """By time, and within it by all that decides who may join whom, so that the order of reading changes nothing."""
    days, given = spoken_of(claim), _numbers(claim)
    return days.start, days.end, claim.published, given is not None, given or ("", 0.0, 0.0), claim.polarity


def _numbers(claim: Claim) -> tuple[str, float, float] | None:
    """Unit, least and greatest of the number that a claim gives; None where it gives none that can be compared."""
    quantity = claim.quantity
    if quantity is None or quantity.value is None or quantity.value <= 0.0:
        return None
    whole = quantity.of or 1.0
    return str(quantity.unit), quantity.value / whole, quantity.value / whole


def _assertion(
    key: tuple[str, str | None, str], proposal: _Proposal, origin: Mapping[ClaimId, str], place: Mapping[ClaimId, int]
) -> Assertion:
    force, formation, indicator = key
    members = sorted(proposal.members, key=lambda claim: place[claim.id])
    return Assertion(
        force=force,
        formation=formation,
        indicator=indicator,
        happened=proposal.days,
        affirmed=tuple(c.id for c in members if c.polarity == "affirmed"),
        negated=tuple(c.id for c in members if c.polarity == "negated"),
        origins=len({origin[c.id] for c in members}),
        known=max(c.published for c in members),
    )
