"""What is read off the states: shares that sum to one, and nobody where there is nobody to point to."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.claims.encoder.heads import Heads
from tocsin.claims.encoder.network import FEATURES
from tocsin.claims.encoder.weights import names, taught


@pytest.fixture
def heads() -> Heads:
    return Heads(taught())


def states(count: int) -> np.ndarray:
    return np.random.default_rng(7).normal(size=(count, FEATURES)).astype(np.float32)


def test_each_indicator_looks_at_the_words_with_shares_that_sum_to_one(heads: Heads) -> None:
    sensed = heads.sense(states(12))

    assert sensed.weight.shape == (len(names()), 12)
    np.testing.assert_allclose(sensed.weight.sum(axis=1), 1, rtol=1e-5)


def test_what_the_lexicon_finds_makes_a_claim_likelier(heads: Heads) -> None:
    sensed = heads.sense(states(12))
    silent, fired = np.zeros(len(names()), np.float32), np.ones(len(names()), np.float32)

    assert (heads.likely(sensed, fired) > heads.likely(sensed, silent)).mean() > 0.9


def test_pointing_gives_shares_of_nobody_and_of_each_place(heads: Heads) -> None:
    meant = heads.sense(states(12)).meant[0]

    shares = heads.point("speaker", meant, states(5))

    assert shares.shape == (6,)
    assert shares.sum() == pytest.approx(1, rel=1e-5)
    assert heads.point("amount", meant, states(0)).tolist() == [1]
