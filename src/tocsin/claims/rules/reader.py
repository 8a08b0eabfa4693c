"""Read one report's text into claims by rules: one parse a sentence, shared by all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, final

from tocsin.claims.claim import Claim
from tocsin.claims.lexicon.matching import Match, matches, words_of
from tocsin.claims.lexicon.words import word_class, words
from tocsin.claims.parties import Party
from tocsin.claims.rules.armies import side, whose
from tocsin.claims.rules.discourse import AUTHOR, Discourse, Speaker, begin
from tocsin.claims.rules.happened import Moment, Times, moments
from tocsin.claims.rules.quantities import quantity
from tocsin.claims.rules.speakers import Attribution, attributions, kind_of
from tocsin.claims.rules.stance import stance
from tocsin.claims.rules.units import echelon, formation
from tocsin.claims.text.grammar import heads, patients, phrase, subjects, verb_of
from tocsin.claims.text.parsing import Sentence, sentences
from tocsin.reports.report import Report

_OF_SOLDIERS = frozenset({"losses", "supply_shortage", "desertion", "low_morale", "refusal", "surrender", "mutiny", "captured", "pay_arrears"})
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


def read(report: Report, parties: Sequence[Party] = ()) -> Iterator[Claim]:
    """Yield the claims that the rules find in `report`, in the order of its sentences."""
    discourse = begin(report.text, parties)
    parsed = sentences(report.text, discourse.names)
    for passage, group in groupby(parsed, key=lambda one: one.passage):
        if passage.paragraph != discourse.paragraph:
            discourse.paragraph, discourse.opened = passage.paragraph, None
        listed = list(group)
        found = [attributions(sentence, report.text) for sentence in listed]
        for place, sentence in enumerate(listed):
            heard = _hear(sentence, found, place, listed, discourse)
            yield from _claims(report, heard, discourse)


def find(sentence: Sentence, *, soldierly: bool) -> list[Match]:
    """The best match of each indicator in a sentence, in the order of the text; figurative uses are left out."""
    found = list(matches(words_of(sentence.tokens)))
    silent = frozenset(i for match in found if match.pattern.indicator is None for i in match.taken)
    lowers = {token.lower_ for token in sentence.tokens if token.i not in silent}
    civil = lowers & words("figurative", "civil")
    if lowers.isdisjoint(words("figurative", "soldierly")) and (civil or not soldierly or silent):
        return []
    best: dict[str, Match] = {}
    for match in found:
        indicator = match.pattern.indicator
        if indicator is None or match.taken & silent or not _fitting(match, sentence):
            continue
        if indicator not in best or len(match.taken) > len(best[indicator].taken):
            best[indicator] = match
    _one_attack(best)
    return sorted(best.values(), key=lambda match: (match.first, match.pattern.indicator or ""))


def _one_attack(best: dict[str, Match]) -> None:
    """An attack that failed is no attack under way besides."""
    failed, under_way = best.get("offensive_failure"), best.get("opponent_offensive")
    if failed and under_way and (failed.taken & under_way.taken or abs(failed.pivot.i - under_way.pivot.i) <= 4):
        del best["opponent_offensive"]


def _fitting(match: Match, sentence: Sentence) -> bool:
    """Whether subject and object belong to the word classes that the pattern asks for."""
    group = match.pattern.group
    if group is None:
        return False
    verb = verb_of(match.pivot)
    if match.pattern.indicator in _OF_SOLDIERS and _of_civilians(verb):
        return False
    if group.object and not _of_class(patients(verb), group.object, sentence):
        return False
    themes = subjects(verb) or [child for child in verb.children if child.dep_ == "nsubjpass"]
    return not group.subject or _of_class(themes, group.subject, sentence)


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
            if forms & listed or forms & pronouns or head.i in sentence.forces or head.pos_ == "NUM":
                return True
    return False


def _hear(
    sentence: Sentence, found: Sequence[Sequence[Attribution]], place: int, listed: Sequence[Sentence], discourse: Discourse
) -> Heard:
    own = tuple(found[place])
    speakers = tuple(_resolve(one, discourse) for one in own)
    inherited = None
    if sentence.opens_in_quotes or sentence.tokens[0].text in _OPENING:
        inherited = _quoted(found, place, listed, discourse)
    elif sentence.passage.label == "A":
        inherited = discourse.speaker
    elif discourse.opened and _continues(sentence):
        inherited = discourse.opened
    _remember(sentence, own, speakers, discourse)
    return Heard(sentence, own, speakers, inherited)


def _quoted(found: Sequence[Sequence[Attribution]], place: int, listed: Sequence[Sentence], discourse: Discourse) -> Speaker | None:
    """Who speaks a sentence within quotation marks: who is named in it, after it, or before it."""
    for other in (place + 1, place + 2):
        if other < len(found) and listed[other].opens_in_quotes and found[other] and not found[place]:
            return _resolve(found[other][0], discourse)
        if other < len(found) and not listed[other].opens_in_quotes:
            break
    return discourse.speaker


def _continues(sentence: Sentence) -> bool:
    first = [token.lower_ for token in sentence.tokens[:2]]
    return bool({"they", "he", "she", "their", "we", "i", "his", "her", "many", "some", "it", "all"} & set(first)) or sentence.tokens[0].text in {"-", "•"}


def _resolve(one: Attribution, discourse: Discourse) -> Speaker:
    """The speaker of an attribution; a pronoun or an empty anaphor takes the last one heard."""
    if one.named:
        known = discourse.known.get(_key(one.name))
        forces = one.forces or (known.forces if known else ())
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


def _referred(one: Attribution, discourse: Discourse) -> Speaker:
    """`The group`, `the ministry`: the last body of that kind, else who spoke last."""
    word = one.head.lemma_.lower()
    last = discourse.speaker
    if last and last.name and (word in last.name.lower() or (last.kind == one.kind and discourse.body is None)):
        return last
    if discourse.body is not None and (discourse.body.kind == one.kind or word in (discourse.body.name or "").lower()):
        return discourse.body
    return last if last and last.name else Speaker(name=one.name, kind=one.kind, forces=one.forces)


def _remember_body(sentence: Sentence, discourse: Discourse) -> None:
    """Keep the last committee, movement or ministry that was named in full."""
    for token in sentence.tokens:
        if token.pos_ != "PROPN" or token.dep_ in {"compound", "poss", "nmod"} or token.lemma_.lower() not in words("speech", "bodies"):
            continue
        own = [part for part in phrase(token) if part.pos_ != "DET"]
        span = sentence.of(own[0], own[-1])
        forces = tuple(sentence.forces[part.i].force for part in own if part.i in sentence.forces)
        discourse.body = Speaker(name=_spelt(sentence, span.start, span.end), kind=kind_of(own, token), forces=forces)


def _key(name: str) -> str:
    """A surname stands for its bearer; a common noun does not."""
    last = name.rsplit(maxsplit=1)[-1]
    return last if last[:1].isupper() else name.lower()


def _remember(sentence: Sentence, own: Sequence[Attribution], speakers: Sequence[Speaker], discourse: Discourse) -> None:
    for attribution, speaker in zip(own, speakers, strict=True):
        if speaker.name:
            discourse.known.setdefault(_key(speaker.name), speaker)
        if attribution.frame:
            discourse.opened = speaker
    if speakers:
        discourse.speaker = speakers[0]
        if not any(one.frame for one in own):
            discourse.opened = None
    _remember_body(sentence, discourse)
    _remember_people(sentence, discourse)


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
                    name=name, kind="prisoner" if captive and not kin else "relative" if kin else "soldier", forces=forces, captive=captive and not kin
                )
                return


def _spelt(sentence: Sentence, start: int, end: int) -> str:
    return " ".join(sentence.original[start - sentence.passage.start : end - sentence.passage.start].split())


def _claims(report: Report, heard: Heard, discourse: Discourse) -> Iterator[Claim]:
    sentence = heard.sentence
    masked = sentence.tokens[0].doc.text
    first, last = sentence.tokens[0], sentence.tokens[-1]
    named = list(moments(masked[first.idx : last.idx + len(last)], Times(report.published, discourse.anchor)))
    speaking = frozenset(t.i for one in heard.attributions for t in one.head.subtree if t.i not in one.scope and not (one.scope and t.i in one.scope))
    about: str | None = None
    for match in find(sentence, soldierly=discourse.soldierly):
        claim = _claim(report, heard, discourse, match, named, speaking)
        about = about or claim.force
        yield claim
    if about is None:
        _note_force(sentence, speaking, discourse)
    spoken = [moment.interval for moment in named if not _of_speech(moment, heard)]
    if spoken:
        discourse.anchor = spoken[0]


def _note_force(sentence: Sentence, speaking: frozenset[int], discourse: Discourse) -> None:
    """The army that a sentence is about, for the next one's `they`."""
    soldiers = word_class("troops")
    for token in sentence.tokens:
        known = sentence.forces.get(token.i)
        if known is None or token.i in speaking:
            continue
        above = token.head
        if token.dep_ in {"nsubj", "nsubjpass"} or (above.lemma_.lower() in soldiers and above.dep_ in {"nsubj", "nsubjpass", "pobj", "poss", "dobj"}):
            discourse.force = known.force
            return


def _speaker(match: Match, heard: Heard) -> tuple[Speaker, bool, tuple[str, ...]]:
    """Who says the match, whether the sentence names them, and who told whom."""
    over = [(one, who) for one, who in zip(heard.attributions, heard.speakers, strict=True) if match.pivot.i in one.scope]
    if over:
        outer, who = over[0]
        names = list(dict.fromkeys(name for _, each in over if (name := each.name)))
        if heard.inherited and heard.inherited.name and heard.sentence.opens_in_quotes and heard.inherited.name not in names:
            return heard.inherited, False, (heard.inherited.name, *names)
        return who, outer.named and who.name is not None, tuple(names)
    if heard.inherited is not None:
        return heard.inherited, False, (heard.inherited.name,) if heard.inherited.name else ()
    return AUTHOR, False, ()


def _claim(
    report: Report, heard: Heard, discourse: Discourse, match: Match, named: Sequence[Moment], speaking: frozenset[int]
) -> Claim:
    sentence = heard.sentence
    speaker, explicit, chain = _speaker(match, heard)
    group = match.pattern.group
    held = stance(match, sentence.tokens, negated_words=bool(group and group.negated))
    force = whose(match, sentence, discourse, speaker, speaking)
    discourse.force = force or discourse.force
    taken = [token for token in sentence.tokens if token.i in match.taken]
    span, quote = sentence.span, sentence.of(taken[0], taken[-1])

    def spell(first: Any, last: Any) -> str:
        part = sentence.of(first, last)
        return report.text[part.start : part.end]

    return Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=report.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        sentence=span,
        indicator=match.pattern.indicator or "",
        polarity=held.polarity,
        modality=held.modality,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        speaker_explicit=explicit,
        speaker_side=side(force, speaker, discourse, sentence.tokens),
        chain=chain,
        force=force,
        formation=formation(sentence.tokens, match.pivot, spell),
        echelon=echelon(sentence.tokens, match.pivot, match.taken),
        quantity=quantity(sentence.tokens, match.pivot, spell, match.pattern.indicator or ""),
        happened=_when(named, match, heard),
        hedges=held.hedges,
        coerced=speaker.captive or speaker.kind == "prisoner",
        extractor=f"rules:lexicon:{match.pattern.indicator}",
        vintage=report.vintage,
    )


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
    at = next((token for token in tokens if token.idx + len(token) > base + moment.start + 1 and token.idx < base + moment.end and token.pos_ not in {"ADP", "DET"}), None)
    if at is None:
        return False
    cues = {one.cue for one in heard.attributions}
    above = at
    for _ in range(6):
        if above.i in cues:
            return above.pos_ in {"VERB", "AUX"} and not (at.i > above.i and any(child.dep_ == "ccomp" and child.i < at.i and child.i > above.i for child in above.children))
        if above.pos_ in {"VERB", "AUX"} or above.head.i == above.i:
            return False
        above = above.head
    return False
