"""Resampling keeps what the weights say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.inference.resample import shrink, systematic

weights = st.lists(st.floats(0, 1), min_size=1, max_size=60).filter(lambda w: sum(w) > 1e-3)


@given(weights, st.integers(0, 2**32))
def test_copies_are_within_one_of_their_due(raw: list[float], seed: int) -> None:
    share = np.array(raw) / np.sum(raw)
    ancestors = systematic(share, np.random.default_rng(seed))
    copies = np.bincount(ancestors, minlength=share.size)
    assert copies.sum() == share.size
    assert np.all(np.abs(copies - share.size * share) < 1 + 1e-9)
    assert np.all(np.diff(ancestors) >= 0)


@given(st.integers(1, 200), st.integers(0, 2**32))
def test_equal_weights_copy_everyone_once(size: int, seed: int) -> None:
    ancestors = systematic(np.full(size, 1 / size), np.random.default_rng(seed))
    assert np.abs(ancestors - np.arange(size)).max() <= 1


def test_copies_are_unbiased() -> None:
    share, rng = np.array([0.05, 0.5, 0.13, 0.32]), np.random.default_rng(1)
    copies = np.mean([np.bincount(systematic(share, rng), minlength=4) for _ in range(4000)], axis=0)
    assert copies == pytest.approx(4 * share, abs=0.05)


@pytest.mark.parametrize("keep", [0.5, 0.97, 1.0])
def test_shrinking_keeps_the_weighted_mean_and_variance(keep: float) -> None:
    rng, size = np.random.default_rng(2), 40000
    scores = rng.standard_normal((size, 3)) * [1.0, 0.5, 2.0] + [0.0, 1.0, -1.0]
    share = np.exp(scores[:, 0])
    share /= share.sum()
    mean = share @ scores
    spread = np.sqrt(share @ (scores - mean) ** 2)
    moved = shrink(scores, share, systematic(share, rng), keep, rng)
    assert (moved.mean(axis=0) - mean) / spread == pytest.approx(0.0, abs=0.03)
    assert moved.std(axis=0) / spread == pytest.approx(1.0, abs=0.03)


def test_copies_that_keep_everything_do_not_move() -> None:
    rng = np.random.default_rng(3)
    scores, ancestors = rng.standard_normal((5, 2)), np.array([0, 0, 2, 4, 4])
    assert shrink(scores, np.full(5, 0.2), ancestors, 1.0, rng) == pytest.approx(scores[ancestors])


def test_copies_differ_after_shrinking() -> None:
    rng = np.random.default_rng(4)
    moved = shrink(rng.standard_normal((6, 1)), np.full(6, 1 / 6), np.zeros(6, dtype=np.int64), 0.97, rng)
    assert np.unique(moved).size == 6
