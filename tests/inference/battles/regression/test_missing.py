"""What is missing gets the distribution that the rest of the row implies."""

from __future__ import annotations

import numpy as np

from tocsin.inference.battles.regression.missing import Predictors, complete, learn


def test_a_gap_gets_the_conditional_mean_and_variance_of_a_normal() -> None:
    both = Predictors(mean=np.array([1.0, 2.0]), covariance=np.array([[4.0, 3.0], [3.0, 9.0]]))

    done = complete(np.array([[3.0, np.nan], [1.0, 5.0]]), both)

    assert done.mean[0].tolist() == [3.0, 2.0 + 3.0 / 4.0 * 2.0]
    assert np.isclose((done.spread[0] @ done.spread[0].T)[1, 1], 9.0 - 9.0 / 4.0)
    assert done.spread[0][0].tolist() == [0.0, 0.0]
    assert done.incomplete.tolist() == [0]
    assert done.mean[1].tolist() == [1.0, 5.0]


def test_a_row_of_which_nothing_is_known_gets_the_whole_distribution() -> None:
    both = Predictors(mean=np.array([1.0, 2.0]), covariance=np.array([[4.0, 3.0], [3.0, 9.0]]))

    done = complete(np.full((1, 2), np.nan), both)

    assert done.mean[0].tolist() == [1.0, 2.0]
    assert np.allclose(done.spread[0] @ done.spread[0].T, both.covariance)


def test_the_distribution_is_recovered_from_rows_with_gaps() -> None:
    rng = np.random.default_rng(1)
    truth = np.array([[1.0, 0.8, 0.0], [0.8, 1.0, 0.3], [0.0, 0.3, 1.0]])
    rows = rng.multivariate_normal([0.0, 5.0, -2.0], truth, size=4000)
    rows[rng.random(rows.shape) < 0.2] = np.nan

    found = learn(rows)

    assert np.allclose(found.mean, [0.0, 5.0, -2.0], atol=0.1)
    assert np.allclose(found.covariance, truth, atol=0.1)


def test_a_column_of_which_nothing_is_known_does_no_harm() -> None:
    rows = np.array([[1.0, np.nan], [2.0, np.nan], [4.0, np.nan]])

    done = complete(rows, learn(rows))

    assert np.isfinite(done.mean).all()
    assert np.isfinite(done.spread).all()
