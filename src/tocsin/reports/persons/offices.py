"""Who acts in a public office: a title before the name, an office after it, and whom a report so shows."""

from __future__ import annotations

from tocsin.reports.persons.lexicon import NAMED, Kind, lexicon
from tocsin.reports.persons.page import Page

_REACH = 7
_SET_OFF = (", ", " (", " \u2014 ", " \u2013 ", " - ", ",\n")
_BECOMING = frozenset({"is", "was", "became", "becomes", "as", "elected", "appointed", "named"})
_HOUSES = frozenset({"ministry", "staff", "government", "presidency", "office", "command", "kremlin", "pentagon"})
_OWN = frozenset({"its", "their"})


def official(page: Page, first: int, last: int) -> bool:
    """Whether the person named [first, last) is shown to hold a public office beside the name."""
    return _titled(page, first, last) or _described(page, last)


def _titled(page: Page, first: int, last: int) -> bool:
    """Whether an office stands before a name: `Secretary of State NAME`, `spokesman Col. NAME`, `the mayor, NAME,`."""
    lists = lexicon()
    for at in range(first - 1, max(first - 1 - _REACH, -1), -1):
        word, gap = page.tokens[at], page.gap(at)
        if at == first - 1 and gap in {", ", ",\n"}:
            return _is_office(page, at) and page.gap(last - 1)[:1] in {",", "."}
        if at == first - 1 and gap == " (":
            return any(page.tokens[i].small in _HOUSES for i in range(max(at - 3, 0), first))
        if gap not in {" ", ". ", "\n", ".", " \u00ab", ' "'} and not (at < first - 1 and "-" in gap):
            return False
        if _is_office(page, at):
            return True
        small = word.small
        if small in page.words.commands or small.rpartition("-")[2] in page.words.commands:
            return any(page.tokens[i].small in page.words.formations for i in range(max(at - 6, 0), first))
        passing = small in lists.shapes["between"] or small in page.words.ranks or small in page.words.formations
        own = page.text.startswith(("'s", "\u2019s"), word.end)
        kind = lists.kind(small)
        here = word.text[0].isupper() and (kind & (Kind.WORD | Kind.PLACE) or not kind & NAMED) and not kind & Kind.TITLE
        if own or not (passing or here or any(letter.isdigit() for letter in gap)):
            return False
    return False


def _described(page: Page, last: int) -> bool:
    """Whether an office follows a name: `NAME, then head of the staff`, `NAME was elected president`."""
    gap = page.gap(last - 1)
    becoming = gap == " " and last < len(page.tokens) and page.tokens[last].small in _BECOMING
    if gap not in _SET_OFF and not becoming:
        return False
    stops = lexicon().shapes["no_office"]
    large = False
    for at in range(last, min(last + _REACH, len(page.tokens))):
        small = page.tokens[at].small
        if _is_office(page, at):
            return not _of_another(page, at)
        if small in page.words.commands:
            near = {page.tokens[i].small for i in range(max(last, at - 3), min(at + 9, len(page.tokens)))}
            large = bool(near & page.words.formations) or bool({page.tokens[last].small} & _OWN)
            return large
        if small.endswith(("л", "ла", "ли", "лся", "лась")) and not small.isascii():
            return False
        if (small in stops and not (small == "and" and at > last)) or (small in page.words.ranks and at == last):
            return False
        if set(page.gap(at)) & set(",.;:!?\n()") and not page.tokens[at].text[0].isupper():
            return False
    return False


def _is_office(page: Page, at: int) -> bool:
    """Whether a word is a public office, and not that of a squad's leader or a household's head."""
    small = page.tokens[at].small
    parts = (small, small.rpartition("-")[2], small.partition("-")[0])
    if not any(part in lexicon().offices for part in parts) or page.text.startswith(("'s", "\u2019s"), page.tokens[at].end):
        return False
    if at + 1 < len(page.tokens) and page.tokens[at + 1].small in page.words.ranks | {"sergeant"} and small in {"chief", "general"}:
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
