"""What the words beside a run of words make of it: a person, or a place, a unit, a thing."""

from __future__ import annotations

import re

from tocsin.reports.persons.lexicon import Kind, Lexicon
from tocsin.reports.persons.page import AGE, Page
from tocsin.reports.persons.shape.runs import Run

_AHEAD = re.compile(r" (\d{1,4}(?:st|nd|rd|th) )?([\w-]+)((?: [A-Z][\w-]+){0,3})")
_STRONG = frozenset(
    [
        "operation",
        "exercise",
        "hms",
        "uss",
        "fort",
        "camp",
        "mount",
        "lake",
        "port",
        "saint",
        "san",
        "santa",
        "pmc",
        "cape",
    ]
)
_SAINTS = frozenset({"san", "santa", "saint", "santo", "sao"})


def past_tense(page: Page, run: Run) -> bool:
    """Whether a verb in the past follows in Russian or Ukrainian."""
    after = page.tokens[run[1]].small if run[1] < len(page.tokens) and page.gap(run[1] - 1) == " " else ""
    return after.endswith(("л", "ла", "лся", "лась", "ли", "лись", "в", "вся"))


def acting(page: Page, run: Run, lists: Lexicon) -> bool:
    """Whether the words beside a word show that it is a person: `X wept`, `X, 24,`, `Mrs X`, `X's son`, `Photo: X`."""
    first, last = run
    gap = page.gap(last - 1)
    before = _before(page, first)
    kind = lists.kind(page.tokens[first].small)
    plain = not kind & (Kind.WORD | Kind.PLACE)
    ahead = page.tokens[first - 2].small if first > 1 else ""
    if before == "as" and ahead == "known" and plain:
        return not sited(page, first, lists, sure=False)
    if before == "called" and ahead in lists.shapes["openers"] | lists.shapes["closers"]:
        return False
    aged = plain and AGE.fullmatch(gap) and gap.strip(" ,") and gap.rstrip().endswith((",", ")"))
    addressed = before in lists.shapes["courtesy"] | lists.shapes["beside"]
    pictured = before in lists.shapes["captions"] and page.gap(first - 1) == ": "
    if aged or addressed or pictured or _owns_kin(page, last):
        return True
    if before in lists.shapes["ranks"] and page.gap(first - 1) == " ":
        return plain or bool(kind & Kind.MAYBE_GIVEN)
    after = page.tokens[last].small if last < len(page.tokens) and gap == " " else ""
    return after in lists.shapes["doing"] and not page.tokens[first].text.isupper()


def _before(page: Page, first: int) -> str:
    """Return the word before one, where it stands close."""
    return page.tokens[first - 1].small if first and page.gap(first - 1) in {" ", ". ", ": ", ", "} else ""


def _owns_kin(page: Page, last: int) -> bool:
    """Whether a word of kinship follows in `X's son`."""
    own = page.text.startswith(("'s", "\u2019s"), page.tokens[last - 1].end)
    return own and last < len(page.tokens) and page.tokens[last].small in page.words.kin


def thing(page: Page, run: Run, lists: Lexicon, *, given: bool) -> bool:
    """Whether the words beside a run make it a unit, a place, a ship, a law or the like."""
    return _headed(page, run, lists, given=given) or _opened(page, run, lists, given=given)


def _headed(page: Page, run: Run, lists: Lexicon, *, given: bool) -> bool:
    """Whether what follows is the head of the phrase: `X Brigade`, `X 92nd Brigade`, `the X movement`."""
    after = _AHEAD.match(page.text, page.end(run[1]))
    if not after:
        return False
    closers, head, capital = lists.shapes["closers"], after[2].lower(), after[2][0].isupper()
    numbered = after[1] and any(word.lower() in closers for word in (after[2], *after[3].split()))
    closed = head in closers and (not given or capital or after_article(page, run[0]))
    return bool(numbered or closed or (not given and capital and lists.kind(head) & Kind.PLACE))


def _opened(page: Page, run: Run, lists: Lexicon, *, given: bool) -> bool:
    """Whether what comes before makes it a thing: `Fort X`, `the village of X`, `the Admiral X,`, `San X`."""
    first, last = run
    openers, size, begins = lists.shapes["openers"], last - first, page.tokens[first].small
    ahead = page.tokens[first - 2].small if first > 1 else ""
    before = page.tokens[first - 1] if first and page.gap(first - 1) in {" ", " \u00ab", ' "', " \u201c"} else None
    inner = [lists.kind(page.tokens[at].small) for at in range(first + 1, last)]
    opens = begins in openers and size > 1 and not (lists.kind(begins) & Kind.FIRST and size > 2)
    if (begins in _SAINTS and 1 < size <= 3) or (
        opens and not any(kind & (Kind.GIVEN | Kind.PATRONYMIC) for kind in inner)
    ):
        return True
    if before is None:
        return False
    if before.small in openers:
        capital = before.text[0].isupper()
        if before.small in _STRONG:
            return capital or not given
        return not given and (capital or not after_article(page, first))
    placed = before.small == "of" and ahead in openers and page.gap(first - 2) == " "
    ship = before.small in page.words.high_ranks and ahead == "the" and size == 1
    return placed or (ship and page.gap(last - 1)[:1] in {",", ";"})


def sited(page: Page, first: int, lists: Lexicon, *, sure: bool) -> bool:
    """Whether a word stands where a place stands: `in X`, `near X and X`."""
    if not first or page.gap(first - 1) not in {" ", "\n"}:
        return False
    before = page.tokens[first - 1].small
    if before in {"and", "or", "и", "та"} and first > 2:
        return sited(page, first - 2, lists, sure=sure) and bool(lists.kind(page.tokens[first - 2].small) & Kind.PLACE)
    return before in lists.shapes["before_places"] and not (sure and before in lists.shapes["before_both"])


def after_article(page: Page, first: int) -> bool:
    """Whether `the` stands before a word."""
    return bool(first) and page.gap(first - 1) in {" ", ' "', " \u201c"} and page.tokens[first - 1].small == "the"
