"""Who is right how often, from votes alone; and who copies whom."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tocsin.evidence.sources.consensus import consensus
from tocsin.evidence.sources.copying import copy_ratios, dependence

ITEMS = 2000


def _voted(accuracies: list[float], rng: np.random.Generator) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    truth = rng.random(ITEMS) < 0.5
    right = rng.random((ITEMS, len(accuracies))) < np.array(accuracies)
    return np.where(right == truth[:, None], 1, -1).astype(np.int8), truth


def _weak(sources: int) -> NDArray[np.float64]:
    return np.tile([3.0, 2.0], (sources, 1))


def test_shared_errors_tell_a_copier_exactly() -> None:
    found = copy_ratios(error=np.array(0.2), wrong=10, copying=0.8)
    assert [float(f"{float(ratio):.3g}") for ratio in found] == [1.2, 40.2, 0.2]


@pytest.mark.parametrize("seed", range(4))
def test_accuracies_are_found_again(seed: int) -> None:
    accuracies = [0.9, 0.85, 0.8, 0.75, 0.7, 0.65]
    votes, _ = _voted(accuracies, np.random.default_rng(seed))
    assert consensus(votes, _weak(6)).accuracy == pytest.approx(accuracies, abs=0.03)


def test_sources_that_speak_seldom_are_found_too() -> None:
    rng = np.random.default_rng(9)
    accuracies = [0.9, 0.8, 0.75, 0.7, 0.65, 0.85]
    votes, _ = _voted(accuracies, rng)
    votes[rng.random(votes.shape) < 0.4] = 0
    assert consensus(votes, _weak(6)).accuracy == pytest.approx(accuracies, abs=0.03)


def _copied(seed: int) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Three sources that judge for themselves, and four perfect copies of the first."""
    votes, truth = _voted([0.7, 0.75, 0.8], np.random.default_rng(seed))
    return np.hstack([votes, np.repeat(votes[:, :1], 4, axis=1)]), truth


def _overconfidence(truth: NDArray[np.bool_], said: NDArray[np.float64]) -> float:
    sure = np.maximum(said, 1.0 - said)
    return float(sure.mean() - np.mean((said > 0.5) == truth))


@pytest.mark.parametrize("seed", range(3))
def test_perfect_copies_make_the_naive_vote_overconfident_and_the_copy_aware_one_not(seed: int) -> None:
    votes, truth = _copied(seed)
    naive, aware = (consensus(votes, _weak(7), copying=c) for c in (0.0, 0.5))
    assert _overconfidence(truth, naive.truth) > 0.15
    assert abs(_overconfidence(truth, aware.truth)) < 0.05
    assert np.mean((aware.truth > 0.5) == truth) > np.mean((naive.truth > 0.5) == truth) + 0.05


def test_copies_are_told_from_sources_that_merely_agree() -> None:
    votes, truth = _copied(5)
    chance = dependence(votes, truth * 0.98 + 0.01, np.array([0.7, 0.75, 0.8, *[0.7] * 4]), copying=0.8, prior=0.1)
    copies = [0, 3, 4, 5, 6]
    assert min(chance[a, b] for a in copies for b in copies if a != b) > 0.99
    assert max(chance[a, b] for a in (1, 2) for b in range(7) if a != b) < 0.01


def test_one_item_settles_nothing_about_anyone() -> None:
    found = consensus(np.array([[1, -1]], dtype=np.int8), np.array([[11.0, 9.0], [11.0, 9.0]]), copying=0.5)
    assert found.truth == pytest.approx([0.5])
    assert found.accuracy == pytest.approx([0.55, 0.55], abs=0.01)


def test_turning_all_votes_turns_all_truths() -> None:
    votes, _ = _voted([0.8, 0.7, 0.6], np.random.default_rng(3))
    one, other = consensus(votes[:200], _weak(3), copying=0.5), consensus(-votes[:200], _weak(3), copying=0.5)
    assert one.truth == pytest.approx(1.0 - other.truth)
    assert one.accuracy == pytest.approx(other.accuracy)
