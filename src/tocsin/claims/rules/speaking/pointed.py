"""Who says a claim, where the encoder points to a word of the report."""

from __future__ import annotations

from typing import Any

from tocsin.claims.encoder.understanding import Understanding
from tocsin.claims.lexicon.words import words
from tocsin.claims.rules.speaking.speakers import kind_of, whole_name
from tocsin.claims.rules.who.discourse import AUTHOR, Discourse, Speaker
from tocsin.claims.text.grammar import phrase
from tocsin.claims.text.parsing import Sentence

_INSIDE = frozenset({"compound", "amod", "poss", "det", "nummod", "nmod", "case", "punct"})
"""How a word hangs on the noun of its phrase."""
_TAKEN = frozenset({"captured", "captive", "imprisoned", "detained"})
_SPEAKING = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "PRON", "DET"})


def pointed(
    understood: Understanding, number: int, indicator: str, discourse: Discourse, *, doubt: float
) -> tuple[Speaker | None, bool]:
    """Return who says what sentence `number` claims, and whether it names them; a name of None is the author's.

    `doubt` is the share from which on the author is taken as the speaker. The speaker itself is None where the encoder
    points to a word that takes up somebody named elsewhere.
    """
    author, shares = understood.speakers(number, indicator)
    if author >= doubt or not shares:
        return AUTHOR, False
    at, place = max(shares, key=lambda one: (shares[one], -abs(one[0] - number), -one[1]))
    sentence = understood.parsed[at]
    head = _top(sentence.tokens[place])
    if head.pos_ == "PRON" or head.lower_ in words("speech", "anaphors") or head.pos_ not in _SPEAKING:
        return None, False
    return _described(sentence, head, understood, number, indicator, discourse), at == number


def _top(token: Any) -> Any:
    for _ in range(4):
        if token.dep_ not in _INSIDE or token.head.i == token.i:
            break
        token = token.head
    return token


def _described(
    sentence: Sentence, head: Any, understood: Understanding, number: int, indicator: str, discourse: Discourse
) -> Speaker:
    own = whole_name([part for part in phrase(head) if part.pos_ != "PUNCT"] or [head])
    own = own[1:] if own[0].pos_ == "DET" and len(own) > 1 else own
    span = sentence.of(own[0], own[-1])
    name = " ".join(sentence.original[span.start - sentence.passage.start : span.end - sentence.passage.start].split())
    forces = tuple(dict.fromkeys(sentence.forces[part.i].force for part in own if part.i in sentence.forces))
    known = next(
        (one for one in (discourse.speaker, discourse.people, discourse.guest) if one and one.name == name), None
    )
    kind = kind_of(own, head)
    if kind == "unknown":
        kind = known.kind if known and known.kind != "unknown" else understood.kind(number, indicator)
    return Speaker(
        name=name,
        kind="unknown" if kind == "author" else kind,
        forces=forces or (known.forces if known else ()),
        captive=kind == "prisoner" or any(part.lower_ in _TAKEN for part in own),
    )
