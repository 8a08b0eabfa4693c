"""Ties between families of like texts: one tells in other words, or cites, what another told before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, final

import numpy as np

from tocsin.evidence.origins.citations import Cited, address
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
    alike: float
    """How much of both accounts is the same, 0 to 1."""

    def answers(self) -> float:
        """Probability that one is about the other at all, were the denial left out."""
        kept = sum(
            value(f"origins.tie_{name}") * sign
            for name, sign in zip(SIGNS, self.signs, strict=True)
            if name not in _AGAINST
        )
        return _logistic(value("origins.tie_none") + kept)


def ties(
    items: Sequence[Item],
    cited: Sequence[Cited],
    told: Accounts,
    family: Numbers,
    forms: frozenset[tuple[int, int]],
) -> dict[int, list[Tie]]:
    """Weigh every possible tie of a family's first item to an earlier family, the likeliest first.

    Items are in order of publication; `family` gives the first item of each one's family.
    """
    best = _compared(items, cited, told, family)
    apart = {(int(family[one]), int(family[other])) for one, other in forms}
    weights = np.array([value(f"origins.tie_{name}") for name in SIGNS])
    total = told.total()
    publishers = _publishers(items, family)
    by_child: dict[int, list[_Pair]] = {}
    for (child, other), (parent, shared) in best.items():
        if (other, child) not in apart and (child, other) not in apart:
            both = float(np.sqrt(total[child].sum() * total[parent].sum()))
            pair = _Pair(parent=parent, family=other, shared=shared, alike=float(shared.sum()) / max(both, 1e-9))
            by_child.setdefault(child, []).append(pair)
    found: dict[int, list[Tie]] = {}
    for child, pairs in by_child.items():
        meant = _meant(items, cited[child], child, pairs, publishers)
        for pair in pairs:
            signs = _signs(items, cited, total, child, pair, meant)
            chance = _logistic(value("origins.tie_none") + float(weights @ np.array(signs)))
            tie = Tie(
                child=child, parent=pair.parent, family=pair.family, signs=signs, probability=chance, alike=pair.alike
            )
            found.setdefault(child, []).append(tie)
    for held in found.values():
        held.sort(key=lambda tie: (-tie.probability, -tie.alike, tie.parent))
    return found


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A family's first item beside the likest item of another family, before it is weighed."""

    parent: int
    family: int
    shared: Floats
    alike: float


def _meant(
    items: Sequence[Item],
    source: Cited,
    child: int,
    pairs: Sequence[_Pair],
    publishers: Mapping[int, Mapping[str, int]],
) -> dict[int, bool]:
    """The families that a text means by the publishers that it names; whether the publisher had it first.

    Of the families in which a publisher has an item, it is the one whose account is most like the text, and one
    that it had first rather than one that it repeated.
    """
    meant: dict[int, bool] = {}
    for name in sorted(source.publishers):
        held = [pair for pair in pairs if publishers[pair.family].get(name, child) < child]
        first = [pair for pair in held if items[pair.family].publisher == name]
        top = max(held, key=lambda pair: (pair.alike, -pair.family), default=None)
        if top is not None:
            own = max(first, key=lambda pair: (pair.alike, -pair.family), default=top)
            chosen = own if own.alike >= value("origins.tie_first") * top.alike else top
            meant[chosen.family] = meant.get(chosen.family, False) or items[chosen.family].publisher == name
    return meant


def _compared(
    items: Sequence[Item], cited: Sequence[Cited], told: Accounts, family: Numbers
) -> dict[tuple[int, int], tuple[int, Floats]]:
    """For a family's first item and another family: the member whose account is most like, and what they share."""
    first = family == np.arange(len(family))
    one, other = told.near(np.arange(len(items)))
    kept = first[other] & (family[one] != other) & _in_time(items, one, other)
    pairs = np.stack([one[kept], other[kept]], axis=1)
    named = np.array(list(_named(items, cited, family)), dtype=np.int64).reshape(-1, 2)
    pairs = np.unique(np.concatenate([pairs, named]), axis=0)
    shared = told.shared(pairs[:, 0], pairs[:, 1])
    size = np.maximum(told.total().sum(axis=1), 1e-9)
    alike = shared.sum(axis=1) / np.sqrt(size[pairs[:, 0]] * size[pairs[:, 1]])
    best: dict[tuple[int, int], tuple[int, Floats]] = {}
    for place in np.lexsort((pairs[:, 0], -alike)).tolist():
        parent, child = int(pairs[place, 0]), int(pairs[place, 1])
        best.setdefault((child, int(family[parent])), (parent, shared[place]))
    return dict(sorted(best.items()))


def _in_time(items: Sequence[Item], one: Numbers, other: Numbers) -> np.ndarray:
    """Whether pairs appeared within `origins.tie_days`; an unknown day is within."""
    day = np.array([_day(item.published) for item in items])
    gap = np.abs(day[other] - day[one])
    return ~(gap > value("origins.tie_days"))


def _day(moment: datetime | None) -> float:
    """Days since a fixed day; NaN where unknown."""
    return np.nan if moment is None else (moment - datetime(1900, 1, 1)).total_seconds() / 86400.0  # noqa: DTZ001


def _named(items: Sequence[Item], cited: Sequence[Cited], family: Numbers) -> Iterator[tuple[int, int]]:
    """Pairs in which a family's first item names the publisher, or gives the address, of an earlier item."""
    by_name: dict[str, list[int]] = {}
    most = int(value("origins.tie_named"))
    for child, (item, source) in enumerate(zip(items, cited, strict=True)):
        if family[child] == child:
            for name in sorted({*source.publishers, *source.addresses}):
                for parent in by_name.get(name, [])[-most:]:
                    if family[parent] != child and _in_time([items[parent], item], np.array([0]), np.array([1]))[0]:
                        yield parent, child
        for name in (item.publisher, address(item.url)):
            if name:
                by_name.setdefault(name, []).append(child)


def _publishers(items: Sequence[Item], family: Numbers) -> dict[int, dict[str, int]]:
    """By family: its publishers, each with the first of its items."""
    found: dict[int, dict[str, int]] = {}
    for place, item in enumerate(items):
        found.setdefault(int(family[place]), {}).setdefault(item.publisher, place)
    return found


def _signs(
    items: Sequence[Item],
    cited: Sequence[Cited],
    total: Floats,
    child: int,
    pair: _Pair,
    meant: Mapping[int, bool],
) -> tuple[float, ...]:
    shared, size = pair.shared, np.sqrt(total[child] * total[pair.parent]) + 1.0
    new = total[child] - shared
    source, before = cited[child], cited[pair.parent]
    first = meant.get(pair.family)
    return (
        float(shared[0] / size[0]),
        float(shared[0] / 5.0),
        float(max(shared[1] - shared[0] * value("origins.figure_blurred"), 0.0)),
        float(shared[2] / size[2]),
        float(shared[2] / 10.0),
        float(shared[3] / size[3]),
        float(new[0] / 5.0),
        float(new[3] / 10.0),
        float(first is True),
        float(first is False),
        float(len(meant) > 1),
        float(address(items[pair.parent].url) in source.addresses),
        float(bool(source.outside.keys() & before.outside.keys())),
        float(source.unnamed),
        float(bool(source.dateline) and source.dateline != before.dateline),
        float(source.firsthand),
        max(source.denies - before.denies, 0.0),
        max(source.negations - before.negations, 0.0),
        float(source.rumours),
        float(source.translated),
    )


def _logistic(odds: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(odds, -40.0, 40.0))))


def describe(tie: Tie, *, denial: bool) -> tuple[Kind, str]:
    """Name the kind of a tie, and say what was found."""
    sign = dict(zip(SIGNS, tie.signs, strict=True))
    found = [f"{sign['figures_share']:.0%} of figures, {sign['words_share']:.0%} of meanings, {sign['names_share']:.0%} of names in common"]
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
