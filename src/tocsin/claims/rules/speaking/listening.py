"""Who is heard in a sentence: named in it, or inherited from what the report said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, final

from tocsin.claims.lexicon.words import word_class, words
from tocsin.claims.rules.speaking.guests import guest
from tocsin.claims.rules.speaking.holders import held
from tocsin.claims.rules.speaking.speakers import Attribution, kind_of, whole_name
from tocsin.claims.rules.who.discourse import Discourse, Speaker
from tocsin.claims.text.grammar import heads, phrase
from tocsin.claims.text.parsing import Sentence

_OFFICES = frozenset({"government", "military", "media", "intelligence"})
"""Kinds of body that nobody unknown is: `the ministry` is not the traveller who spoke before."""
_TALKING = frozenset({"soldier", "relative", "military", "official"})
_OPENING = frozenset({'"', "“", "«", "``"})


@final
@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence with who is heard in it."""

    sentence: Sentence
    attributions: tuple[Attribution, ...]
    speakers: tuple[Speaker, ...]
    """The resolved speaker of each attribution."""
    inherited: Speaker | None
    """Whose words an unattributed sentence is, where the discourse shows it."""


def hear(
    sentence: Sentence,
    found: Sequence[Sequence[Attribution]],
    place: int,
    listed: Sequence[Sentence],
    discourse: Discourse,
) -> Heard:
    """Say who is heard in the sentence at `place` of its passage, and remember it for the next."""
    own = tuple(found[place])
    speakers = tuple(_resolve(one, discourse) for one in own)
    inherited = None
    if sentence.opens_in_quotes or sentence.tokens[0].text in _OPENING:
        inherited = _quoted(found, place, listed, discourse)
    elif sentence.passage.label == "A":
        heard = discourse.guest or discourse.speaker
        inherited = heard if heard and heard.kind not in {"media", "collective"} else Speaker(name=None, kind="unknown")
    elif discourse.opened and (_continues(sentence) or _pluperfect(sentence)):
        inherited = discourse.opened
    elif discourse.told and not own and _pluperfect(sentence):
        inherited = discourse.speaker
    discourse.told = bool(own) or inherited is not None
    if sentence.passage.label != "A" and discourse.guest is None:
        discourse.guest = guest(sentence)
    _remember(sentence, own, speakers, discourse)
    return Heard(sentence, own, speakers, inherited)


def _quoted(
    found: Sequence[Sequence[Attribution]], place: int, listed: Sequence[Sentence], discourse: Discourse
) -> Speaker | None:
    """Who speaks a sentence within quotation marks: who is named in it, after it, or before it."""
    for other in (place + 1, place + 2):
        if other < len(found) and listed[other].opens_in_quotes and found[other] and not found[place]:
            return _resolve(found[other][0], discourse)
        if other < len(found) and not listed[other].opens_in_quotes:
            break
    return discourse.speaker


def _continues(sentence: Sentence) -> bool:
    first = [token.lower_ for token in sentence.tokens[:2]]
    return bool(
        {"they", "he", "she", "their", "we", "i", "his", "her", "many", "some", "it", "all"} & set(first)
    ) or sentence.tokens[0].text in {"-", "•"}


def _pluperfect(sentence: Sentence) -> bool:
    """Whether a sentence goes on telling what was said, as in `they had been called up`."""
    root = next((token for token in sentence.tokens if token.head.i == token.i), sentence.tokens[0])
    return root.tag_ == "VBN" and any(child.dep_ == "aux" and child.lower_ == "had" for child in root.children)


def _spoke(sentence: Sentence) -> Any:
    """Who `spoke to our delegates`, without what was said."""
    for token in sentence.tokens:
        if token.lemma_ in words("speech", "frames") and any(
            child.lower_ in {"to", "with"} for child in token.children
        ):
            return next((child for child in token.children if child.dep_ == "nsubj" and child.pos_ != "PRON"), None)
    return None


def _resolve(one: Attribution, discourse: Discourse) -> Speaker:
    """The speaker of an attribution; a pronoun or an empty anaphor takes the last one heard."""
    if one.named:
        known = discourse.known.get(_key(one.name))
        forces = one.forces or (known.forces if known else ()) or _forces_of(one, discourse)
        kind = known.kind if known and one.kind == "unknown" else one.kind
        return Speaker(name=one.name, kind=kind, forces=forces, captive=one.captive)
    plural = one.head.lower_ in {"they", "these", "those", "both", "all"}
    if one.head.lower_ in {"i", "we"}:
        return discourse.speaker or Speaker(name=None, kind="author")
    if one.head.pos_ != "PRON" and one.head.lower_ in words("speech", "anaphors"):
        return _referred(one, discourse)
    if plural and discourse.people and (discourse.people.captive or discourse.speaker is None):
        return discourse.people
    if discourse.speaker is not None and discourse.speaker.name is not None:
        return discourse.speaker
    return discourse.people or Speaker(name=one.name, kind=one.kind, forces=one.forces)


def _forces_of(one: Attribution, discourse: Discourse) -> tuple[str, ...]:
    """The army of a soldier by that of the last soldiers of the kind; that of a ministry by the report's own side."""
    nouns = (head.lemma_.lower() for head in heads(one.head))
    force = next((discourse.nouns[noun] for noun in nouns if noun in discourse.nouns), None)
    if force is None and one.kind in {"government", "military"}:
        force = discourse.home
    return (force,) if force else ()


def _referred(one: Attribution, discourse: Discourse) -> Speaker:
    """`The group`, `the ministry`: the last body of that kind, else who spoke last."""
    word = one.head.lemma_.lower()
    last = discourse.speaker
    if last and last.name and (word in last.name.lower() or (last.kind == one.kind and discourse.body is None)):
        return last
    if discourse.body is not None and (discourse.body.kind == one.kind or word in (discourse.body.name or "").lower()):
        return discourse.body
    return (
        last
        if last and last.name and (last.kind == one.kind or (last.kind == "unknown" and one.kind not in _OFFICES))
        else Speaker(name=one.name, kind=one.kind, forces=one.forces)
    )


def _remember_body(sentence: Sentence, discourse: Discourse) -> None:
    """Keep the last committee, movement or ministry that was named in full."""
    for token in sentence.tokens:
        if (
            token.pos_ != "PROPN"
            or token.dep_ in {"compound", "poss", "nmod"}
            or token.lemma_.lower() not in words("speech", "bodies")
        ):
            continue
        own = whole_name([part for part in phrase(token) if part.pos_ != "DET"])
        span = sentence.of(own[0], own[-1])
        forces = tuple(sentence.forces[part.i].force for part in own if part.i in sentence.forces)
        discourse.body = Speaker(name=_spelt(sentence, span.start, span.end), kind=kind_of(own, token), forces=forces)


def _key(name: str) -> str:
    """A surname stands for its bearer; a common noun does not."""
    last = name.rsplit(maxsplit=1)[-1]
    return last if last[:1].isupper() else name.lower()


def _remember(
    sentence: Sentence, own: Sequence[Attribution], speakers: Sequence[Speaker], discourse: Discourse
) -> None:
    for attribution, speaker in zip(own, speakers, strict=True):
        if speaker.name:
            discourse.known.setdefault(_key(speaker.name), speaker)
        if attribution.frame:
            discourse.opened = speaker
    if speakers:
        discourse.speaker = speakers[0]
        if not any(one.frame for one in own):
            discourse.opened = None
    elif not sentence.opens_in_quotes:
        _remember_holder(sentence, discourse)
    _remember_body(sentence, discourse)
    _remember_people(sentence, discourse)
    spoke = _spoke(sentence)
    if spoke is not None and discourse.people is not None and not own:
        discourse.opened = discourse.speaker = discourse.people


def _remember_holder(sentence: Sentence, discourse: Discourse) -> None:
    """Keep who hopes, fears or plans in a sentence that nobody speaks: `he said` may mean him next."""
    for one in held(sentence, frozenset()):
        head = one.head
        kind = kind_of(phrase(head), head) if head is not None and head.pos_ in {"NOUN", "PROPN"} else "unknown"
        if kind in _TALKING:
            own = [part for part in phrase(head) if part.pos_ not in {"DET", "PUNCT"}] or [head]
            span = sentence.of(own[0], own[-1])
            forces = tuple(sentence.forces[part.i].force for part in own if part.i in sentence.forces)
            discourse.people = Speaker(name=_spelt(sentence, span.start, span.end), kind=kind, forces=forces)


def _remember_people(sentence: Sentence, discourse: Discourse) -> None:
    """Keep the last group of people that was a subject: `they` in the next sentence may be them."""
    people = word_class("troops") | word_class("kin")
    for token in sentence.tokens:
        if token.dep_ not in {"nsubj", "nsubjpass"} or token.pos_ == "PRON":
            continue
        for head in heads(token):
            if head.lemma_.lower() in people:
                lowers = set(sentence.lowers)
                captive = bool(lowers & {"captured", "prisoner", "prisoners", "captive", "captivity", "pows"})
                span = sentence.of(min(head.subtree, key=lambda t: t.i) if head.n_lefts else head, head)
                forces = tuple(sentence.forces[t.i].force for t in head.children if t.i in sentence.forces)
                name = _spelt(sentence, span.start, span.end)
                kin = head.lemma_.lower() in word_class("kin")
                discourse.people = Speaker(
                    name=name,
                    kind="prisoner" if captive and not kin else "relative" if kin else "soldier",
                    forces=forces,
                    captive=captive and not kin,
                )
                return


def _spelt(sentence: Sentence, start: int, end: int) -> str:
    return " ".join(sentence.original[start - sentence.passage.start : end - sentence.passage.start].split())
