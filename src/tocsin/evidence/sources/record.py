"""A source's reliability from its record: by source, by topic, and by whether it gains by what it says.

The record begins with the accuracy that the letter of the speaker's kind stands for. What others of another side
say of the same thing settles how often a source was right. The levels are partly pooled: all that a source said,
what it said of one indicator, and what it said of it when it gained by it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import Assertion
from tocsin.evidence.sources.consensus import Consensus, consensus
from tocsin.ids import AssertionId, ClaimId
from tocsin.parameters import value

LETTERS: Final = ("A", "B", "C", "D", "E")
"""From completely reliable to unreliable; F, cannot be judged, has no place among them."""

_Cell = tuple[Hashable, ...]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a source's accuracy is taken to be on one topic, and what that rests on."""

    accuracy: float
    settled: float
    """Claims' worth of record behind it; 0 where nothing that it said was settled."""
    agreed: float
    """The part of them in which it was borne out."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of all sources, and how each assertion stands by them."""

    of: Mapping[_Cell, Record]
    balance: Mapping[AssertionId, float]
    """Probability that an assertion holds, by its claims and these records alone; for display."""

    def find(self, claim: Claim, letter: str, relief: frozenset[str]) -> Record:
        """The record that bears on a claim; that of its kind's `letter` where it has none."""
        cell = (*voice(claim), claim.indicator, gains(claim, relief))
        return self.of.get(cell, Record(accuracy=value(f"reliability.{letter}"), settled=0.0, agreed=0.0))


def voice(claim: Claim) -> tuple[str, str]:
    """Whose record a claim counts for: who speaks, and on whose side."""
    return (claim.speaker or claim.source).casefold(), claim.speaker_side


def gains(claim: Claim, relief: frozenset[str]) -> bool:
    """Whether the speaker's side gains if the claim is believed; `relief` are indicators that speak for a force."""
    bad = (claim.polarity == "affirmed") == (claim.indicator not in relief)
    return (claim.speaker_side == "opponent" and bad) or (claim.speaker_side == "own" and not bad)


def weight_of_letter(letter: str) -> tuple[float, float]:
    """The Beta prior, right and wrong, of a letter's accuracy."""
    size = value("reliability.unknown_size" if letter == "F" else "reliability.size")
    mean = value(f"reliability.{letter}")
    return mean * size, (1.0 - mean) * size


def letter_of(accuracy: float) -> str:
    """The letter whose accuracy lies nearest."""
    return min(LETTERS, key=lambda letter: abs(value(f"reliability.{letter}") - accuracy))


def records(
    claims: Sequence[Claim],
    assertions: Sequence[Assertion],
    origin: Mapping[ClaimId, str],
    letter: Callable[[Claim], str],
    relief: frozenset[str],
) -> Records:
    """Learn the records of all sources from what they say beside each other.

    Every origin votes in an assertion by the claims of its first day; later copies vote for nobody. `claims` are
    those that may support another (no words of captives, nothing hypothetical); `letter` is that of a claim's kind.
    """
    by_id = {claim.id: claim for claim in claims}
    cast = [(a, _votes(a, by_id, origin)) for a in assertions]
    cast = [(a, votes) for a, votes in cast if votes]
    letters: dict[tuple[str, str], set[str]] = {}
    for _, votes in cast:
        for claim in votes:
            letters.setdefault(voice(claim), set()).add(letter(claim))
    if not letters:
        return Records(of={}, balance={})
    place = {name: number for number, name in enumerate(letters)}
    table = np.zeros((len(cast), len(place)), dtype=np.int8)
    for row, (_, votes) in enumerate(cast):
        for claim in votes:
            table[row, place[voice(claim)]] += 1 if claim.polarity == "affirmed" else -1
    table = np.sign(table)  # who says both has said nothing
    prior = np.array([weight_of_letter(max(of)) for of in letters.values()])  # of several kinds, the worse
    found = consensus(table, prior, copying=value("reporting.copying"))
    settled = _settled(found, [side for _, side in place])
    return Records(
        of=_pooled(cast, place, settled, prior, relief),
        balance={a.id: float(truth) for (a, _), truth in zip(cast, found.truth, strict=True)},
    )


def _votes(assertion: Assertion, by_id: Mapping[ClaimId, Claim], origin: Mapping[ClaimId, str]) -> list[Claim]:
    """The claims of each origin's first day; who repeats it later votes for nothing."""
    sound = [by_id[name] for name in (*assertion.affirmed, *assertion.negated) if name in by_id]
    begun: dict[str, date] = {}
    for claim in sound:
        begun[origin[claim.id]] = min(claim.published, begun.get(origin[claim.id], claim.published))
    return [claim for claim in sound if claim.published == begun[origin[claim.id]]]


def _settled(found: Consensus, sides: Sequence[str]) -> NDArray[np.float64]:
    """Probability that each item is true by the votes of other sides than each source's own, (items, sources)."""
    total = found.weight.sum(axis=1, keepdims=True)
    camp = np.array([[one == other for other in sides] for one in sides], dtype=np.float64)
    return 1.0 / (1.0 + np.exp(-(total - found.weight @ camp)))


def _pooled(
    cast: Sequence[tuple[Assertion, list[Claim]]],
    place: Mapping[tuple[str, str], int],
    settled: NDArray[np.float64],
    prior: NDArray[np.float64],
    relief: frozenset[str],
) -> dict[_Cell, Record]:
    """Shrink each level's record towards the level above it."""
    counts: dict[_Cell, tuple[float, float]] = {}
    for row, (_, votes) in enumerate(cast):
        for claim in votes:
            truth = float(settled[row, place[voice(claim)]])
            sure = abs(2.0 * truth - 1.0)  # what the others leave open settles nothing
            right = sure * (truth if claim.polarity == "affirmed" else 1.0 - truth)
            name = voice(claim)
            topic = (*name, claim.indicator)
            cells: tuple[_Cell, ...] = (name, topic, (*topic, gains(claim, relief)))
            for cell in cells:
                said, agreed = counts.get(cell, (0.0, 0.0))
                counts[cell] = (said + sure, agreed + right)
    found: dict[_Cell, Record] = {}
    begin: dict[_Cell, tuple[float, float]] = dict(zip(place, map(tuple, prior.tolist()), strict=True))
    for cell in sorted(counts, key=len):
        said, agreed = counts[cell]
        if cell in begin:
            size = sum(begin[cell])
            mean = begin[cell][0] / size
        else:
            size, mean = value("reliability.pooling"), found[cell[:-1]].accuracy
        found[cell] = Record(accuracy=(size * mean + agreed) / (size + said), settled=said, agreed=agreed)
    return found
