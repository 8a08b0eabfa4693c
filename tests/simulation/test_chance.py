"""Random numbers keyed by position: each law exact, each stream its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from tocsin.simulation.desk import chance
from tocsin.simulation.desk.records import STREAM
from tocsin.simulation.rng import keys

MANY = 20000


def _stream(number: int = 0) -> np.void:
    rng = np.zeros(1, dtype=STREAM)[0]
    rng["key"] = keys(5, "tests", [number])[0]
    chance.begin(rng, 3)
    return rng


def _fits(drawn: NDArray[np.int64], law: stats.rv_frozen) -> float:
    """The chance of counts at least as far from the law as these (chi-square, cells of five or more)."""
    top = int(law.ppf(1 - 1e-9)) + 1
    expected = law.pmf(np.arange(top + 1)) * drawn.size
    expected[-1] += law.sf(top) * drawn.size
    seen = np.bincount(np.minimum(drawn, top), minlength=top + 1).astype(float)
    cell = np.minimum(np.floor(np.cumsum(expected) / 5.0), np.floor((drawn.size - 5.0) / 5.0)).astype(int)
    _, cell = np.unique(cell, return_inverse=True)
    e, o = np.bincount(cell, expected), np.bincount(cell, seen)
    return float(stats.chi2.sf(np.sum((o - e) ** 2 / e), len(e) - 1))


def test_numbers_of_a_stream_are_uniform_and_unrelated() -> None:
    rng = _stream()
    drawn = np.array([chance.uniform(rng) for _ in range(5 * MANY)])
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 5 / np.sqrt(drawn.size)
    bits = (drawn[:, None] * 2.0 ** np.arange(1, 17)).astype(np.int64) & 1
    assert np.abs(bits.mean(axis=0) - 0.5).max() < 5 * 0.5 / np.sqrt(drawn.size)


@pytest.mark.parametrize("apart", ["unit", "day", "mechanism", "run"])
def test_neighbouring_positions_draw_apart(apart: str) -> None:
    """The first numbers of streams one step apart in one coordinate: uniform, and unrelated."""
    runs, units = keys(1, "runs", range(MANY if apart == "run" else 1)), keys(0, "units", range(MANY))
    drawn = np.empty((MANY, 2))
    rng = np.zeros(1, dtype=STREAM)[0]
    for i in range(MANY):
        with np.errstate(over="ignore"):
            place = chance.mix(runs[i if apart == "run" else 0] ^ units[i if apart == "unit" else 0])
        place = chance.mix(runs[i if apart == "run" else 0] ^ units[i if apart == "unit" else 0])
        rng["key"] = chance.within(np.uint64(place), i if apart == "day" else 7)
        chance.begin(rng, i if apart == "mechanism" else 2)
        drawn[i] = chance.uniform(rng), chance.uniform(rng)
    assert stats.kstest(drawn[:, 0], "uniform").pvalue > 1e-4
    assert stats.kstest(drawn[:, 1], "uniform").pvalue > 1e-4
    flat = np.column_stack([drawn[:-1], drawn[1:]])
    related = np.corrcoef(flat.T)[~np.eye(4, dtype=bool)]
    assert np.abs(related).max() < 5 / np.sqrt(MANY)


@pytest.mark.parametrize(
    ("draw", "law"),
    [
        (chance.normal, stats.norm()),
        (lambda rng: chance.waiting(0.25, rng), stats.expon(scale=4.0)),
        (lambda rng: chance.gamma(0.1, rng), stats.gamma(0.1)),
        (lambda rng: chance.gamma(7.5, rng), stats.gamma(7.5)),
        (lambda rng: chance.beta(0.2, 31.0, rng), stats.beta(0.2, 31.0)),
    ],
    ids=["normal", "waiting", "small gamma", "large gamma", "beta"],
)
def test_draws_follow_their_law(draw: object, law: stats.rv_frozen) -> None:
    rng = _stream(1)
    drawn = [draw(rng) for _ in range(MANY)]  # type: ignore[operator]
    assert stats.kstest(drawn, law.cdf).pvalue > 1e-4


@pytest.mark.parametrize(
    ("number", "mean", "correlation"),
    [(30, 0.05, 0.03), (700, 0.004, 0.03), (180, 0.3, 0.05), (3000, 0.02, 0.03), (40, 0.1, 1e-6), (6, 0.5, 0.2)],
)
def test_losses_are_beta_binomial(number: int, mean: float, correlation: float) -> None:
    rng, size = _stream(2), 1 / correlation - 1
    drawn = np.array([chance.beta_binomial(number, mean, correlation, rng) for _ in range(MANY)])
    assert _fits(drawn, stats.betabinom(number, mean * size, (1 - mean) * size)) > 1e-4
    spread = number * mean * (1 - mean) * (1 + (number - 1) * correlation)
    assert drawn.mean() == pytest.approx(number * mean, abs=5 * np.sqrt(spread / MANY))
    assert drawn.var() == pytest.approx(spread, rel=0.15)


@pytest.mark.parametrize(("number", "mean"), [(40, 0.1), (500, 0.004)])
def test_without_correlation_losses_are_binomial_and_few_of_many_poisson(number: int, mean: float) -> None:
    rng = _stream(3)
    drawn = np.array([chance.beta_binomial(number, mean, 1e-9, rng) for _ in range(MANY)])
    assert _fits(drawn, stats.binom(number, mean)) > 1e-4
    few = np.array([chance.beta_binomial(30000, 1e-4, 1e-9, rng) for _ in range(MANY)])
    assert _fits(few, stats.poisson(3.0)) > 1e-4


def test_losses_far_out_are_drawn_too() -> None:
    rng, law = _stream(4), stats.betabinom(20000, 0.9 * 999, 0.1 * 999)
    drawn = [chance.beta_binomial(20000, 0.9, 0.001, rng) for _ in range(200)]
    assert np.mean(drawn) == pytest.approx(law.mean(), abs=5 * law.std() / np.sqrt(200))


@given(st.integers(0, 5000), st.floats(0, 0.999), st.floats(0.001, 0.2), st.integers(0, 100))
def test_no_more_are_lost_than_there_are(number: int, mean: float, correlation: float, stream: int) -> None:
    assert 0 <= chance.beta_binomial(number, mean, correlation, _stream(stream)) <= number


@given(st.integers(1, 10**6), st.integers(0, 100))
def test_a_choice_is_one_of_those_there_are(number: int, stream: int) -> None:
    rng = _stream(stream)
    assert all(0 <= chance.below(number, rng) < number for _ in range(5))


def test_nothing_happens_at_no_rate() -> None:
    assert chance.waiting(0.0, _stream()) == np.inf
    assert not chance.meets(0.0, _stream())


def test_the_test_of_fit_can_fail() -> None:
    rng = np.random.default_rng(9)
    assert _fits(rng.binomial(30, 0.06, MANY), stats.binom(30, 0.05)) < 1e-4
