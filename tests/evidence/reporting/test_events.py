"""From events to reports and back: drawn reports are worth what their likelihood says."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from scipy import stats

from tocsin.evidence.reporting.events import (
    delays,
    draw_reports,
    expected,
    reach,
    reported_by,
    reports_likelihood,
    uncensored,
)
from tocsin.evidence.reporting.saying import draw_heard, heard_likelihood, spread_of_origins, watching
from tocsin.indicators import indicators
from tocsin.parameters import value
from tocsin.reports.report import SpeakerKind

DAYS = 120
CHANCE, FALSE = 0.4, 0.05
DELAY = delays("ngo", 40)
RATES = np.linspace(0.2, 6.0, 59)


def _reports(rate: float, runs: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return draw_reports(rng.poisson(rate, (runs, DAYS)), chance=CHANCE, delay=DELAY, false=FALSE, rng=rng)


def _likelihood(counts: np.ndarray) -> np.ndarray:
    """Log likelihood of each of RATES."""
    events = np.repeat(RATES[:, None], DAYS, axis=1)
    return reports_likelihood(expected(events, chance=CHANCE, delay=DELAY, false=FALSE), counts)


@pytest.mark.parametrize("rate", [0.5, 2.0, 5.0])
def test_the_likelihood_of_drawn_reports_is_greatest_near_the_truth(rate: float) -> None:
    best = [RATES[np.argmax(_likelihood(counts))] for counts in _reports(rate, 60, 1)]
    assert np.mean(best) == pytest.approx(rate, rel=0.06)
    assert np.std(best) < 0.3 * rate + 0.1


def test_belief_from_drawn_reports_is_calibrated() -> None:
    rng = np.random.default_rng(2)
    place = rng.integers(0, RATES.size, 500)
    below = []
    for number in place:
        weight = np.exp((logs := _likelihood(_reports(RATES[number], 1, int(rng.integers(1 << 30)))[0])) - logs.max())
        below.append((weight[:number].sum() + rng.random() * weight[number]) / weight.sum())
    assert stats.kstest(below, "uniform").pvalue > 1e-3


def test_drawn_reports_have_the_expected_mean_and_are_poisson() -> None:
    counts = _reports(2.0, 3000, 3)
    mean = expected(np.full((1, DAYS), 2.0), chance=CHANCE, delay=DELAY, false=FALSE)[0]
    assert counts.mean(axis=0) == pytest.approx(mean, abs=5 * np.sqrt(mean.max() / 3000))
    assert np.mean(counts[:, 60:].var(axis=0) / mean[60:]) == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("kind", get_args(SpeakerKind))
@pytest.mark.parametrize("indicator", indicators())
def test_every_indicator_and_kind_of_source_has_a_chance_of_report(indicator: str, kind: str) -> None:
    small, large = reach(indicator, kind, size=np.array([5.0, 500.0]), phones=np.ones(2))
    without = reach(indicator, kind, size=np.array([5.0]), phones=np.zeros(1))[0]
    assert 0 < without < small < large < 1
    assert 0 < delays(kind, 60).sum() <= 1
    assert 0 < value(f"channels.{kind}_false") < 0.1


def test_a_mass_refusal_is_reported_as_often_as_the_design_note_says() -> None:
    size = np.array([value("reporting.usual_size")])
    with_phones, without = (reach("refusal", "media", size=size, phones=np.array([p]))[0] for p in (1.0, 0.0))
    assert (with_phones, without) == pytest.approx((0.35, 0.12), abs=0.01)


def test_half_of_all_reports_come_within_the_median_delay() -> None:
    assert reported_by(np.array([9.5, -1.0]), median=10.0, spread=1.3).tolist() == [0.5, 0.0]
    assert uncensored(np.array([1.0]))[0] == 1.0


@pytest.mark.parametrize(("one_feed", "ratio"), [(False, 0.33), (True, 0.80)])
def test_silence_of_five_sources_weighs_as_in_the_design_note(one_feed: bool, ratio: float) -> None:
    chance = watching(0.2, 5, one_feed=one_feed)
    there, nothing = heard_likelihood(np.array([1.0, 0.0]), 0.0, chance=np.array(chance), false=0.0)
    assert np.exp(there - nothing) == pytest.approx(ratio, abs=0.005)


def test_silence_of_nobody_says_nothing() -> None:
    assert np.ptp(heard_likelihood(np.linspace(0, 1, 5), 0.0, chance=np.zeros(5), false=0.0)) == 0.0


def test_drawn_silence_comes_as_often_as_its_likelihood_says() -> None:
    many = np.full(40000, 0.6)
    drawn = draw_heard(many, chance=np.full(40000, 0.5), false=0.1, rng=np.random.default_rng(4))
    law = np.exp(heard_likelihood(np.array([0.6]), 1.0, chance=np.array([0.5]), false=0.1))[0]
    assert drawn.mean() == pytest.approx(law, abs=0.01)
    assert law == pytest.approx(0.1 + 0.6 * 0.9 * 0.5)


@pytest.mark.parametrize(("origins", "copying", "interval"), [(1, 0.5, (1, 1)), (12, 0.0, (12, 12)), (12, 1.0, (1, 1))])
def test_how_many_origins_there_may_be(origins: int, copying: float, interval: tuple[int, int]) -> None:
    assert spread_of_origins(origins, copying) == interval


def test_the_interval_of_origins_holds_what_copying_leaves() -> None:
    low, high = spread_of_origins(9, 0.5)
    drawn = 1 + np.random.default_rng(5).binomial(8, 0.5, 4000)
    assert np.mean((drawn >= low) & (drawn <= high)) >= 0.8
