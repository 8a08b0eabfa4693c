"""Whether words were spoken in captivity: such words are coerced, and never corroborate anything."""

from __future__ import annotations

import re
from typing import Any

from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.words import read, words
from tocsin.claims.rules.speaking.listening import Heard
from tocsin.claims.rules.who.discourse import Speaker

_OWN = frozenset({"soldier", "prisoner", "unknown", "collective", "relative"})
"""Kinds of speaker who can be captives; who speaks for an army or a state about captives is none."""
_BACK = frozenset({"he", "she", "they", "another", "one", "others", "both", "soldier", "man", "men"})
_NEAR = 300
"""Characters before a sentence in which the captive to whom it points back may be named."""
_WORD = re.compile(r"[^\W_]+")


def tells_captivity(text: str) -> bool:
    """Whether a description of a speaker or a setting says that he is in the hands of an enemy.

    >>> tells_captivity("a soldier speaking under guard"), tells_captivity("a soldier at the front")
    (True, False)
    """
    small = _WORD.findall(text.lower())
    plain = f" {' '.join(small)} "
    taken, soldiers = words("captivity", "taken"), words("captivity", "soldiers")
    return (
        not words("captivity", "words").isdisjoint(small)
        or any(f" {phrase} " in plain for phrase in read("captivity")["phrases"])
        or any(word in taken and not soldiers.isdisjoint(small[at + 1 : at + 4]) for at, word in enumerate(small))
    )


def in_captivity(text: str, heard: Heard, match: Match, speaker: Speaker) -> bool:
    """Whether a match was said by a captive: as he is called, as he is shown, or as the sentence before left him."""
    if speaker.captive or speaker.kind == "prisoner":
        return True
    if speaker.kind not in _OWN:
        return False
    setting, own = _setting(heard, match)
    if tells_captivity(setting):
        return True
    name = (speaker.name or "").lower().split()
    if own is not None and not (name and name[-1] in _BACK and (len(name) == 1 or name[0] in {"the", "another"})):
        return False
    before = text[max(heard.sentence.span.start - _NEAR, 0) : heard.sentence.span.start]
    last = [piece for piece in re.split(r"(?<=[.!?])\s|\n\n", before) if piece.strip()][-1:]
    return any(
        tells_captivity(piece) or not words("captivity", "prisoners").isdisjoint(_WORD.findall(piece.lower()))
        for piece in last
    )


def _setting(heard: Heard, match: Match) -> tuple[str, Any]:
    """Return the words of a sentence that show who speaks and how, and not what he says; and the attribution."""
    tokens = heard.sentence.tokens
    for one in heard.attributions:
        if match.pivot.i not in one.scope:
            continue
        kept = {part.i for part in one.head.subtree if part.i not in match.taken}
        ahead = match.pivot.i > one.cue
        shown = [
            token.text for token in tokens if token.i in kept or (token.i < one.cue if ahead else token.i > one.cue)
        ]
        return " ".join(shown), one
    return "", None
