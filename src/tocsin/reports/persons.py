"""Find private persons' names by the words beside them; one pass over the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc-][^\W\d_]+)*")
_AGE = re.compile(r",? ?(?:aged |age )?\(?\d{1,3}\)?(?: years old)?,? ?")
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
    kin: frozenset[str]
    offices: frozenset[str]
    commands: frozenset[str]
    formations: frozenset[str]
    determiners: frozenset[str]
    not_names: frozenset[str]
    particles: frozenset[str]
    origins: frozenset[str]
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


def private_names(text: str, words: Words) -> list[Found]:
    """Find the names to withhold, in the order of the text; none overlap."""
    tokens = [_word(match) for match in _WORD.finditer(text)]
    marks = words.ranks | words.high_ranks | words.roles | words.kin
    page = _Page(text, tokens, words, marks | words.not_names | words.offices | words.formations)
    names: list[tuple[int, int]] = []
    found: list[Found] = []
    public: set[str] = set()
    for at, token in enumerate(tokens):
        if token.small in words.offices or token.small in words.high_ranks:
            public |= {tokens[i].small for i in range(*page.name_at(at + 1))}
        elif token.small in marks:
            after, before = list(page.after(at)), list(page.before(at))
            names += after + before
            found += [place for _, last in after for place in page.home(last)]
            found += [place for _ in before for place in page.home(at + 1)]
    found += [(tokens[first].start, tokens[last - 1].end, words.placeholder) for first, last in names]
    found += page.mentions(names, public)
    return list(_apart(sorted(found)))


@final
@dataclass(frozen=True, slots=True)
class _Page:
    """A text, its words, and the lists they are read by; indexes are of words."""

    text: str
    tokens: list[Word]
    words: Words
    no_names: frozenset[str]

    def gap(self, at: int) -> str:
        """Return what stands between a word and the next; a full stop where there is no next."""
        if at + 1 >= len(self.tokens):
            return "."
        return self.text[self.tokens[at].end : self.tokens[at + 1].start]

    def name_at(self, first: int) -> tuple[int, int]:
        """Return the run of capitalised words that a name could be, [first, last); empty where there is none."""
        last = first
        while last < len(self.tokens) and last - first < self.words.longest_name and self._part(last, first):
            last += 1
            joined = self.gap(last - 1)
            if joined not in {" ", "\n"} and not (joined in {". ", "."} and len(self.tokens[last - 1].text) == 1):
                break
        while last > first and self.tokens[last - 1].small in self.words.particles:
            last -= 1
        return first, last

    def _part(self, at: int, first: int) -> bool:
        token = self.tokens[at]
        if at > first and token.small in self.words.particles:
            return True
        return token.text[0].isupper() and token.small not in self.no_names

    def after(self, at: int) -> Iterator[tuple[int, int]]:
        """Find the name that follows a rank, a role or a word of kinship."""
        token, lists = self.tokens[at], self.words
        gap = self.gap(at)
        first, last = self.name_at(at + 1)
        if last == first or token.small in lists.high_ranks or self._rank_goes_on(at):
            return
        if token.small in lists.ranks:
            if gap in {" ", ". ", ".", "\n"} and self._is_rank(at, last) and not self._acts_officially(at, last):
                yield first, last
        elif token.text[0].isupper() and not self._owned(at):
            return
        elif (gap in {" ", "\n"} or (gap == ", " and self._closed(first, last))) and (
            token.small in lists.kin or not self._acts_officially(at, last)
        ):
            yield first, last

    def before(self, at: int) -> Iterator[tuple[int, int]]:
        """Find the name in `NAME, 21, a young conscript`, `NAME, his mother` and `NAME, whose son`."""
        token, lists = self.tokens[at], self.words
        begin = at
        while begin > max(at - 3, 0) and self.gap(begin - 1) == " " and not self.tokens[begin - 1].text[0].isupper():
            begin -= 1
        if begin == at or self.tokens[begin].small not in lists.determiners or begin == 0:
            return
        if token.small in lists.high_ranks or token.text[0].isupper():
            return
        gap = self.gap(begin - 1)
        if gap != ", " and not (gap.startswith((",", " (")) and _AGE.fullmatch(gap)):
            return
        first = begin - 1
        while (
            first > max(begin - 1 - lists.longest_name, 0)
            and self.gap(first - 1) == " "
            and self._part(first - 1, first)
        ):
            first -= 1
        first, last = self.name_at(first)
        if last == begin and last - first >= 2 and not self._acts_officially(first, last):
            yield first, last

    def home(self, last: int) -> Iterator[Found]:
        """Find the home town that follows a withheld name: `NAME, 20, from Ulan-Ude`."""
        if last >= len(self.tokens) or self.tokens[last].small not in self.words.origins:
            return
        gap = self.gap(last - 1)
        if gap in {" ", ", "} or _AGE.fullmatch(gap):
            first, end = self.name_at(last + 1)
            if first < end:
                yield self.tokens[first].start, self.tokens[end - 1].end, self.words.place_placeholder

    def mentions(self, names: list[tuple[int, int]], public: set[str]) -> Iterator[Found]:
        """Find where a withheld person is named again by one of his names alone."""
        known = {self.tokens[at].small for name in names for at in range(*name)} - public - self.words.particles
        known = {name for name in known if len(name) >= self.words.mention_letters}
        at = 0
        while known and at < len(self.tokens):
            first, last = self.name_at(at)
            run = {token.small for token in self.tokens[first:last]}
            if run and run <= known:
                yield self.tokens[first].start, self.tokens[last - 1].end, self.words.placeholder
            at = max(last, at + 1)

    def _rank_goes_on(self, at: int) -> bool:
        """Whether the next word belongs to the same rank, as in `Lt. Col.` or `Major General`."""
        after = self.tokens[at + 1].small if at + 1 < len(self.tokens) else ""
        return after in self.words.ranks or after in self.words.high_ranks

    def _is_rank(self, at: int, last: int) -> bool:
        """Whether a word that is also a common one is a rank here."""
        token = self.tokens[at]
        if token.small not in self.words.common_ranks or self.gap(at).startswith("."):
            return True
        if not token.text[0].isupper():
            return False
        if at and not set(self.gap(at - 1)) & set(".!?\n"):
            return True
        after = self.tokens[last].small if last < len(self.tokens) else ""
        return after in self.words.followers or self.gap(last - 1)[:1] in {",", ".", "'", "\u2019"}

    def _owned(self, at: int) -> bool:
        """Whether a capitalised word of kinship or role opens a sentence with its owner: `His Mother`."""
        return at > 0 and self.tokens[at - 1].small in self.words.determiners and self.gap(at - 1) == " "

    def _closed(self, first: int, last: int) -> bool:
        """Whether a name set off by a comma ends with one: `his mother, Olga, said`."""
        return last > first and self.gap(last - 1)[:1] in {",", "."}

    def _acts_officially(self, at: int, last: int) -> bool:
        """Whether the office that makes a soldier public stands just before his rank or just after his name."""
        begin = at
        while begin and self.gap(begin - 1) in {" ", ". "} and self.tokens[begin - 1].small in self.words.ranks:
            begin -= 1
        near = self._reach(begin - 1, -1) if begin and self.gap(begin - 1) in {" ", ", "} else []
        nearest = near[:1]
        if nearest and (nearest[0] in self.words.offices or (nearest[0] in self.words.commands and self._large(near))):
            return True
        if self.tokens[at].small in self.words.commands and self._large(near):
            return True
        after = self._reach(last, 1) if self.gap(last - 1) in {", ", " ", " ("} else []
        if any(word in self.words.offices for word in after[:4]):
            return True
        return any(word in self.words.commands for word in after[:4]) and self._large(after)

    def _large(self, near: list[str]) -> bool:
        return any(word in self.words.formations for word in near)

    def _reach(self, at: int, step: int) -> list[str]:
        """Return at most 8 words from one on, forwards or backwards, up to the next comma, full stop or the like."""
        near: list[str] = []
        while 0 <= at < len(self.tokens) and len(near) < 8:
            near.append(self.tokens[at].small)
            gap = self.gap(at if step > 0 else at - 1) if at or step > 0 else "."
            if set(gap) & set(".,;:!?\n"):
                break
            at += step
        return near


def _word(match: re.Match[str]) -> Word:
    text = match[0]
    text = text[:-2] if text.endswith(_OWN) else text
    return Word(match.start(), match.start() + len(text), text, text.lower())


def _apart(found: list[Found]) -> Iterator[Found]:
    """Leave out what lies within or across what came before."""
    end = 0
    for one in found:
        if one[0] >= end:
            yield one
            end = one[1]
