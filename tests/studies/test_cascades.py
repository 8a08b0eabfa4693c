"""The reference models give the values of their papers and of exact computation."""

from __future__ import annotations

import numpy as np
import pytest
from cascades import abel, epidemic, joined, messages, reached, rewired, ring, settled, spread, window


def test_one_threshold_decides_between_everybody_and_one() -> None:
    assert joined(range(100)) == 100
    assert joined([0, 2, *range(2, 100)]) == 1


@pytest.mark.parametrize(("width", "share"), [(0.10, 0.0077), (0.12, 0.0402), (0.122, 0.0548), (0.1225, 1.0)])
def test_a_little_more_spread_tips_a_crowd(width: float, share: float) -> None:
    assert settled(0.25, width) == pytest.approx(share, abs=6e-5)


def test_even_thresholds_give_the_abel_distribution() -> None:
    exact = abel(10)
    rng = np.random.default_rng(1)
    seen = np.bincount([joined(rng.integers(0, 11, 10)) for _ in range(20_000)], minlength=11) / 20_000

    assert exact.sum() == pytest.approx(1)
    assert (exact[0], exact[10]) == (pytest.approx(0.385543, abs=1e-6), pytest.approx(1 / 11))
    assert exact @ np.arange(11) == pytest.approx(2.8524, abs=1e-4)
    assert np.abs(seen - exact).max() < 4.5 * np.sqrt(0.25 / 20_000)


@pytest.mark.parametrize(
    ("threshold", "edges"), [(0.15, (1.0037, 7.4771)), (0.18, (1.0207, 5.7647)), (0.22, (1.1141, 3.8631))]
)
def test_the_window_of_cascades(threshold: float, edges: tuple[float, float]) -> None:
    assert window(threshold) == pytest.approx(edges, abs=1e-4)


def test_a_high_threshold_has_no_window() -> None:
    assert window(0.30) is None


@pytest.mark.parametrize(
    ("degree", "seed", "share"),
    [
        (2, 1e-3, 0.7970),
        (4, 1e-3, 0.9802),
        (5.5, 1e-3, 0.9958),
        (6.5, 1e-3, 0.0086),
        (7, 1e-3, 0.0042),
        (6.5, 1e-2, 0.9985),
    ],
)
def test_the_seed_moves_the_upper_edge(degree: float, seed: float, share: float) -> None:
    assert spread(degree, 0.18, seed) == pytest.approx(share, abs=6e-5)


def test_what_needs_two_neighbours_spreads_on_a_ring_and_dies_when_rewired() -> None:
    assert reached(ring(400), 400, 2, (0, 1)) == 400
    assert reached(rewired(400, 1), 400, 2, (0, 1)) <= 4


@pytest.mark.parametrize(("reproduction", "share"), [(1.5, 0.582812), (2.0, 0.796812)])
def test_the_final_size_of_an_epidemic(reproduction: float, share: float) -> None:
    assert epidemic(reproduction) == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("bias", "number", "left"),
    [(0.25, 1, 0.0833), (0.10, 2, 0.0308), (0.05, 3, 0.0159), (0.02, 5, 0.0065), (0.01, 7, 0.0033)],
)
def test_fear_makes_a_channel_coarser(bias: float, number: int, left: float) -> None:
    found, variance = messages(bias)

    assert found == number
    assert variance == pytest.approx(left, abs=6e-5)
