"""What the user's list of sources adds to a claim: who its author is, and on whose side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.claims.claim import Claim, SpeakerSide
from tocsin.claims.parties import Party
from tocsin.reports.report import Standing

THIRD = "third"
"""How the list calls a source that stands on neither side."""


def as_listed(claim: Claim, standing: Standing | None, parties: Sequence[Party]) -> Claim:
    """Return a claim that its source makes in its own words as the list describes that source; others unchanged."""
    own = claim.speaker is None or claim.speaker == claim.source
    if standing is None or not own or claim.speaker_kind not in {"author", "unknown"}:
        return claim
    side = _side(standing.side, claim.force, parties) if claim.speaker_side == "unknown" else claim.speaker_side
    return replace(claim, speaker_kind=standing.kind or claim.speaker_kind, speaker_side=side)


def _side(side: str | None, force: str | None, parties: Sequence[Party]) -> SpeakerSide:
    """Where a source stands, seen from a force; a side that is no party of the case is a third one."""
    if side is None or force is None:
        return "unknown"
    if side == force:
        return "own"
    opponents = {name for party in parties if party.name == force for name in party.opponents}
    return "opponent" if side in opponents else "third" if parties or side == THIRD else "unknown"
