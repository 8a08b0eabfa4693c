"""Names that nothing beside them gives away: whoever is shaped like a person and holds no office is private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.reports.persons.lexicon import NAMED, SURE, Kind, Lexicon, fold, latin, lexicon
from tocsin.reports.persons.offices import official
from tocsin.reports.persons.page import Page
from tocsin.reports.persons.shape.company import acting, after_article, past_tense, sited, thing
from tocsin.reports.persons.shape.listed import among_places, chained
from tocsin.reports.persons.shape.runs import Run, phrases, runs_of


@final
@dataclass(frozen=True, slots=True)
class Persons:
    """Whom a page names: runs of words of private persons, and the names of office-holders."""

    private: list[Run]
    public: list[frozenset[str]]


def shaped_names(page: Page, marked: list[Run]) -> Persons:
    """Find the runs of words that are shaped like a person; `marked` are persons known already."""
    lists = lexicon()
    places = phrases(page, lists)
    runs = list(runs_of(page, lists, places))
    taken = {at for run in marked for at in range(*run)}
    public = [
        *lists.rulers,
        *(_names(page, run) for run in runs if not taken & set(range(*run)) and official(page, *run)),
    ]
    sites = among_places(page, runs, places, lists)
    runs = [run for run in runs if run not in sites]
    held = {at for run in runs if official(page, *run) for at in range(*run)}
    private = [
        run
        for run in runs
        if not held & set(range(*run)) and not _known(page, run, public) and _person(page, run, lists)
    ]
    private += [
        run
        for run in chained(page, runs, [*private, *marked], lists)
        if not held & set(range(*run)) and not _known(page, run, public)
    ]
    return Persons(private, public)


def _names(page: Page, run: Run) -> frozenset[str]:
    return frozenset(fold(page.tokens[at].small) for at in range(*run) if len(page.tokens[at].text) > 1)


def _known(page: Page, run: Run, public: list[frozenset[str]]) -> bool:
    """Whether a name is an office-holder's, whole or in part."""
    names = _names(page, run)
    if not names:
        return False
    if any(names <= one for one in public):
        return True
    return not all(map(str.isascii, names)) and any(_same(names, one) for one in public)


def _same(names: frozenset[str], one: frozenset[str]) -> bool:
    """Whether each Cyrillic name is one of an office-holder's in another case, or in Latin letters."""
    return all(latin(name) in one or any(alike(name, other) for other in one) for name in names)


def alike(word: str, other: str) -> bool:
    """Whether two Cyrillic words, folded, can be cases of one name."""
    if word == other:
        return True
    shared = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        shared += 1
    longest = max(len(word), len(other))
    return not word.isascii() and shared >= 4 and shared >= longest - 3 and shared >= min(len(word), len(other)) - 2


def _person(page: Page, run: Run, lists: Lexicon) -> bool:
    """Whether a run of words is a person and no place, unit or thing."""
    first, last = run
    kinds = [lists.kind(page.tokens[at].small) for at in range(first, last)]
    whole = [kind for at, kind in enumerate(kinds, first) if len(page.tokens[at].text) > 1]
    given = any(kind & (Kind.GIVEN | Kind.PATRONYMIC) for kind in kinds)
    if not whole or thing(page, run, lists, given=given):
        return False
    near = [page.tokens[at].small for at in (first, first - 1) if at >= 0 and last - at > 1]
    if given or any(small in lists.shapes["kunya"] for small in near):
        return last - first > 1 or not sited(page, first, lists, sure=True) or acting(page, run, lists)
    if len(whole) < len(kinds):
        return any(kind & SURE or not kind & (Kind.WORD | Kind.PLACE) for kind in whole)
    return _alone(page, run, kinds[0], lists) if len(kinds) == 1 else _several(page, run, kinds, lists)


def _several(page: Page, run: Run, kinds: list[int], lists: Lexicon) -> bool:
    """Whether several words without a sure given name are a person."""
    named = sum(bool(kind & NAMED) for kind in kinds)
    if named >= 2:
        return True
    if sited(page, run[0], lists, sure=False):
        return False
    if kinds[0] & Kind.FIRST or any(kind & SURE for kind in kinds):
        return True
    if kinds[0] & Kind.MAYBE_GIVEN:
        return not kinds[1] & (Kind.WORD | Kind.PLACE)
    return not kinds[-1] & Kind.SITED and not after_article(page, run[0])


def _alone(page: Page, run: Run, kind: int, lists: Lexicon) -> bool:
    """Whether one word that is no sure given name is a person."""
    first = run[0]
    if kind & (Kind.ENDING | Kind.FAMILY) and not kind & Kind.PLACE:
        cyrillic = "\u0400" <= page.tokens[first].text[0] <= "\u04ff"
        if cyrillic and (first == 0 or set(page.gap(first - 1)) & set(".!?\n")) and not past_tense(page, run):
            return acting(page, run, lists)
        return not sited(page, first, lists, sure=False) and not after_article(page, first)
    plain = kind & (Kind.WORD | Kind.PLACE | Kind.SITED)
    return acting(page, run, lists) if not plain or kind & Kind.MAYBE_GIVEN else False
