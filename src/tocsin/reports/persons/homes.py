"""Where a private person lives: `a conscript from X`, `his mother, who lives in X`."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.reports.persons.page import AGE, Page
from tocsin.reports.persons.words import Found

LONGEST_LETTER = 8
"""Words between who writes and the place that it is written from."""
LONGEST_APPOSITION = 4
"""Words that may stand between a person and the word that says he lives somewhere."""


def home(page: Page, at: int) -> Iterator[Found]:
    """Find the home that follows a person: `conscript from X`, `NAME, 20, from X`, `NAME, a nurse from X`."""
    gap = page.gap(at).removeprefix("]")
    if at + 1 == len(page.tokens) or not (gap in {" ", ", "} or AGE.fullmatch(gap)):
        return
    step = at + 1
    if gap == " " and _written(page, at):
        return
    if "," in gap and page.tokens[step].small in page.words.determiners:
        while step < min(at + 1 + LONGEST_APPOSITION, len(page.tokens) - 1) and page.gap(step) == " ":
            step += 1
            if page.tokens[step].small in page.words.origins:
                break
    if page.tokens[step].small in page.words.origins:
        yield from _place(page, step)


def _written(page: Page, at: int) -> bool:
    """Whether someone writes or calls from the place: `he wrote to his sister NAME from X`."""
    for before in range(at, max(at - LONGEST_LETTER, 0) - 1, -1):
        if page.tokens[before].small in page.words.writing:
            return True
        if before and set(page.gap(before - 1)) & set(".!?;\n"):
            return False
    return False


def dwelling(page: Page, at: int) -> Iterator[Found]:
    """Find the home in `his mother, who lives in X`; only small words may stand between."""
    step = at
    while step + 1 < min(at + 2 + LONGEST_APPOSITION, len(page.tokens)):
        gap = page.gap(step).removeprefix("]")
        if gap not in {" ", ", "} and not AGE.fullmatch(gap):
            return
        step += 1
        if page.tokens[step].small in page.words.dwelling and page.follows(step, page.words.dwelling_in):
            yield from _place(page, step + 1)
        if page.tokens[step].small not in page.words.links:
            return


def _place(page: Page, at: int) -> Iterator[Found]:
    """Find the place after `from`, `from the village of`; a unit is none."""
    first = at + 1
    while first < min(at + 4, len(page.tokens)) and page.gap(first - 1) == " " and _leads(page, first):
        first += 1
    first, last = page.name_at(first) if page.gap(first - 1) == " " else (first, first)
    unit = page.follows(last - 1, page.words.formations | page.words.not_names) and page.tokens[last].text[0].isupper()
    if first < last and page.tokens[first].small not in page.words.groups and not unit:
        yield page.tokens[first].start, page.tokens[last - 1].end, page.words.place_placeholder


def _leads(page: Page, at: int) -> bool:
    """Whether a word belongs to `the village of`."""
    lists, small = page.words, page.tokens[at].small
    return small in lists.settlements or small in lists.of or small in lists.determiners
