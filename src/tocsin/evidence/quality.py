"""Quality of the evidence about one force: the basis of confidence, apart from any probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, final

from tocsin.claims.claim import Claim, SpeakerSide
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import SIDES
from tocsin.ids import ClaimId
from tocsin.parameters import value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good the evidence is and why. `high` would need known coverage, which no source here has."""

    grade: Literal["low", "moderate"]
    reasons: tuple[str, ...]
    origins: int
    by_side: Mapping[SpeakerSide, int]
    """Origins by the side of the speaker, seen from the force."""


def quality(claims: Sequence[Claim], origin: Mapping[ClaimId, str], watched: Sequence[Observation] = ()) -> Quality:
    """Judge the claims that are weighed about one force; `watched` are its observations of known coverage."""
    first: dict[str, SpeakerSide] = {}
    for claim in claims:
        first.setdefault(origin[claim.id], claim.speaker_side)
    sides = {side: list(first.values()).count(side) for side in SIDES}
    total = len(first)
    hedged = sum(c.modality == "hedged" for c in claims)
    reasons = [f"{total} origins between which no tie was found, from {len(claims)} claims"]
    reasons.append("of these " + ", ".join(f"{count} {_SIDE[side]}" for side, count in sides.items()))
    if hedged:
        reasons.append(f"{hedged} of the claims are hedged by those who make them")
    enough = total >= value("evidence.origins_for_moderate")
    apart = sides["own"] + sides["third"] >= value("evidence.apart_for_moderate") * max(total, 1)
    if not enough:
        reasons.append("few origins")
    if not apart:
        reasons.append("most speakers gain by what they say, or their side is not known")
    reasons.append(silence(watched))
    return Quality(
        grade="moderate" if enough and apart else "low", reasons=tuple(reasons), origins=total, by_side=sides
    )


def silence(watched: Sequence[Observation]) -> str:
    """Say what silence about a force counts for."""
    if not watched:
        return "how much of what happens is reported at all is not known, so silence counts for nothing"
    silent = sum(not seen.value for seen in watched)
    about = ", ".join(sorted({seen.indicator.replace("_", " ") for seen in watched}))
    return (
        f"who watched is known for {len(watched)} week(s) of {about}, of which {silent} were silent, and there silence "
        "counts; everywhere else how much is reported is not known"
    )


_SIDE = {
    "own": "from the force's own side",
    "opponent": "from the other side",
    "third": "from third parties",
    "unknown": "of unknown side",
}
