"""How far interested counts lie off: found again from drawn ratios, and shared between sides."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.evidence.reporting.inflation import draw_ratios, inflation


def test_drawn_biases_are_found_again_and_their_spread_is_honest() -> None:
    scores = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        common = rng.normal(0.0, 0.7)
        true = {f"side {n}": common + rng.normal(0.0, 0.5) for n in range(3)}
        found = inflation({side: draw_ratios(bias, 12, rng=rng).tolist() for side, bias in true.items()})
        scores += [(found[side].mean - bias) / found[side].sd for side, bias in true.items()]
    assert np.mean(scores) == pytest.approx(0.0, abs=0.12)
    assert np.std(scores) == pytest.approx(1.0, abs=0.2)


def test_a_side_without_ratios_leans_on_the_others_and_is_less_sure() -> None:
    rng = np.random.default_rng(1)
    found = inflation({"own": draw_ratios(1.0, 30, rng=rng).tolist(), "opponent": []})
    assert 0.0 < found["opponent"].mean <= found["own"].mean + 0.05
    assert found["opponent"].sd > 1.3 * found["own"].sd
    assert found["opponent"].pairs == 0


def test_renaming_the_sides_mirrors_the_biases() -> None:
    one, other = [4.0, 5.0, 6.0], [0.2, 0.3]
    assert inflation({"a": one, "b": other})["a"] == inflation({"b": one, "a": other})["b"]
