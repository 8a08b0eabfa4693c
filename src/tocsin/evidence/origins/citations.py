"""What a text says of its source: whom it cites, whether it denies, passes on a rumour or was there itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, final
from urllib.parse import urlsplit

from tocsin.evidence.origins.catalogue import catalogue
from tocsin.evidence.origins.item import Item

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{3,500}|\b[\w-]{2,60}(?:\.[\w-]{2,60}){1,4}/[^\s<>\"')\]]{0,300}")
_LARGE: Final = r"[^\W\d_a-zа-яё][\w'\u2019&-]*"
_PHRASE: Final = re.compile(rf"{_LARGE}(?:(?: of| and| de| y| for| the)? {_LARGE}){{0,4}}")
_WORD: Final = re.compile(r"[^\W_]+")
_DATELINE: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?([^\W\d_a-z]{2}[^\W\d_a-z' -]{0,30}(?<=[^\W\d_a-z]))\b[^\u2014\u2013.-]{0,40}?\s*[\u2014\u2013-]\s")
_NEAR: Final = 60
"""Characters before and after a name in which a word of citing is looked for."""
_LEAD: Final = 220
"""Characters of a text that are its beginning."""
_LATE: Final = 0.4
"""What a word of denial counts after the beginning."""
_LETTERS: Final = 6.0
"""Characters a word, on average."""
_EDGE: Final = 120
"""Characters at either end of a text in which a bare name in brackets or after a dash is a credit."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What one text says of where it has its news from."""

    publishers: Mapping[str, bool]
    """Publishers of other items that it names; whether in words of citing rather than in passing."""
    outside: Mapping[str, bool]
    """Outlets that it names and that publish no item here, folded; whether in words of citing."""
    addresses: frozenset[str]
    """Addresses of other items that it gives."""
    unnamed: bool
    """Whether it passes on what a paper, an agency or a correspondent says without a name."""
    denies: float
    """How plainly it denies something, 0 to 1: wholly where its beginning does."""
    negations: float
    """Words of negation in a hundred."""
    rumours: int
    """Phrases by which it says that nobody vouches for the news."""
    firsthand: bool
    """Whether it says who saw or said it."""
    dateline: str
    """The place from which it is dated, folded; empty where it gives none."""
    translated: bool


def read_citations(items: Sequence[Item]) -> list[Cited]:
    """Read whom each item cites."""
    names = _Names(items)
    addresses = {address(item.url) for item in items if item.url}
    hosts = {host(item.url): item.publisher for item in items if item.publisher and host(item.url)}
    return [_cited(item, names, addresses, hosts) for item in items]


def address(url: str) -> str:
    """Write an address in one way: without scheme, www, query and closing stroke; empty where it is none."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return f"{host}{parts.path.rstrip('/.,;')}"


def host(url: str) -> str:
    """The host of an address; empty where it is none."""
    return address(url).partition("/")[0]


def plain(name: str) -> str:
    """Fold a name of an outlet to its words, without articles and endings of hosts.

    >>> plain("The Norland Gazette (blog)"), plain("Norland Gazette's")
    ('norland gazette', 'norland gazette')
    """
    words = [word for word in _WORD.findall(re.sub(r"\([^()]*\)|['\u2019]s\b", " ", name).casefold())]
    return " ".join(word for word in words if word not in {"the", "com", "org", "net", "www"})


@final
class _Names:
    """The names by which publishers may be called, and a pattern that finds them all."""

    def __init__(self, items: Sequence[Item]) -> None:
        publishers = sorted({item.publisher for item in items if plain(item.publisher)})
        claimed: dict[str, set[str]] = {}
        for publisher in publishers:
            for alias in _aliases(publisher):
                claimed.setdefault(alias, set()).add(publisher)
        self.publisher = {alias: min(held) for alias, held in claimed.items() if len({plain(p) for p in held}) == 1}
        self.first = frozenset(alias.split()[0] for alias in self.publisher)
        self.longest = max((len(alias.split()) for alias in self.publisher), default=0)

    def mentions(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where a publisher is named, and which; of names within names the longest."""
        words = [(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            step = 1
            large = place + (words[place][2] == "the")
            if words[place][2] in self.first and large < len(words) and text[words[large][0]].isupper():
                for length in range(min(self.longest, len(words) - place), 0, -1):
                    found = self.publisher.get(" ".join(word for _, _, word in words[place : place + length]))
                    if found is not None:
                        yield words[place][0], words[place + length - 1][1], found
                        step = length
                        break
            place += step


def _aliases(publisher: str) -> Iterator[str]:
    """The full name, what stands before a comma, its initials where they are three or more, "the Gazette" for its last word."""
    words = plain(publisher).split()
    yield " ".join(words)
    head = plain(publisher.partition(",")[0]).split()
    if head != words:
        yield " ".join(head)
    initials = "".join(word[0] for word in words)
    if len(initials) > 2:
        yield initials
    if len(words) > 1 and words[-1] in catalogue().outlets:
        yield f"the {words[-1]}"


def _cited(item: Item, names: _Names, addresses: set[str], hosts: Mapping[str, str]) -> Cited:
    text = f"{item.title}. {item.text}" if item.title else item.text
    publishers: dict[str, bool] = {}
    taken: list[tuple[int, int]] = []
    own = plain(item.publisher)
    for start, end, publisher in names.mentions(text):
        taken.append((start, end))
        if plain(publisher) != own:
            publishers[publisher] = publishers.get(publisher, False) or _is_citing(text, start, end)
    links = {address(found) for found in _ADDRESS.findall(text)} - {"", address(item.url)}
    publishers.update({hosts[at]: True for link in links if (at := host(link)) in hosts and plain(hosts[at]) != own})
    outside: dict[str, bool] = {}
    for name, cites in _outlets(text, taken):
        if name != own:
            outside[name] = outside.get(name, False) or cites
    lists = catalogue()
    lead = len(item.title) + _LEAD
    denials = [found.start() for found in lists.denial.finditer(text)]
    return Cited(
        publishers=publishers,
        outside=outside,
        addresses=frozenset(links & addresses),
        unnamed=bool(lists.unnamed.search(text)),
        denies=min(sum(1.0 if start < lead else _LATE for start in denials), 1.0),
        negations=100.0 * len(lists.negation.findall(text)) / max(len(text) / _LETTERS, 30.0),
        rumours=min(len(lists.rumour.findall(text)), 3),
        firsthand=bool(lists.firsthand.search(text)),
        dateline=place.group(1).casefold() if (place := _DATELINE.match(item.text[:_EDGE])) else "",
        translated=bool(lists.translation.search(item.title)),
    )


def _is_citing(text: str, start: int, end: int) -> bool:
    """Whether a name at [start, end) is cited: by the words around it, or as a credit at an end of the text."""
    lists = catalogue()
    before, after = text[max(start - _NEAR, 0) : start], text[end : end + _NEAR]
    credit = (start < _EDGE or end > len(text) - _EDGE) and bool(re.search(r"[(\u2014\u2013-]\s*$", before))
    return credit or bool(lists.cited_before.search(before) or lists.cited_after.match(after))


def _outlets(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield names of outlets that are no publisher's, folded, and whether they are cited."""
    lists = catalogue()
    for found in _PHRASE.finditer(text):
        start, end = found.span()
        if any(start < last and first < end for first, last in taken):
            continue
        name = plain(found.group())
        words = name.split()
        kind = bool(words) and (name in _agencies() or (len(words) > 1 and bool(lists.outlets & set(words[-2:]))))
        if kind:
            yield name, _is_citing(text, start, end)


@cache
def _agencies() -> frozenset[str]:
    return frozenset(plain(name) for name in catalogue().agencies)
