"""Draws of how many: exactly binomial, exactly Poisson."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.simulation.tally import arriving, happening

MANY = 20000


def _fits(drawn: np.ndarray, law: stats.rv_frozen) -> float:
    """The chance of counts at least as far from the law as these (chi-square, cells of five or more)."""
    top = int(law.ppf(1 - 1e-9)) + 1
    expected = law.pmf(np.arange(top + 1)) * drawn.size
    expected[-1] += law.sf(top) * drawn.size
    seen = np.bincount(np.minimum(drawn, top), minlength=top + 1).astype(float)
    cell = np.minimum(np.floor(np.cumsum(expected) / 5.0), np.floor((drawn.size - 5.0) / 5.0)).astype(int)
    _, cell = np.unique(cell, return_inverse=True)
    e, o = np.bincount(cell, expected), np.bincount(cell, seen)
    return float(stats.chi2.sf(np.sum((o - e) ** 2 / e), len(e) - 1))


@pytest.mark.parametrize(
    ("number", "hazard"), [(30, 0.05), (3, 1.0), (4, 2.4), (500, 0.018), (3000, 0.0001), (1000, 0.05), (12, 1.0)]
)
def test_who_meets_an_event_today_is_binomial(number: int, hazard: float) -> None:
    rng = np.random.default_rng(7)
    drawn = np.array([happening(number, hazard, rng) for _ in range(MANY)])
    assert _fits(drawn, stats.binom(number, 1 - np.exp(-hazard))) > 1e-4


@pytest.mark.parametrize("mean", [0.2, 3.0, 9.9, 10.1, 40.0])
def test_who_arrives_today_is_poisson(mean: float) -> None:
    rng = np.random.default_rng(8)
    drawn = np.array([arriving(mean, rng) for _ in range(MANY)])
    assert _fits(drawn, stats.poisson(mean)) > 1e-4


@given(st.integers(0, 100_000), st.floats(0, 1), st.integers(0, 2**32))
def test_no_more_meet_an_event_than_there_are(number: int, hazard: float, seed: int) -> None:
    assert 0 <= happening(number, hazard, np.random.default_rng(seed)) <= number


@given(st.integers(0, 2**32))
def test_nobody_meets_what_cannot_happen(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert happening(1000, 0.0, rng) == 0 == arriving(0.0, rng)


def test_the_test_of_fit_can_fail() -> None:
    rng = np.random.default_rng(9)
    assert _fits(rng.binomial(30, 0.06, MANY), stats.binom(30, 0.05)) < 1e-4
