"""What becomes a report: likelihoods against exact values, and against draws from the same parameters."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tocsin.evidence.reporting.counting import (
    FREEDOM,
    count_likelihood,
    draw_count,
    draw_share,
    share_likelihood,
)
from tocsin.evidence.reporting.saying import affirming, draw_tally, tally_likelihood
from tocsin.parameters import value

MANY = 40000


def _tally(p: float, affirmed: float, negated: float, copying: float) -> float:
    return float(np.exp(tally_likelihood(np.array([p]), affirmed, negated, copying=copying)[0]))


@pytest.mark.parametrize(
    ("copying", "ratio", "posterior"), [(0.0, 59049.0, 0.9997), (0.5, 13.49, 0.415), (0.9, 3.65, 0.161)]
)
def test_ten_reports_weigh_what_star_copying_leaves_of_them(copying: float, ratio: float, posterior: float) -> None:
    found = _tally(0.3, 10, 0, copying) / _tally(0.1, 10, 0, copying)
    assert found == pytest.approx(ratio, rel=2e-3)
    odds = found * 0.05 / 0.95
    assert odds / (1 + odds) == pytest.approx(posterior, abs=1e-3)


def test_ten_copied_reports_weigh_as_little_more_than_one() -> None:
    ten, one = (np.log(_tally(0.3, n, 0, 0.9) / _tally(0.1, n, 0, 0.9)) for n in (10, 1))
    assert ten / one == pytest.approx(1.18, abs=0.005)


@pytest.mark.parametrize("copying", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("p", [0.15, 0.6])
def test_drawn_tallies_come_as_often_as_their_likelihood_says(p: float, copying: float) -> None:
    origins = 5
    expected = np.array([comb(origins, a) * _tally(p, a, origins - a, copying) for a in range(origins + 1)])
    assert expected.sum() == pytest.approx(1.0)
    drawn = draw_tally(np.full(MANY, p), origins, copying=copying, rng=np.random.default_rng(1))
    seen = np.bincount(drawn, minlength=origins + 1)
    keep = expected * MANY > 5
    assert stats.chisquare(seen[keep], expected[keep] / expected[keep].sum() * seen[keep].sum()).pvalue > 1e-3


def test_belief_from_drawn_tallies_is_calibrated() -> None:
    rng = np.random.default_rng(2)
    levels = np.array([0.2, 0.5, 0.8])
    true = rng.integers(0, 3, MANY)
    drawn = draw_tally(levels[true], 6, copying=0.5, rng=rng)
    for affirmed in range(7):
        weight = np.exp(tally_likelihood(levels, affirmed, 6 - affirmed, copying=0.5))
        mine = true[drawn == affirmed]
        error = 4 * 0.5 / np.sqrt(mine.size)
        assert np.bincount(mine, minlength=3) / mine.size == pytest.approx(weight / weight.sum(), abs=error)


@given(st.floats(0.01, 0.99), st.floats(0, 8), st.floats(0, 8), st.floats(0, 1))
def test_affirming_and_denying_are_mirror_images(p: float, yes: float, no: float, copying: float) -> None:
    one, other = (
        tally_likelihood(np.array([chance]), a, b, copying=copying)[0]
        for chance, a, b in ((p, yes, no), (1 - p, no, yes))
    )
    assert np.isfinite(one)
    assert one == pytest.approx(other, rel=1e-9, abs=1e-9)


@given(st.floats(0.01, 0.49), st.floats(0.1, 8), st.floats(0, 1))
def test_more_affirming_origins_never_speak_against(p: float, yes: float, copying: float) -> None:
    def ratio(weight: float) -> float:
        high, low = tally_likelihood(np.array([2 * p, p]), weight, 0.0, copying=copying)
        return float(high - low)

    assert ratio(yes) >= -1e-12
    assert ratio(yes + 1.0) >= ratio(yes) - 1e-12


def test_without_copying_origins_are_independent() -> None:
    assert _tally(0.3, 4, 2, 0.0) == pytest.approx(0.3**4 * 0.7**2)


def test_half_an_origin_counts_as_the_root_of_one() -> None:
    assert _tally(0.09, 0.5, 0, 0.5) == pytest.approx(0.3)


def test_nothing_said_says_nothing() -> None:
    assert _tally(0.3, 0, 0, 0.5) == 1.0


@given(st.floats(0, 1), st.floats(-4, 4), st.floats(0, 6), st.floats(-3, 3))
def test_the_more_there_is_the_more_is_affirmed(level: float, intercept: float, slope: float, bias: float) -> None:
    low, high = affirming(np.array([level, level + 0.1]), intercept=intercept, slope=slope, bias=np.array([bias] * 2))
    assert 0 <= low <= high <= 1
    half = affirming(np.array([0.5]), intercept=intercept, slope=slope, bias=np.zeros(1))
    assert np.log(half / (1 - half)) == pytest.approx(intercept)


def test_a_count_is_students_t_around_the_truth_and_its_bias() -> None:
    true = np.array([100.0, 400.0, 1600.0])
    exact = stats.t(FREEDOM, loc=np.log(true) + 0.6, scale=0.5).logpdf(np.log(900.0))
    found = count_likelihood(true, 900.0, bias=np.full(3, 0.6), spread=0.5)
    assert found - found[0] == pytest.approx(exact - exact[0])


def test_drawn_counts_follow_their_likelihood() -> None:
    drawn = draw_count(np.full(MANY, 250.0), bias=np.full(MANY, -0.7), spread=0.4, rng=np.random.default_rng(3))
    law = stats.t(FREEDOM, loc=np.log(250.0) - 0.7, scale=0.4)
    assert stats.kstest(np.log(drawn), law.cdf).pvalue > 1e-3


def test_belief_from_drawn_counts_is_calibrated() -> None:
    rng, true = np.random.default_rng(4), np.exp(np.linspace(3, 7, 41))
    of = rng.integers(0, 41, 4000)
    drawn = draw_count(true[of], bias=np.zeros(4000), spread=0.5, rng=rng)
    below = []
    for place, reported in zip(of, drawn, strict=True):
        weight = np.exp(count_likelihood(true, float(reported), bias=np.zeros(41), spread=0.5))
        below.append((weight[:place].sum() + rng.random() * weight[place]) / weight.sum())
    assert stats.kstest(below, "uniform").pvalue > 1e-3


def test_nothing_lost_can_still_be_reported() -> None:
    assert np.all(np.isfinite(count_likelihood(np.zeros(2), 5.0, bias=np.zeros(2), spread=0.5)))


@pytest.mark.parametrize("share", [0.1, 0.45])
def test_drawn_shares_come_as_often_as_their_likelihood_says(share: float) -> None:
    whole = 12
    parts = np.arange(whole + 1)
    expected = np.exp([share_likelihood(np.array([share]), part, whole, precision=4.0)[0] for part in parts])
    assert expected == pytest.approx(stats.betabinom(whole, share * 4, (1 - share) * 4).pmf(parts))
    drawn = draw_share(np.full(MANY, share), whole, precision=4.0, rng=np.random.default_rng(5))
    assert stats.chisquare(np.bincount(drawn, minlength=whole + 1), expected * MANY).pvalue > 1e-3


def test_a_miswritten_figure_costs_little_and_draws_agree() -> None:
    true = np.full(MANY, 250.0)
    drawn = draw_count(true, bias=np.zeros(MANY), spread=0.2, slip=0.3, rng=np.random.default_rng(6))
    wide = float(np.hypot(0.2, value("reporting.slip_spread")))
    law = [stats.t(FREEDOM, loc=np.log(250.0), scale=scale) for scale in (0.2, wide)]
    assert stats.kstest(np.log(drawn), lambda x: 0.7 * law[0].cdf(x) + 0.3 * law[1].cdf(x)).pvalue > 1e-3
    grid = np.array([100.0, 250.0, 900.0])
    found = count_likelihood(grid, 740.0, bias=np.zeros(3), spread=0.2, slip=0.3)
    off = np.log(740.0 / grid)
    exact = np.log(sum(w * stats.t(FREEDOM, scale=s).pdf(off) for w, s in ((0.7, 0.2), (0.3, wide))))
    assert found - found[0] == pytest.approx(exact - exact[0])
