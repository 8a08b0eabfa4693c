"""Who holds what: beliefs, wishes, plans, judgements and claims named by a noun, which nobody tells the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, final

from tocsin.claims.lexicon.words import words
from tocsin.claims.text.grammar import antecedents
from tocsin.claims.text.parsing import Sentence

_OBJECTS = frozenset({"dobj", "oprd", "attr", "acomp"})


@final
@dataclass(frozen=True, slots=True)
class Held:
    """A cue with who holds what it governs; `head` is None where nobody is named (`is expected to`)."""

    cue: int
    head: Any
    scope: frozenset[int]


def held(sentence: Sentence, spoken: frozenset[int]) -> list[Held]:
    """Return what is held in a sentence, outside the words `spoken` by somebody, in the order of the text."""
    found = [*_by_verb(sentence, spoken), *_by_adjective(sentence), *_by_noun(sentence)]
    return sorted((one for one in found if one.cue not in spoken), key=lambda one: one.cue)


def sources(verb: Any) -> list[Any]:
    """Who says or holds what `verb` governs: its subject or agent, shared along coordination and participles."""
    for _ in range(4):
        passive = [child for child in verb.children if child.dep_ == "agent"]
        if passive:
            return [below for child in passive for below in child.children if below.dep_ == "pobj"]
        own = [child for child in verb.children if child.dep_ == "nsubj"]
        if own:
            return antecedents(min(own, key=lambda token: abs(token.i - verb.i)))
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return [verb.head]
        shared = verb.dep_ == "xcomp" or (verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"})
        loose = verb.dep_ == "advcl" and (verb.tag_ == "VBG" or any(t.lower_ == "to" for t in verb.lefts))
        if not shared and not loose:
            return []
        verb = verb.head
    return []


def _below(children: Sequence[Any], sentence: Sentence) -> frozenset[int]:
    indices = {token.i for token in sentence.tokens}
    return frozenset(part.i for child in children for part in child.subtree if part.i in indices)


def _by_verb(sentence: Sentence, spoken: frozenset[int]) -> Iterator[Held]:
    cues = words("speech", "attitudes") | words("speech", "judging")
    for verb in sentence.tokens:
        lemma = verb.lemma_.lower()
        if verb.pos_ not in {"VERB", "AUX"} or verb.i in spoken or lemma not in cues:
            continue
        what = [child for child in verb.children if child.dep_ in {"ccomp", "xcomp"}]
        what += [child for child in verb.children if child.dep_ in _OBJECTS and not _idle(child)]
        if not what:
            what = [child for child in verb.children if child.dep_ == "prep"]
        passive = any(child.dep_ == "nsubjpass" for child in verb.children)
        if passive and not any(child.dep_ == "agent" for child in verb.children):
            if any(child.dep_ in {"ccomp", "xcomp", "oprd"} for child in verb.children):
                yield Held(verb.i, None, _below(what, sentence))
            continue
        scope = _below(what, sentence)
        heads = sources(verb)
        if scope and heads:
            yield Held(verb.i, heads[0], scope)


def _idle(token: Any) -> bool:
    return token.pos_ == "PRON" and token.lower_ in {
        "himself",
        "herself",
        "themselves",
        "itself",
        "that",
        "which",
        "what",
    }


def _by_adjective(sentence: Sentence) -> Iterator[Held]:
    for token in sentence.tokens:
        if token.dep_ != "acomp" or token.lemma_.lower() not in words("speech", "minded"):
            continue
        what = [child for child in token.children if child.dep_ in {"ccomp", "xcomp", "prep"}]
        scope, heads = _below(what, sentence), sources(token.head)
        if scope and heads:
            yield Held(token.i, heads[0], scope)


def _by_noun(sentence: Sentence) -> Iterator[Held]:
    listed = words("speech", "cue_nouns")
    for token in sentence.tokens:
        if token.pos_ != "NOUN" or token.lemma_.lower() not in listed:
            continue
        what = [child for child in token.children if child.dep_ in {"acl", "ccomp"}]
        what += [
            child
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in {"of", "about", "for", "that", "to", "on", "over", "against"}
        ]
        owner = next((child for child in token.children if child.dep_ == "poss"), None)
        scope = _below([child for child in what if child.i > token.i], sentence)
        if scope and (owner is not None or any(child.dep_ in {"acl", "ccomp"} for child in what)):
            yield Held(token.i, owner if owner is not None else _maker(token), scope)


def _maker(noun: Any) -> Any:
    """Who makes a claim or a promise: the subject of the verb that has it as its object."""
    above = noun.head
    found = sources(above) if noun.dep_ in {"dobj", "attr"} and above.pos_ in {"VERB", "AUX"} else []
    return found[0] if found else None
