"""Trace: from items to their lineage, as one graph of ties, and to the number of origins of every event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tocsin.evidence.origins.citations import Said
from tocsin.evidence.origins.counting import Unit, count
from tocsin.evidence.origins.events import group
from tocsin.evidence.origins.families import Families, families
from tocsin.evidence.origins.item import UNRECORDED, Edge, Event, Item, Kind, Lineage
from tocsin.evidence.origins.ties import Tie, describe, ties
from tocsin.parameters import value

_NEVER: Final = datetime.max  # noqa: DTZ901  moments of items have no time zone
SOURCE: Final = "source: "
"""Begins the name of an origin that is cited and is not among the items."""


def trace(items: Sequence[Item]) -> Lineage:
    """Say where items come from. Their order changes nothing; their ids must differ."""
    known = ordered(items)
    made = families(known)
    said = made.said
    possible = ties(known, said, made.told, made.first, made.forms)
    joins, answers = _settle(said, possible)
    first = made.first.tolist()
    top: list[int] = []
    for place in range(len(known)):
        held = first[place]
        top.append(top[held] if held < place else top[joins[place].family] if place in joins else place)
    names = _names(known, said, top)
    return Lineage(
        origin={item.id: names[place] for place, item in enumerate(known)},
        edges=tuple(_edges(known, said, made, joins, answers, top, names)),
        events=tuple(_events(known, said, made, possible, joins, answers, top)),
    )


def ordered(items: Sequence[Item]) -> list[Item]:
    """Items by day of publication, undated ones last; of one moment the fuller text first, then by id."""
    return sorted(items, key=lambda item: (item.published or _NEVER, -len(item.text), item.id))


def _settle(said: Said, possible: dict[int, list[Tie]]) -> tuple[dict[int, Tie], dict[int, Tie]]:
    """Choose for every family the tie that is likelier than not, or else what it answers as a denial."""
    joins: dict[int, Tie] = {}
    answers: dict[int, Tie] = {}
    for child, held in possible.items():
        if held[0].probability >= value("origins.tie_least"):
            joins[child] = held[0]
        elif said.denies[child] > 0.0:
            best = max(held, key=lambda tie: (tie.answers, -tie.parent))
            if best.answers >= value("origins.tie_answer"):
                answers[child] = best
    return joins, answers


def _names(known: Sequence[Item], said: Said, top: Sequence[int]) -> list[str]:
    """Name the origin of every item: by its first item, by an outside source, or as unrecorded."""
    size = Counter(top)
    name = {}
    for place in sorted(size):
        item, outside = known[place], sorted(name for name, cites in said.outside[place].items() if cites)
        if item.source:
            name[place] = f"{SOURCE}{item.source}"
        elif outside and not said.firsthand[place]:
            name[place] = f"{SOURCE}{outside[0]}"
        else:
            alone = size[place] == 1 and said.silent(place)
            name[place] = UNRECORDED if alone else item.id
    return [name[place] for place in top]


def _edges(
    known: Sequence[Item],
    said: Said,
    made: Families,
    joins: dict[int, Tie],
    answers: dict[int, Tie],
    top: Sequence[int],
    names: Sequence[str],
) -> list[Edge]:
    edges = []
    by_publisher: dict[tuple[int, str], int] = {}
    for place, item in enumerate(known):
        parent = None
        if place in made.copies:
            copy = made.copies[place]
            parent = copy.parent
            edges.append(_edge(known, place, parent, copy.kind, copy.evidence, copy.weight))
        elif place in joins or place in answers:
            tie = joins.get(place) or answers[place]
            parent, denial = tie.parent, place in answers
            kind, evidence = describe(tie, denial=denial)
            edges.append(_edge(known, place, parent, kind, evidence, tie.answers if denial else tie.probability))
        elif names[place].startswith(SOURCE):
            edges.append(
                Edge(child=item.id, parent=names[place], kind="citation", evidence="names it as its source", weight=1.0)
            )
        for name in sorted(said.publishers[place]):
            other = by_publisher.get((top[place], name))
            if other is not None and other != parent:
                edges.append(_edge(known, place, other, "citation", "names its publisher", value("origins.tie_sure")))
        by_publisher.setdefault((top[place], item.publisher), place)
    return edges


def _edge(known: Sequence[Item], child: int, parent: int, kind: Kind, evidence: str, weight: float) -> Edge:
    return Edge(child=known[child].id, parent=known[parent].id, kind=kind, evidence=evidence, weight=round(weight, 4))


def _events(
    known: Sequence[Item],
    said: Said,
    made: Families,
    possible: dict[int, list[Tie]],
    joins: dict[int, Tie],
    answers: dict[int, Tie],
    top: Sequence[int],
) -> list[Event]:
    events = []
    size = Counter(top)
    for members in group(known, made.first.tolist(), possible, joins, answers):
        inside = set(members)
        units = []
        for place in members:
            copy = made.copies.get(place)
            held = next((tie for tie in possible.get(place, ()) if tie.family in inside), None)
            silent = size[top[place]] == 1 and said.silent(place)
            denies = int(made.first[place]) in answers
            chance = 0.0 if held is None else held.probability
            units.append(Unit(copied=copy.weight if copy else None, follows=chance, unrecorded=silent, denies=denies))
        counted = count(units)
        events.append(
            Event(
                items=tuple(known[place].id for place in members),
                origins=counted.middle,
                low=counted.low,
                high=counted.high,
                n_eff=round(counted.n_eff, 4),
            )
        )
    return events
