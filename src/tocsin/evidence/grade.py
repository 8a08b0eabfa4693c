"""Grades on two axes: reliability of the source, credibility of the claim itself; proposed, and an analyst's own.

The letters and digits are those of the Admiralty code and are a display. What counts is the accuracy behind the
letter, learnt from the source's record; the digit already contains other sources and never enters a probability.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final, final

from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import Assertion
from tocsin.evidence.sources.agreement import Agreement, agreement
from tocsin.evidence.sources.record import Record, Records, gains, letter_of, records
from tocsin.ids import ClaimId, GradeId, content_id
from tocsin.parameters import CATALOGUE, value

PROPOSED: Final = "tocsin"
"""The grader of every grade that no person gave."""
RELIABILITIES: Final = ("A", "B", "C", "D", "E", "F")
CREDIBILITIES: Final = (1, 2, 3, 4, 5, 6)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One dated judgement of a claim, with its grader and reasons."""

    claim: ClaimId
    reliability: str
    """A (completely reliable) to E (unreliable), F (cannot be judged)."""
    accuracy: float
    """How often such a source is right about such things: what the letter displays, and what an origin counts with."""
    credibility: int
    """1 (reported by many origins, no tie found) to 5 (improbable), 6 (cannot be judged)."""
    reasons: tuple[str, ...]
    grader: str
    known: date
    """When the newest report became known that the grade rests on."""
    id: GradeId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.claim, self.reliability, self.credibility, self.reasons, self.grader, self.known)
        object.__setattr__(self, "id", GradeId(content_id("grade", content)))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A grade that a person gave to a source, a claim or an assertion; it stands beside the proposed one and wins."""

    subject: str
    """A source as it is named, or the id of a claim or an assertion."""
    claims: tuple[ClaimId, ...]
    """The claims that are meant where the subject is no source."""
    reliability: str | None
    credibility: int | None
    reasons: tuple[str, ...]
    grader: str
    known: date
    """From which day on it counts: an assessment as of an earlier day does not see it."""
    id: GradeId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.subject, self.reliability, self.credibility, self.reasons, self.grader, self.known)
        object.__setattr__(self, "id", GradeId(content_id("grade", content)))

    def about(self, claim: Claim) -> bool:
        """Whether it speaks of this claim."""
        if self.claims:
            return claim.id in self.claims
        return self.subject.casefold() in {claim.source.casefold(), (claim.speaker or "").casefold()}


def propose(
    claims: Sequence[Claim],
    assertions: Sequence[Assertion],
    origin: Mapping[ClaimId, str],
    *,
    relief: frozenset[str] = frozenset(),
    sizes: Mapping[str, float] | None = None,
) -> tuple[dict[ClaimId, Grade], Records]:
    """Propose a grade for every claim from its source's record and from what else is said; return both.

    Words spoken in captivity and words about what might be neither support nor oppose another claim. `relief` are
    the indicators that speak for a force rather than against it; `sizes` the soldiers of each force at full strength.
    """
    about = {claim: a for a in assertions for claim in (*a.affirmed, *a.negated)}
    sound = [c for c in claims if not c.coerced and c.modality != "hypothetical"]
    first = {c.id: origin[c.id] for c in sound}
    learnt = records(sound, assertions, origin, lambda claim: _letters()[claim.speaker_kind][0], relief)
    grades = {claim.id: _grade(claim, about.get(claim.id), first, learnt, relief, sizes or {}) for claim in claims}
    return grades, learnt


def in_force(proposed: Grade, claim: Claim, judgements: Sequence[Judgement]) -> Grade:
    """The grade that counts for a claim: an analyst's newest on each axis, or else the proposed one."""
    letters = [j for j in judgements if j.reliability and j.about(claim)]
    digits = [j for j in judgements if j.credibility and j.about(claim)]
    if not letters and not digits:
        return proposed
    newest = max((*letters, *digits), key=_newness)
    letter = max(letters, key=_newness).reliability if letters else None
    digit = max(digits, key=_newness).credibility if digits else None
    return Grade(
        claim=claim.id,
        reliability=letter or proposed.reliability,
        accuracy=value(f"reliability.{letter}") if letter else proposed.accuracy,
        credibility=digit or proposed.credibility,
        reasons=newest.reasons,
        grader=newest.grader,
        known=max(proposed.known, newest.known),
    )


def judgements(kept: Iterable[Mapping[str, Any]]) -> list[Judgement]:
    """The grades that people gave, out of grades of any grader as a ledger keeps them."""
    return [
        Judgement(
            subject=body["subject"],
            claims=tuple(body["claims"]),
            reliability=body["reliability"],
            credibility=body["credibility"],
            reasons=tuple(body["reasons"]),
            grader=body["grader"],
            known=date.fromisoformat(body["known"]),
        )
        for body in kept
        if body["grader"] != PROPOSED
    ]


def graders(
    claims: Sequence[Claim], proposed: Mapping[ClaimId, Grade], judgements: Sequence[Judgement]
) -> dict[str, list[Agreement]]:
    """How far the analysts agree with each other and with what was proposed, claim by claim, on each axis."""
    letters: dict[str, dict[str, str]] = {}
    digits: dict[str, dict[str, str]] = {}
    for judgement in sorted(judgements, key=_newness):
        for claim in claims:
            if judgement.about(claim):
                for grade, axis in ((judgement.reliability, letters), (judgement.credibility, digits)):
                    if grade is not None:
                        axis.setdefault(judgement.grader, {})[claim.id] = str(grade)
    for axis, own in ((letters, "reliability"), (digits, "credibility")):
        if axis:
            judged = {name for given in axis.values() for name in given}
            axis[PROPOSED] = {c.id: str(getattr(proposed[c.id], own)) for c in claims if c.id in judged}
    return {
        "reliability": agreement(letters, RELIABILITIES[:-1]),
        "credibility": agreement(digits, [str(digit) for digit in CREDIBILITIES[:-1]]),
    }


def _newness(judgement: Judgement) -> tuple[date, bool, str]:
    """The newest counts; of one day, what is said of the very claim before what is said of its source."""
    return judgement.known, bool(judgement.claims), judgement.id


def _grade(
    claim: Claim,
    assertion: Assertion | None,
    origin: Mapping[ClaimId, str],
    learnt: Records,
    relief: frozenset[str],
    sizes: Mapping[str, float],
) -> Grade:
    letter, reason = _letters()[claim.speaker_kind]
    record = learnt.find(claim, letter, relief)
    if letter != "F" or record.settled >= value("reliability.judged_from"):
        letter = letter_of(record.accuracy) if record.settled else letter
    digit, why = _credibility(claim, assertion, origin, sizes)
    return Grade(
        claim=claim.id,
        reliability=letter,
        accuracy=record.accuracy,
        credibility=digit,
        reasons=(reason, *_told(record, gains=gains(claim, relief)), why),
        grader=PROPOSED,
        known=assertion.known if assertion else claim.published,
    )


def _told(record: Record, *, gains: bool) -> list[str]:
    told = ["the speaker's side gains if this is believed"] if gains else []
    if record.settled >= value("reliability.mentioned_from"):
        part = f"{record.agreed:.1f} of {record.settled:.1f} such claims that others settle"
        told.append(f"its record: borne out in {part}, accuracy {record.accuracy:.2f}")
    return told


def _credibility(
    claim: Claim, assertion: Assertion | None, origin: Mapping[ClaimId, str], sizes: Mapping[str, float]
) -> tuple[int, str]:
    """Judge a claim by its origins, by what contradicts it, and by whether it can be."""
    mute = (
        (assertion is None, 6, "it is not clear whose soldiers are meant"),
        (claim.coerced, 6, "words spoken in captivity cannot be judged"),
        (claim.modality == "hypothetical", 6, "what might be cannot be judged yet"),
        (strange := _implausible(claim, sizes), 5, strange or ""),
    )
    settled = next(((digit, why) for holds, digit, why in mute if holds), None)
    if settled is not None or assertion is None:
        return settled or (6, "")
    same, other = assertion.affirmed, assertion.negated
    if claim.polarity == "negated":
        same, other = other, same
    agreeing, opposing = (len({origin[c] for c in members if c in origin}) for members in (same, other))
    if opposing >= agreeing:
        return 4, f"{opposing} origin(s) say the opposite of the same days"
    told = f"reported by {agreeing} origins between which no tie was found"
    if agreeing >= value("evidence.origins_for_1") and not opposing:
        return 1, f"{told}; nobody denies it"
    return (2, told) if agreeing >= value("evidence.origins_for_2") else (3, f"reported by {agreeing} origin(s)")


def _implausible(claim: Claim, sizes: Mapping[str, float]) -> str | None:
    """Why a claim can hardly be so, by what is known before anyone speaks."""
    quantity, size = claim.quantity, sizes.get(str(claim.force))
    if quantity is None or quantity.value is None:
        return None
    if quantity.unit == "soldiers" and size is not None and quantity.value > size:
        return "it counts more soldiers than the whole force has"
    if quantity.of is not None and quantity.value > quantity.of:
        return "the part is larger than its whole"
    return None


@cache
def _letters() -> Mapping[str, tuple[str, str]]:
    table = tomllib.loads((CATALOGUE / "grades.toml").read_text(encoding="utf-8"))["reliability"]
    return {kind: (row["letter"], row["reason"]) for kind, row in table.items()}
