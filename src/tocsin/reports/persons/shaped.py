"""Names that nothing beside them gives away: whoever is shaped like a person and not shown to hold an office is private."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from tocsin.reports.persons.lexicon import NAMED, SURE, Kind, Lexicon, fold, latin, lexicon
from tocsin.reports.persons.offices import official
from tocsin.reports.persons.page import AGE, Page

Run = tuple[int, int]
"""The words [first, last) of a name."""

_LONGEST = 7
_ACRONYM = 5
_QUOTES = frozenset("\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019()")
_AHEAD = re.compile(r" (\d{1,4}(?:st|nd|rd|th) )?([\w-]+)((?: [A-Z][\w-]+){0,3})")
_CAMEL = re.compile(r"[a-z][A-Z]")
_EITHER = ("ova", "eva", "ska", "ina", "yne", "ove", "eve")
"""Endings that family names and places share."""
_CHAINED = frozenset({" and ", ", and ", " & ", " \u0438 ", " \u0442\u0430 ", " \u0456 ", " or ", " with "})
_STRONG = frozenset({"operation", "exercise", "hms", "uss", "fort", "camp", "mount", "lake", "port", "saint", "san", "santa", "pmc", "cape"})


@final
@dataclass(frozen=True, slots=True)
class Persons:
    """Whom a page names: runs of words of private persons, and the names of office-holders."""

    private: list[Run]
    public: list[frozenset[str]]


def shaped_names(page: Page, marked: list[Run]) -> Persons:
    """Find the runs of words that are shaped like a person; `marked` are persons that the words beside them gave away."""
    lists = lexicon()
    places = _phrases(page, lists)
    runs = list(_runs(page, lists, places))
    taken = {at for run in marked for at in range(*run)}
    public = [*lists.rulers, *(_names(page, run) for run in runs if not taken & set(range(*run)) and official(page, *run))]
    sites = _among_places(page, runs, places, lists)
    runs = [run for run in runs if run not in sites]
    held = {at for run in runs if official(page, *run) for at in range(*run)}
    private = [run for run in runs if not held & set(range(*run)) and not _known(page, run, public) and _person(page, run, lists)]
    private += [run for run in _chained(page, runs, [*private, *marked], lists) if not held & set(range(*run)) and not _known(page, run, public)]
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


def _phrases(page: Page, lists: Lexicon) -> set[int]:
    """Return the words that belong to a known name of several words."""
    taken: set[int] = set()
    smalls = [fold(token.small) for token in page.tokens]
    for at, small in enumerate(smalls):
        for phrase in lists.phrases.get(small, ()):
            if tuple(smalls[at : at + len(phrase)]) == phrase and all(page.gap(i) in {" ", "-", "\n"} for i in range(at, at + len(phrase) - 1)):
                taken.update(range(at, at + len(phrase)))
                break
    return taken


def _runs(page: Page, lists: Lexicon, places: set[int]) -> Iterator[Run]:
    at, total = 0, len(page.tokens)
    while at < total:
        if at in places or not _nameable(page, at, lists):
            at += 1
            continue
        last = at + 1
        sure = bool(lists.kind(page.tokens[at].small) & (Kind.GIVEN | Kind.MAYBE_GIVEN))
        while last < total and last - at < _LONGEST and _joined(page, last - 1, sure=sure, one=last - at == 1):
            step = last
            while step < min(last + 3, total - 1) and page.tokens[step].small in lists.shapes["links"] and page.gap(step) in {" ", "-", " '"}:
                step += 1
            if step in places or not (_nameable(page, step, lists) or (sure and step == last and _extends(page, step, lists))):
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
    heads = lists.shapes["closers"] | lists.shapes["function"] | lists.shapes["openers"] | page.words.not_names
    opens = bool(set(page.gap(at - 2)) & set(".!?\n\"")) and not page.gap(at - 2).endswith(") ")
    plain = lists.kind(before.small) & (Kind.PLACE | Kind.TITLE) or before.small in heads
    after = page.tokens[at + 1].small if at + 1 < len(page.tokens) and page.gap(at) == " " else ""
    fits = before.text[0].isupper() and not before.text.isupper() and not opens and not plain
    return at - 1 if fits and after in lists.shapes["doing"] else at


def _joined(page: Page, at: int, *, sure: bool, one: bool) -> bool:
    """Whether a name can go on after a word: a space, the end of a line, the dot of an initial, a nickname in quotes."""
    gap = page.gap(at)
    if gap == " " or (gap == "\n" and one):  # a second name on the next line is another person
        return True
    if gap in {". ", "."} and len(page.tokens[at].text) == 1:
        return True
    marks = gap.replace(" ", "")
    return sure and 0 < len(marks) <= 1 and marks in _QUOTES - {"(", ")"} and len(gap) == 2


def _nameable(page: Page, at: int, lists: Lexicon) -> bool:
    """Whether a word can be part of a name by itself."""
    token = page.tokens[at]
    capital = token.text[0].isupper() or (token.text[:3].lower() in {"al-", "el-", "as-", "ad-", "an-", "ar-", "az-", "at-"} and token.text[3:4].isupper())
    if not capital:
        return False
    if len(token.text) == 1:
        return page.text.startswith(".", token.end) and not (token.text == "I" and page.gap(at) != ". " and False)
    kind = lists.kind(token.small)
    if kind & Kind.PLACE and not kind & Kind.MAYBE_GIVEN:
        return False
    if _CAMEL.search(token.text) and not token.text.startswith(("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz")):
        return False
    if kind & SURE:
        return not (kind & Kind.TITLE and not kind & Kind.GIVEN)
    if kind & Kind.TITLE or (token.small in lists.shapes["openers"] and kind & Kind.WORD and not kind & Kind.FIRST):
        return False
    if kind & (Kind.MAYBE_GIVEN | Kind.MAYBE_FAMILY | Kind.FIRST):
        return True
    return not kind & Kind.WORD and not (token.text.isupper() and len(token.text) <= _ACRONYM)


def _extends(page: Page, at: int, lists: Lexicon) -> bool:
    """Whether an ordinary word after a given name is its family name: `Will Baker`, `Mark Young`."""
    token = page.tokens[at]
    kind = lists.kind(token.small)
    heads = lists.shapes["closers"] | lists.shapes["function"] | lists.shapes["openers"]
    surely = lists.kind(page.tokens[at - 1].small) & Kind.GIVEN
    plain = surely and not kind & (Kind.PLACE | Kind.TITLE) and token.small not in page.words.not_names
    return (
        token.text[0].isupper()
        and len(token.text) > 2
        and not (token.text.isupper() and not page.tokens[at - 1].text.isupper())
        and not (token.text.isupper() and page.tokens[at - 1].text.isupper() and not kind & NAMED)
        and token.small not in heads
        and bool(plain or kind & Kind.MAYBE_FAMILY)
    )


def _person(page: Page, run: Run, lists: Lexicon) -> bool:
    """Whether a run of words is a person and no place, unit or thing."""
    first, last = run
    kinds = [lists.kind(page.tokens[at].small) for at in range(first, last)]
    initials = [len(page.tokens[at].text) == 1 for at in range(first, last)]
    size = last - first
    given = any(kind & (Kind.GIVEN | Kind.PATRONYMIC) for kind in kinds)
    sure = any(kind & SURE for kind in kinds)
    if all(initials) or _thing(page, run, lists, given=given):
        return False
    if given or any(page.tokens[at].small in lists.shapes["kunya"] for at in (first, first - 1) if at >= 0 and last - at > 1):
        return size > 1 or not _sited(page, first, lists, sure=True) or _acting(page, run, lists)
    if any(initials):
        return any(kind & SURE or not kind & (Kind.WORD | Kind.PLACE) for kind, one in zip(kinds, initials, strict=True) if not one)
    if size == 1:
        return _alone(page, run, kinds[0], lists)
    named = sum(bool(kind & NAMED) for kind in kinds)
    if named >= 2 or (kinds[0] & Kind.FIRST and not _sited(page, first, lists, sure=False)):
        return True
    if named == 1 and sure and not _sited(page, first, lists, sure=False):
        return True
    if kinds[0] & Kind.MAYBE_GIVEN:
        return not kinds[1] & (Kind.WORD | Kind.PLACE) and not _sited(page, first, lists, sure=False)
    return not kinds[-1] & Kind.SITED and not _sited(page, first, lists, sure=False) and not _after_article(page, first)


def _alone(page: Page, run: Run, kind: Kind, lists: Lexicon) -> bool:
    """Whether one word that is no sure given name is a person."""
    first = run[0]
    if kind & (Kind.ENDING | Kind.FAMILY) and not kind & Kind.PLACE:
        cyrillic = not page.tokens[first].text.isascii() and "\u0400" <= page.tokens[first].text[0] <= "\u04ff"
        if cyrillic and (first == 0 or set(page.gap(first - 1)) & set(".!?\n")) and not _verb(page, run):
            return _acting(page, run, lists)
        return not _sited(page, first, lists, sure=False) and not _after_article(page, first)
    plain = kind & (Kind.WORD | Kind.PLACE | Kind.SITED)
    return _acting(page, run, lists) if not plain or kind & Kind.MAYBE_GIVEN else False


def _verb(page: Page, run: Run) -> bool:
    """Whether a verb in the past follows in Russian or Ukrainian."""
    after = page.tokens[run[1]].small if run[1] < len(page.tokens) and page.gap(run[1] - 1) == " " else ""
    return after.endswith(("л", "ла", "лся", "лась", "ли", "лись", "в", "вся"))


def _acting(page: Page, run: Run, lists: Lexicon) -> bool:
    """Whether the words beside a word show that it is a person: `X wept`, `X, 24,`, `Mrs X`, `X's son`, `Photo: X`."""
    first, last = run
    gap = page.gap(last - 1)
    after = page.tokens[last].small if last < len(page.tokens) and gap in {" ", "'s ", "\u2019s "} else ""
    before = page.tokens[first - 1].small if first and page.gap(first - 1) in {" ", ". ", ": ", ", "} else ""
    plain = not lists.kind(page.tokens[first].small) & (Kind.WORD | Kind.PLACE)
    if before == "as" and first > 1 and page.tokens[first - 2].small == "known" and plain:
        return not _sited(page, first, lists, sure=False)
    if before == "called" and first > 1 and page.tokens[first - 2].small in lists.shapes["openers"] | lists.shapes["closers"]:
        return False
    if before in lists.shapes["courtesy"] or before in lists.shapes["beside"] or before in lists.shapes["captions"] and page.gap(first - 1) == ": ":
        return True
    own = gap.startswith(("'s", "\u2019s")) or page.text.startswith(("'s", "\u2019s"), page.tokens[last - 1].end)
    if own and (page.tokens[last].small if last < len(page.tokens) else "") in page.words.kin:
        return True
    if plain and AGE.fullmatch(gap) and gap.strip(" ,") and gap.rstrip().endswith((",", ")")):
        return True
    ranks = lists.shapes["ranks"]
    if before in ranks and page.gap(first - 1) == " ":
        return plain or bool(lists.kind(page.tokens[first].small) & Kind.MAYBE_GIVEN)
    return bool(after) and after in lists.shapes["doing"] and gap == " " and not page.tokens[first].text.isupper()


def _thing(page: Page, run: Run, lists: Lexicon, *, given: bool) -> bool:
    """Whether the words beside a run make it a unit, a place, a ship, a law or the like."""
    first, last = run
    shapes = lists.shapes
    article = _after_article(page, first)
    after = _AHEAD.match(page.text, page.end(last))
    if after and after[1] and any(word.lower() in shapes["closers"] for word in (after[2], *after[3].split())):
        return True
    if after and after[2].lower() in shapes["closers"] and (article or not given or after[2][0].isupper()):
        return True
    if after and not given and after[2][0].isupper() and lists.kind(after[2].lower()) & Kind.PLACE:
        return True
    before = page.tokens[first - 1] if first and page.gap(first - 1) in {" ", " \u00ab", ' "', " \u201c"} else None
    begins = page.tokens[first].small
    if begins in {"san", "santa", "saint", "santo", "sao"} and 1 < last - first <= 3:
        return True
    opens = begins in shapes["openers"] and last - first > 1 and not (lists.kind(begins) & Kind.FIRST and last - first > 2)
    if opens and not any(lists.kind(page.tokens[at].small) & (Kind.GIVEN | Kind.PATRONYMIC) for at in range(first + 1, last)):
        return True
    if before and before.small == "of" and first > 1 and page.tokens[first - 2].small in shapes["openers"] and page.gap(first - 2) == " ":
        return True
    if before and before.small in shapes["openers"]:
        if before.small in _STRONG:
            return before.text[0].isupper() or not given
        return not given and (before.text[0].isupper() or not article)
    return bool(before and before.small in page.words.high_ranks and first > 1 and page.tokens[first - 2].small == "the" and last - first == 1 and page.gap(last - 1)[:1] in {",", ";"})


def _sited(page: Page, first: int, lists: Lexicon, *, sure: bool) -> bool:
    """Whether a word stands where a place stands: `in X`, `near X and X`."""
    if not first or page.gap(first - 1) not in {" ", "\n"}:
        return False
    before = page.tokens[first - 1].small
    if before in {"and", "or", "и", "та"} and first > 2:
        return _sited(page, first - 2, lists, sure=sure) and bool(lists.kind(page.tokens[first - 2].small) & Kind.PLACE)
    return before in lists.shapes["before_places"] and not (sure and before in lists.shapes["before_both"])


def _after_article(page: Page, first: int) -> bool:
    return bool(first) and page.gap(first - 1) in {" ", ' "', " \u201c"} and page.tokens[first - 1].small == "the"


def _chained(page: Page, runs: list[Run], private: list[Run], lists: Lexicon) -> Iterator[Run]:
    """Find the persons beside a person: `NAME and X`, `X, Y and NAME`."""
    known = set(private)
    ends, starts = {run[1] for run in private}, {run[0] for run in private}
    found = True
    while found:
        found = False
        for run in runs:
            if run in known:
                continue
            before = run[0] - 1 if run[0] and page.tokens[run[0] - 1].small in {"and", "or", "with", "и", "та", "і"} else run[0]
            link = page.text[page.end(before) : page.tokens[run[0]].start] if before else ""
            ahead = run[1] + 1 if run[1] < len(page.tokens) and page.tokens[run[1]].small in {"and", "or", "и", "та", "і"} else run[1]
            join = page.text[page.end(run[1]) : page.tokens[ahead].start] if ahead < len(page.tokens) else ""
            listed = run[1] - run[0] > 1 or page.gap(run[1] - 1) in {", ", " "}
            beside = (before in ends and (link in _CHAINED or (link in {", ", "; "} and listed))) or (ahead in starts and (join in _CHAINED or join == ", "))
            if beside and _could_be(page, run, lists):
                known.add(run)
                ends.add(run[1])
                starts.add(run[0])
                found = True
                yield run


def _among_places(page: Page, runs: list[Run], places: set[int], lists: Lexicon) -> set[Run]:
    """Find the single words that are listed with places: `Mala Tokmachka, X, Y and Z were shelled`."""
    spots = places | {at for at, token in enumerate(page.tokens) if lists.kind(token.small) & Kind.PLACE and token.text[0].isupper()}
    found: set[Run] = set()
    for run in [*runs, *reversed(runs)]:
        kind = lists.kind(page.tokens[run[0]].small)
        if run in found or run[1] - run[0] > 1 or (kind & SURE and not page.tokens[run[0]].small.endswith(_EITHER)) or kind & Kind.GIVEN:
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


def _could_be(page: Page, run: Run, lists: Lexicon) -> bool:
    kinds = [lists.kind(page.tokens[at].small) for at in range(*run)]
    if _thing(page, run, lists, given=False) or _sited(page, run[0], lists, sure=True) or any(kind & Kind.SITED for kind in kinds):
        return False
    return not any(kind & (Kind.WORD | Kind.PLACE) and not kind & NAMED for kind in kinds) and len(page.tokens[run[0]].text) > 1
