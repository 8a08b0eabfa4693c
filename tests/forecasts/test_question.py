"""Base rates: what anyone could forecast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.forecasts.question import BaseRate


def _rate(per_year: float, low: float = 0.0, high: float = 1.0) -> BaseRate:
    return BaseRate(per_year=per_year, low=low, high=high, label="C", reference="a table")


@pytest.mark.parametrize(
    ("per_year", "within"), [(0.022, (0.18, 0.55, 1.1)), (0.066, (0.56, 1.7, 3.3)), (0.049, (0.41, 1.2, 2.4))]
)
def test_a_yearly_rate_becomes_the_published_chance_of_each_horizon(
    per_year: float, within: tuple[float, float, float]
) -> None:
    for days, percent in zip((30, 90, 180), within, strict=True):
        assert float(f"{100 * _rate(per_year).within(days)[0]:.2g}") == percent


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(1, 3650), st.integers(1, 3650))
def test_chances_grow_with_time_and_keep_their_order(a: float, b: float, c: float, days: int, more: int) -> None:
    low, middle, high = sorted((a, b, c))
    rate = _rate(middle, low, high)
    found = rate.within(days)
    assert 0 <= found[1] <= found[0] <= found[2] <= 1
    assert all(later >= sooner for later, sooner in zip(rate.within(days + more), found, strict=True))


@given(st.floats(0, 1))
def test_a_year_has_the_rate_of_a_year(per_year: float) -> None:
    assert _rate(per_year).within(365)[0] == pytest.approx(per_year)
