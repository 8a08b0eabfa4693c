"""Who speaks: cue verbs, `according to`, quotations, reports, and what is inherited through the discourse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, final

from tocsin.claims.lexicon.words import kinds, words
from tocsin.claims.rules.speaking.holders import sources
from tocsin.claims.text.grammar import phrase
from tocsin.claims.text.parsing import Sentence
from tocsin.reports.report import SpeakerKind

_CONTENT = frozenset({"ccomp", "parataxis"})
_TAKEN = frozenset({"captured", "captive", "imprisoned", "detained"})
_TOLD = 4
"""From so many words on what follows a colon is a sentence and no heading's number."""
_QUOTES = frozenset({'"', "“", "”", "«", "»", "``", "''"})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A speaker found in a sentence, and which of its words are said by that speaker."""

    name: str
    kind: SpeakerKind
    head: Any
    """The token of the speaker's noun."""
    scope: frozenset[int]
    named: bool
    """False for pronouns and empty anaphors (`the group`), which the discourse must resolve."""
    forces: tuple[str, ...]
    """Forces named in the speaker's noun phrase."""
    captive: bool = False
    cue: int = -1
    frame: bool = False
    """Whether it only opens what follows: `They all say the same.`"""


def attributions(sentence: Sentence, text: str) -> list[Attribution]:
    """Return the attributions of a sentence, the outermost (widest) first."""
    found = [
        *_by_cue(sentence, text),
        *_by_preposition(sentence, text),
        *_by_reports(sentence, text),
        *_by_colon(sentence, text),
    ]
    return sorted(found, key=lambda one: (-len(one.scope), one.cue))


def _only_may(verb: Any) -> bool:
    """Whether it is said of someone that he may say something: then nobody has said it."""
    return any(child.dep_ == "aux" and child.lower_ in words("stance", "perhaps_modals") for child in verb.children)


def _by_cue(sentence: Sentence, text: str) -> Iterator[Attribution]:
    counting = words("speech", "counting")
    cues, weak = words("speech", "cues") | counting, words("speech", "weak") | counting
    indices = {token.i for token in sentence.tokens}
    for verb in sentence.tokens:
        if verb.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() not in cues or _only_may(verb):
            continue
        quoted = any(token.text in _QUOTES for token in sentence.tokens) or sentence.opens_in_quotes
        said = [
            child
            for child in verb.children
            if child.dep_ in _CONTENT
            or (child.dep_ in {"dobj", "xcomp", "prep", "oprd"} and verb.lemma_.lower() not in weak)
        ]
        inverted = verb.dep_ == "parataxis"
        if not said and not inverted and not quoted and verb.head.dep_ != "ROOT" and verb.dep_ != "ROOT":
            continue
        clause = quoted or any(child.dep_ in _CONTENT for child in verb.children)
        said = said or [child for child in verb.children if child.dep_ == "dobj"]
        bare = verb.lemma_.lower() in weak and not clause and not _opens(verb, said, sentence)
        figures = verb.lemma_.lower() in counting and any(token.like_num for token in verb.subtree)
        if not figures and (bare or verb.lemma_.lower() not in words("speech", "cues")):
            continue
        for head in sources(verb):
            if bare and kind_of(phrase(head), head) in {"unknown", "collective"}:
                continue
            yield from _attributed(
                sentence,
                text,
                head,
                verb,
                _scope(verb, head, said, indices, inverted=inverted),
                frame=_opens(verb, said, sentence),
            )


def _opens(verb: Any, said: Sequence[Any], sentence: Sentence) -> bool:
    clause = any(child.dep_ in _CONTENT for child in said)
    ends = sentence.tokens[-1].text == ":"
    return ends or (
        not clause
        and verb.dep_ == "ROOT"
        and any(
            child.lemma_.lower() in {"same", "thing", "story", "following", "tale", "account"}
            for token in said
            for child in token.subtree
        )
    )


def _scope(verb: Any, head: Any, said: Sequence[Any], indices: set[int], *, inverted: bool) -> frozenset[int]:
    speaker = {token.i for token in head.subtree} if not any(child.i == verb.i for child in head.subtree) else {head.i}
    beside = verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT" and any(t.text == ";" for t in verb.head.children)
    if verb.dep_ == "ROOT" or inverted or beside:
        return frozenset(indices - speaker - {verb.i} - _of_saying(verb))
    return frozenset({token.i for child in said for token in child.subtree} & indices)


def _of_saying(verb: Any) -> set[int]:
    """What tells when, where and to whom it was said; nothing, where the parser found no clause that is said."""
    if not any(child.dep_ in _CONTENT for child in verb.children):
        return set()
    cues = words("speech", "cues")
    beside = [
        child
        for child in verb.children
        if child.dep_ in {"prep", "npadvmod", "advmod", "dobj", "dative", "aux", "neg", "agent"}
        or (child.dep_ == "conj" and child.lemma_.lower() in cues)
        or (child.dep_ in {"conj", "advcl"} and child.tag_ == "VBG")
    ]
    return {token.i for child in beside for token in child.subtree}


def _by_preposition(sentence: Sentence, text: str) -> Iterator[Attribution]:
    indices = frozenset(token.i for token in sentence.tokens)
    for token in sentence.tokens:
        target = None
        if token.lower_ == "according":
            inner = [child for child in token.children if child.lower_ == "to"] or (
                [token.nbor(1)] if token.i + 1 < len(token.doc) else []
            )
            target = next((below for child in inner for below in child.children if below.dep_ == "pobj"), None)
        elif token.lower_ in {"citing", "quoting"}:
            target = next((child for child in token.children if child.dep_ == "dobj"), None)
        elif token.lower_ in {
            "view",
            "words",
            "account",
            "opinion",
            "estimate",
            "assessment",
        } and token.head.lower_ in {"in", "by", "on"}:
            target = next((below for child in token.children if child.lower_ == "of" for below in child.children), None)
            target = target or next((child for child in token.children if child.dep_ == "poss"), None)
        if target is not None:
            scope = indices - {part.i for part in target.subtree}
            yield from _attributed(sentence, text, target, token, frozenset(scope), frame=False, sure=True)


def _by_reports(sentence: Sentence, text: str) -> Iterator[Attribution]:
    """`There are reports that …`, `reports of …`: a collective speaks."""
    for token in sentence.tokens:
        if token.lemma_.lower() not in {"report", "rumour", "rumor", "account", "allegation"} or token.pos_ != "NOUN":
            continue
        if any(child.lower_ in {"no", "any"} for child in token.children):
            continue
        below = [
            child
            for child in token.children
            if (child.dep_ == "prep" and child.lower_ in {"of", "from"}) or child.dep_ in {"acl", "ccomp"}
        ]
        scope = frozenset(part.i for child in below for part in child.subtree if part.i > token.i)
        plural = token.tag_ == "NNS"
        if scope and plural:
            yield from _attributed(sentence, text, token, token, scope, frame=False, bare=True)


def _by_colon(sentence: Sentence, text: str) -> Iterator[Attribution]:
    """`Ministry: words`, as headlines and transcripts have it: a body, a role or a person before a colon."""
    at = next((place for place, token in enumerate(sentence.tokens[:9]) if token.text == ":"), 0)
    before, after = sentence.tokens[:at], sentence.tokens[at + 1 :]
    if not before or len(after) < _TOLD or any(token.pos_ in {"VERB", "AUX", "NUM", "PRON"} for token in before):
        return
    head = before[-1]
    person = head.pos_ == "PROPN" and all(token.pos_ in {"PROPN", "CCONJ"} for token in before)
    if head.i not in sentence.forces and (person or kind_of(before, head) != "unknown"):
        scope = frozenset(token.i for token in after)
        yield from _attributed(sentence, text, head, sentence.tokens[at], scope, frame=False)


def _attributed(
    sentence: Sentence,
    text: str,
    head: Any,
    cue: Any,
    scope: frozenset[int],
    *,
    frame: bool,
    bare: bool = False,
    sure: bool = False,
) -> Iterator[Attribution]:
    if head.lower_ in words("speech", "stop_speakers") and head.lower_ != "this":
        return
    own = [token for token in _name_tokens(head) if not bare or token.i <= head.i]
    span = sentence.of(own[0], own[-1])
    name = " ".join(text[span.start : span.end].split())
    named_so = [child for child in head.children if child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}]
    described = [part for child in named_so for part in phrase(child)]
    forces = tuple(
        dict.fromkeys(sentence.forces[part.i].force for part in [*own, *described] if part.i in sentence.forces)
    )
    part = any(child.dep_ == "prep" and child.lower_ in {"of", "among"} for child in head.children)
    pronoun = (head.pos_ == "PRON" or head.lower_ in words("speech", "third_person")) and not described and not part
    empty = _is_empty(head, own)
    first_person = head.lower_ in words("speech", "first_person")
    kind = _kind_here(sentence, head, own, named_so)
    telling = head.pos_ == "NOUN" and cue.lemma_.lower() in words("speech", "telling")
    if not (sure or kind != "unknown" or pronoun or first_person or forces or head.pos_ == "PROPN" or telling):
        return
    yield Attribution(
        name=name,
        kind=kind,
        head=head,
        scope=scope,
        named=not (pronoun or empty),
        forces=forces,
        captive=kind == "prisoner" or any(token.lower_ in _TAKEN for token in own),
        cue=cue.i,
        frame=frame,
    )


def _kind_here(sentence: Sentence, head: Any, own: Sequence[Any], named_so: Sequence[Any]) -> SpeakerKind:
    """The kind of a speaker by the own words, else by what the apposition says; a bare state is its government."""
    kind = kind_of(own, head)
    if kind == "unknown" and named_so:
        kind = kind_of([part for child in named_so for part in phrase(child)], named_so[0])
    known = sentence.forces.get(head.i)
    state = kind == "unknown" and known is not None and known.kind in {"seat", "name", "leader"}
    return "government" if state else kind


def _is_empty(head: Any, own: Sequence[Any]) -> bool:
    """Whether a noun phrase only points back: `the group`, `the same sources`."""
    pointing = {"the", "this", "these", "those", "same"}
    idle = pointing | {"latter", "former", "its", "their"}
    telling = [token for token in own if token.pos_ not in {"DET", "PUNCT"} and token.lower_ not in idle]
    return (
        head.lower_ in words("speech", "anaphors")
        and len(telling) == 1
        and any(child.lower_ in pointing for child in head.children)
    )


def _name_tokens(head: Any) -> list[Any]:
    """The speaker's noun phrase, without articles and what trails after a comma."""
    parts = [token for token in phrase(head) if not (token.dep_ == "punct" and token.text not in "-'\u2019.")]
    run = [token for token in parts if token.i <= head.i or not _gap(parts, head, token)]
    run = whole_name(run)
    while len(run) > 1 and (run[0].pos_ in {"DET", "PUNCT", "CCONJ", "ADV"} or run[0].lower_ in {"that", "a", "the"}):
        run.pop(0)
    return run or [head]


def whole_name(run: list[Any]) -> list[Any]:
    """Add what the parser cut off behind an apostrophe: `Committee of Soldiers' | Mothers`."""
    last = run[-1]
    following = [last.doc[index] for index in range(last.i + 1, min(last.i + 3, len(last.doc)))]
    if (
        len(following) == 2
        and following[0].text in {"'", "\u2019", "'s", "\u2019s"}
        and following[1].text[:1].isupper()
    ):
        return [*run, *following]
    return run


def _gap(parts: Sequence[Any], head: Any, token: Any) -> bool:
    there = {part.i for part in parts}
    return any(index not in there for index in range(head.i, token.i))


def kind_of(tokens: Sequence[Any], head: Any) -> SpeakerKind:
    """The kind of speaker that the words of a name or role show; its own noun counts before the others."""
    lowered = {token.lower_ for token in tokens}
    own = {head.lower_, head.lemma_.lower()}
    return _certain(lowered, own) or _first(own) or _first(lowered) or "unknown"


def _certain(lowered: set[str], own: set[str]) -> SpeakerKind | None:
    """What two words together show better than each alone."""
    listed = dict(kinds())
    spokesmen = {"spokesman", "spokeswoman", "spokesperson", "official", "officials"}
    tests: tuple[tuple[bool, SpeakerKind], ...] = (
        (bool(lowered & {"captured", "captive", "imprisoned"} and own & listed["soldier"]), "prisoner"),
        ("intelligence" in lowered, "intelligence"),
        (bool(lowered & listed["relative"] and lowered & words("speech", "bodies") - {"staff", "department"}), "ngo"),
        (bool(lowered & {"ministry", "minister"} or own & {"department"}), "government"),
        (bool(own & spokesmen and _first(lowered - own) == "military"), "military"),
        (bool(lowered & {"times", "post"}), "media"),
        (bool(own & {"report", "reports"} and lowered & {"news", "newspaper", "agency", "media", "tv"}), "media"),
    )
    return next((kind for holds, kind in tests if holds), None)


def _first(lowered: set[str]) -> SpeakerKind | None:
    for kind, listed in kinds():
        if lowered & listed:
            return kind  # type: ignore[return-value]
    return None
