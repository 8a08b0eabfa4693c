"""Families: items whose words are one text, each with the earlier item that it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from tocsin.evidence.origins.citations import Said, read_said
from tocsin.evidence.origins.item import Item, Kind
from tocsin.evidence.origins.texts.account import Accounts, accounts
from tocsin.evidence.origins.texts.boilerplate import footers, heard
from tocsin.evidence.origins.texts.keys import Numbers
from tocsin.evidence.origins.texts.likeness import Likeness, likeness
from tocsin.evidence.origins.texts.words import FIGURE, Corpus, digits, read
from tocsin.parameters import value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What an item was made from, by its words."""

    parent: int
    kind: Kind
    evidence: str
    weight: float


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """Items by likeness of words, and what their texts tell and say."""

    said: Said
    copies: dict[int, Copy]
    first: Numbers
    """The first item of each item's family."""
    told: Accounts
    forms: frozenset[tuple[int, int]]


def families(items: Sequence[Item]) -> Families:
    """Find which items are copies of which; `items` are in order of publication."""
    corpus = read([item.text for item in items])
    names = {name: number for number, name in enumerate(dict.fromkeys(item.publisher for item in items))}
    publisher = np.array([names[item.publisher] if item.publisher else -1 for item in items], dtype=np.int64)
    news = heard(corpus, publisher) & ~footers(corpus)
    like = likeness(corpus, news)
    said = read_said(items, corpus)
    copies = _copies(corpus, like, said)
    first = np.arange(len(items))
    for child in sorted(copies):
        first[child] = first[copies[child].parent]
    recorded: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.source:
            first[first == first[place]] = first[recorded.setdefault(item.source, place)]
    first = _earliest(first)
    told = accounts(corpus, news, first)
    return Families(said=said, copies=copies, first=first, told=told, forms=like.forms)


def _earliest(first: Numbers) -> Numbers:
    """Name every family by its earliest item."""
    lowest = np.full(len(first), len(first))
    np.minimum.at(lowest, first, np.arange(len(first)))
    return lowest[first]


def _copies(corpus: Corpus, like: Likeness, said: Said) -> dict[int, Copy]:
    """For every later item of a pair the earlier one that is most like it; the earliest where several are."""
    found: dict[int, Copy] = {}
    closeness = np.round(like.jaccard, 3)
    for pair in np.lexsort((like.one, -closeness, like.other)).tolist():
        one, other = int(like.one[pair]), int(like.other[pair])
        close = max(like.jaccard[pair], like.contained[pair] / 2.0)
        answer = said.denies[other] - said.denies[one] >= 1.0 and close < value("origins.text_answer")
        if other not in found and not answer:
            found[other] = _copy(corpus, like, pair)
    return found


def _copy(corpus: Corpus, like: Likeness, pair: int) -> Copy:
    one, other = int(like.one[pair]), int(like.other[pair])
    jaccard, contained, aligned = (float(array[pair]) for array in (like.jaccard, like.contained, like.aligned))
    words = np.diff(corpus.start)
    shorter = min(words[one], words[other]) / max(words[one], words[other], 1)
    slip = _slip(corpus, one, other) if contained < 1.0 else ""
    evidence = f"{int(like.shared[pair])} runs of three words, {contained:.0%} of the shorter text"
    kind: Kind
    if slip and contained > value("origins.kind_slip"):
        kind, evidence = "transcription", f"{evidence}; {slip}"
    elif jaccard >= value("origins.kind_reprint"):
        kind = "reprint"
    elif (contained >= value("origins.kind_excerpt") and shorter < value("origins.kind_shorter")) or jaccard < value(
        "origins.text_jaccard"
    ):
        kind = "excerpt"
    elif aligned >= value("origins.kind_spin"):
        kind = "spin"
    else:
        kind = "rewrite"
    weight = 1.0 - float(np.exp(-like.shared[pair] / value("origins.text_scale")))
    return Copy(parent=one, kind=kind, evidence=evidence, weight=min(weight, value("origins.text_surest")))


def _slip(corpus: Corpus, one: int, other: int) -> str:
    """Say which figure of one text stands in the other as another figure; empty where none does."""
    held = [_numbers(corpus, place) for place in (one, other)]
    lost, new = sorted(held[0] - held[1]), sorted(held[1] - held[0])
    swaps = [
        (before, after)
        for before in lost
        for after in new
        if sorted(digits(before)) == sorted(digits(after)) or _near_miss(before, after)
    ]
    return f"{swaps[0][0]:,.12g} became {swaps[0][1]:,.12g}" if swaps else ""


def _numbers(corpus: Corpus, place: int) -> set[float]:
    span = slice(corpus.start[place], corpus.start[place + 1])
    values = corpus.value[span][corpus.fact[span] == FIGURE]
    return {number for number in values.tolist() if number >= 10.0}


def _near_miss(before: float, after: float) -> bool:
    """Whether two figures differ in one digit, or by one."""
    one, other = f"{before:.12g}", f"{after:.12g}"
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
