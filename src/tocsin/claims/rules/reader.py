"""Read one report's text into claims by rules: one parse a sentence, shared by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from tocsin.claims.claim import Claim, Span
from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.words import word_class
from tocsin.claims.parties import Party
from tocsin.claims.rules.finding import find
from tocsin.claims.rules.happened import Moment, Times, moments
from tocsin.claims.rules.quantities import quantity
from tocsin.claims.rules.stance import stance
from tocsin.claims.rules.units import echelon, formation
from tocsin.claims.rules.who.armies import whose
from tocsin.claims.rules.who.captivity import in_captivity
from tocsin.claims.rules.who.discourse import AUTHOR, Discourse, Speaker, begin
from tocsin.claims.rules.who.listening import Heard, hear
from tocsin.claims.rules.who.persons import home, name_persons
from tocsin.claims.rules.who.quotations import quoted
from tocsin.claims.rules.who.speakers import attributions
from tocsin.claims.rules.who.standing import side
from tocsin.claims.text.parsing import Sentence, sentences
from tocsin.reports.report import Report

_PEOPLE = frozenset({"desertion", "defection", "mutiny"})
"""What a speaker's own description may claim: `a deserter said`."""


def read(report: Report, parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield the claims that the rules find in `report`, in the order of its sentences."""
    discourse = begin(report.text, parties)
    discourse.home = home(report.text, discourse.names)
    parsed = sentences(report.text, discourse.names)
    for passage, group in groupby(parsed, key=lambda one: one.passage):
        if passage.paragraph != discourse.paragraph:
            discourse.paragraph, discourse.opened = passage.paragraph, None
        listed = list(group)
        found = quoted([attributions(sentence, report.text) for sentence in listed], listed[0].tokens[0].doc)
        for place, sentence in enumerate(listed):
            heard = hear(sentence, found, place, listed, discourse)
            name_persons(heard, discourse)
            yield from _claims(report, heard, discourse)


def _claims(report: Report, heard: Heard, discourse: Discourse) -> Iterator[Claim]:
    sentence = heard.sentence
    masked = sentence.tokens[0].doc.text
    first, last = sentence.tokens[0], sentence.tokens[-1]
    named = list(moments(masked[first.idx : last.idx + len(last)], Times(report.published, discourse.anchor)))
    speaking = frozenset(t.i for one in heard.attributions for t in one.head.subtree if t.i not in one.scope)
    _note_nouns(sentence, discourse)
    about: str | None = None
    told = frozenset(i for one in heard.attributions[1:] for i in one.scope if i in heard.attributions[0].scope)
    for match in find(sentence, soldierly=discourse.soldierly, told=told):
        if match.taken <= speaking and match.pattern.indicator not in _PEOPLE:
            continue
        claim = _claim(report, heard, discourse, match, named, speaking)
        about = about or claim.force
        yield claim
    if about is None:
        _note_force(sentence, speaking, discourse)
    spoken = [moment.interval for moment in named if not _of_speech(moment, heard)]
    if spoken:
        discourse.anchor = spoken[0]


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


def _speaker(match: Match, heard: Heard, speaking: frozenset[int]) -> tuple[Speaker, bool, tuple[str, ...]]:
    """Who says the match, whether the sentence names them, and who told whom."""
    if match.taken <= speaking:
        return AUTHOR, False, ()
    over = [
        (one, who) for one, who in zip(heard.attributions, heard.speakers, strict=True) if match.pivot.i in one.scope
    ]
    if over:
        outer, who = over[0]
        names = list(dict.fromkeys(name for _, each in over if (name := each.name)))
        if (
            heard.inherited
            and heard.inherited.name
            and heard.sentence.opens_in_quotes
            and heard.inherited.name not in names
        ):
            return heard.inherited, False, (heard.inherited.name, *names)
        itself = who.name == outer.name and outer.head.pos_ != "PRON"
        return who, (outer.named or itself) and who.name is not None, tuple(names)
    if heard.inherited is not None:
        return heard.inherited, False, (heard.inherited.name,) if heard.inherited.name else ()
    return AUTHOR, False, ()


def _claim(
    report: Report, heard: Heard, discourse: Discourse, match: Match, named: Sequence[Moment], speaking: frozenset[int]
) -> Claim:
    sentence = heard.sentence
    speaker, explicit, chain = _speaker(match, heard, speaking)
    said = [token for token in sentence.tokens if token.i not in speaking or match.taken <= speaking]
    speaking = frozenset() if match.taken <= speaking else speaking
    held = stance(match, sentence.tokens)
    force = whose(match, sentence, discourse, speaker, speaking)
    discourse.turn_to(force)
    quote, spell = _quote(match, sentence), partial(_spell, report.text, sentence)
    return Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=report.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        sentence=sentence.span,
        indicator=match.pattern.indicator or "",
        polarity=held.polarity,
        modality=held.modality,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        speaker_explicit=explicit,
        speaker_side=side(force, speaker, discourse, sentence.tokens),
        chain=chain,
        force=force,
        formation=formation(said, match.pivot, spell),
        echelon=echelon(said, match.pivot, match.taken),
        quantity=quantity(_beside(said, match, heard), match.pivot, spell, match.pattern.indicator or ""),
        happened=_when(named, match, heard),
        hedges=held.hedges,
        coerced=in_captivity(report.text, heard, match, speaker),
        extractor=f"rules:lexicon:{match.pattern.indicator}",
        vintage=report.vintage,
    )


def _beside(said: Sequence[Any], match: Match, heard: Heard) -> list[Any]:
    """The words that are said by whoever says the match, and by nobody else."""
    others = {i for one in heard.attributions if match.pivot.i not in one.scope for i in one.scope}
    return [token for token in said if token.i not in others]


def _spell(text: str, sentence: Sentence, first: Any, last: Any) -> str:
    part = sentence.of(first, last)
    return text[part.start : part.end]


def _quote(match: Match, sentence: Sentence) -> Span:
    taken = [token for token in sentence.tokens if token.i in match.taken]
    return sentence.of(taken[0], taken[-1])


def _when(named: Iterable[Moment], match: Match, heard: Heard) -> Any:
    base = heard.sentence.tokens[0].idx
    free = [moment for moment in named if not _of_speech(moment, heard)]
    if not free:
        return None
    return min(free, key=lambda moment: abs(moment.start + base - int(match.pivot.idx))).interval


def _of_speech(moment: Moment, heard: Heard) -> bool:
    """Whether a time is that of speaking: it hangs on the cue verb and not on what is said."""
    tokens = heard.sentence.tokens
    base = tokens[0].idx
    at = next(
        (
            token
            for token in tokens
            if token.idx + len(token) > base + moment.start + 1
            and token.idx < base + moment.end
            and token.pos_ not in {"ADP", "DET"}
        ),
        None,
    )
    if at is None:
        return False
    cues = {one.cue for one in heard.attributions}
    above = at
    for _ in range(6):
        if above.i in cues:
            return above.pos_ in {"VERB", "AUX"} and not (
                at.i > above.i
                and any(child.dep_ == "ccomp" and child.i < at.i and child.i > above.i for child in above.children)
            )
        if above.pos_ in {"VERB", "AUX"} or above.head.i == above.i:
            return False
        above = above.head
    return False
