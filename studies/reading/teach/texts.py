"""Marked reports as lessons: what the encoder sees of each sentence, and what it should have found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tocsin.claims.claim import Span
from tocsin.claims.encoder.heads import KINDS, MODALITIES, POLARITIES
from tocsin.claims.encoder.understanding import SIGNS, Token, shown, signs
from tocsin.claims.encoder.windows import Line, Sides, Window, lines
from tocsin.claims.evaluation.compare import same_amount, same_force
from tocsin.claims.evaluation.gold import GoldReport, Marked, read_gold
from tocsin.claims.evaluation.placing import places, stored
from tocsin.claims.evaluation.placing import sides as parties
from tocsin.claims.rules.facts.occasions import near, occasions
from tocsin.claims.rules.facts.quantities import amounts
from tocsin.claims.rules.facts.units import echelons
from tocsin.claims.rules.finding import find
from tocsin.claims.rules.reader import attributed, heads
from tocsin.claims.rules.speaking.persons import home
from tocsin.claims.rules.telling import BACK
from tocsin.claims.rules.who.discourse import begin
from tocsin.claims.rules.who.sides import sides
from tocsin.claims.text.parsing import Sentence, sentences
from tocsin.indicators import indicators
from tocsin.reports.redact import redact

NAMES = tuple(sorted(indicators()))
"""The indicators that are taught, in the order in which the heads hold them."""
IDLE = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "that", "this", "these", "those", "of"})
"""Words that name nobody."""
NAMED = 0.6
"""Share of a speaker's words that a place of the text must have to be where he is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One marked claim of a sentence; what cannot be taught of it is None."""

    indicator: int
    polarity: int
    modality: int
    kind: int
    force: int
    """0 for nobody of the report's sides, else 1 and the side's number."""
    speaker: tuple[Token, ...] | None
    """The words that name the speaker; none for the author."""
    amount: int | None
    """0 for none, else 1 and the number of the amount."""
    echelon: tuple[int, ...] | None
    time: tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a sentence holds: what the lexicon finds, what it counts, and the claims that it makes."""

    fired: np.ndarray
    amounts: tuple[Token, ...]
    echelons: tuple[Token, ...]
    times: tuple[Token, ...]
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A whole report."""

    id: str
    sides: Sides
    lines: list[Line]
    marks: list[Marks]
    shown: list[np.ndarray]
    """For each line, which row of `signs` each of its pieces has."""

    def signs(self, number: int, window: Window) -> np.ndarray:
        """The grammar's signs of a speaker for each piece behind the opening, seen from sentence `number`."""
        found = np.zeros((len(window.pieces) - window.body, SIGNS), np.float32)
        for other, start, end in window.lines:
            found[start - window.body : end - window.body] = signs(number - other)[self.shown[other]]
        return found


def texts(paths: Sequence[Path]) -> Iterator[Text]:
    for path in paths:
        for report in read_gold(path):
            yield _text(report)


def _text(gold: GoldReport) -> Text:
    report = stored(gold)
    discourse = begin(report.text, parties(gold))
    discourse.home = home(report.text, discourse.names)
    parsed = list(sentences(report.text, discourse.names))
    known = sides(report.text, discourse)
    spoken = heads(parsed, attributed(parsed, report.text))
    times = occasions(parsed, report.published)
    marked: dict[int, list[Marked]] = {}
    for span, claim in zip(places(gold, report), gold.claims, strict=True):
        marked.setdefault(_sentence(parsed, span), []).append(claim)
    marks = []
    for number, sentence in enumerate(parsed):
        fired = {match.pattern.indicator for match in find(sentence, soldierly=discourse.soldierly)}
        counted = amounts(sentence.tokens, lambda first, _: first.text)
        units = {
            (at, place): name
            for at in range(max(0, number - BACK), number + 1)
            for place, name in echelons(parsed[at].tokens)
        }
        when = near(times, number)
        lessons = []
        for claim in marked.get(number, ()):
            numbers = [place for place, one in enumerate(counted, 1) if same_amount(claim.quantity, one.quantity)]
            called = [place for place, name in enumerate(units.values(), 1) if name == claim.echelon]
            then = claim.happened
            meant = [place for place, token in enumerate(when, 1) if then and times[token].overlaps(then)]
            lessons.append(
                Lesson(
                    indicator=NAMES.index(claim.indicator),
                    polarity=POLARITIES.index(claim.polarity),
                    modality=MODALITIES.index(claim.modality),
                    kind=KINDS.index(claim.speaker_kind),
                    force=1 + next((k for k, side in enumerate(known.names) if same_force(claim.force, side)), -1),
                    speaker=_named(parsed, number, claim),
                    amount=0 if claim.quantity is None else (numbers or [None])[0],
                    echelon=(0,) if claim.echelon is None else tuple(called) or None,
                    time=(0,) if then is None else tuple(meant) or None,
                )
            )
        marks.append(
            Marks(
                fired=np.array([name in fired for name in NAMES], np.float32),
                amounts=tuple((number, one.place) for one in counted),
                echelons=tuple(units),
                times=tuple(when),
                lessons=tuple(lessons),
            )
        )
    cut = lines(parsed, known)
    tags = [[token.pos_ for token in one.tokens] for one in parsed]
    rows = list(map(shown, cut, tags, spoken))
    return Text(id=gold.id, sides=known, lines=cut, marks=marks, shown=rows)


def _sentence(parsed: Sequence[Sentence], span: Span) -> int:
    def shared(number: int) -> int:
        there = parsed[number].span
        return min(there.end, span.end) - max(there.start, span.start)

    return max(range(len(parsed)), key=shared)


def _named(parsed: Sequence[Sentence], number: int, claim: Marked) -> tuple[Token, ...] | None:
    """Where the report names a claim's speaker: in its sentence, else in the nearest one before it."""
    if claim.speaker is None:
        return ()
    wanted = _words(redact(claim.speaker))
    wanted = (wanted - IDLE) or wanted
    for at in [number] if claim.speaker_how == "explicit" else range(number, -1, -1):
        spelt = [_words(_spelling(parsed[at], token)) for token in parsed[at].tokens]
        hits = [place for place, own in enumerate(spelt) if own & wanted]
        if hits and len(set().union(*(spelt[place] & wanted for place in hits))) >= NAMED * len(wanted):
            run = max(_runs(hits), key=len)
            return tuple((at, place) for place in range(run[0], run[-1] + 1))
    return None


def _spelling(sentence: Sentence, token: object) -> str:
    span = sentence.of(token, token)
    return sentence.original[span.start - sentence.passage.start : span.end - sentence.passage.start]


def _words(text: str) -> set[str]:
    return {word.lower().removesuffix("s") for word in re.findall(r"[^\W_]+", text)}


def _runs(places: Sequence[int]) -> list[list[int]]:
    runs = [[places[0]]]
    for place in places[1:]:
        if place - runs[-1][-1] <= 3:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
