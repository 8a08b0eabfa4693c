"""What texts say of their source: whom they cite, whether they deny, pass on a rumour or were there themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, final
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.item import Item
from tocsin.evidence.origins.texts.catalogue import catalogue
from tocsin.evidence.origins.texts.phrases import Found, find
from tocsin.evidence.origins.texts.words import Corpus, read
from tocsin.parameters import value

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{3,500}")
_WORD: Final = re.compile(r"[^\W_]+")
_CAPITALS: Final = r"[^\W\d_a-z]{2}(?:[^\W\d_a-z]|[ '.-](?=[^\W\d_a-z])){0,28}"
_DATELINE: Final = re.compile(
    rf"\s*(?:\([^()]{{0,60}}\)\s*)?({_CAPITALS})\b[^\u2014\u2013.-]{{0,40}}\s*[\u2014\u2013-]\s"
)
_EDGE: Final = 120
"""Characters at the beginning of a text in which it is dated."""
_MARKS: Final = (
    *("rumour", "firsthand", "own", "attributed", "denial", "negation", "translation"),
    *("unnamed", "before", "after", "agencies"),
)

Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What each of many texts says of where it has its news from; every array has one entry a text."""

    publishers: Sequence[Mapping[str, bool]]
    """Publishers of other items that it names; whether in words of citing rather than in passing."""
    outside: Sequence[Mapping[str, bool]]
    """Outlets that it names and that publish no item here, folded; whether in words of citing."""
    addresses: Sequence[frozenset[str]]
    """Addresses of other items that it gives."""
    datelines: Sequence[str]
    """The place from which it is dated, folded; empty where it gives none."""
    unnamed: Floats
    """Whether it passes on what a paper or an agency says without a name."""
    denies: Floats
    """How plainly it denies something, 0 to 1: wholly where its title or beginning does."""
    negations: Floats
    """Words of negation in a hundred."""
    rumours: Floats
    """Phrases by which it says that nobody vouches for the news, at most 3."""
    firsthand: Floats
    """Whether it says who saw or said it."""
    attributed: Floats
    """Whether it puts anything into somebody's mouth."""
    own: Floats
    """Whether it says that its publisher was there, or was told."""
    translated: Floats
    """Whether its title says that it is a translation."""

    def silent(self, place: int) -> bool:
        """Whether a text does not say where its news is from: no one is named who saw or said it, or it is a rumour."""
        cites = any((*self.publishers[place].values(), *self.outside[place].values()))
        vouched = self.firsthand[place] > 0.0 or self.own[place] > 0.0 or self.denies[place] >= 1.0
        if self.rumours[place] > 0.0:
            return not (cites or vouched) or self.rumours[place] > 1.0
        return not (cites or vouched or self.attributed[place] > 0.0)


def read_said(items: Sequence[Item], corpus: Corpus) -> Said:
    """Read what each item says of its source; `corpus` holds their texts."""
    titles = read([item.title for item in items])
    lists = catalogue().phrases
    sought: dict[str, int] = {}
    for kind, name in enumerate(_MARKS):
        for phrase in lists[name]:
            sought[phrase] = sought.get(phrase, 0) | 1 << kind
    found, headed = find(corpus, sought), find(titles, sought)
    marks = {name: _count(corpus, found, name) + _count(titles, headed, name) for name in _MARKS}
    links = _Links(items)
    publishers, spans = _publishers(items, corpus, titles, found)
    for place, item in enumerate(items):
        publishers[place].update(links.hosts(item))
    early = _count(corpus, found, "denial", first=int(value("origins.denial_lead")))
    headline = _count(titles, headed, "denial")
    late = marks["denial"] - early - headline
    words = np.maximum(np.diff(corpus.start), 30)
    return Said(
        publishers=publishers,
        outside=_outside(items, corpus, found, spans),
        addresses=[links.addresses(item) for item in items],
        datelines=[_dateline(item.text) for item in items],
        unnamed=np.minimum(marks["unnamed"], 1.0),
        denies=np.minimum(early + headline + value("origins.denial_late") * late, 1.0),
        negations=100.0 * marks["negation"] / words,
        rumours=np.minimum(marks["rumour"], 3.0),
        firsthand=np.minimum(marks["firsthand"], 1.0),
        attributed=np.minimum(marks["attributed"], 1.0),
        own=np.minimum(marks["own"], 1.0),
        translated=np.minimum(_count(titles, headed, "translation"), 1.0),
    )


def _of(found: Found, kind: str) -> NDArray[np.bool_]:
    """Which places hold a phrase of a kind; the number of a phrase has a bit for each of its kinds."""
    return (found.phrase >> _MARKS.index(kind) & 1).astype(bool)


def _count(corpus: Corpus, found: Found, kind: str, first: int | None = None) -> Floats:
    """How often phrases of a kind stand in each document, or in its `first` words."""
    at = found.start[_of(found, kind)]
    document = np.searchsorted(corpus.start, at, "right") - 1
    if first is not None:
        document = document[at - corpus.start[document] < first]
    return np.bincount(document, minlength=len(corpus)).astype(np.float64)


def address(url: str) -> str:
    """Write an address in one way: without scheme, www, query and closing stroke; empty where it is none."""
    if not url:
        return ""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        name = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return f"{name}{parts.path.rstrip('/.,;')}"


def plain(name: str) -> str:
    """Fold a name of an outlet to its words, without articles and endings of hosts.

    >>> plain("The Norland Gazette (blog)"), plain("Norland Gazette's")
    ('norland gazette', 'norland gazette')
    """
    words = _WORD.findall(re.sub(r"\([^()]*\)|['\u2019]s\b", " ", name).casefold())
    return " ".join(word for word in words if word not in {"the", "com", "org", "net", "www"})


@final
class _Links:
    """The addresses of items, and what texts give of them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._own = {address(item.url) for item in items}
        self._publisher = {
            address(item.url).partition("/")[0]: item.publisher for item in items if item.publisher and item.url
        }

    def addresses(self, item: Item) -> frozenset[str]:
        """Addresses of other items that the item's text gives."""
        return frozenset((set(self._given(item)) & self._own) - {"", address(item.url)})

    def hosts(self, item: Item) -> dict[str, bool]:
        """Publishers to whose addresses the item's text leads."""
        named = (self._publisher.get(link.partition("/")[0]) for link in self._given(item))
        return {name: True for name in named if name and plain(name) != plain(item.publisher)}

    def _given(self, item: Item) -> Iterator[str]:
        if "http" in item.text or "www." in item.text:
            yield from (address(found) for found in _ADDRESS.findall(item.text))


def _publishers(
    items: Sequence[Item], corpus: Corpus, titles: Corpus, marks: Found
) -> tuple[list[dict[str, bool]], Found]:
    """Name for each item the publishers of others that it names, and say where in the texts any is named."""
    claimed: dict[str, set[str]] = {}
    for publisher in sorted({item.publisher for item in items}):
        for alias in _aliases(publisher):
            claimed.setdefault(alias, set()).add(publisher)
    held = sorted((alias, min(names)) for alias, names in claimed.items() if len({plain(n) for n in names}) == 1)
    sought = {alias: number for number, (alias, _) in enumerate(held)}
    named: list[dict[str, bool]] = [{} for _ in items]
    spans = find(corpus, sought)
    for text, found in ((corpus, spans), (titles, find(titles, sought))):
        large = text.large[found.end - 1] if len(found.end) else np.zeros(0, dtype=bool)
        cites = _cited(found, marks) if text is corpus else np.zeros(len(large), dtype=bool)
        document = np.searchsorted(text.start, found.start, "right") - 1
        for place in np.flatnonzero(large).tolist():
            item, name = int(document[place]), held[found.phrase[place]][1]
            if plain(name) != plain(items[item].publisher):
                named[item][name] = named[item].get(name, False) or bool(cites[place])
    return named, spans


def _aliases(publisher: str) -> Iterator[str]:
    """The full name, what stands before a comma, its initials, and "the Gazette" for its last word."""
    words = plain(publisher).split()
    head = plain(publisher.partition(",")[0]).split()
    for name in (words, head):
        if len("".join(name)) > 2:
            yield " ".join(name)
    if len(words) > 2:
        yield "".join(word[0] for word in words)
    if len(words) > 1 and words[-1] in catalogue().outlets:
        yield f"the {words[-1]}"


def _cited(found: Found, marks: Found) -> NDArray[np.bool_]:
    """Whether names stand beside words of citing: right after them, with an article between or not, or right before."""
    before, after = _of(marks, "before"), _of(marks, "after")
    ends, begins = marks.end[before], marks.start[after]
    return np.isin(found.start, np.concatenate([ends, ends + 1])) | np.isin(
        found.end, np.concatenate([begins, begins - 1])
    )


def _outside(items: Sequence[Item], corpus: Corpus, marks: Found, spans: Found) -> list[dict[str, bool]]:
    """Outlets that no item here is by: large words that end in a word for an outlet, and agencies."""
    lists = catalogue()
    kinds = np.array([word in lists.outlets for word in corpus.vocabulary] + [False])
    outlet = kinds[corpus.words] & corpus.large
    outlet[1:] &= corpus.large[:-1] & (corpus.sentence[1:] == corpus.sentence[:-1])
    outlet[:1] = False
    outlet[:-1] &= ~(outlet[1:] & outlet[:-1])
    starts: list[int] = []
    ends: list[int] = []
    for end in (np.flatnonzero(outlet) + 1).tolist():
        start = end - 1
        while (
            start > 0
            and end - start < 5
            and corpus.large[start - 1]
            and corpus.sentence[start - 1] == corpus.sentence[end - 1]
        ):
            start -= 1
        starts.append(start)
        ends.append(end)
    agency = _of(marks, "agencies") & corpus.large[np.minimum(marks.start, len(corpus.words) - 1)]
    begins = np.concatenate([np.array(starts, dtype=np.int64), marks.start[agency]])
    stops = np.concatenate([np.array(ends, dtype=np.int64), marks.end[agency]])
    free = ~np.isin(stops, spans.end)
    found = Found(start=begins[free], end=stops[free], phrase=begins[free])
    cites = _cited(found, marks)
    named: list[dict[str, bool]] = [{} for _ in items]
    document = np.searchsorted(corpus.start, found.start, "right") - 1
    for place in range(len(found.start)):
        item = int(document[place])
        name = plain(
            " ".join(corpus.vocabulary[w] for w in corpus.words[found.start[place] : found.end[place]].tolist())
        )
        if name and name != plain(items[item].publisher):
            named[item][name] = named[item].get(name, False) or bool(cites[place])
    return named


def _dateline(text: str) -> str:
    found = _DATELINE.match(text[:_EDGE])
    return found.group(1).casefold() if found else ""
