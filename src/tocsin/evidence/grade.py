"""Proposed grades on two axes: reliability of the speaker's kind, credibility of the claim itself.

The letters and digits are those of the Admiralty code. They are proposals, with reasons. The letter stands for an
accuracy (`reliability.toml`), by which an origin counts; the digit already contains other sources and is shown only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, final

from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import Assertion
from tocsin.ids import ClaimId, GradeId, content_id
from tocsin.parameters import CATALOGUE

PROPOSED: Final = "tocsin"
"""The grader of every grade that no person gave."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One dated judgement of a claim, with its grader and reasons."""

    claim: ClaimId
    reliability: str
    """A (completely reliable) to E (unreliable), F (cannot be judged)."""
    credibility: int
    """1 (reported by several origins, no tie found) to 5 (improbable), 6 (cannot be judged)."""
    reasons: tuple[str, ...]
    grader: str
    known: date
    """When the newest report became known that the grade rests on."""
    id: GradeId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.claim, self.reliability, self.credibility, self.reasons, self.grader, self.known)
        object.__setattr__(self, "id", GradeId(content_id("grade", content)))


def propose(
    claims: Sequence[Claim], assertions: Sequence[Assertion], origin: Mapping[ClaimId, str]
) -> dict[ClaimId, Grade]:
    """Propose a grade for every claim, from its speaker's kind and from what else is said.

    Words spoken in captivity and words about what might be neither support nor oppose another claim.
    """
    about = {claim: a for a in assertions for claim in (*a.affirmed, *a.negated)}
    sound = {c.id: origin[c.id] for c in claims if not c.coerced and c.modality != "hypothetical"}
    return {claim.id: _grade(claim, about.get(claim.id), sound) for claim in claims}


def _grade(claim: Claim, assertion: Assertion | None, origin: Mapping[ClaimId, str]) -> Grade:
    letter, reason = _letters()[claim.speaker_kind]
    digit, why = _credibility(claim, assertion, origin)
    return Grade(
        claim=claim.id,
        reliability=letter,
        credibility=digit,
        reasons=(reason, why),
        grader=PROPOSED,
        known=assertion.known if assertion else claim.published,
    )


def _credibility(claim: Claim, assertion: Assertion | None, origin: Mapping[ClaimId, str]) -> tuple[int, str]:
    if assertion is None:
        return 6, "it is not clear whose soldiers are meant"
    if claim.coerced:
        return 6, "words spoken in captivity cannot be judged"
    if claim.modality == "hypothetical":
        return 6, "what might be cannot be judged yet"
    same, other = assertion.affirmed, assertion.negated
    if claim.polarity == "negated":
        same, other = other, same
    agreeing, opposing = (len({origin[c] for c in members if c in origin}) for members in (same, other))
    if opposing >= agreeing:
        return 4, f"{opposing} origin(s) say the opposite about the same week"
    if agreeing >= 3:
        return 2, f"reported by {agreeing} origins between which no tie was found"
    return 3, f"reported by {agreeing} origin(s)"


@cache
def _letters() -> Mapping[str, tuple[str, str]]:
    table = tomllib.loads((CATALOGUE / "grades.toml").read_text(encoding="utf-8"))["reliability"]
    return {kind: (row["letter"], row["reason"]) for kind, row in table.items()}
