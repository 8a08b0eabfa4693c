"""The reliability curve rises, loses no forecast, and takes a Brier score apart without remainder."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.forecasts.reliability import curve, parts
from tocsin.forecasts.score import brier

PAIRS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.1, 0.1, 0.3, 0.5, 0.8, 1.0]), st.booleans()), min_size=1, max_size=20
)


def columns(pairs: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in pairs]), np.array([float(y) for _, y in pairs])


@given(PAIRS)
def test_what_came_about_rises_with_what_was_said(pairs: list[tuple[float, bool]]) -> None:
    pools = curve(*columns(pairs))

    assert all(a.happened < b.happened and a.high < b.low for a, b in itertools.pairwise(pools))
    assert sum(pool.n for pool in pools) == len(pairs)
    assert sum(pool.n * pool.happened for pool in pools) == pytest.approx(sum(y for _, y in pairs))
    assert all(pool.low - 1e-12 <= pool.said <= pool.high + 1e-12 for pool in pools)


@given(PAIRS)
def test_the_parts_give_the_brier_score(pairs: list[tuple[float, bool]]) -> None:
    p, y = columns(pairs)
    found = parts(p, y)

    assert found.miscalibration - found.discrimination + found.uncertainty == pytest.approx(brier(p, y).mean())
    assert found.miscalibration >= -1e-12
    assert found.discrimination >= -1e-12


@given(PAIRS)
def test_no_rising_curve_fits_better(pairs: list[tuple[float, bool]]) -> None:
    p, y = columns(pairs)
    ours = brier(p, y).mean() - parts(p, y).miscalibration
    levels = sorted(set(p))
    for values in itertools.combinations_with_replacement(np.linspace(0, 1, 5), len(levels)):
        other = brier(np.array([values[levels.index(x)] for x in p]), y).mean()

        assert ours <= other + 1e-12


def test_a_worked_curve() -> None:
    pools = curve(np.array([0.1, 0.1, 0.4, 0.6, 0.9]), np.array([0.0, 0.0, 1.0, 0.0, 1.0]))

    assert [(pool.n, pool.happened) for pool in pools] == [(2, 0.0), (2, 0.5), (1, 1.0)]
