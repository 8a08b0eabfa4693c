"""From graded claims to observations: which claims speak, with how much weight, and which stay silent.

Silence is missing, not evidence: how much of what happens these sources would report is not known, so that
only what is said is weighed, given that something is said. Where coverage is known, silence counts as well
(`reporting.coverage`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tocsin.claims.claim import Claim, SpeakerSide
from tocsin.dates import Interval, visible
from tocsin.evidence.assertion import relevant_day, week_of
from tocsin.evidence.grade import Grade
from tocsin.evidence.observation import Observation, Tally
from tocsin.ids import ClaimId
from tocsin.parameters import value

SIDES: Final[tuple[SpeakerSide, ...]] = ("own", "opponent", "third", "unknown")
COUNTED: Final = ("soldiers", "vehicles", "share")
"""Units of counts that are weighed against the simulated losses of a force."""
SHARED: Final = ("abandonment", "vehicles")
"""Indicator and unit of the shares that are weighed: vehicles abandoned or captured, of those recorded as lost."""

_Series = tuple[str, str, str, SpeakerSide, Interval]


def silenced(
    claim: Claim,
    *,
    as_of: date,
    indicators: frozenset[str],
    start: date = date.min,
    forces: frozenset[str] | None = None,
) -> str | None:
    """Say why a claim moves nothing, or None where it is weighed.

    `indicators` are those of which the model of a force has something that they speak of; `start` is the first
    day simulated; `forces` are those of the case (None: any).
    """
    past = claim.happened is not None and claim.happened.end < start
    stranger = forces is not None and claim.force not in forces
    idle = claim.extractor == "table" and not (_shares(claim) or _counts(claim, start))
    reasons = (
        (not visible(claim.published, as_of), "it became known after the day of the assessment"),
        (claim.vintage == "final", "the figure is a final one, which was not known on the day"),
        (claim.force is None, "it is not clear whose soldiers are meant"),
        (stranger, "it is about a force that is no part of the case"),
        (claim.coerced, "words spoken in captivity never corroborate"),
        (claim.modality == "hypothetical", "it says what might be, not what is"),
        (past, "it is about a time before the case begins"),
        (claim.indicator not in indicators, "the model of a force has nothing that this indicator speaks of"),
        (idle, "the figure is none, or in a unit that the model of a force is not held against"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def observe(
    claims: Sequence[Claim],
    origin: Mapping[ClaimId, str],
    grades: Mapping[ClaimId, Grade],
    *,
    start: date,
    as_of: date,
    indicators: frozenset[str],
    forces: frozenset[str] | None = None,
) -> list[Observation]:
    """Gather the claims that are weighed into observations, in the order of time.

    An origin counts with the accuracy of its source, and a hedged one with less; the credibility digit counts for
    nothing.
    """
    worth = {claim.id: _worth(claim, grades[claim.id]) for claim in claims}
    heard = [c for c in claims if silenced(c, as_of=as_of, indicators=indicators, start=start, forces=forces) is None]
    counts = [c for c in heard if _counts(c, start)]
    totals = {c.id for c in _current(counts, start)}
    weeks: dict[tuple[str, str, Interval], list[Claim]] = {}
    levels: dict[_Series, list[Claim]] = {}
    shares: dict[_Series, list[Claim]] = {}
    for claim in heard:
        force, unit = str(claim.force), str(claim.quantity.unit) if claim.quantity else ""
        if _shares(claim):
            span = claim.happened or Interval(claim.published, claim.published)
            shares.setdefault((force, claim.indicator, unit, claim.speaker_side, span), []).append(claim)
        elif claim.id in totals:
            key = (force, claim.indicator, unit, claim.speaker_side, _span(claim, start))
            levels.setdefault(key, []).append(claim)
        elif not _counts(claim, start):
            weeks.setdefault((force, claim.indicator, week_of(relevant_day(claim), start)), []).append(claim)
    return _followed(
        [
            *(_polarity(key, members, origin, worth) for key, members in weeks.items()),
            *(_level(key, members, origin, worth) for key, members in levels.items()),
            *(_share(key, members, origin, worth) for key, members in shares.items()),
        ]
    )


def _followed(seen: Sequence[Observation]) -> list[Observation]:
    """Mark every observation that continues a series, in order of time."""
    begun: set[tuple[object, ...]] = set()
    marked = []
    for observation in sorted(seen, key=lambda o: (o.happened.end, o.happened.start)):
        series = (observation.kind, observation.force, observation.indicator, observation.unit, observation.side)
        marked.append(replace(observation, follows=series in begun))
        begun.add(series)
    return marked


def superseded(claims: Sequence[Claim], *, start: date) -> frozenset[ClaimId]:
    """Totals and vintages of a count that a later one by the same speaker replaces; they are shown, not weighed."""
    counts = [c for c in claims if _counts(c, start)]
    return frozenset({c.id for c in counts} - {c.id for c in _current(counts, start)})


def _shares(claim: Claim) -> bool:
    """Whether a claim gives a part of a whole that the model of a force can be held against."""
    quantity = claim.quantity
    return (
        quantity is not None
        and quantity.value is not None
        and quantity.of is not None
        and 0.0 <= quantity.value <= quantity.of
        and claim.polarity == "affirmed"
        and (claim.indicator, quantity.unit) == SHARED
    )


def _counts(claim: Claim, start: date) -> bool:
    """Whether a claim gives a number of losses of a whole force over a known time."""
    quantity = claim.quantity
    return (
        claim.indicator == "losses"
        and claim.polarity == "affirmed"
        and quantity is not None
        and quantity.value is not None
        and quantity.value > 0
        and quantity.unit in COUNTED
        and quantity.of is None
        and claim.formation is None
        and claim.echelon in (None, "army")
        and (claim.extractor == "table" or _total(claim, start))
    )


def _total(claim: Claim, start: date) -> bool:
    """Whether it counts from the start; a share of a whole force without a date does."""
    if claim.happened is None:
        return claim.quantity is not None and claim.quantity.unit == "share"
    return claim.happened.start <= start


def _span(claim: Claim, start: date) -> Interval:
    end = relevant_day(claim)
    return claim.happened or Interval(min(start, end), end)


def _current(counts: Sequence[Claim], start: date) -> list[Claim]:
    """The newest total of each speaker, and of the vintages of one week's count by one speaker the newest."""
    latest: dict[tuple[object, ...], Claim] = {}
    for claim in counts:
        if claim.quantity is not None:
            span = None if _total(claim, start) else claim.happened
            who = (claim.speaker or claim.source).casefold()
            key = (claim.force, who, claim.quantity.unit, span)
            held = latest.get(key)
            if held is None or _newness(held, start) < _newness(claim, start):
                latest[key] = claim
    kept = {claim.id for claim in latest.values()}
    return [c for c in counts if c.id in kept]


def _newness(claim: Claim, start: date) -> tuple[date, date, float, date]:
    """What makes one total newer than another, whatever the order in which they were read."""
    return relevant_day(claim), claim.published, _size(claim)[1], _span(claim, start).start


def _polarity(
    key: tuple[str, str, Interval],
    members: Sequence[Claim],
    origin: Mapping[ClaimId, str],
    worth: Mapping[ClaimId, float],
) -> Observation:
    force, indicator, week = key
    return Observation(
        kind="polarity",
        force=force,
        indicator=indicator,
        happened=week,
        known=max(c.published for c in members),
        tallies=tuple(
            _tally(side, members, origin, worth) for side in SIDES if any(c.speaker_side == side for c in members)
        ),
        origins=len({origin[c.id] for c in members}),
        claims=tuple(c.id for c in members),
    )


def _worth(claim: Claim, grade: Grade) -> float:
    hedged = value("reporting.hedged") if claim.modality == "hedged" else 1.0
    return hedged * grade.accuracy


def _tally(
    side: SpeakerSide, members: Sequence[Claim], origin: Mapping[ClaimId, str], worth: Mapping[ClaimId, float]
) -> Tally:
    weight: dict[tuple[str, str], float] = {}
    # the oldest report of an origin gives its weight: who repeats it without its hedges knows no more
    for claim in sorted(members, key=lambda c: (c.published, -worth[c.id])):
        if claim.speaker_side == side:
            weight.setdefault((claim.polarity, origin[claim.id]), worth[claim.id])
    total = {p: sum(w for (polarity, _), w in weight.items() if polarity == p) for p in ("affirmed", "negated")}
    return Tally(side=side, affirmed=total["affirmed"], negated=total["negated"])


def _level(
    key: _Series, members: Sequence[Claim], origin: Mapping[ClaimId, str], worth: Mapping[ClaimId, float]
) -> Observation:
    force, indicator, unit, side, happened = key
    by_origin: dict[str, float] = {}
    for claim in sorted(members, key=_size):
        by_origin[origin[claim.id]] = _size(claim)[1]
    middle = sorted(by_origin.values())
    return Observation(
        kind="level",
        force=force,
        indicator=indicator,
        happened=happened,
        known=max(c.published for c in members),
        value=middle[len(middle) // 2],
        unit=unit,
        side=side,
        trust=max(worth[c.id] for c in members),
        origins=len(by_origin),
        claims=tuple(c.id for c in members),
    )


def _share(
    key: _Series, members: Sequence[Claim], origin: Mapping[ClaimId, str], worth: Mapping[ClaimId, float]
) -> Observation:
    """Of several counts of the same things, the one of the largest whole."""
    force, indicator, unit, side, happened = key
    of, part = max(_size(claim) for claim in members)
    return Observation(
        kind="share",
        force=force,
        indicator=indicator,
        happened=happened,
        known=max(c.published for c in members),
        value=part,
        of=of,
        unit=unit,
        side=side,
        trust=max(worth[c.id] for c in members),
        origins=len({origin[c.id] for c in members}),
        claims=tuple(c.id for c in members),
    )


def _size(claim: Claim) -> tuple[float, float]:
    """The whole and the amount of a claim that the caller chose because it has them."""
    quantity = claim.quantity
    return (quantity.of or 0.0, quantity.value or 0.0) if quantity else (0.0, 0.0)
