"""Compile the patterns of the catalogue: words, classes, gaps.

A pattern is elements parted by spaces: `word` or `a|b` (in lower case or as a lemma), `@class`,
`word/V` (also N, A: verb, noun, adjective), `~3` (up to three words between), a trailing `?`
(may be missing), a leading `!` (any word but), a leading `^` (the word the claim turns on).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import final

from tocsin.claims.lexicon.words import read, word_class
from tocsin.indicators import WordGroup, indicators

_TAGS = {"V": frozenset({"VERB", "AUX"}), "N": frozenset({"NOUN", "PROPN"}), "A": frozenset({"ADJ"})}


@final
@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern; a gap has no words."""

    words: frozenset[str]
    tags: frozenset[str] | None
    optional: bool
    unlike: bool
    pivot: bool
    literal: bool
    gap: int = 0


@final
@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern of one indicator (None: it silences others), and the element it is indexed by."""

    indicator: str | None
    group: WordGroup | None
    source: str
    elements: tuple[Element, ...]
    anchor: int
    required: tuple[frozenset[str], ...]
    """Of each set the sentence must have a word, or the pattern cannot be found: a quick test before the slow one."""

    @property
    def reach(self) -> int:
        """How many words may stand before the anchor."""
        return sum(element.gap or 1 for element in self.elements[: self.anchor])


def _element(piece: str) -> Element:
    if piece.startswith("~"):
        return Element(frozenset(), None, optional=False, unlike=False, pivot=False, literal=False, gap=int(piece[1:]))
    optional, unlike, pivot = piece.endswith("?") and piece != "?", piece.startswith("!"), piece.startswith("^")
    body = piece.removesuffix("?") if optional else piece
    body = body.lstrip("!^")
    tags: frozenset[str] | None = None
    if len(body) > 2 and body[-2] == "/" and body[-1] in _TAGS:
        body, tags = body[:-2], _TAGS[body[-1]]
    listed: set[str] = set()
    literal = False
    for word in body.split("|"):
        if word.startswith("@"):
            listed |= word_class(word[1:])
        elif word:
            listed.add(word.lower())
            literal = True
    return Element(frozenset(listed), tags, optional, unlike, pivot, literal)


def _compile(source: str, indicator: str | None, group: WordGroup | None) -> Pattern:
    elements = [_element(piece) for piece in source.split()]
    while elements and (elements[-1].gap or elements[-1].optional):
        elements.pop()
    while elements and (elements[0].gap or elements[0].optional):
        elements.pop(0)
    candidates = [
        (not element.literal, len(element.words), place)
        for place, element in enumerate(elements)
        if element.words and not element.optional and not element.unlike
    ]
    if not candidates:
        raise ValueError(f"the pattern {source!r} has no word to look for")
    anchor = min(candidates)[2]
    required = tuple(elements[place].words for _, _, place in candidates if place != anchor)
    return Pattern(indicator, group, source, tuple(elements), anchor, required)


def _spellings(source: str) -> list[str]:
    """The pattern, and where it is one hyphenated word, the same in separate words."""
    return [source, source.replace("-", " ")] if "-" in source and " " not in source and "|" not in source else [source]


@final
@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns, by the words of their anchors."""

    by_word: dict[str, tuple[Pattern, ...]]


@cache
def lexicon() -> Lexicon:
    """Compile the whole codebook and the figurative uses that silence it."""
    index: defaultdict[str, list[Pattern]] = defaultdict(list)
    compiled = [_compile(source, None, None) for source in read("figurative")["patterns"]]
    for indicator in indicators().values():
        for group in indicator.groups:
            for source in group.patterns:
                compiled += [_compile(spelling, indicator.id, group) for spelling in _spellings(source)]
    for pattern in compiled:
        for word in sorted(pattern.elements[pattern.anchor].words):
            index[word].append(pattern)
    return Lexicon({word: tuple(patterns) for word, patterns in index.items()})
