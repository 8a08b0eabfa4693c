"""Parties to a conflict, and the gazetteer that resolves a name in a text to one force."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, final

GAZETTEER = Path(__file__).parents[1] / "catalog" / "gazetteer"

FILES = ("states.toml", "historic.toml", "groups.toml")
_DOERS = ("ists",)  # codespell:ignore
ROLES = GAZETTEER.parent / "lexicon" / "roles.toml"

NameKind = Literal["name", "adjective", "people", "seat", "group", "leader", "service", "house"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a case: the names under which reports speak of it."""

    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()


@final
@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a force: the force's canonical name, and what kind of word it is."""

    force: str
    kind: NameKind


@final
@dataclass(slots=True)
class Gazetteer:
    """Names of forces, looked up by their first word, the longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], KnownName]]] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()
    followers: frozenset[str] = frozenset()
    opponents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parties: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Under which side of a case a force of the world is filed."""
    titles: frozenset[str] = frozenset()
    commanders: frozenset[str] = frozenset()
    """Surnames that stand for a side only behind a title or before soldiers."""
    groups: frozenset[str] = frozenset()
    """Forces that are armed groups and no states."""

    def add(self, name: str, known: KnownName) -> None:
        """Enter `name`; what was entered first under the same words stays."""
        words = tuple(name.replace("\u2019", "'").split())
        if not words:
            return
        rows = self.by_first.setdefault(words[0], [])
        if all(row[0] != words for row in rows):
            rows.append((words, known))
            rows.sort(key=lambda row: -len(row[0]))

    def copy(self) -> Gazetteer:
        """Return a gazetteer that can learn names without changing this one."""
        rows = {first: list(names) for first, names in self.by_first.items()}
        return replace(self, by_first=rows)


def plural(adjective: str) -> str | None:
    """The word for a people, where it is regular: Russian, Russians; French has none."""
    return adjective + "s" if adjective.endswith(("an", "i", "ar", "k", "b", "ot", "ne", "at", "er", "ian")) else None


@cache
def _read(name: str) -> dict[str, dict[str, list[str]]]:
    forces: dict[str, dict[str, list[str]]] = tomllib.loads((GAZETTEER / name).read_text("utf-8"))["forces"]
    return forces


def _names(force: str, row: Mapping[str, Sequence[str]], kind: NameKind) -> Iterable[tuple[str, KnownName]]:
    yield force, KnownName(force, kind)
    for name in row.get("also", ()):
        yield name, KnownName(force, kind)
    for name in row.get("people", ()):
        yield name, KnownName(force, "people")
    for adjective in row.get("adj", ()):
        yield adjective, KnownName(force, "adjective")
        people = plural(adjective)
        if people:
            yield people, KnownName(force, "people")
    for name in row.get("seat", ()):
        yield name, KnownName(force, "seat")


@cache
def _world() -> Gazetteer:
    ambiguous = tomllib.loads((GAZETTEER / "ambiguous.toml").read_text("utf-8"))
    world = Gazetteer(
        ambiguous=frozenset(ambiguous["names"]),
        followers=frozenset(ambiguous["followers"]),
        titles=frozenset(ambiguous["titles"]),
    )
    kinds: tuple[NameKind, ...] = ("name", "name", "group")
    for file, kind in zip(FILES, kinds, strict=True):
        for force, row in _read(file).items():
            for name, known in _names(force, row, kind):
                world.add(name, known)
    _add_leaders(world)
    tables: tuple[tuple[str, NameKind], ...] = (("services", "service"), ("houses", "house"))
    agencies: dict[str, dict[str, list[str]]] = tomllib.loads((GAZETTEER / "agencies.toml").read_text("utf-8"))
    for table, kind in tables:
        for force, names in agencies[table].items():
            for name in names:
                world.add(name, KnownName(force, kind))
    return world


def _add_leaders(world: Gazetteer) -> None:
    for file in ("leaders.toml", "commanders.toml"):
        listed: dict[str, list[str]] = tomllib.loads((GAZETTEER / file).read_text("utf-8"))["leaders"]
        for force, names in listed.items():
            for name in names:
                world.add(name, KnownName(force, "leader"))
    world.commanders = frozenset(name for names in listed.values() for name in names if " " not in name)


def _party_names(party: Party) -> Iterable[tuple[str, KnownName]]:
    yield party.name, KnownName(party.name, "name")
    for alias in party.aliases:
        yield alias, KnownName(party.name, "name")
    for demonym in party.demonyms:
        yield demonym, KnownName(party.name, "people" if demonym.endswith("s") else "adjective")
        people = plural(demonym)
        if people:
            yield people, KnownName(party.name, "people")


@cache
def _predecessors() -> dict[str, list[str]]:
    """States whose names reports use for one another; they are one only where a case has one of them as a side."""
    listed: dict[str, list[str]] = tomllib.loads((GAZETTEER / "predecessors.toml").read_text("utf-8"))["also"]
    return listed


@cache
def places() -> dict[str, tuple[str, ...]]:
    """Towns and fronts, each with the forces in whose wars reports name it."""
    listed: dict[str, str] = tomllib.loads((GAZETTEER / "places.toml").read_text("utf-8"))["places"]
    found: dict[str, list[str]] = {}
    for force, names in listed.items():
        for name in names.split():
            found.setdefault(name, []).append(force)
    return {name: tuple(forces) for name, forces in found.items()}


@cache
def foes() -> dict[str, str]:
    """The state that each armed group fights."""
    listed: dict[str, str] = tomllib.loads((GAZETTEER / "foes.toml").read_text("utf-8"))["foes"]
    return listed


def gazetteer(parties: Sequence[Party] = ()) -> Gazetteer:
    """Return the world's forces, with those of `parties` filed under the parties' own names."""
    return _gazetteer(tuple(parties))


def _renamed(parties: tuple[Party, ...], world: Gazetteer) -> dict[str, str]:
    """Under which party each force of the world is filed: by a shared name first, then as its predecessor."""
    renamed: dict[str, str] = {}
    for party in parties:
        own = {party.name, *party.aliases, *party.demonyms}
        others = {other.name for other in parties if other is not party}
        for rows in world.by_first.values():
            for words, known in rows:
                if " ".join(words) in own and known.force not in others:
                    renamed.setdefault(known.force, party.name)
    taken = {party.name for party in parties}
    for party in parties:
        for other in _predecessors().get(party.name, ()):
            if other not in taken:
                renamed.setdefault(other, party.name)
    return renamed


@lru_cache(maxsize=8)
def _gazetteer(parties: tuple[Party, ...]) -> Gazetteer:
    world = _world()
    renamed = _renamed(parties, world)
    found = replace(
        world,
        by_first={},
        renamed=renamed,
        opponents={party.name: party.opponents for party in parties},
        parties=tuple(party.name for party in parties),
    )
    for rows in world.by_first.values():
        for words, known in rows:
            force = renamed.get(known.force, known.force)
            found.add(" ".join(words), KnownName(force, known.kind))
    for party in parties:
        for name, known in _party_names(party):
            found.add(name, known)
    found.groups = _groups(found)
    return found


def _groups(names: Gazetteer) -> frozenset[str]:
    """Which forces are armed groups: by the gazetteer, and sides that it does not know by the words of their names."""
    filed = {name: names.renamed.get(name, name) for file in FILES for name in _read(file)}
    states = {filed[name] for file in FILES[:2] for name in _read(file)}
    groups = {filed[name] for name in _read(FILES[2])} - states
    listed = frozenset(tomllib.loads(ROLES.read_text("utf-8"))["group_names"].split())
    unknown = {name for name in names.parties if name not in states}
    return frozenset(groups) | {
        name for name in unknown if not listed.isdisjoint(name.split()) or name.isupper() or name.endswith(_DOERS)
    }
