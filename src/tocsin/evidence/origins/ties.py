"""Ties between families of like texts: one tells in other words, or cites, what another told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.citations import Said, address
from tocsin.evidence.origins.item import Item, Kind
from tocsin.evidence.origins.texts.account import Accounts, Floats
from tocsin.evidence.origins.texts.keys import Numbers
from tocsin.parameters import value

SIGNS: Final = (
    "figures_share",
    "figures",
    "slips",
    "words_share",
    "words",
    "names_share",
    "slight",
    "figures_new",
    "names_new",
    "cites_first",
    "cites_other",
    "mixes",
    "link",
    "outside",
    "unnamed",
    "dateline",
    "firsthand",
    "own",
    "denial",
    "negation",
    "rumour",
    "translation",
)
"""The signs of a tie, in the order of the columns; the weight of each is `origins.tie_NAME` in the catalogue."""
_AGAINST: Final = ("denial", "negation")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A family, named by its first item, and the earlier item of another that it may go back to."""

    child: int
    parent: int
    family: int
    """The parent's family."""
    signs: tuple[float, ...]
    probability: float
    answers: float
    """Probability that one is about the other at all: as if nothing were denied."""
    alike: float
    """How much of both accounts is the same, 0 to 1, and so whether they tell of one event; names count again."""


def ties(
    items: Sequence[Item], said: Said, told: Accounts, family: Numbers, forms: frozenset[tuple[int, int]]
) -> dict[int, list[Tie]]:
    """Weigh every possible tie of a family's first item to an earlier family, the likeliest first.

    Items are in order of publication; `family` gives the first item of each one's family.
    """
    pairs = _pairs(items, said, told, family, forms)
    signs = _signs(items, said, told, pairs)
    weights = np.array([value(f"origins.tie_{name}") for name in SIGNS])
    against = np.array([name in _AGAINST for name in SIGNS])
    chance = _logistic(value("origins.tie_none") + signs @ weights)
    answers = _logistic(value("origins.tie_none") + signs @ np.where(against, 0.0, weights))
    alike = pairs.alike + value("origins.event_names") * signs[:, SIGNS.index("names_share")]
    kept = (answers >= value("origins.tie_kept")) | (alike >= value("origins.event_alike"))
    found: dict[int, list[Tie]] = {}
    for place in np.flatnonzero(kept).tolist():
        tie = Tie(
            child=int(pairs.child[place]),
            parent=int(pairs.parent[place]),
            family=int(family[pairs.parent[place]]),
            signs=tuple(signs[place].tolist()),
            probability=float(chance[place]),
            answers=float(answers[place]),
            alike=float(alike[place]),
        )
        found.setdefault(tie.child, []).append(tie)
    for held in found.values():
        held.sort(key=lambda tie: (-tie.probability, -tie.alike, tie.parent))
    return dict(sorted(found.items()))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """First items of families beside, of every earlier family that comes into question, one item; not yet weighed."""

    child: Numbers
    parent: Numbers
    shared: Floats
    """(pairs, kinds)"""
    alike: Floats
    meant: NDArray[np.int64]
    """2: the child names the publisher of the family's first item, 1: of another, 0: of none."""
    mixes: NDArray[np.bool_]
    """Whether the child means more than one family by the publishers that it names."""


def _pairs(
    items: Sequence[Item], said: Said, told: Accounts, family: Numbers, forms: frozenset[tuple[int, int]]
) -> _Pairs:
    first = family == np.arange(len(family))
    one, other = told.near(first)
    named = np.array(list(_named(items, said, family)), dtype=np.int64).reshape(-1, 2)
    both = np.unique(np.concatenate([np.stack([one, other], axis=1), named]), axis=0)
    kept = first[both[:, 1]] & (family[both[:, 0]] != both[:, 1]) & _in_time(items, both)
    if forms:
        apart = np.array([(family[a], family[b]) for a, b in sorted(forms)])
        code = np.concatenate([apart @ [len(items), 1], apart @ [1, len(items)]])
        kept &= ~np.isin(family[both[:, 0]] * len(items) + both[:, 1], code)
    one, other = both[kept].T
    shared = told.shared(one, other)
    size = np.maximum(told.total().sum(axis=1), 1e-9)
    alike = shared.sum(axis=1) / np.sqrt(size[one] * size[other])
    chosen = _likest(other, family[one], one, alike)
    child, parent = other[chosen], one[chosen]
    meant, mixes = _meant(items, said, family, child, parent, alike[chosen])
    return _Pairs(child=child, parent=parent, shared=shared[chosen], alike=alike[chosen], meant=meant, mixes=mixes)


def _likest(child: Numbers, family: Numbers, parent: Numbers, alike: Floats) -> Numbers:
    """For each child and family the earliest member that is nearly as like as the likest; places among the pairs."""
    order = np.lexsort((parent, family, child))
    head = np.flatnonzero(np.r_[True, (np.diff(child[order]) != 0) | (np.diff(family[order]) != 0)][: len(order)])
    top = np.repeat(np.maximum.reduceat(alike[order], head), np.diff(np.r_[head, len(order)])) if len(head) else alike
    enough = np.flatnonzero(alike[order] >= value("origins.tie_parent") * top)
    group = np.searchsorted(head, enough, "right")
    return order[enough[np.r_[True, np.diff(group) != 0][: len(enough)]]]


def _in_time(items: Sequence[Item], pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether pairs appeared within `origins.tie_days`; an unknown day is within."""
    start = datetime(1900, 1, 1)  # noqa: DTZ001  any fixed day
    day = np.array([np.nan if i.published is None else (i.published - start).total_seconds() / 86400.0 for i in items])
    return ~(np.abs(day[pairs[:, 1]] - day[pairs[:, 0]]) > value("origins.tie_days"))


def _named(items: Sequence[Item], said: Said, family: Numbers) -> Iterator[tuple[int, int]]:
    """Pairs in which a family's first item names the publisher, or gives the address, of an earlier item."""
    by_name: dict[str, list[int]] = {}
    most = int(value("origins.tie_named"))
    for child, item in enumerate(items):
        if family[child] == child:
            for name in sorted({*said.publishers[child], *said.addresses[child]}):
                yield from ((parent, child) for parent in by_name.get(name, [])[-most:])
        for name in (item.publisher, address(item.url)):
            if name:
                by_name.setdefault(name, []).append(child)


def _meant(
    items: Sequence[Item], said: Said, family: Numbers, child: Numbers, parent: Numbers, alike: Floats
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Which families texts mean by the publishers that they name.

    Of the families in which a publisher has an earlier item it is the one whose account is most like the text, and
    one that it had first rather than one that it repeated.
    """
    has: dict[int, dict[str, int]] = {}
    for place, item in enumerate(items):
        has.setdefault(int(family[place]), {}).setdefault(item.publisher, place)
    meant, mixes = np.zeros(len(child), dtype=np.int64), np.zeros(len(child), dtype=bool)
    naming = np.array([bool(names) for names in said.publishers], dtype=bool)
    begins = np.flatnonzero(np.r_[True, np.diff(child) != 0][: len(child)]).tolist()
    for begin, end in zip(begins, [*begins[1:], len(child)][: len(begins)], strict=True):
        text = int(child[begin])
        if not naming[text]:
            continue
        for name in sorted(said.publishers[text]):
            held = [k for k in range(begin, end) if has[int(family[parent[k]])].get(name, text) < text]
            first = [k for k in held if items[int(family[parent[k]])].publisher == name]
            top = max(held, key=lambda k: alike[k], default=None)
            if top is not None:
                own = max(first, key=lambda k: alike[k], default=top)
                chosen = own if alike[own] >= value("origins.tie_first") * alike[top] else top
                meant[chosen] = max(meant[chosen], 1 + (chosen in first))
        mixes[begin:end] = np.count_nonzero(meant[begin:end]) > 1
    return meant, mixes


def _signs(items: Sequence[Item], said: Said, told: Accounts, pairs: _Pairs) -> Floats:
    """What speaks for and against each pair, in the order of SIGNS: (pairs, signs)."""
    child, parent, shared = pairs.child, pairs.parent, pairs.shared
    total = told.total()
    size = np.sqrt(total[child] * total[parent]) + 1.0
    new = total[child] - shared
    places = list(zip(child.tolist(), parent.tolist(), strict=True))
    linked = np.array(
        [bool(said.addresses[c]) and address(items[p].url) in said.addresses[c] for c, p in places], dtype=bool
    )
    outside = [not said.outside[c].keys().isdisjoint(said.outside[p]) for c, p in places]
    elsewhere = [bool(said.datelines[c]) and said.datelines[c] != said.datelines[p] for c, p in places]
    columns = {
        "figures_share": shared[:, 0] / size[:, 0],
        "figures": np.maximum(shared[:, 0] - value("origins.tie_figure"), 0.0),
        "slips": np.maximum(shared[:, 1] - shared[:, 0] * value("origins.figure_blurred"), 0.0),
        "words_share": shared[:, 2] / size[:, 2],
        "words": shared[:, 2],
        "names_share": shared[:, 3] / size[:, 3],
        "slight": np.clip(1.0 - pairs.alike / value("origins.tie_alike"), 0.0, 1.0) * ((pairs.meant == 0) & ~linked),
        "figures_new": new[:, 0],
        "names_new": new[:, 3],
        "cites_first": pairs.meant == 2,
        "cites_other": pairs.meant == 1,
        "mixes": pairs.mixes,
        "link": linked,
        "outside": np.array(outside, dtype=bool),
        "unnamed": said.unnamed[child],
        "dateline": np.array(elsewhere, dtype=bool),
        "firsthand": said.firsthand[child],
        "own": said.own[child],
        "denial": np.maximum(said.denies[child] - said.denies[parent], 0.0),
        "negation": np.maximum(said.negations[child] - said.negations[parent], 0.0),
        "rumour": said.rumours[child],
        "translation": said.translated[child],
    }
    return np.stack([columns[name].astype(np.float64) for name in SIGNS], axis=1)


def _logistic(odds: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -40.0, 40.0)))


def describe(tie: Tie, *, denial: bool) -> tuple[Kind, str]:
    """Name the kind of a tie, and say what was found."""
    sign = dict(zip(SIGNS, tie.signs, strict=True))
    parts = {"figures": "figures_share", "meanings": "words_share", "names": "names_share"}
    found = [", ".join(f"{sign[column]:.0%} of {name}" for name, column in parts.items()) + " in common"]
    cites = sign["cites_first"] or sign["cites_other"] or sign["link"]
    if sign["link"]:
        found.append("gives its address")
    if sign["cites_first"] or sign["cites_other"]:
        found.append("names its publisher")
    if sign["outside"]:
        found.append("both cite one outlet that is not among the items")
    if denial:
        return "denial", "; ".join(["denies", *found])
    if cites or sign["outside"]:
        return "citation", "; ".join(found)
    return ("transcription" if sign["slips"] > sign["figures"] else "paraphrase"), "; ".join(found)
