"""Now-casting on simulated triangles: the intervals cover, and the middle beats what is recorded so far."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from saying import counted, days, said
from tocsin.evidence.series.nowcast import complete, draw_triangle, nowcast, triangle_of
from tocsin.evidence.series.vintages import revised, to_come

TRIANGLES = 300
YOUNG = 5
"""Periods of each triangle that are not complete and are judged."""


@cache
def _trials() -> tuple[np.ndarray, ...]:
    """Low, middle, high, recorded and complete counts of the young periods of simulated triangles."""
    found = []
    for seed in range(TRIANGLES):
        rng = np.random.default_rng(seed)
        periods = 16
        level = np.exp(rng.normal(np.log(rng.uniform(20, 300)), 0.15) + np.cumsum(rng.normal(0, 0.12, periods)))
        chances = rng.dirichlet(8.0 * np.array([0.3, 0.25, 0.18, 0.12, 0.09, 0.06]))
        triangle, whole = draw_triangle(
            level, chances, size=rng.uniform(20, 200), dispersion=rng.uniform(10, 60), rng=rng
        )
        now = nowcast(triangle, rng=rng)
        found.append(np.stack([now.low, now.middle, now.high, now.recorded, whole])[:, -YOUNG:])
    return tuple(np.stack(found, axis=1))


def test_intervals_cover_as_often_as_they_say() -> None:
    low, _, high, _, whole = _trials()
    covered = float(np.mean((low <= whole) & (whole <= high)))
    assert 0.74 <= covered <= 0.86
    youngest = float(np.mean((low[:, -1] <= whole[:, -1]) & (whole[:, -1] <= high[:, -1])))
    assert 0.70 <= youngest <= 0.90


def test_the_middle_beats_the_count_recorded_so_far() -> None:
    _, middle, _, recorded, whole = _trials()
    ours, naive = (np.abs(guess - whole).mean(axis=0) for guess in (middle, recorded))
    assert ours.mean() < 0.6 * naive.mean()
    assert np.all(ours < naive)


def test_complete_periods_are_left_as_they_are() -> None:
    triangle = np.array([[5.0, 3.0], [6.0, 2.0], [4.0, np.nan]])
    now = nowcast(triangle, rng=np.random.default_rng(1))
    assert now.low[:2].tolist() == now.high[:2].tolist() == [8.0, 8.0]
    assert now.recorded[2] == 4.0 <= now.low[2] <= now.middle[2] <= now.high[2]


def test_nothing_recorded_foresees_little() -> None:
    assert np.all(np.isfinite(nowcast(np.array([[0.0, 0.0], [0.0, np.nan]]), rng=np.random.default_rng(2)).high))


def test_totals_become_a_triangle_and_corrections_downwards_count_as_nothing_new() -> None:
    found = triangle_of({0: {0: 5.0, 1: 9.0}, 1: {0: 7.0, 1: 6.0}, 2: {0: 2.0}}, [3, 2, 1], 3)
    assert np.array_equal(found, [[5, 4, 0], [7, 0, np.nan], [2, np.nan, np.nan]], equal_nan=True)


@pytest.mark.parametrize("seed", range(3))
def test_what_counts_by_the_day_of_recording_comes_to_more_once_all_is_recorded(seed: int) -> None:
    from scipy.stats import lognorm  # noqa: PLC0415

    from tocsin.parameters import value  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    lost = rng.integers(0, 84, 1500)
    late = lognorm(s=value("reporting.vehicles_delay_spread"), scale=value("reporting.vehicles_delay"))
    recorded = np.floor(lost + late.rvs(lost.size, random_state=rng))
    spans = [(7 * week, 7 * week + 6) for week in range(12)]
    counts = np.array([np.sum((recorded >= a) & (recorded <= b)) for a, b in spans], dtype=np.float64)
    low, middle, high = complete(spans, counts, rng=rng)
    assert counts.sum() < low < middle < high
    assert low <= 1500 <= high


def test_a_series_that_was_counted_again_is_foreseen_week_by_week() -> None:
    rows = [
        said(
            f"{week} {late}", source="Watch", indicator="losses", extractor="table", day=7 * (week + late) + 6,
            quantity=counted(20.0 + 15.0 * late), happened=days(7 * week, 7 * week + 6),
        )
        for week in range(8) for late in range(min(3, 8 - week))
    ]  # fmt: skip
    last = max(row.published for row in rows)
    found = revised(rows, last, np.random.default_rng(1))
    assert found is not None
    spans, now = found
    assert len(spans) == 8
    assert now.recorded.tolist() == [50.0] * 6 + [35.0, 20.0]
    assert now.low[-1] < 50 <= now.high[-1] + 5
    assert revised([r for r in rows if r.quantity and r.quantity.value == 20.0], last, np.random.default_rng(1)) is None
    assert to_come(rows, np.random.default_rng(1)) is None
