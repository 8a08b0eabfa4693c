"""Read a whole report with the encoder: every sentence once, in the light of those around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.claims.claim import Modality, Polarity
from tocsin.claims.encoder.heads import KINDS, MODALITIES, POLARITIES, Heads, Sensed
from tocsin.claims.encoder.network import network
from tocsin.claims.encoder.weights import Array, names, taught
from tocsin.claims.encoder.windows import Line, Sides, Window, lines, windows
from tocsin.claims.lexicon.words import read
from tocsin.claims.text.parsing import Sentence
from tocsin.reports.report import SpeakerKind


def _trust(head: str) -> float:
    """What the rules' own answer counts for beside the encoder's, in log odds."""
    return float(read("encoder")["trust"][head])


SCANT = 64
"""Pieces from which on a text is long enough for the encoder to overrule the lexicon: some three sentences."""
Token = tuple[int, int]
"""A sentence by its number, and a token by its place in the sentence."""
SIGNS = 7
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
FAR = 8
"""Sentences from which on one is far."""


@cache
def _heads() -> Heads:
    return Heads(taught())


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence within the window that was made for it."""

    window: Window
    states: Array
    start: int
    end: int


@final
class Understanding:
    """What the encoder makes of one report; sentences go by their number, and are asked about in their order.

    Only the window of the sentence in hand is kept, so that a book takes no more memory than a page.
    `heads` are the words of each sentence that grammar takes for speakers, by their places.
    """

    def __init__(self, parsed: Sequence[Sentence], known: Sides, heads: Sequence[frozenset[int]]) -> None:
        self.sides = known
        self.parsed = parsed
        self._lines = lines(parsed, known)
        self._shown = [
            shown(line, [token.pos_ for token in one.tokens], own)
            for line, one, own in zip(self._lines, parsed, heads, strict=True)
        ]
        self.scant = sum(len(line.pieces) for line in self._lines) < SCANT
        """Whether the text is too short to be understood from what stands around."""
        self._windows = windows(self._lines, known)
        self._places: dict[int, Place] = {}
        self._read = -1
        self._sensed: tuple[int, Sensed] | None = None

    def likely(self, number: int, fired: Iterable[str]) -> dict[str, float]:
        """How likely a sentence makes a claim of each indicator taught, where the lexicon found those in `fired`."""
        self._read_on(number)
        if number not in self._places:
            return {}
        found = set(fired)
        shares = _heads().likely(self._sense(number), np.array([name in found for name in names()], np.float32))
        return dict(zip(names(), map(float, shares), strict=True))

    def knows(self, number: int, indicator: str) -> bool:
        """Whether it can say anything of a claim: it was taught the indicator, and has read the sentence."""
        self._read_on(number)
        return number in self._places and indicator in names()

    def looked_at(self, number: int, indicator: str) -> dict[int, float]:
        """On which tokens of a sentence an indicator rests, as shares."""
        shares = self._sense(number).weight[names().index(indicator)]
        found: dict[int, float] = {}
        for token, share in zip(self._lines[number].token_of, shares, strict=True):
            found[token] = found.get(token, 0.0) + float(share)
        return found

    def polarity(self, number: int, indicator: str, ruled: Polarity | None) -> Polarity:
        """Whether a sentence says that something is so or that it is not, where the rules' answer is `ruled`."""
        held = POLARITIES.index(ruled) if ruled else None
        return POLARITIES[_heads().choose("polarity", self._meant(number, indicator), held, _trust("polarity"))]

    def modality(self, number: int, indicator: str, ruled: Modality | None) -> Modality:
        """Whether a sentence asserts, doubts or supposes, where the rules' answer is `ruled`."""
        held = MODALITIES.index(ruled) if ruled else None
        return MODALITIES[_heads().choose("modality", self._meant(number, indicator), held, _trust("modality"))]

    def kind(self, number: int, indicator: str) -> SpeakerKind:
        """What kind of speaker says it."""
        return KINDS[_heads().choose("kind", self._meant(number, indicator))]

    def force(self, number: int, indicator: str, ruled: str | None) -> str | None:
        """Whose soldiers are meant, of the report's sides, where the rules say `ruled`; None for anybody else."""
        place = self._places[number]
        bonus = np.array([_trust("force") * (name == ruled) for name in self.sides.names], np.float32)
        shares = _heads().point("force", self._meant(number, indicator), place.states[list(place.window.sides)], bonus)
        best = int(np.argmax(shares))
        return self.sides.names[best - 1].strip() or None if best else None

    def speakers(self, number: int, indicator: str) -> tuple[float, dict[Token, float]]:
        """How likely the author, and each word of a sentence and of those around it, is who says it."""
        place = self._places[number]
        window, body = place.window, place.window.body
        shown = np.zeros((len(window.pieces) - body, SIGNS), np.float32)
        for other, start, end in window.lines:
            shown[start - body : end - body] = signs(number - other)[self._shown[other]]
        bonus = _heads().bonus(shown)
        shares = _heads().point("speaker", self._meant(number, indicator), place.states[body:], bonus)
        found: dict[Token, float] = {}
        for other, start, end in window.lines:
            said = shares[1 + start - body : 1 + end - body].tolist()
            for token, share in zip(self._lines[other].token_of, said, strict=True):
                found[other, max(token, 0)] = found.get((other, max(token, 0)), 0.0) + share
        return float(shares[0]), found

    def which(self, head: str, number: int, indicator: str, listed: Sequence[Token]) -> Token | None:
        """Which of the words `listed` is what `head` (`amount`, `echelon`, `time`) looks for in a claim, if any is."""
        if not self.knows(number, indicator):
            return None
        found = [(token, at) for token in listed if (at := self._at(number, token)) is not None]
        states = self._places[number].states[[at for _, at in found]]
        here = np.array([_trust(head) * (token[0] == number) for token, _ in found], np.float32)
        best = int(np.argmax(_heads().point(head, self._meant(number, indicator), states, here)))
        return found[best - 1][0] if best else None

    def _at(self, number: int, token: Token) -> int | None:
        """Where a word stands in the window of sentence `number`."""
        start, piece = self._places[number].window.at(token[0]), self._lines[token[0]].at(token[1])
        return None if start is None or piece is None else start + piece

    def _read_on(self, number: int) -> None:
        """Look at windows until sentence `number` has been read."""
        while number > self._read:
            window = next(self._windows)
            states = network()(window.pieces)
            self._places = {
                other: Place(window=window, states=states, start=start, end=end)
                for other, start, end in window.lines
                if other >= window.new and end > start
            }
            self._read = window.lines[-1][0]

    def _sense(self, number: int) -> Sensed:
        if self._sensed is None or self._sensed[0] != number:
            place = self._places[number]
            self._sensed = number, _heads().sense(place.states[place.start : place.end])
        return self._sensed[1]

    def _meant(self, number: int, indicator: str) -> Array:
        found: Array = self._sense(number).meant[names().index(indicator)]
        return found


def signs(before: int) -> Array:
    """What grammar shows of a word as a speaker that stands so many sentences before: shape (4, SIGNS).

    The row is that of `shown`: 2 for a noun, name or pronoun, and 1 more for a speaker by grammar.
    """
    here, far = before == 0, min(abs(before), FAR) / FAR
    rows = [
        (named, head, here, before == 1, before < 0, far, here and head)
        for named in (False, True)
        for head in (False, True)
    ]
    return np.array(rows, np.float32)


def shown(line: Line, tags: Sequence[str], heads: frozenset[int]) -> NDArray[np.intp]:
    """Which row of `signs` each piece of a line has; `heads` are the places of its speakers by grammar."""
    places = [max(token, 0) for token in line.token_of]
    return np.array([2 * (tags[place] in _NAMING) + (place in heads) for place in places], np.intp)
