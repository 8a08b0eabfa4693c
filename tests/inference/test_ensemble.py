"""Weighted particles: what they say and what they are worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from armies import war
from tocsin.inference.ensemble import normalised, quantiles, variance

numbers = arrays(np.float64, st.tuples(st.integers(1, 40), st.integers(1, 3)), elements=st.floats(-1e6, 1e6))


@given(numbers, st.lists(st.floats(0.001, 0.999), min_size=1, max_size=4))
def test_quantiles_at_equal_weights_are_numpys(values: NDArray[np.float64], at: list[float]) -> None:
    size = len(values)
    # away from the steps of the distribution function, where the last bit decides
    at = [q for q in at if abs(q * size - round(q * size)) > 1e-6]
    if at:
        found = quantiles(values, np.full(size, 1 / size), tuple(at))
        assert np.array_equal(found, np.quantile(values, at, axis=0, method="inverted_cdf"))


@given(numbers)
def test_variance_at_equal_weights_is_numpys(values: NDArray[np.float64]) -> None:
    found = variance(values, np.full(len(values), 1 / len(values)))
    assert found == pytest.approx(values.var(axis=0), rel=1e-6, abs=1e-4)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=12).filter(any), st.floats(0.01, 0.99))
def test_a_weight_is_as_good_as_that_many_copies(copies: list[int], at: float) -> None:
    values = np.random.default_rng(1).standard_normal((len(copies), 1))
    share = np.array(copies) / np.sum(copies)
    if abs(at * np.sum(copies) - round(at * np.sum(copies))) > 1e-6:
        repeated = np.repeat(values, copies, axis=0)
        assert quantiles(values, share, (at,)) == np.quantile(repeated, [at], axis=0, method="inverted_cdf")
        assert variance(values, share) == pytest.approx(repeated.var(axis=0))


def test_what_cannot_be_has_no_quantile() -> None:
    values, share = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.0, 0.5, 0.5, 0.0])
    assert quantiles(values, share, (0.05, 0.5, 0.95)).tolist() == [2.0, 2.0, 3.0]


@given(arrays(np.float64, (6, 2), elements=st.floats(-800, 800)), st.floats(-1e3, 1e3))
def test_weights_sum_to_one_and_do_not_depend_on_a_constant(logs: NDArray[np.float64], shift: float) -> None:
    assert normalised(logs).sum(axis=0) == pytest.approx(1.0)
    assert normalised(logs + shift) == pytest.approx(normalised(logs), abs=1e-9)


def test_particles_are_worth_no_more_than_they_are() -> None:
    begun = war(3, particles=20).begin()
    assert begun.ess == pytest.approx(20.0)
    assert begun.worth == pytest.approx((20.0, 20.0))
    rng = np.random.default_rng(1)
    weighed = replace(begun, log_weights=rng.standard_normal((20, 2)) * 3)
    assert np.all(weighed.ess < 20)
    assert weighed.worth == pytest.approx(tuple(weighed.ess))


def test_copies_of_one_history_count_once() -> None:
    model = war(3, particles=20)
    begun = model.begin()
    halves = np.stack([np.arange(20) // 2 * 2, np.zeros(20, dtype=np.int64)], axis=1)
    taken = begun.take(halves, model.where)
    assert taken.ess == pytest.approx(20.0)
    assert taken.worth == pytest.approx((10.0, 1.0))


def test_what_is_taken_belongs_together() -> None:
    model = war(3, particles=6)
    now = model.predict(model.begin(), 3)
    ancestors = np.array([[5, 0], [5, 1], [4, 1], [3, 3], [0, 2], [0, 2]])
    taken = now.take(ancestors, model.where)
    for particle in range(6):
        for force in range(2):
            of = ancestors[particle, force]
            assert taken.history[particle, :, force].tobytes() == now.history[of, :, force].tobytes()
            assert taken.drawn[particle, force] == now.drawn[of, force]
            assert np.array_equal(taken.scores[particle, force], now.scores[of, force])
            assert taken.lineage[particle, force] == of
