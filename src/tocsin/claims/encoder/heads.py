"""What is read off the encoder's states: which indicators a sentence names, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final, get_args

import numpy as np
from scipy.special import erf, expit

from tocsin.claims.claim import Modality, Polarity
from tocsin.claims.encoder.weights import Array
from tocsin.reports.report import SpeakerKind

POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
POINTING = 128
"""Features in which a claim and a place of the text are compared."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sensed:
    """A sentence as the heads see it."""

    meant: Array
    """Shape (indicators, features): the sentence from the point of view of each indicator."""
    leaning: Array
    """Shape (indicators,): how much speaks for each, in log odds, before the lexicon is heard."""
    weight: Array
    """Shape (indicators, pieces): on which pieces each indicator looks."""


@final
class Heads:
    """Small linear maps that were taught together with the encoder."""

    def __init__(self, learnt: Mapping[str, Array]) -> None:
        self._learnt = learnt

    def sense(self, states: Array) -> Sensed:
        """Look at a sentence's states, shape (pieces, features), once for each indicator."""
        keys = self._through("key", states)
        weight = _shares(self._learnt["query"] @ keys.T / np.sqrt(np.float32(8)))
        seen = self._through("seen", _normal(weight @ states, self._learnt, "seen_norm"))
        whole = self._through("whole", _normal(states.mean(axis=0), self._learnt, "whole_norm"))
        meant = _bend(seen + whole + self._learnt["own"])
        leaning = (meant * self._learnt["toward"]).sum(axis=1) + self._learnt["start"]
        return Sensed(meant=meant, leaning=leaning, weight=weight)

    def likely(self, sensed: Sensed, fired: Array) -> Array:
        """How likely each indicator is, where `fired` is 1 for those that the lexicon found and 0 else."""
        found: Array = expit(sensed.leaning + self._learnt["lexicon"] * fired)
        return found

    def choose(self, head: str, meant: Array, ruled: int | None = None, trust: float = 0.0) -> int:
        """The likeliest of the few answers of `head`: `polarity`, `modality`, `kind`.

        `trust` is what the rules' own answer `ruled` counts for, in log odds.
        """
        odds = self._through(head, meant)
        if ruled is not None:
            odds[ruled] += np.float32(trust)
        return int(np.argmax(odds))

    def point(self, head: str, meant: Array, places: Array, bonus: Array | None = None) -> Array:
        """How likely each of `places`, shape (places, features), is meant; the first share is that of none of them."""
        nobody = self._through(f"{head}_none", meant)
        if not len(places):
            return np.ones(1, np.float32)
        near = self._through(f"{head}_place", places) @ self._through(f"{head}_claim", meant)
        near = near / np.sqrt(np.float32(POINTING)) + (bonus if bonus is not None else np.float32(0))
        return _shares(np.concatenate([nobody, near])[None])[0]

    def bonus(self, signs: Array) -> Array:
        """What the grammar's signs of a speaker are worth, by place."""
        found: Array = signs @ self._learnt["signs"]
        return found

    def _through(self, name: str, value: Array) -> Array:
        found: Array = value @ self._learnt[f"{name}.weight"].T + self._learnt[f"{name}.bias"]
        return found


def _shares(value: Array) -> Array:
    raised = np.exp(value - value.max(axis=-1, keepdims=True))
    found: Array = raised / raised.sum(axis=-1, keepdims=True)
    return found


def _normal(value: Array, learnt: Mapping[str, Array], name: str) -> Array:
    centred = value - value.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-5))
    found: Array = centred / spread * learnt[f"{name}.weight"] + learnt[f"{name}.bias"]
    return found


def _bend(value: Array) -> Array:
    found: Array = value * (1 + erf(value / np.sqrt(np.float32(2)))) / 2
    return found
