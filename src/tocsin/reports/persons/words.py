"""The words of a text, and the lists of words that private persons are known by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import final

from tocsin.reports.persons.lexicon import SURE, Kind, lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*")
_FEW = 4
"""Words of the shortest text without a capital that is taken to be written in small letters throughout."""
_OWN = ("'s", "\u2019s")

Found = tuple[int, int, str]
"""Where a name stands, [start, end), and what is written in its place."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word lists of catalog/redaction/persons.toml, in small letters."""

    ranks: frozenset[str]
    high_ranks: frozenset[str]
    common_ranks: frozenset[str]
    followers: frozenset[str]
    roles: frozenset[str]
    plain_roles: frozenset[str]
    kin: frozenset[str]
    offices: frozenset[str]
    commands: frozenset[str]
    formations: frozenset[str]
    determiners: frozenset[str]
    articles: frozenset[str]
    not_names: frozenset[str]
    particles: frozenset[str]
    origins: frozenset[str]
    writing: frozenset[str]
    of: frozenset[str]
    openers: frozenset[str]
    placing: frozenset[str]
    placing_one: frozenset[str]
    settlements: frozenset[str]
    dwelling: frozenset[str]
    dwelling_in: frozenset[str]
    links: frozenset[str]
    groups: frozenset[str]
    call_signs: frozenset[str]
    placeholder: str
    place_placeholder: str
    longest_name: int
    mention_letters: int


@final
@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text without a closing 's, and where it stands."""

    start: int
    end: int
    text: str
    small: str


def cut(text: str) -> list[Word]:
    """Cut a text into its words; a text in small letters throughout is read as if its names were capitalised."""
    words = [_word(match) for match in _WORD.finditer(text)]
    if len(words) < _FEW or any(word.text[0].isupper() for word in words):
        return words
    return [_raised(word) for word in words]


def _raised(word: Word) -> Word:
    """Write a word with a capital where it may be a name."""
    kind = lexicon().kind(word.small)
    if kind & (Kind.WORD | Kind.TITLE) or not kind & (SURE | Kind.PLACE):
        return word
    return Word(word.start, word.end, word.text.capitalize(), word.small)


def _word(match: re.Match[str]) -> Word:
    text = match[0]
    text = text[:-2] if text.endswith(_OWN) else text
    return Word(match.start(), match.start() + len(text), text, text.lower())
