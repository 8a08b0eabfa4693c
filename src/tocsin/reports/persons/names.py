"""Find private persons' names by the words beside them; one pass over the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from tocsin.reports.persons.arabic import arabic_names
from tocsin.reports.persons.homes import LONGEST_APPOSITION, dwelling, home
from tocsin.reports.persons.lexicon import SURE, Kind, fold, lexicon
from tocsin.reports.persons.offices import official
from tocsin.reports.persons.page import AGE, Page
from tocsin.reports.persons.shape.judge import alike, shaped_names
from tocsin.reports.persons.shape.runs import Run
from tocsin.reports.persons.words import Found, Words, cut

_AGED = re.compile(r" (?:\d{1,3}-)?")
_SIGN = re.compile(r",? [\"'\u201c\u201e\xab]([^\W\d_]{2,20})[,.]?[\"'\u201d\xbb]")
_QUOTED = re.compile(
    r"(?:,? (?:is|was|of))?[:,]? ?[\"'\u201c\u201e\u2018\xab]"
    r"([^\"'\u201c\u201d\u2019\xab\xbb\[\]\n]{1,40})[\"'\u201c\u201d\u2019\xbb]"
)


def private_names(text: str, words: Words, known: frozenset[str] = frozenset()) -> list[Found]:
    """Find the names to withhold, in the order of the text; none overlap.

    `known` are single names, in small letters, of persons whom the report shows to be private elsewhere.
    """
    page, marks = _page(text, words)
    names: list[Run] = []
    others: list[Run] = []
    found: list[Found] = []
    public: set[str] = set()
    for at, token in enumerate(page.tokens):
        if token.small in words.offices or token.small in words.high_ranks:
            public |= {page.tokens[i].small for i in range(*page.name_at(at + 1))}
        elif token.small in marks:
            before = list(page.before(at))
            names += [*page.after(at), *before]
            others += page.of_whom(at)
            found += [*home(page, at), *dwelling(page, at)]
        elif page.withheld(at):
            found += [*home(page, at), *dwelling(page, at)]
        if token.small in marks or page.calls(at):
            names += page.called(at)
    others = [name for name in others if public.isdisjoint(page.tokens[i].small for i in range(*name))]
    marked = [*names, *others]
    shaped = shaped_names(page, marked)
    named = [*marked, *shaped.private]
    found += [(page.tokens[first].start, page.end(last), words.placeholder) for first, last in named]
    public |= {name for one in shaped.public for name in one}
    found += page.mentions(known | page.parts(names, public) | _telling(page.parts(shaped.private, public)))
    found += arabic_names(text, words.placeholder)
    return list(_apart(sorted(found)))


def bare_name(text: str, words: Words) -> tuple[int, frozenset[str]]:
    """Return where a name that opens a text and stands for itself ends, and its parts; 0 where there is none."""
    page, _ = _page(text, words)
    first, last = page.name_at(0)
    closed = last == len(page.tokens) or page.gap(last - 1).lstrip(".").startswith((",", " ("))
    alone = last == 1 and (page.tokens[0].small in words.groups or page.tokens[0].text.isupper())
    many = any(page.tokens[i].small.removesuffix("s") in page.no_names for i in range(first, last))
    if last == 0 or not closed or alone or many or page.tokens[0].start or page.acts_officially(first, last):
        return 0, frozenset()
    return page.end(last), frozenset(page.parts([(first, last)], set()))


def _page(text: str, words: Words) -> tuple[_Named, frozenset[str]]:
    """Cut a text into words; with it, the words that mark a person beside them."""
    marks = words.ranks | words.high_ranks | words.roles | words.kin
    return _Named(text, cut(text), words, marks | words.not_names | words.offices | words.formations), marks


@final
@dataclass(frozen=True, slots=True)
class _Named(Page):
    """A page on which names are found by the words beside them; indexes are of words."""

    def after(self, at: int) -> Iterator[tuple[int, int]]:
        """Find the name that follows a rank, a role or a word of kinship."""
        token, lists = self.tokens[at], self.words
        gap = self.gap(at)
        first, last = self.name_at(at + 1)
        if last == first or token.small in lists.high_ranks or self._rank_goes_on(at):
            return
        if token.small in lists.ranks:
            if gap in {" ", ". ", ".", "\n"} and self._is_rank(at, last) and not self.acts_officially(at, last):
                yield first, last
        elif token.text[0].isupper() and not self._addressed(at, first, last):
            return
        elif (gap in {" ", "\n"} or (gap == ", " and self._closed(first, last))) and (
            token.small in lists.kin or not self.acts_officially(at, last)
        ):
            yield first, last

    def before(self, at: int) -> Iterator[tuple[int, int]]:
        """Find the name in `NAME, 21, a young conscript`, `NAME, his mother`, `NAME, mother of`, `NAME, whose son`."""
        token, lists = self.tokens[at], self.words
        begin = self._apposition(at)
        kin_of = token.small in lists.kin and self.follows(at, lists.of)
        determined = begin < at and self.tokens[begin].small in lists.determiners
        bare = begin == at and (token.small in lists.kin or token.small in lists.plain_roles)
        if begin == 0 or not (determined or bare) or token.small in lists.high_ranks:
            return
        if token.text[0].isupper() and not kin_of:
            return
        gap = self.gap(begin - 1)
        gap = gap.removeprefix(".") if len(self.tokens[begin - 1].text) == 1 else gap
        if gap != ", " and not (gap.startswith((",", " (")) and AGE.fullmatch(gap)):
            return
        first = begin - 1
        while (
            first > max(begin - 1 - lists.longest_name, 0)
            and self.gap(first - 1) in ({" ", ". "} if len(self.tokens[first - 1].text) == 1 else {" "})
            and self._part(first - 1, first)
        ):
            first -= 1
        first, last = self.name_at(first)
        first = self._opened(first, last)
        if last != begin or first == last or self._placed(first, last) or self.acts_officially(first, last):
            return
        if (
            last - first >= 2
            or kin_of
            or (token.small in lists.plain_roles and (determined or not token.small.isascii()))
        ):
            yield first, last

    def of_whom(self, at: int) -> Iterator[tuple[int, int]]:
        """Find the name in `mother of NAME`."""
        if self.tokens[at].small in self.words.kin and self.follows(at, self.words.of) and self.gap(at + 1) == " ":
            first, last = self.name_at(at + 2)
            if first < last:
                yield first, last

    def _apposition(self, at: int) -> int:
        """Return the first word of `a 20-year-old Russian conscript`, or the word itself where it stands alone."""
        begin = at
        while begin > max(at - LONGEST_APPOSITION, 0) and _AGED.fullmatch(self.gap(begin - 1)):
            word = self.tokens[begin - 1]
            if word.text[0].isupper() and word.small not in self.words.not_names:
                break
            begin -= 1
            if word.small in self.words.articles:
                break
        return begin

    def _placed(self, first: int, last: int) -> bool:
        """Whether the words before a mark are no person: `In Kryvyi Rih, a soldier`, `However, a soldier`."""
        single = last - first == 1
        ahead = self.tokens[first - 1].small if first and self.gap(first - 1) == " " else ""
        if single and (self.tokens[first].small in self.words.openers or self.tokens[first].text.isupper()):
            return True
        return ahead in self.words.placing or (single and ahead in self.words.placing_one)

    def calls(self, at: int) -> bool:
        """Whether a word says that a call sign follows."""
        small = self.tokens[at].small
        before = f"{self.tokens[at - 1].small} {small}" if at else ""
        return small in self.words.call_signs or before in self.words.call_signs

    def called(self, at: int) -> Iterator[tuple[int, int]]:
        """Find a call sign: in quotation marks, or a name that follows at once."""
        if not self.calls(at):
            sign = _SIGN.match(self.text, self.tokens[at].end)
            known = lexicon().kind(sign[1].lower()) & (Kind.PLACE | Kind.WORD) if sign else True
            if sign and not known and self.tokens[at + 1].start == sign.start(1):
                yield at + 1, at + 2
            return
        quoted = _QUOTED.match(self.text, self.tokens[at].end)
        last = at + 1
        while quoted and last < len(self.tokens) and self.tokens[last].end <= quoted.end(1):
            last += 1
        first = at + 1
        while quoted and first < last and self.tokens[first].start < quoted.start(1):
            first += 1
        if not quoted and self.gap(at) in {" ", ": "}:
            first, last = self.name_at(at + 1)
        if first < last:
            yield first, last

    def parts(self, names: list[tuple[int, int]], public: set[str]) -> set[str]:
        """Return the single names by which withheld persons may be named again."""
        parts = {self.tokens[at].small for name in names for at in range(*name)} - public - self.words.particles
        parts |= {part[3:] for part in parts if part.startswith(("al-", "el-", "as-", "ad-", "an-", "ar-", "az-"))}
        return {part for part in parts if len(part) >= self.words.mention_letters}

    def mentions(self, known: frozenset[str]) -> Iterator[Found]:
        """Find where a withheld person is named again by one of his names alone, or with an initial."""
        at = 0
        cases = [fold(part) for part in known if not part.isascii()]
        while known and at < len(self.tokens):
            first, last = self.name_at(at)
            first = self._opened(first, last)
            run = {token.small for token in self.tokens[first:last] if len(token.text) > 1}
            if run and all(name in known or any(alike(fold(name), part) for part in cases) for name in run):
                yield self.tokens[first].start, self.end(last), self.words.placeholder
            at = max(last, at + 1)

    def _opens(self, at: int, first: int, last: int) -> bool:
        """Whether a capitalised role opens a sentence and a name follows it: `Deserter Viktor N. said`."""
        if self.tokens[at].small not in self.words.plain_roles:
            return False
        if len(self.tokens[last - 1].text) == 1 and last - first > 1:
            return True
        if at and not self.gap(at - 1).strip(" ,-"):
            return False
        ended = self.gap(last - 1)[:1] in {",", ".", "'", "\u2019"} or "\n" in self.gap(last - 1)
        return last - first < self.words.longest_name and (ended or self.tokens[last].text[0].islower())

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

    def _addressed(self, at: int, first: int, last: int) -> bool:
        """Whether a name can follow a capitalised word of kinship or role: `His Mother, Olga`, `Deserter Viktor N.`."""
        if self.gap(at) != " " and self.tokens[at].small not in self.words.kin:
            return False
        return self._owned(at) or (self.gap(at) == " " and self._opens(at, first, last))

    def _owned(self, at: int) -> bool:
        """Whether a capitalised word of kinship or role opens a sentence with its owner: `His Mother`."""
        return at > 0 and self.tokens[at - 1].small in self.words.determiners and self.gap(at - 1) == " "

    def _closed(self, first: int, last: int) -> bool:
        """Whether a name set off by a comma ends with one: `his mother, Olga, said`."""
        return last > first and self.gap(last - 1)[:1] in {",", "."}

    def acts_officially(self, at: int, last: int) -> bool:
        """Whether the office that makes a soldier public stands just before his rank or just after his name."""
        begin = at
        while begin and self.gap(begin - 1) in {" ", ". "} and self.tokens[begin - 1].small in self.words.ranks:
            begin -= 1
        return official(self, begin, last) or (self.tokens[at].small in self.words.commands and self._large(at))

    def _large(self, at: int) -> bool:
        """Whether a commander's formation stands just before the word: `brigade commander`."""
        near = [self.tokens[i].small for i in range(max(at - 3, 0), at) if "," not in self.gap(i)]
        return any(word in self.words.formations for word in near)

    def _opened(self, first: int, last: int) -> int:
        """Return where a name begins after a word that opens a sentence: `Later Ivan Petrov`, `After Bucha`."""
        words = self.words
        while last - first > 1 and any(
            self.tokens[first].small in opening for opening in (words.openers, words.placing, words.placing_one)
        ):
            first += 1
        return first


def _telling(parts: set[str]) -> set[str]:
    """Leave out ordinary words: of `Mark Young`, a later `Young men` is none."""
    kind = lexicon().kind
    plain = Kind.WORD | Kind.PLACE
    return {part for part in parts if kind(part) & (SURE | Kind.MAYBE_GIVEN) or not kind(part) & plain}


def _apart(found: list[Found]) -> Iterator[Found]:
    """Leave out what lies within or across what came before."""
    end = 0
    for one in found:
        if one[0] >= end:
            yield one
            end = one[1]
