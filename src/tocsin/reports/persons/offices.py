"""Who acts in a public office: a title before the name, an office after it, and whom a report so shows."""

from __future__ import annotations

from tocsin.reports.persons.lexicon import NAMED, Kind, lexicon
from tocsin.reports.persons.page import Page

_REACH = 7
_CLOSE = frozenset({" ", ". ", "\n", ".", " \u00ab", ' "'})
_OF = ("'s", "\u2019s")
_PAST = ("\u043b", "\u043b\u0430", "\u043b\u0438", "\u043b\u0441\u044f", "\u043b\u0430\u0441\u044c")
"""Endings of the past in Russian and Ukrainian."""
_STOPS = frozenset(",.;:!?\n()")
_SET_OFF = (", ", " (", " \u2014 ", " \u2013 ", " - ", ",\n")
_BECOMING = frozenset({"is", "was", "became", "becomes", "as", "elected", "appointed", "named"})
_HOUSES = frozenset({"ministry", "staff", "government", "presidency", "office", "command", "kremlin", "pentagon"})
_OWN = frozenset({"its", "their"})


def official(page: Page, first: int, last: int) -> bool:
    """Whether the person named [first, last) is shown to hold a public office beside the name."""
    return _titled(page, first, last) or _described(page, last)


def _titled(page: Page, first: int, last: int) -> bool:
    """Whether an office stands before a name: `Secretary of State NAME`, `spokesman Col. NAME`, `the mayor, NAME,`."""
    gap = page.gap(first - 1) if first else ""
    if gap in {", ", ",\n"}:
        return _is_office(page, first - 1) and page.gap(last - 1)[:1] in {",", "."}
    if gap == " (":
        return any(page.tokens[i].small in _HOUSES for i in range(max(first - 4, 0), first))
    for at in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if page.gap(at) not in _CLOSE and not (at < first - 1 and "-" in page.gap(at)):
            return False
        large = _commands(page, at) and any(
            page.tokens[i].small in page.words.formations for i in range(max(at - 6, 0), first)
        )
        if _is_office(page, at) or large:
            return True
        if _commands(page, at) or not _passes(page, at):
            return False
    return False


def _commands(page: Page, at: int) -> bool:
    small = page.tokens[at].small
    return small in page.words.commands or small.rpartition("-")[2] in page.words.commands


def _passes(page: Page, at: int) -> bool:
    """Whether a word may stand between an office and the name of its holder."""
    lists, word = lexicon(), page.tokens[at]
    kind = lists.kind(word.small)
    known = word.small in lists.shapes["between"] | page.words.ranks | page.words.formations
    place = word.text[0].isupper() and (kind & (Kind.WORD | Kind.PLACE) or not kind & NAMED) and not kind & Kind.TITLE
    numbered = any(letter.isdigit() for letter in page.gap(at))
    return bool(known or place or numbered) and not page.text.startswith(_OF, word.end)


def _described(page: Page, last: int) -> bool:
    """Whether an office follows a name: `NAME, then head of the staff`, `NAME was elected president`."""
    gap = page.gap(last - 1)
    becoming = gap == " " and last < len(page.tokens) and page.tokens[last].small in _BECOMING
    if gap not in _SET_OFF and not becoming:
        return False
    for at in range(last, min(last + _REACH, len(page.tokens))):
        if _is_office(page, at):
            return not _of_another(page, at)
        if page.tokens[at].small in page.words.commands:
            near = {page.tokens[i].small for i in range(max(last, at - 3), min(at + 9, len(page.tokens)))}
            return bool(near & page.words.formations) or page.tokens[last].small in _OWN
        if _ends_hope(page, at, first=at == last):
            return False
    return False


def _ends_hope(page: Page, at: int, *, first: bool) -> bool:
    """Whether after this word no office of the person before can follow: a verb, a preposition, a relative."""
    word = page.tokens[at]
    past = not word.small.isascii() and word.small.endswith(_PAST)
    stop = word.small in lexicon().shapes["no_office"] and (word.small != "and" or first)
    rank = first and word.small in page.words.ranks
    return past or stop or rank or (bool(set(page.gap(at)) & _STOPS) and not word.text[0].isupper())


def _is_office(page: Page, at: int) -> bool:
    """Whether a word is a public office, and not that of a squad's leader or a household's head."""
    small = page.tokens[at].small
    parts = (small, small.rpartition("-")[2], small.partition("-")[0])
    if not any(part in lexicon().offices for part in parts) or page.text.startswith(
        ("'s", "\u2019s"), page.tokens[at].end
    ):
        return False
    if (
        at + 1 < len(page.tokens)
        and page.tokens[at + 1].small in page.words.ranks | {"sergeant"}
        and small in {"chief", "general"}
    ):
        return False
    before = page.tokens[at - 1].small if at and page.gap(at - 1) == " " else ""
    return before not in lexicon().shapes["small"]


def _of_another(page: Page, at: int) -> bool:
    """Whether an office belongs to a name that follows it: `NAME, President OTHER's cook`."""
    if at + 1 >= len(page.tokens) or page.gap(at) != " ":
        return False
    after = page.tokens[at + 1]
    kind = lexicon().kind(after.small)
    return after.text[0].isupper() and not kind & (Kind.WORD | Kind.PLACE | Kind.TITLE)
