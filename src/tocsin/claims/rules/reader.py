"""Read one report's text into claims: one parse a sentence and one look of the encoder, shared by all rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tocsin.claims.claim import Claim
from tocsin.claims.encoder.understanding import Understanding
from tocsin.claims.lexicon.words import word_class
from tocsin.claims.parties import Party
from tocsin.claims.rules.choosing import choose
from tocsin.claims.rules.facts.occasions import occasions
from tocsin.claims.rules.finding import find
from tocsin.claims.rules.speaking.listening import Heard, hear
from tocsin.claims.rules.speaking.persons import home, name_persons
from tocsin.claims.rules.speaking.quotations import quoted
from tocsin.claims.rules.speaking.speakers import Attribution, attributions
from tocsin.claims.rules.telling import Reading, tell
from tocsin.claims.rules.who.discourse import Discourse, begin
from tocsin.claims.rules.who.sides import sides
from tocsin.claims.text.parsing import Sentence, sentences
from tocsin.reports.report import Report


def read(report: Report, parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield the claims that the rules find in `report`, in the order of its sentences."""
    discourse = begin(report.text, parties)
    discourse.home = home(report.text, discourse.names)
    parsed = list(sentences(report.text, discourse.names))
    said = attributed(parsed, report.text)
    reading = Reading(
        report=report,
        discourse=discourse,
        understood=Understanding(parsed, sides(report.text, discourse), heads(parsed, said)),
        times=occasions(parsed, report.published),
    )
    for _, numbers in groupby(range(len(parsed)), key=lambda number: parsed[number].passage):
        here = list(numbers)
        listed, found = [parsed[number] for number in here], [said[number] for number in here]
        if listed[0].passage.paragraph != discourse.paragraph:
            discourse.paragraph, discourse.opened = listed[0].passage.paragraph, None
        for place, number in enumerate(here):
            heard = hear(parsed[number], found, place, listed, discourse)
            name_persons(heard, discourse)
            yield from _claims(reading, heard, number)


def attributed(parsed: Sequence[Sentence], text: str) -> list[Sequence[Attribution]]:
    """Who says what in each sentence, as grammar has it; quotations may run over those of one passage."""
    found: list[Sequence[Attribution]] = []
    for _, group in groupby(parsed, key=lambda one: one.passage):
        listed = list(group)
        found += quoted([attributions(one, text) for one in listed], listed[0].tokens[0].doc)
    return found


def heads(parsed: Sequence[Sentence], said: Sequence[Sequence[Attribution]]) -> list[frozenset[int]]:
    """Return the places of the words that grammar takes for speakers, sentence by sentence."""
    found = []
    for sentence, own in zip(parsed, said, strict=True):
        places = {token.i: place for place, token in enumerate(sentence.tokens)}
        found.append(frozenset(places[one.head.i] for one in own if one.head.i in places))
    return found


def _claims(reading: Reading, heard: Heard, number: int) -> Iterator[Claim]:
    discourse, sentence = reading.discourse, heard.sentence
    speaking = frozenset(t.i for one in heard.attributions for t in one.head.subtree if t.i not in one.scope)
    _note_nouns(sentence, discourse)
    about: str | None = None
    told = frozenset(i for one in heard.attributions[1:] for i in one.scope if i in heard.attributions[0].scope)
    found = find(sentence, soldierly=discourse.soldierly, told=told)
    for chosen in choose(found, reading.understood, number):
        claim = tell(reading, heard, number, chosen, speaking)
        about = about or claim.force
        yield claim
    if about is None:
        _note_force(sentence, speaking, discourse)


def _note_nouns(sentence: Sentence, discourse: Discourse) -> None:
    """Whose `conscripts` or `battalion` the report spoke of last, for where it says no more than that."""
    soldiers = word_class("troops")
    for token in sentence.tokens:
        known = sentence.forces.get(token.i)
        if known is None:
            continue
        if discourse.first is None and discourse.may_fight(known.force):
            discourse.first = known.force
        if token.dep_ not in {"amod", "compound", "poss", "nmod"}:
            continue
        noun = token.head if token.head.dep_ != "compound" else token.head.head
        if noun.lemma_.lower() in soldiers:
            discourse.nouns[noun.lemma_.lower()] = known.force


def _note_force(sentence: Sentence, speaking: frozenset[int], discourse: Discourse) -> None:
    """The army that a sentence is about, for the next one's `they`."""
    soldiers = word_class("troops")
    for token in sentence.tokens:
        known = sentence.forces.get(token.i)
        if known is None or token.i in speaking:
            continue
        above = token.head
        if token.dep_ in {"nsubj", "nsubjpass"} or (
            above.lemma_.lower() in soldiers and above.dep_ in {"nsubj", "nsubjpass", "pobj", "poss", "dobj"}
        ):
            discourse.turn_to(known.force)
            return
