"""What a report has said so far: its forces, its last speaker, its last date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import final

from tocsin.claims.lexicon.words import read, word_class, words
from tocsin.claims.parties import Gazetteer, KnownName, Party, gazetteer
from tocsin.claims.text.masking import mask
from tocsin.claims.text.passages import passages
from tocsin.dates import Interval
from tocsin.reports.report import SpeakerKind


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Someone who speaks to the report."""

    name: str | None
    kind: SpeakerKind
    forces: tuple[str, ...] = ()
    captive: bool = False


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
    paragraph: int = -1
    force: str | None = None
    """Whose soldiers the last sentence was about: what `they` are."""
    about: Counter[str] = field(default_factory=Counter)
    """How many claims were about each force, by grammar: whose `soldiers` are where no name is near."""
    people: Speaker | None = None
    """The last subject that can speak: `captured soldiers`."""
    body: Speaker | None = None
    """The last committee, movement or ministry named in full: `the group` may be it."""
    anchor: Interval | None = None
    known: dict[str, Speaker] = field(default_factory=dict)
    """Speakers by the last word of their name."""

    def topic(self) -> str | None:
        """The force that the report names most often, the first named of equals; None where it names none."""
        ranked = self.weight.most_common(1)
        return ranked[0][0] if ranked else None

    def soldiers(self) -> str | None:
        """Whose soldiers are meant where the report only says `soldiers`."""
        ranked = self.about.most_common()
        if ranked:
            best = [name for name, count in ranked if count == ranked[0][1]]
            return self.force if self.force in best else best[0]
        return self.force or self.topic()

    def opponent(self, force: str | None) -> str | None:
        """Whom `force` fights: by the case, else the force that the report names most besides it."""
        if force is None:
            return None
        listed = self.names.opponents.get(force)
        if listed is not None:
            return listed[0] if len(listed) == 1 else None
        others = [(name, count) for name, count in self.weight.most_common() if name != force]
        if not others or (len(others) > 1 and others[0][1] == others[1][1]):
            return None
        return others[0][0]


def begin(text: str, parties: Sequence[Party]) -> Discourse:
    """Look over `text` once: which forces it names, learning new ones, and whether it is about soldiers."""
    names = _learn(text, gazetteer(parties))
    weight: Counter[str] = Counter()
    for piece in passages(text):
        for mention in mask(text[piece.start : piece.end], names).mentions:
            weight[mention.known.force] += 2 if mention.known.kind in {"adjective", "people", "group"} else 1
    lowered = {found.group().lower() for found in re.finditer(r"[^\W\d_]+", text)}
    lowered |= {word.removesuffix("s") for word in lowered}
    soldierly = bool(lowered & words("figurative", "soldierly")) or bool(weight and lowered & word_class("troops"))
    return Discourse(names=names, weight=weight, soldierly=soldierly)


def _learn(text: str, names: Gazetteer) -> Gazetteer:
    """Add forces that no gazetteer has: `the Varlanian army`, filed under `Varlania` where the text names it."""
    learning = read("learning")
    found = dict.fromkeys(m.group(1) for m in re.finditer(learning["pattern"], text))
    new = [word for word in found if word not in names.by_first and word not in learning["not_forces"].split()]
    if not new:
        return names
    names = names.copy()
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
