"""Questions to the parse: who does it, to whom, and under which words a word stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_SUBJECTS = {"nsubj", "csubj"}
_PASSIVES = {"nsubjpass", "csubjpass"}
_PARTITIVES = frozenset(
    [
        "some",
        "many",
        "most",
        "all",
        "several",
        "dozen",
        "dozens",
        "hundred",
        "hundreds",
        "thousand",
        "thousands",
        "score",
        "scores",
        "number",
        "numbers",
        "handful",
        "few",
        "half",
        "third",
        "quarter",
        "majority",
        "part",
        "rest",
        "remainder",
        "percent",
        "%",
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "remnant",
        "remnants",
        "group",
        "lot",
        "bulk",
        "tens",
        "couple",
        "each",
        "both",
        "any",
        "percentage",
        "fraction",
        "proportion",
        "wave",
        "column",
        "kind",
        "member",
        "survivor",
        "survivors",
        "those",
        "crowd",
        "batch",
    ]
)


def verb_of(token: Any) -> Any:
    """The verb whose clause `token` belongs to (itself, if it is one), or the root."""
    for _ in range(40):
        if token.pos_ in {"VERB", "AUX"} or token.head.i == token.i:
            return token
        token = token.head
    return token


def subjects(verb: Any, depth: int = 0) -> list[Any]:
    """Who does what `verb` says; looked for along coordination, infinitives and participles."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if own or depth > 6:
        return [part for token in own[-1:] for part in antecedents(token)]
    if any(child.dep_ in _PASSIVES for child in verb.children):
        return agents(verb)
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp"} and verb.head.i != verb.i:
        above = verb.head if verb.dep_ != "pcomp" else verb_of(verb.head)
        return _controllers(verb, above, depth)
    if verb.dep_ == "acl" and verb.tag_ != "VBN":
        return [verb.head]
    return []


def _controllers(verb: Any, above: Any, depth: int) -> list[Any]:
    if verb.dep_ == "xcomp":
        objects = [child for child in above.children if child.dep_ == "dobj"]
        if objects:
            return objects
    if above.pos_ not in {"VERB", "AUX"}:
        return []
    passive = [child for child in above.children if child.dep_ in _PASSIVES]
    return passive or subjects(above, depth + 1)


def agents(verb: Any) -> list[Any]:
    """The doer of a passive: what follows `by`."""
    return [
        below for child in verb.children if child.dep_ == "agent" for below in child.children if below.dep_ == "pobj"
    ]


def patients(verb: Any, depth: int = 0) -> list[Any]:
    """To whom `verb` is done: its object, the subject of its passive, or the noun that it modifies."""
    found = [child for child in verb.children if child.dep_ in {"dobj", "dative"}]
    found += [child for child in verb.children if child.dep_ in _PASSIVES][-1:]
    found += [
        below
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ in {"on", "against", "upon", "at", "toward", "towards"}
        for below in child.children
        if below.dep_ == "pobj"
    ]
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "relcl"} and not found:
        found = [verb.head]
    if not found and verb.dep_ == "conj" and depth < 4:
        found = patients(verb.head, depth + 1)
    if not found and verb.tag_ == "VBN" and verb.dep_ in {"xcomp", "ccomp", "advcl"}:
        found = subjects(verb)
    return [part for token in found for part in antecedents(token)]


def antecedents(token: Any) -> list[Any]:
    """`token`, or what a relative pronoun stands for."""
    if token.tag_ in {"WP", "WDT"} or token.lower_ in {"who", "which", "that", "whom"}:
        above = token.head
        for _ in range(6):
            if above.dep_ in {"relcl", "acl"}:
                return [above.head]
            above = above.head
    return [token]


def heads(token: Any) -> Iterator[Any]:
    """`token`, what a partitive contains (`dozens of men`), its apposition and what is coordinated with it."""
    yield token
    if token.dep_ == "attr":
        yield from (child for child in token.head.children if child.dep_ in _SUBJECTS)
    if token.lower_ in _PARTITIVES or token.lemma_.lower() in _PARTITIVES or token.pos_ == "NUM":
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "among", "from"}:
                yield from (below for below in child.children if below.dep_ == "pobj")
    for child in token.children:
        if child.dep_ in {"conj", "appos"}:
            yield child


def phrase(token: Any) -> list[Any]:
    """The noun phrase of `token`, without relative clauses and what follows a comma."""
    kept: list[Any] = []
    for part in token.subtree:
        above = part
        while above.i != token.i and above.dep_ not in {
            "relcl",
            "acl",
            "advcl",
            "appos",
            "punct",
            "ccomp",
            "parataxis",
        }:
            above = above.head
        if above.i == token.i:
            kept.append(part)
    return kept or [token]


def ancestors(token: Any) -> Iterator[tuple[Any, str]]:
    """Each word above `token`, with the dependency by which the word below hangs on it."""
    for _ in range(30):
        if token.head.i == token.i:
            return
        yield token.head, token.dep_
        token = token.head
