"""Who answers in an interview: the person whom its opening brings in."""

from __future__ import annotations

from typing import Any

from tocsin.claims.lexicon.words import word_class
from tocsin.claims.rules.speaking.speakers import kind_of
from tocsin.claims.rules.who.discourse import Speaker
from tocsin.claims.text.grammar import phrase
from tocsin.claims.text.parsing import Sentence

_ASKING = frozenset({"speak", "talk", "interview", "meet", "ask", "question", "sit", "reach", "find", "visit"})
_TAKEN = frozenset(
    ["prisoner", "captive", "captured", "prisoners", "captivity", "surrendered", "held", "marched", "cell"]
)


def guest(sentence: Sentence) -> Speaker | None:
    """Return whom the sentence brings in: `we spoke to a lieutenant`, `Anna K., a nurse, served in the north`."""
    for token in sentence.tokens:
        if token.dep_ == "attr" and token.head.lemma_ == "be" and _addressed(token.head) and _human(token):
            return _speaker(token, sentence)
    for token in sentence.tokens if not sentence.passage.label else ():
        asked = token.dep_ in {"pobj", "dobj"} and _above(token) & _ASKING
        opens = token.dep_ in {"nsubj", "nsubjpass"} and token.i not in sentence.forces
        opens = opens and (token.pos_ == "PROPN" or token.lower_ in {"speaker", "interviewee", "witness", "veteran"})
        if (asked or opens) and (_human(token) or opens):
            return _speaker(token, sentence)
    return None


def _addressed(verb: Any) -> bool:
    """Whether a question tells its guest who he is: `You were a captain`."""
    return any(child.dep_ == "nsubj" and child.lower_ == "you" for child in verb.children)


def _above(token: Any) -> set[str]:
    return {token.head.lemma_.lower(), token.head.head.lemma_.lower()}


def _human(token: Any) -> bool:
    listed = word_class("troops") | word_class("kin") | {"man", "woman", "person", "nurse", "doctor", "teacher"}
    return token.pos_ == "PROPN" or token.lemma_.lower() in listed


def _speaker(token: Any, sentence: Sentence) -> Speaker:
    called = [part for part in token.subtree if part.pos_ == "PROPN" and part.head.lemma_ in {"call", "name"}]
    own = called[:1] or [part for part in phrase(token) if part.pos_ not in {"DET", "PUNCT"}] or [token]
    whole = list(token.subtree)
    forces = dict.fromkeys(sentence.forces[part.i].force for part in whole if part.i in sentence.forces)
    span = sentence.of(own[0], own[-1])
    name = sentence.original[span.start - sentence.passage.start : span.end - sentence.passage.start]
    captive = not _TAKEN.isdisjoint(sentence.lowers)
    soldier = any(part.lemma_.lower() in word_class("troops") | {"front", "army"} for part in sentence.tokens)
    kind = kind_of(own, token)
    if captive and soldier:
        kind = "prisoner"
    elif kind == "unknown" and soldier:
        kind = "soldier"
    return Speaker(name=" ".join(name.split()), kind=kind, forces=tuple(forces), captive=captive and soldier)
