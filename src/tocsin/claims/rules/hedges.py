"""Hedges: the words by which a sentence holds back from what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.words import read, words


def listed(token: Any, key: str) -> bool:
    """Whether a word, as it stands or by its lemma, is under `key` of the words of stance."""
    known = words("stance", key)
    return token.lower_.replace("\u2019", "'") in known or token.lemma_.lower() in known


@cache
def _hedge_phrases() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in read("stance")["hedge_phrases"])


def softened(match: Match, above: Sequence[tuple[Any, str]], tokens: Sequence[Any]) -> tuple[str, ...]:
    """The words that soften `match`, as the sentence has them; `above` are the words that govern it."""
    found: set[Any] = set()
    for place, (token, dependency) in enumerate(above):
        for child in token.children:
            if child.i not in match.taken and _softens(child, token):
                found.add(child)
        below = above[place - 1][0] if place else token
        if place and token.i not in match.taken and _doubts(token, below, dependency):
            found.add(token)
    found.update(
        token for token in tokens if token.i in match.taken and listed(token, "hedge_nouns") and token.pos_ == "NOUN"
    )
    top = above[-1][0]
    if top.pos_ in {"VERB", "AUX"}:
        found.update(child for child in top.children if child.dep_ == "advmod" and listed(child, "hedge_adverbs"))
    for token in tokens:
        if listed(token, "hedge_adverbs") and 0 <= match.first - token.i <= 4 and token.i not in match.taken:
            found.add(token)
    single = [token.text.lower() for token in sorted(found, key=lambda token: int(token.i))]
    first, last = tokens[0], tokens[-1]
    said = first.doc.text[first.idx : last.idx + len(last)]
    phrases = (pattern.search(said) for pattern in _hedge_phrases())
    return (*single, *(phrase[0].lower() for phrase in phrases if phrase))


def _softens(child: Any, token: Any) -> bool:
    if child.dep_ in {"advmod", "amod", "acomp"} and (
        listed(child, "hedge_adverbs")
        or (child.dep_ != "advmod" and child.lower_ in words("stance", "hedge_adjectives"))
    ):
        return True
    if child.dep_ == "aux" and listed(child, "perhaps_modals"):
        return any(
            sibling.lemma_ == "have" and sibling.dep_ == "aux" and sibling.i > child.i for sibling in token.children
        )
    return False


def _doubts(token: Any, below: Any, dependency: str) -> bool:
    verbal = token.pos_ in {"VERB", "AUX"}
    if verbal and dependency == "nsubj" and token.lemma_ in {"appear", "seem"}:
        return True
    if verbal and dependency in {"xcomp", "ccomp", "oprd"} and listed(token, "hedge_verbs"):
        return not (token.lemma_ == "suggest" and any(child.lemma_ in {"he", "she"} for child in token.children))
    if verbal and dependency == "xcomp" and token.tag_ == "VBN" and listed(token, "hedge_passives"):
        return any(child.dep_ == "auxpass" for child in token.children) or token.lemma_ in {"fear", "believe"}
    if verbal and dependency == "ccomp" and listed(token, "hedge_believers"):
        return True
    if verbal and dependency in {"ccomp", "dobj", "nsubjpass", "prep"} and listed(token, "confirm"):
        return any(listed(child, "negators") for child in token.children) or token.head.lower_ in {
            "unable",
            "impossible",
            "difficult",
            "hard",
            "fail",
        }
    return token.pos_ in {"NOUN", "PROPN"} and below.i > token.i and (listed(token, "hedge_nouns"))
