"""Who is named in one list with persons, and what is named in one list with places."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.reports.persons.lexicon import NAMED, SURE, Kind, Lexicon
from tocsin.reports.persons.page import Page
from tocsin.reports.persons.shape.company import sited, thing
from tocsin.reports.persons.shape.runs import Run

_CHAINED = frozenset({" and ", ", and ", " & ", " \u0438 ", " \u0442\u0430 ", " \u0456 ", " or ", " with "})
_AND = frozenset({"and", "or", "\u0438", "\u0442\u0430", "\u0456"})
_EITHER = ("ova", "eva", "ska", "ina", "yne", "ove", "eve")
"""Endings that family names and places share."""


def chained(page: Page, runs: list[Run], private: list[Run], lists: Lexicon) -> Iterator[Run]:
    """Find the persons beside a person: `NAME and X`, `X, Y and NAME`."""
    known = set(private)
    ends, starts = {run[1] for run in private}, {run[0] for run in private}
    found = True
    while found:
        found = False
        for run in runs:
            if run in known:
                continue
            before = run[0] - 1 if run[0] and page.tokens[run[0] - 1].small in _AND | {"with"} else run[0]
            link = page.text[page.end(before) : page.tokens[run[0]].start] if before else ""
            ahead = run[1] + 1 if run[1] < len(page.tokens) and page.tokens[run[1]].small in _AND else run[1]
            join = page.text[page.end(run[1]) : page.tokens[ahead].start] if ahead < len(page.tokens) else ""
            listed = run[1] - run[0] > 1 or page.gap(run[1] - 1) in {", ", " "}
            beside = (before in ends and (link in _CHAINED or (link in {", ", "; "} and listed))) or (
                ahead in starts and (join in _CHAINED or join == ", ")
            )
            if beside and _could_be(page, run, lists):
                known.add(run)
                ends.add(run[1])
                starts.add(run[0])
                found = True
                yield run


def _could_be(page: Page, run: Run, lists: Lexicon) -> bool:
    kinds = [lists.kind(page.tokens[at].small) for at in range(*run)]
    if (
        thing(page, run, lists, given=False)
        or sited(page, run[0], lists, sure=True)
        or any(kind & Kind.SITED for kind in kinds)
    ):
        return False
    return (
        not any(kind & (Kind.WORD | Kind.PLACE) and not kind & NAMED for kind in kinds)
        and len(page.tokens[run[0]].text) > 1
    )


def among_places(page: Page, runs: list[Run], places: set[int], lists: Lexicon) -> set[Run]:
    """Find the single words that are listed with places: `Mala Tokmachka, X, Y and Z were shelled`."""
    spots = places | {
        at for at, token in enumerate(page.tokens) if lists.kind(token.small) & Kind.PLACE and token.text[0].isupper()
    }
    found: set[Run] = set()
    for run in [*runs, *reversed(runs)]:
        kind = lists.kind(page.tokens[run[0]].small)
        if (
            run in found
            or run[1] - run[0] > 1
            or (kind & SURE and not page.tokens[run[0]].small.endswith(_EITHER))
            or kind & Kind.GIVEN
        ):
            continue
        if _listed_at(page, run, spots):
            found.add(run)
            spots.add(run[0])
    return found


def _listed_at(page: Page, run: Run, spots: set[int]) -> bool:
    """Whether a word stands in a list beside one of these words."""
    first, last = run
    before = first - 2 if first > 1 and page.tokens[first - 1].small == "and" else first - 1
    after = last + 1 if last + 1 < len(page.tokens) and page.tokens[last].small == "and" else last
    back = page.text[page.tokens[before].end : page.tokens[first].start] if before >= 0 else ""
    ahead = page.text[page.tokens[last - 1].end : page.tokens[after].start] if after < len(page.tokens) else ""
    links = {", ", " and ", ", and "}
    return (before in spots and back in links) or (after in spots and ahead in links)
