"""Events: items that tell of the same thing, whether or not they share an origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.evidence.origins.item import Item
from tocsin.evidence.origins.ties import Tie
from tocsin.parameters import value


def group(
    items: Sequence[Item],
    first: Sequence[int],
    possible: Mapping[int, Sequence[Tie]],
    joins: Mapping[int, Tie],
    answers: Mapping[int, Tie],
) -> list[list[int]]:
    """Put items into events, each in order of publication.

    A family belongs to the event of the family that it goes back to or answers, or else to that of the earlier
    family whose account is most like its own, if that is alike enough and near enough in time. `first` gives the
    first item of each item's family.
    """
    event: list[int] = []
    for place in range(len(items)):
        if first[place] < place:
            event.append(event[first[place]])
            continue
        tie = joins.get(place) or answers.get(place) or _likest(items, possible.get(place, ()))
        event.append(place if tie is None else event[tie.family])
    members: dict[int, list[int]] = {}
    for place, head in enumerate(event):
        members.setdefault(head, []).append(place)
    return list(members.values())


def _likest(items: Sequence[Item], held: Sequence[Tie]) -> Tie | None:
    near = [
        tie for tie in held if tie.alike >= value("origins.event_alike") and _near(items[tie.child], items[tie.parent])
    ]
    return max(near, key=lambda tie: (tie.alike, -tie.parent), default=None)


def _near(one: Item, other: Item) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= value("origins.event_days")
