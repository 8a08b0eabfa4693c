"""Scores agree with values worked by hand, with published properties and with a second implementation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from tocsin.forecasts.futures import LEVELS
from tocsin.forecasts.score import auc, brier, calibration, clusters_redrawn, crps, interval, log_score, mean, rps

Floats = NDArray[np.float64]
PROBABILITIES = st.floats(0.01, 0.99)


def once(n: int) -> Floats:
    return np.ones((1, n))


def test_brier_is_the_squared_distance() -> None:
    scores = brier(np.array([0.9, 0.2, 0.5]), np.array([1.0, 0.0, 1.0]))

    assert scores.tolist() == pytest.approx([0.01, 0.04, 0.25])


def test_log_score_is_minus_the_log_of_what_was_given_to_the_outcome() -> None:
    scores = log_score(np.array([0.5, 0.25, 0.0]), np.array([1.0, 0.0, 1.0]))

    assert scores.tolist() == pytest.approx([math.log(2), math.log(4 / 3), -math.log(1e-6)])


@given(belief=PROBABILITIES, said=PROBABILITIES)
def test_no_one_expects_a_better_score_than_by_saying_what_he_believes(belief: float, said: float) -> None:
    for score in (brier, log_score):
        honest, other = (
            belief * score(np.array([p]), np.array([1.0]))[0] + (1 - belief) * score(np.array([p]), np.array([0.0]))[0]
            for p in (belief, said)
        )

        assert honest <= other + 1e-12


def test_auc_is_the_share_of_pairs_in_the_right_order_with_ties_as_halves() -> None:
    happened = np.array([1.0, 1.0, 0.0, 0.0])
    area = auc(np.array([0.8, 0.4, 0.4, 0.1]), happened)(once(4))

    assert area.tolist() == pytest.approx([3.5 / 4])  # three pairs right, one tied


def test_auc_of_one_outcome_alone_is_not_defined() -> None:
    assert np.isnan(auc(np.array([0.3, 0.6]), np.array([1.0, 1.0]))(once(2))).all()


@given(st.lists(st.tuples(PROBABILITIES, st.booleans()), min_size=2, max_size=30))
def test_auc_of_the_opposite_forecast_is_the_complement(pairs: list[tuple[float, bool]]) -> None:
    p, y = (np.array(column, dtype=np.float64) for column in zip(*pairs, strict=True))
    if 0 < y.sum() < len(y):
        there, back = auc(p, y)(once(len(y)))[0], auc(-p, y)(once(len(y)))[0]

        assert there + back == pytest.approx(1.0)


def test_auc_and_calibration_agree_with_scikit_learn() -> None:
    linear = pytest.importorskip("sklearn.linear_model")
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(3)
    p = rng.uniform(0.05, 0.95, 400)
    y = (rng.random(400) < p**1.5).astype(np.float64)
    logit = np.log(p / (1 - p))[:, None]
    model = linear.LogisticRegression(C=1e9, tol=1e-10, max_iter=1000).fit(logit, y)

    slope, intercept = calibration(p, y)(once(400))

    assert auc(p, y)(once(400))[0] == pytest.approx(metrics.roc_auc_score(y, p))
    assert slope[0] == pytest.approx(model.coef_[0, 0], abs=1e-3)
    assert intercept[0] == pytest.approx(model.intercept_[0], abs=1e-3)


def test_calibration_of_two_groups_is_the_line_through_their_observed_logits() -> None:
    p = np.repeat([0.2, 0.8], 10)
    y = np.array([1.0] * 4 + [0.0] * 6 + [1.0] * 6 + [0.0] * 4)

    slope, intercept = calibration(p, y)(once(20))

    assert slope[0] == pytest.approx(math.log(6 / 4) / math.log(4))
    assert intercept[0] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("p", "y"), [([0.3, 0.3], [0.0, 1.0]), ([0.2, 0.7], [1.0, 1.0]), ([0.1, 0.2, 0.8, 0.9], [0.0, 0.0, 1.0, 1.0])]
)
def test_calibration_that_no_finite_line_describes_is_not_defined(p: list[float], y: list[float]) -> None:
    slope, intercept = calibration(np.array(p), np.array(y))(once(len(p)))

    assert np.isnan(slope).all()
    assert np.isnan(intercept).all()


def test_a_cluster_is_drawn_as_a_whole() -> None:
    weights = clusters_redrawn(["a", "b", "a", "c"], 200, seed=1)

    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[:, [0, 1, 3]].sum(1) == 3).all()
    assert np.ptp(weights[:, 0]) > 0


def test_names_of_clusters_do_not_matter() -> None:
    one, other = (clusters_redrawn(names, 50, seed=4) for names in (["x", "y", "x"], ["b", "a", "b"]))

    assert (one == other).all()


def test_an_interval_covers_its_share_of_the_draws() -> None:
    found = interval(np.arange(101, dtype=np.float64), 0.8)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((10.0, 90.0))


def test_one_cluster_gives_no_interval() -> None:
    weights = clusters_redrawn(["a", "a"], 100, seed=1)

    assert interval(mean(np.array([0.1, 0.3]))(weights), 0.8) is None


def test_a_floor_bounds_the_log_score() -> None:
    assert log_score(np.array([0.0]), np.array([1.0]), 0.001).tolist() == pytest.approx([-math.log(0.001)])


@given(st.lists(st.tuples(PROBABILITIES, st.booleans()), min_size=1, max_size=10))
def test_the_ranked_score_of_two_categories_is_the_brier_score(pairs: list[tuple[float, bool]]) -> None:
    p, y = (np.array(column, dtype=np.float64) for column in zip(*pairs, strict=True))

    assert rps(np.column_stack([1 - p, p]), y.astype(np.intp)) == pytest.approx(brier(p, y))


def test_the_ranked_score_counts_how_far_off_a_category_is() -> None:
    near, far = rps(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), np.array([2, 2])).tolist()

    assert (near, far) == (1.0, 2.0)


@given(st.lists(st.floats(0.05, 1), min_size=3, max_size=5), st.data())
def test_no_one_expects_a_better_ranked_score_than_by_saying_what_he_believes(
    weights: list[float], data: st.DataObject
) -> None:
    belief = np.array(weights) / sum(weights)
    other = data.draw(st.lists(st.floats(0.05, 1), min_size=len(weights), max_size=len(weights)))
    categories = np.arange(len(belief))
    honest, dishonest = (
        float(belief @ rps(np.tile(np.array(said) / sum(said), (len(belief), 1)), categories))
        for said in (weights, other)
    )

    assert honest <= dishonest + 1e-12


def test_the_continuous_score_of_a_standard_normal_is_the_published_one() -> None:
    # Gneiting and Raftery 2007, equation 21: sigma [z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi)]
    members = stats.norm.ppf((np.arange(2000) + 0.5) / 2000)
    for z in (0.0, 0.7, -1.5):
        published = z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / math.sqrt(math.pi)

        assert crps(members[None], np.array([z])).tolist() == pytest.approx([published], abs=2e-4)
    assert crps(members[None], np.array([0.0])).tolist() == pytest.approx(
        [(math.sqrt(2) - 1) / math.sqrt(math.pi)], abs=2e-4
    )


AMOUNTS = st.floats(-50, 50)


@given(st.lists(AMOUNTS, min_size=1, max_size=12), AMOUNTS)
def test_the_continuous_score_is_the_area_between_the_steps(members: list[float], amount: float) -> None:
    at = np.sort(np.array([*members, amount]))
    inside = (at[1:] + at[:-1]) / 2
    below = np.searchsorted(np.sort(members), inside, side="right") / len(members)
    area = np.sum(np.diff(at) * (below - (inside >= amount)) ** 2)

    assert crps(np.array([members]), np.array([amount])).tolist() == pytest.approx([area], abs=1e-9)


@given(st.lists(AMOUNTS, min_size=len(LEVELS), max_size=len(LEVELS)), AMOUNTS)
def test_the_continuous_score_of_the_sealed_quantiles_is_twice_their_mean_pinball_loss(
    members: list[float], amount: float
) -> None:
    quantiles = np.sort(members)
    pinball = np.where(amount >= quantiles, LEVELS, 1 - np.array(LEVELS)) * np.abs(amount - quantiles)

    assert crps(quantiles[None], np.array([amount])).tolist() == pytest.approx([2 * pinball.mean()], abs=1e-9)
