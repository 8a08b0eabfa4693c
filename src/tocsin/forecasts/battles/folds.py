"""Which battles are learnt from and which are predicted, so that nothing of the test is in the training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

from tocsin.inference.battles.table import Battle


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One split of the battles."""

    train: tuple[Battle, ...]
    test: tuple[Battle, ...]


def apart(train: Sequence[Battle], test: Sequence[Battle]) -> Fold:
    """Return the fold of two tables, without the training battles that are also, or partly, in the test."""
    names = {name for battle in test for name in _names(battle)}
    kept = tuple(battle for battle in train if not names & set(_names(battle)))
    return Fold(train=kept, test=tuple(test))


def held_out(battles: Sequence[Battle]) -> Iterator[Fold]:
    """Yield a fold for each group of `groups`, in the order of the table, that leaves the group out."""
    labels = groups(battles)
    for group in dict.fromkeys(labels):
        yield Fold(
            train=tuple(battle for battle, label in zip(battles, labels, strict=True) if label != group),
            test=tuple(battle for battle, label in zip(battles, labels, strict=True) if label == group),
        )


def groups(battles: Sequence[Battle]) -> list[int]:
    """Number the groups of battles that share a war, or of which one is a part of another."""
    leader = list(range(len(battles)))
    first: dict[tuple[str, str], int] = {}
    for place, battle in enumerate(battles):
        keys = [("war", battle.war), *(("part", name) for _, name in _names(battle))]
        for key in keys:
            one, other = _root(leader, first.setdefault(key, place)), _root(leader, place)
            leader[max(one, other)] = min(one, other)
    return [_root(leader, place) for place in range(len(battles))]


def _names(battle: Battle) -> list[tuple[str, str]]:
    """Return the war and number of a battle, and of the battle of which it is a part."""
    return [(battle.war, number) for number in (battle.id, battle.parent) if number]


def _root(leader: list[int], place: int) -> int:
    while leader[place] != place:
        place = leader[place]
    return place
