"""Runs of words that could be a name, by the words themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.reports.persons.lexicon import NAMED, SURE, Kind, Lexicon, fold
from tocsin.reports.persons.page import Page

Run = tuple[int, int]
"""The words [first, last) of a name."""

_LONGEST = 7
_ACRONYM = 5
_QUOTES = frozenset("\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019")
_ARTICLES = frozenset({"al-", "el-", "as-", "ad-", "an-", "ar-", "az-", "at-"})
_CAMEL = re.compile(r"[a-z][A-Z]")
_PARTED = ("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz")


def phrases(page: Page, lists: Lexicon) -> set[int]:
    """Return the words that belong to a known name of several words."""
    taken: set[int] = set()
    smalls = [fold(token.small) for token in page.tokens]
    for at, small in enumerate(smalls):
        for phrase in lists.phrases.get(small, ()):
            if tuple(smalls[at : at + len(phrase)]) == phrase and all(
                page.gap(i) in {" ", "-", "\n"} for i in range(at, at + len(phrase) - 1)
            ):
                taken.update(range(at, at + len(phrase)))
                break
    return taken


def runs_of(page: Page, lists: Lexicon, places: set[int]) -> Iterator[Run]:
    """Yield the runs of words that could be a name, in the order of the text."""
    at, total = 0, len(page.tokens)
    while at < total:
        if at in places or not _nameable(page, at, lists):
            at += 1
            continue
        last = at + 1
        sure = bool(lists.kind(page.tokens[at].small) & (Kind.GIVEN | Kind.MAYBE_GIVEN))
        while last < total and last - at < _LONGEST and _joined(page, last - 1, sure=sure, one=last - at == 1):
            step = last
            while (
                step < min(last + 3, total - 1)
                and page.tokens[step].small in lists.shapes["links"]
                and page.gap(step) in {" ", "-", " '"}
            ):
                step += 1
            if step in places or not (
                _nameable(page, step, lists) or (sure and step == last and _extends(page, step, lists))
            ):
                break
            sure = sure or bool(lists.kind(page.tokens[step].small) & Kind.GIVEN)
            last = step + 1
        yield _from_noun(page, at, lists), last
        at = last


def _from_noun(page: Page, at: int, lists: Lexicon) -> int:
    """Return where a name begins whose first word is an ordinary one too: `Hila X said`, within a sentence."""
    if at < 2 or page.gap(at - 1) != " " or lists.kind(page.tokens[at].small) & (Kind.GIVEN | Kind.FIRST):
        return at
    before = page.tokens[at - 1]
    opens = bool(set(page.gap(at - 2)) & set('.!?\n"')) and not page.gap(at - 2).endswith(") ")
    plain = (
        lists.kind(before.small) & (Kind.PLACE | Kind.TITLE)
        or before.small in lists.heads
        or before.small in page.words.not_names
    )
    after = page.tokens[at + 1].small if at + 1 < len(page.tokens) and page.gap(at) == " " else ""
    fits = before.text[0].isupper() and not before.text.isupper() and not opens and not plain
    return at - 1 if fits and after in lists.shapes["doing"] else at


def _joined(page: Page, at: int, *, sure: bool, one: bool) -> bool:
    """Whether a name can go on after a word: a space, the end of a line, an initial, a nickname in quotes."""
    gap = page.gap(at)
    if gap == " " or (gap == "\n" and one):  # a second name on the next line is another person
        return True
    if gap in {". ", "."} and len(page.tokens[at].text) == 1:
        return True
    marks = gap.replace(" ", "")
    return sure and 0 < len(marks) <= 1 and marks in _QUOTES and len(gap) == 2


def _nameable(page: Page, at: int, lists: Lexicon) -> bool:
    """Whether a word can be part of a name by itself."""
    token = page.tokens[at]
    text, small = token.text, token.small
    if not text[0].isupper() and not (small[:3] in _ARTICLES and text[3:4].isupper()):
        return False
    if len(text) == 1:
        return page.text.startswith(".", token.end)
    kind = lists.kind(small)
    placed = kind & Kind.PLACE and not kind & Kind.MAYBE_GIVEN
    if placed or (_CAMEL.search(text) and not text.startswith(_PARTED)):
        return False
    if kind & SURE:
        return not kind & Kind.TITLE or bool(kind & Kind.GIVEN)
    opens = small in lists.shapes["openers"] and kind & Kind.WORD and not kind & Kind.FIRST
    acronym = text.isupper() and len(text) <= _ACRONYM
    free = kind & NAMED or not (kind & Kind.WORD or acronym)
    return bool(free and not opens and not kind & Kind.TITLE)


def _extends(page: Page, at: int, lists: Lexicon) -> bool:
    """Whether an ordinary word after a given name is its family name: `Will Baker`, `Mark Young`."""
    token = page.tokens[at]
    kind = lists.kind(token.small)
    surely = lists.kind(page.tokens[at - 1].small) & Kind.GIVEN
    plain = surely and not kind & (Kind.PLACE | Kind.TITLE) and token.small not in page.words.not_names
    return (
        token.text[0].isupper()
        and len(token.text) > 2
        and not (token.text.isupper() and not page.tokens[at - 1].text.isupper())
        and not (token.text.isupper() and page.tokens[at - 1].text.isupper() and not kind & NAMED)
        and token.small not in lists.heads
        and bool(plain or kind & Kind.MAYBE_FAMILY)
    )
