"""Where a speaker stands, seen from the force that is spoken of: by nationality, by body, by description alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any

from tocsin.claims.claim import SpeakerSide
from tocsin.claims.lexicon.words import words
from tocsin.claims.parties import GAZETTEER, Party, gazetteer
from tocsin.claims.rules.who.discourse import Discourse, Speaker
from tocsin.claims.text.masking import mask


@cache
def _bodies() -> re.Pattern[str]:
    listed = tomllib.loads((GAZETTEER / "bodies.toml").read_text("utf-8"))
    names = "|".join(re.escape(name) for name in sorted(listed["names"], key=len, reverse=True))
    kinds = "|".join(re.escape(name) for name in sorted(listed["adjectives"], key=len, reverse=True))
    return re.compile(rf"\b(?:{names})(?!\w)|\b(?:{kinds}) (?=[a-z])")


def is_third(description: str) -> bool:
    """Whether a body of several states, or of none, speaks: `a NATO official`, `Western diplomats`."""
    return _bodies().search(description) is not None


def standing(description: str, kind: str, force: str, parties: Sequence[Party]) -> SpeakerSide:
    """The side of a speaker by the forces and bodies that its description names, the first of the fighting ones."""
    named = [mention.known.force for mention in mask(description, gazetteer(parties)).mentions]
    opponents = {name for party in parties if party.name == force for name in party.opponents}
    for name in named:
        if name == force:
            return "own"
        if name in opponents:
            return "opponent"
    if parties and (named or is_third(description)):
        return "third"
    return "own" if kind in {"soldier", "prisoner", "relative"} else "unknown"


def side(force: str | None, speaker: Speaker, discourse: Discourse, tokens: Sequence[Any]) -> SpeakerSide:
    """Where the speaker stands, seen from `force`."""
    if force is None or speaker.kind == "author":
        return "unknown"
    if speaker.forces:
        return _by_nationality(force, speaker, discourse)
    if speaker.name and set(speaker.name.lower().split()) & words("speech", "rebels"):
        return "opponent"
    if speaker.name and is_third(speaker.name):
        return "third"
    own = speaker.kind in {"soldier", "prisoner", "relative"}
    first = words("speech", "first_person")
    ours = speaker.kind != "media" and any(token.lower_ in first for token in tokens)
    return "own" if own or ours else "unknown"


def _by_nationality(force: str, speaker: Speaker, discourse: Discourse) -> SpeakerSide:
    """By the forces named with the speaker; without a case, the enemy is whom the report shows as the other side."""
    if force in speaker.forces:
        return "own"
    opponents = discourse.names.opponents.get(force)
    if opponents is not None:
        return "opponent" if set(speaker.forces) & set(opponents) else "third"
    fought = discourse.opponent(force) in speaker.forces and force in top(discourse) and fights(discourse, speaker)
    return "opponent" if fought else "third"


def top(discourse: Discourse) -> list[str]:
    """The two forces that the report names most."""
    return [name for name, _ in discourse.weight.most_common(2)]


def fights(discourse: Discourse, speaker: Speaker) -> bool:
    """Whether the speaker's force is one of the two that the report names most."""
    return any(name in top(discourse) for name in speaker.forces)
