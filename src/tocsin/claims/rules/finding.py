"""Which indicators a sentence names: the lexicon's matches that grammar and context let stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tocsin.claims.lexicon.matching import Match, matches, words_of
from tocsin.claims.lexicon.words import martial, word_class, words
from tocsin.claims.text.grammar import heads, patients, subjects, verb_of
from tocsin.claims.text.parsing import Sentence

_UNDONE = frozenset({"refuse", "decline", "order", "fail", "balk", "tell", "ask"})
"""Under these verbs an attack has not begun."""
_OF_SOLDIERS = frozenset(
    {
        "losses",
        "supply_shortage",
        "desertion",
        "low_morale",
        "refusal",
        "surrender",
        "mutiny",
        "captured",
        "pay_arrears",
    }
)


def find(sentence: Sentence, *, soldierly: bool, told: frozenset[int] = frozenset()) -> list[Match]:
    """The best match of each indicator in a sentence, in the order of the text; figurative uses are left out.

    What stands outside `told`, the words of a speaker within another's, goes before what stands in it.
    """
    found = list(matches(words_of(sentence.tokens)))
    silent = frozenset(i for match in found if match.pattern.indicator is None for i in match.taken)
    lowers = {token.lower_ for token in sentence.tokens if token.i not in silent}
    if _foreign(sentence, lowers, soldierly=soldierly, silent=bool(silent)):
        return []
    best: dict[str, Match] = {}
    for match in found:
        indicator = match.pattern.indicator
        if indicator is None or match.taken & silent or not _fitting(match, sentence):
            continue
        if indicator not in best or _rank(match, told) > _rank(best[indicator], told):
            best[indicator] = match
    _one_attack(best)
    _one_flight(best)
    return sorted(best.values(), key=lambda match: (match.first, match.pattern.indicator or ""))


def _foreign(sentence: Sentence, lowers: set[str], *, soldierly: bool, silent: bool) -> bool:
    """Whether a sentence has nothing to do with soldiers: by its own words, then by those of the whole text."""
    civil = lowers & words("figurative", "civil")
    if soldierly and not civil:
        return silent and lowers.isdisjoint(words("figurative", "soldierly"))
    army = any(token.i in sentence.forces for token in sentence.tokens) and not civil
    return lowers.isdisjoint(martial()) and not (army and lowers & word_class("troops"))


def _rank(match: Match, told: frozenset[int]) -> tuple[bool, int]:
    return match.pivot.i not in told, len(match.taken)


def _one_attack(best: dict[str, Match]) -> None:
    """An attack that failed is no attack under way besides."""
    failed, under_way = best.get("offensive_failure"), best.get("opponent_offensive")
    if failed and under_way and (failed.taken & under_way.taken or abs(failed.pivot.i - under_way.pivot.i) <= 8):
        del best["opponent_offensive"]


def _one_flight(best: dict[str, Match]) -> None:
    """A commander who runs away is bad leadership, and neither a deserter nor a lost position besides."""
    led = best.get("poor_leadership")
    for name in ("desertion", "abandonment"):
        if led and name in best and best[name].pivot.i == led.pivot.i:
            del best[name]


def _fitting(match: Match, sentence: Sentence) -> bool:
    """Whether subject and object belong to the word classes that the pattern asks for."""
    group = match.pattern.group
    if group is None:
        return False
    verb = verb_of(match.pivot)
    if match.pattern.indicator == "opponent_offensive" and match.pivot.dep_ == "xcomp" and verb.head.lemma_ in _UNDONE:
        return False
    if match.pattern.indicator in _OF_SOLDIERS and _of_civilians(verb):
        return False
    if group.object and not _of_class(patients(verb), group.object, sentence):
        return False
    themes = subjects(verb) or [child for child in verb.children if child.dep_ == "nsubjpass"] or _before(verb)
    return not group.subject or _of_class(themes, group.subject, sentence)


def _before(verb: Any) -> list[Any]:
    """The noun right before a verb for which the parser found no subject."""
    near = [verb.nbor(-step) for step in (1, 2, 3) if verb.i >= step]
    return [token for token in near if token.pos_ in {"NOUN", "PROPN", "PRON"}][:1]


def _of_civilians(verb: Any) -> bool:
    """Whether those whom a clause is about are no soldiers: `families were starving`."""
    done = [child for child in verb.children if child.dep_ == "nsubjpass"] or subjects(verb)
    civilians = word_class("civilians")
    return bool(done) and all(any(head.lemma_.lower() in civilians for head in heads(token)) for token in done)


def _of_class(tokens: Sequence[Any], name: str, sentence: Sentence) -> bool:
    listed = word_class(name)
    pronouns = {"they", "them", "he", "him", "we", "us", "i", "who", "whom"}
    for token in tokens:
        inner = list(heads(token))
        if len(inner) > 1 and inner[0].lemma_.lower() in word_class("some") and inner[1].head.dep_ == "prep":
            inner = inner[1:]
        for head in inner:
            forms = {head.lower_, head.lemma_.lower()}
            if name == "proper":
                if head.pos_ == "PROPN" and sentence.forces.get(head.i) is None:
                    return True
                continue
            if (
                forms & listed
                or (forms & pronouns and name != "officer")
                or head.i in sentence.forces
                or head.pos_ == "NUM"
            ):
                return True
    return False
