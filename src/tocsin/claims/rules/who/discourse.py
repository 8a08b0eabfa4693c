"""What a report has said so far: its forces, its last speaker, its last date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final

from tocsin.claims.lexicon.words import martial, read
from tocsin.claims.parties import Gazetteer, KnownName, Party, foes, gazetteer, places
from tocsin.claims.text.masking import Mention, mask
from tocsin.claims.text.passages import passages
from tocsin.reports.report import SpeakerKind


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Someone who speaks to the report."""

    name: str | None
    kind: SpeakerKind
    forces: tuple[str, ...] = ()
    captive: bool = False


_PLACE = re.compile(r"\b(?:in|from|to|at|near|into|through|across|via|outside|toward|towards)\s+$")
ARMED = 10
"""From this weight on a name stands for who fights and not for where."""
SHORTEST = 4
"""Letters of a side's name that its adjective must share."""
_DEMONYM = r"(?:[a-z]{0,3}(?:ian|ean|an|ese|ish|ic|er|i|ine|ite|ard)s?)"  # codespell:ignore
DATELINE = 15
"""What the place where a report was filed adds to its force."""
AUTHOR = Speaker(name=None, kind="author")


@final
@dataclass(slots=True, kw_only=True)
class Discourse:
    """The state of reading one report."""

    names: Gazetteer
    weight: Counter[str]
    """How often each force is named, in the order of first mention."""
    soldierly: bool
    """Whether the report speaks of soldiers at all."""
    speaker: Speaker | None = None
    """Who spoke last."""
    opened: Speaker | None = None
    """Whose words follow: `They all say the same.`"""
    told: bool = False
    """Whether the last sentence was said by somebody."""
    paragraph: int = -1
    force: str | None = None
    """Whose soldiers the last sentence was about: what `they` are."""
    nouns: dict[str, str] = field(default_factory=dict)
    """Whose each kind of soldiers was that the report named last with its army: `conscript`, `battalion`."""
    guest: Speaker | None = None
    """Who answers the questions of an interview."""
    first: str | None = None
    """The first force that the report named so far."""
    about: Counter[str] = field(default_factory=Counter)
    """How many claims were about each force, by grammar: whose `soldiers` are where no name is near."""
    home: str | None = None
    """The side from which the report itself speaks of `us`."""
    people: Speaker | None = None
    """The last subject that can speak: `captured soldiers`."""
    body: Speaker | None = None
    """The last committee, movement or ministry named in full: `the group` may be it."""
    known: dict[str, Speaker] = field(default_factory=dict)
    """Speakers by the last word of their name."""

    def topic(self) -> str | None:
        """The force that the report names most often, the first named of equals; None where it names none."""
        ranked = [name for name, _ in self.weight.most_common() if not self.names.parties or name in self.names.parties]
        return ranked[0] if ranked else None

    def soldiers(self) -> str | None:
        """Whose soldiers are meant by a bare `soldiers`: the report's own, else those it spoke of last."""
        poles = self.poles()
        return self.home or (poles[0] if poles else None) or self.force or self.first or self.topic()

    def turn_to(self, force: str | None) -> None:
        """Note whose soldiers the report now speaks of; where a case says who fights, nobody else can be meant."""
        if force is not None and self.may_fight(force):
            self.force = force

    def may_fight(self, force: str) -> bool:
        """Whether a force can be one of the sides; without a case, any can."""
        return not self.names.parties or force in self.names.parties

    def poles(self) -> tuple[str, str] | None:
        """The state and the armed group that fight each other, where the two sides are such; else None."""
        sides = self.names.parties or tuple(name for name, count in self.weight.most_common(2) if count >= ARMED)
        groups = [name for name in sides if name in self.names.groups]
        states = [name for name in sides if name not in self.names.groups]
        if len(groups) == 1 and not self.names.parties and foes().get(groups[0]):
            return foes()[groups[0]], groups[0]
        if len(groups) != 1 or not states or (len(states) > 1 and not any(self.weight[name] for name in states)):
            return None
        return max(states, key=lambda name: self.weight[name]), groups[0]

    def opponent(self, force: str | None) -> str | None:
        """Whom `force` fights: by the case, else the force that the report names most besides it."""
        if force is None:
            return None
        listed = self.names.opponents.get(force)
        if listed is not None:
            return listed[0] if len(listed) == 1 else None
        poles = self.poles()
        if poles and force in poles:
            return poles[force == poles[0]]
        others = [(name, count) for name, count in self.weight.most_common() if name != force]
        if not others or (len(others) > 1 and others[0][1] == others[1][1]):
            return None
        return others[0][0]


def begin(text: str, parties: Sequence[Party]) -> Discourse:
    """Look over `text` once: which forces it names, learning new ones, and whether it is about soldiers."""
    names = _learn(text, gazetteer(parties))
    weight: Counter[str] = Counter()
    for piece in passages(text):
        masked = mask(text[piece.start : piece.end], names)
        for mention in masked.mentions:
            weight[mention.known.force] += bearing(masked.text, mention)
        for mention in mask(piece.dateline.title(), names).mentions if piece.dateline else ():
            weight[mention.known.force] += DATELINE
    for place in re.findall(r"\b[A-Z][\w'-]+", text):
        for force in places().get(place.title() if place.isupper() else place, ()):
            weight[names.renamed.get(force, force)] += 1
    spoken = [found.group().lower() for found in re.finditer(r"[^\W\d_]+", text)]
    soldierly = _dense(spoken) or bool(weight and parties)
    return Discourse(names=names, weight=weight, soldierly=soldierly)


def _dense(spoken: Sequence[str]) -> bool:
    """Whether a text has as many words of war as texts about soldiers have."""
    listed = martial()
    count = sum(word in listed or word.removesuffix("s") in listed for word in spoken)
    return 100 * count >= float(read("figurative")["density"]) * len(spoken)


def bearing(masked: str, mention: Mention) -> int:
    """How much a mention shows of who fights: a people or an army most, a mere place hardly anything."""
    if mention.known.kind in {"adjective", "people", "group"}:
        return 2 * ARMED
    before = masked[max(0, mention.start - 12) : mention.start].lower()
    return 1 if _PLACE.search(before) else ARMED


def _learn(text: str, names: Gazetteer) -> Gazetteer:
    """Add forces that no gazetteer has: `the Varlanian army`, filed under `Varlania` where the text names it."""
    learning = read("learning")
    names = _derived(text, names)
    found = dict.fromkeys(m.group(1) for m in re.finditer(learning["pattern"], text))
    owners = dict.fromkeys(m.group(1) for m in re.finditer(learning["owner"], text))
    new = [word for word in found if word not in names.by_first and word not in learning["not_forces"].split()]
    stated = [name for name in owners if name not in names.by_first]
    if not new and not stated:
        return names
    names = names.copy()
    for name in stated:
        names.add(name, KnownName(name, "name"))
    capitals = dict.fromkeys(re.findall(r"\b[A-Z][a-z]{3,}\b", text))
    for adjective in new:
        stem = re.sub(r"(?:ian|ean|an|ese|ish|i|ic)$", "", adjective)
        state = next(
            (
                word
                for word in capitals
                if word.startswith(stem) and word not in {adjective, adjective + "s"} and len(word) <= len(stem) + 5
            ),
            adjective,
        )
        names.add(adjective, KnownName(state, "adjective"))
        names.add(adjective + "s", KnownName(state, "people"))
        if state != adjective:
            names.add(state, KnownName(state, "name"))
    return names


def _derived(text: str, names: Gazetteer) -> Gazetteer:
    """Add the adjectives and the people of a side that is known by its name alone: `Ostravian`, `Ostravians`."""
    spoken = dict.fromkeys(re.findall(r"\b[A-Z][a-z]{3,}\b", text))
    found: list[tuple[str, KnownName]] = []
    for party in names.parties:
        stem = re.sub(r"(?:ia|land|stan|[aeiouy]+)$", "", party)
        if " " in party or len(stem) < SHORTEST:
            continue
        for word in spoken:
            rest = word.removeprefix(stem)
            if rest != word and word not in names.by_first and re.fullmatch(_DEMONYM, rest):
                found.append((word, KnownName(party, "people" if word.endswith("s") else "adjective")))
    if not found:
        return names
    names = names.copy()
    for word, known in found:
        names.add(word, known)
    return names
