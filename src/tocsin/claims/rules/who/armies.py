"""Whose soldiers a match is about, by grammar first, then by what the report has said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.words import word_class
from tocsin.claims.rules.who.discourse import Discourse, Speaker
from tocsin.claims.rules.who.standing import fights, top
from tocsin.claims.text.grammar import agents, heads, patients, subjects, verb_of
from tocsin.claims.text.parsing import Sentence

_OWNING = frozenset({"of", "from", "for", "among", "by", "within"})
_BEATING = frozenset(
    [
        "repel",
        "repulse",
        "beat",
        "drive",
        "throw",
        "push",
        "thwart",
        "foil",
        "halt",
        "stop",
        "crush",
        "defeat",
        "rout",
        "recapture",
        "retake",
        "liberate",
        "overrun",
        "dislodge",
        "expel",
        "oust",
        "chase",
        "contain",
        "blunt",
        "break",
        "fend",
        "stave",
        "hurl",
        "stem",
        "check",
        "smash",
        "frustrate",
        "parry",
        "force",
        "recover",
        "regain",
        "clear",
        "eject",
        "turn",
        "fight",
    ]
)


def whose(
    match: Match, sentence: Sentence, discourse: Discourse, speaker: Speaker, speaking: frozenset[int]
) -> str | None:
    """Return the force that `match` is about, or None where nothing shows it.

    `speaking` holds the tokens that name speakers; what they name is who speaks, not whose soldiers.
    """
    about = match.pattern.group.about if match.pattern.group else "subject"
    by_role = (
        _attacked
        if about == "attacked"
        else _attacker
        if about == "attacker"
        else _leaver
        if about == "leaver"
        else _own
    )
    found = by_role(match, sentence, discourse, speaking)
    if found:
        discourse.about[found] += 1
        return found
    if _first_person(match, sentence):
        own = speaker.forces[0] if speaker.forces else None
        if about == "attacked":
            return own or discourse.force
        return own or discourse.soldiers()
    return _fallback(match, sentence, discourse, speaker, speaking, about)


def _named(token: Any, sentence: Sentence, speaking: frozenset[int], depth: int = 0) -> Iterator[str]:
    """Forces named in the noun phrase of `token`, as its head, its owner or its origin; not as a place."""
    if token.i in sentence.forces and token.i not in speaking:
        yield sentence.forces[token.i].force
    if depth > 5:
        return
    for child in token.children:
        if child.dep_ in {"amod", "compound", "poss", "nmod", "appos", "nummod", "npadvmod"} and child.pos_ != "VERB":
            yield from _named(child, sentence, speaking, depth + 1)
        elif child.dep_ == "prep" and (child.lower_ in _OWNING or (child.lower_ == "in" and _army_below(child))):
            for below in child.children:
                if below.dep_ == "pobj":
                    yield from _named(below, sentence, speaking, depth + 1)


def _army_below(preposition: Any) -> bool:
    """Whether `in` leads to an army (`officers in the Malian army`) and not to a country."""
    soldiers = word_class("troops") | {"rank", "ranks", "side", "camp"}
    return any(child.lemma_.lower() in soldiers for child in preposition.children)


def _first(tokens: Sequence[Any], sentence: Sentence, speaking: frozenset[int]) -> str | None:
    for token in tokens:
        for head in heads(token):
            for force in _named(head, sentence, speaking):
                return force
    return None


def _nouns(match: Match, sentence: Sentence) -> list[Any]:
    return [token for token in sentence.tokens if token.i in match.taken and token.pos_ in {"NOUN", "PROPN"}]


def _own(match: Match, sentence: Sentence, discourse: Discourse, speaking: frozenset[int]) -> str | None:
    pivot, about = match.pivot, match.pattern.group.about if match.pattern.group else "subject"
    nouns = _nouns(match, sentence)
    if pivot.pos_ in {"NOUN", "PROPN", "ADJ"} or about == "regime":
        found = _first([pivot, *(noun for noun in nouns if noun.i != pivot.i)], sentence, speaking)
        found = found or (_anywhere(sentence, pivot, speaking) if about in {"regime", "kin"} else None)
        if found:
            return found
    verb = verb_of(pivot)
    subject, patient = subjects(verb), patients(verb)
    passive = any(child.dep_ == "nsubjpass" for child in verb.children) or (verb.tag_ == "VBN" and not subject)
    order = [patient, nouns, subject] if about == "object" or passive else [subject, nouns, patient]
    for tokens in order:
        found = _first(tokens, sentence, speaking) or _stood_for(tokens, sentence, discourse, speaking)
        if found and not (tokens is subject and about == "object" and _hostile(match, patient, verb)):
            return found
        if about == "object" and tokens is patient and patient and found is None and subject:
            done_by = _first(subject, sentence, speaking)
            if done_by and _hostile(match, patient, verb):
                return discourse.opponent(done_by)
    return None


def _anywhere(sentence: Sentence, pivot: Any, speaking: frozenset[int]) -> str | None:
    """The nearest force named in the sentence, be it as a place: crowds and families stand in their own country."""
    there = {token.i for token in sentence.tokens} - speaking
    named = [index for index in sentence.forces if index in there]
    return sentence.forces[min(named, key=lambda index: (abs(index - pivot.i), index))].force if named else None


def _stood_for(tokens: Sequence[Any], sentence: Sentence, discourse: Discourse, speaking: frozenset[int]) -> str | None:
    """What `they` or `it` as a subject or object stands for: the subject before it, else the army spoken of last."""
    for token in tokens:
        if token.lower_ not in {"they", "them", "he", "it", "she", "him"}:
            continue
        return _antecedent(token, sentence, discourse, speaking) or discourse.force
    for token in tokens:
        for head in heads(token):
            if head.pos_ == "NOUN" and head.lemma_.lower() in discourse.nouns and not _indefinite(head):
                return discourse.nouns[head.lemma_.lower()]
    for token in tokens:
        owner = next(
            (child for child in token.children if child.lower_ in {"their", "its", "his"} and child.dep_ == "poss"),
            None,
        )
        found = _antecedent(owner, sentence, discourse, speaking) if owner is not None else None
        if found:
            return found
    return None


def _indefinite(noun: Any) -> bool:
    """Whether a noun brings in somebody new: `a sergeant`, `two officers`, `fresh troops`."""
    return noun.tag_ != "NNS" and any(child.lower_ in {"a", "an", "another", "one"} for child in noun.children)


def _antecedent(pronoun: Any, sentence: Sentence, discourse: Discourse, speaking: frozenset[int]) -> str | None:
    """The subject named before a pronoun; a speaker counts if it is one of the fighting sides."""
    before = [other for other in sentence.tokens if other.i < pronoun.i and other.dep_ in {"nsubj", "nsubjpass"}]
    for other in reversed(before):
        found = _first([other], sentence, speaking)
        if found:
            return found
        voice = _first([other], sentence, frozenset())
        if voice and (voice in top(discourse) or pronoun.lower_ in {"it", "its"}):
            return voice
    return None


def _hostile(match: Match, patient: Sequence[Any], verb: Any) -> bool:
    """Whether the doer is the enemy: in killing and capturing, unless it is `its own` that are lost."""
    indicator = match.pattern.indicator
    if (
        indicator not in {"losses", "captured"}
        or verb.lemma_ in {"lose", "suffer", "sustain", "incur", "bury", "bleed", "die", "admit"}
        or (verb.lemma_ == "take" and indicator == "losses")
    ):
        return False
    owned = any(child.lower_ in {"own", "its", "their", "his"} for token in patient for child in token.subtree)
    return bool(patient) and not owned


def _leaver(match: Match, sentence: Sentence, discourse: Discourse, speaking: frozenset[int]) -> str | None:
    """Who goes over or gives up; where only the side gone over to is named, its opponent."""
    verb = verb_of(match.pivot)
    found = _first([match.pivot, *subjects(verb)] if match.pivot.pos_ != "VERB" else subjects(verb), sentence, speaking)
    found = found or _stood_for(subjects(verb), sentence, discourse, speaking)
    if found:
        return found
    for token in sentence.tokens:
        near = abs(token.i - match.pivot.i) < 9 and token.i > match.pivot.i
        if near and token.i in sentence.forces and token.dep_ in {"pobj", "dobj", "poss", "amod", "compound", "nmod"}:
            towards = next(
                (above for above in (token.head, token.head.head) if above.dep_ == "prep" or above.pos_ == "VERB"), None
            )
            if towards is not None and towards.lemma_.lower() in {"to", "join", "with", "for"}:
                return discourse.opponent(sentence.forces[token.i].force)
    return _own(match, sentence, discourse, speaking)


def _attacker(match: Match, sentence: Sentence, discourse: Discourse, speaking: frozenset[int]) -> str | None:
    pivot = match.pivot
    verb = verb_of(pivot)
    attack_nouns = [
        token
        for token in _nouns(match, sentence)
        if token.lemma_.lower() not in {"ground", "war", "city", "town", "village"}
    ]
    found = _first(attack_nouns, sentence, speaking)
    if found:
        return found
    subject, patient = subjects(verb), patients(verb)
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    if not passive and not patient and verb.i == pivot.i:
        return _first(subject, sentence, speaking)
    if verb.lemma_.lower() in _BEATING and verb.i == pivot.i:
        beaten = _first(patient, sentence, speaking)
        if beaten and not _regained(verb):
            return beaten
        winner = _first(agents(verb) if passive else subject, sentence, speaking)
        if winner:
            return discourse.opponent(winner)
        return None
    return _first(subject, sentence, speaking) or _first(patient, sentence, speaking)


def _regained(verb: Any) -> bool:
    return verb.lemma_.lower() in {"recapture", "retake", "liberate", "recover", "regain"}


def _attacked(match: Match, sentence: Sentence, discourse: Discourse, speaking: frozenset[int]) -> str | None:
    verb = verb_of(match.pivot)
    attack = _nouns(match, sentence)
    subject, patient = subjects(verb), patients(verb)
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    doer = _first(agents(verb) if passive else subject, sentence, speaking)
    done_to = _first(patient, sentence, speaking)
    owner = _first([token for token in attack if token.pos_ == "NOUN"], sentence, speaking)
    under = any(token.lower_ in {"under", "siege"} for token in sentence.tokens if token.i in match.taken)
    if under and doer and not passive:
        return doer
    if done_to and done_to not in {doer, owner if not passive else None}:
        return done_to
    aggressor = doer or (owner if match.pivot.pos_ == "NOUN" or not passive else None) or owner
    return discourse.opponent(aggressor) if aggressor else None


def _first_person(match: Match, sentence: Sentence) -> bool:
    """Whether the clause of the match speaks of `us`."""
    verb = verb_of(match.pivot)
    around = (
        {token.lower_ for token in verb.subtree} if verb.dep_ != "ROOT" else {token.lower_ for token in sentence.tokens}
    )
    return bool(around & {"we", "us", "our", "ours", "i", "my", "me"})


def _fallback(
    match: Match, sentence: Sentence, discourse: Discourse, speaker: Speaker, speaking: frozenset[int], about: str
) -> str | None:
    """By the nearest army named in the sentence, then by the speaker's own, then by the report."""
    here = _soldiers_named(sentence, speaking, match, discourse)
    if about == "attacked":
        return discourse.opponent(here) if here else discourse.soldiers()
    if here:
        return here
    if speaker.kind in {"soldier", "prisoner", "relative"} and speaker.forces:
        return speaker.forces[0]
    if speaker.forces and _owned(match):
        return speaker.forces[0]
    found = discourse.soldiers()
    if found in speaker.forces and speaker.kind in {"government", "military", "unknown"} and fights(discourse, speaker):
        return discourse.opponent(found) or found
    return found


def _owned(match: Match) -> bool:
    """`its troops`: the possessor is who speaks."""
    verb = verb_of(match.pivot)
    soldiers = word_class("troops")
    return any(
        token.lower_ in {"its", "our"} and token.dep_ == "poss" and token.head.lemma_.lower() in soldiers
        for token in verb.subtree
    )


def _soldiers_named(sentence: Sentence, speaking: frozenset[int], match: Match, discourse: Discourse) -> str | None:
    """The force of the nearest mention that stands for people and not for a place, those before the match first."""
    ranked: list[tuple[int, str]] = []
    for token in sentence.tokens:
        known = sentence.forces.get(token.i)
        if known is None or token.i in speaking or _is_place(token, known.kind) or not discourse.may_fight(known.force):
            continue
        distance = abs(token.i - match.pivot.i)
        ranked.append((distance if token.i <= match.pivot.i else distance + 15, known.force))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _is_place(token: Any, kind: str) -> bool:
    if kind == "seat" and token.dep_ != "nsubj":
        return True
    if token.dep_ == "pobj" and token.head.lower_ not in _OWNING and kind in {"name", "seat"}:
        return True
    noun = token.head.lower_
    return kind == "adjective" and noun in {
        "city",
        "town",
        "village",
        "border",
        "capital",
        "territory",
        "region",
        "newspaper",
        "media",
        "province",
        "soil",
        "coast",
        "side",
    }
