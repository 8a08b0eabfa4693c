"""Who `we` are and who the enemy is: by who speaks, and by the side from which a report is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tocsin.claims.lexicon.words import words
from tocsin.claims.parties import Gazetteer, KnownName
from tocsin.claims.rules.speaking.listening import Heard
from tocsin.claims.rules.who.discourse import ARMED, AUTHOR, Discourse, Speaker, bearing
from tocsin.claims.text.masking import mask
from tocsin.claims.text.passages import passages

_FIRST = re.compile(r"\b(?:(?i:we|us|our|ours|my|mine)|I)\b")
_ENEMY = re.compile(r"\b(?:enemy|foe|hostile|adversary|aggressors?|terrorists?|bandits?|occupiers?)\b", re.IGNORECASE)
_SPEAKING = re.compile(
    r"\b(?:ministry|general staff|command|headquarters|bureau|spokes\w+|war office|admiralty|directorate)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]{0,600}[\"”]")
_SENTENCE = re.compile(r"[^.!?]+[.!?]?")


def home(text: str, names: Gazetteer) -> str | None:
    """The side from which a report speaks of `us` and `the enemy`; None where its words leave it open.

    Forces that stand beside `us` in a sentence are others; `our` before a name, and a seat of government in the
    first line, show our own. Of two sides the one that is spoken of as another leaves its opponent.
    """
    plain = _QUOTED.sub(" ", text)
    answers = [piece for piece in passages(text) if piece.label == "A"]
    if answers:
        plain = _QUOTED.sub(" ", "\n\n".join(text[piece.start : piece.end] for piece in answers))
    if not (_FIRST.search(plain) or _ENEMY.search(plain)):
        return None
    score: dict[str, int] = {}
    for force, weight in _signs(plain, names):
        if not names.parties or force in names.parties:
            score[force] = score.get(force, 0) + weight
    ours = [force for force, total in score.items() if total > 0]
    if len(ours) == 1:
        return ours[0]
    theirs = [force for force, total in score.items() if total < 0] or _named_alone(plain, names)
    left = [name for name in names.parties if name not in theirs]
    if theirs and len(left) == 1:
        return left[0]
    if len(theirs) == 1:
        listed = names.opponents.get(theirs[0], ())
        return listed[0] if len(listed) == 1 else None
    return None


def _named_alone(plain: str, names: Gazetteer) -> list[str]:
    """Of the two sides of a case the one that a first-person report names, where it names only that one."""
    masked = mask(plain, names)
    named = {one.known.force for one in masked.mentions if bearing(masked.text, one) >= ARMED} & {*names.parties}
    return sorted(named) if len(named) == 1 and len(names.parties) == 2 else []


def _signs(plain: str, names: Gazetteer) -> Iterator[tuple[str, int]]:
    """Each mention of a force that shows a side: above 0 our own, below 0 another's."""
    for place, piece in enumerate(passages(plain)):
        body = plain[piece.start : piece.end]
        head = (piece.dateline + body)[:60] if not place else ""
        for found in _SENTENCE.finditer(body):
            yield from _signs_of(found[0], names, opens=not place and not found.start())
        if head and head.isupper():
            for mention in mask(head, names).mentions:
                if mention.known.kind == "seat":
                    yield mention.known.force, 3


def _signs_of(sentence: str, names: Gazetteer, *, opens: bool) -> Iterator[tuple[str, int]]:
    masked = mask(sentence, names)
    beside = _FIRST.search(sentence) or _ENEMY.search(sentence)
    for mention in masked.mentions:
        before = masked.text[max(0, mention.start - 12) : mention.start].lower()
        if re.search(r"\b(?:our|we|us)[ ,]+(?:own |the )?$", before):
            yield mention.known.force, 3
        elif re.search(r"\benemy,? (?:the )?$", before):
            yield mention.known.force, -3
        elif opens and _SPEAKING.search(sentence):
            yield mention.known.force, 3
            return
        elif beside and bearing(masked.text, mention) >= ARMED:
            yield mention.known.force, -1


def name_persons(heard: Heard, discourse: Discourse) -> None:
    """File `we`, `our` and `the enemy` of a sentence under the forces that they stand for."""
    first, hostile = words("speech", "first_person"), words("roles", "hostile")
    poles = discourse.poles()
    for token in heard.sentence.tokens:
        if token.i in heard.sentence.forces:
            continue
        lowered, lemma = token.lower_, token.lemma_.lower()
        if lowered in first or lowered == "mine":
            force = _side_of(_voice(heard, token.i), discourse)
        elif poles and (role := _role(token)):
            force = poles[role == "group"]
        elif lemma in hostile and token.pos_ in {"NOUN", "PROPN", "ADJ"}:
            force = discourse.opponent(_side_of(_voice(heard, token.i), discourse) or discourse.home)
        else:
            continue
        if force:
            heard.sentence.forces[token.i] = KnownName(force, "people")


def _role(token: Any) -> str | None:
    """Whether a noun stands for the government or for those who fight it, unless it is somebody's by name."""
    if token.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return None
    forms = {token.lower_, token.lemma_.lower()}
    return next((name for name in ("group", "state") if not forms.isdisjoint(words("roles", name))), None)


def _voice(heard: Heard, index: int) -> Speaker:
    for one, who in zip(heard.attributions, heard.speakers, strict=True):
        if index in one.scope:
            return who
    return heard.inherited or AUTHOR


def _side_of(speaker: Speaker, discourse: Discourse) -> str | None:
    if speaker.forces:
        return speaker.forces[0]
    if discourse.guest is not None and speaker.name == discourse.guest.name:
        return discourse.home
    return discourse.home if speaker.kind in {"author", "soldier", "relative", "military"} else None
