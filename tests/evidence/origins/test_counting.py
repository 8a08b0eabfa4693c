"""How many origins, and what they weigh: two numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evidence.origins.counting import Unit, count, weighed


def unit(**more: object) -> Unit:
    return Unit(**{"copied": None, "follows": 0.0, "unrecorded": False, "denies": False, **more})  # type: ignore[arg-type]


units = st.builds(
    Unit,
    copied=st.none() | st.floats(0.5, 1.0),
    follows=st.floats(0.0, 1.0),
    unrecorded=st.booleans(),
    denies=st.booleans(),
)


@pytest.mark.parametrize(("copying", "ratio"), [(0.0, 59049.0), (0.5, 13.49), (0.9, 3.65)])
def test_ten_reports_weigh_as_star_copying_says(copying: float, ratio: float) -> None:
    assert 3.0 ** weighed([copying] * 10) == pytest.approx(ratio, rel=0.002)


def test_copies_make_no_origin_and_weigh_next_to_nothing() -> None:
    alone, copied = count([unit()]), count([unit(), *[unit(copied=0.999)] * 9])

    assert (copied.low, copied.middle, copied.high) == (1, 1, 1)
    assert copied.n_eff - alone.n_eff < 0.01


def test_what_is_not_recorded_widens_the_interval_and_is_neither_one_origin_nor_another() -> None:
    known, unknown = count([unit()] * 3), count([unit(), *[unit(unrecorded=True)] * 4])

    assert known.low == known.high == 3 or known.high - known.low <= 1
    assert (unknown.low, unknown.high) == (2, 4)


def test_a_denial_is_an_origin_and_adds_no_weight() -> None:
    counted = count([unit(), unit(denies=True)])

    assert counted.middle == 2
    assert counted.n_eff == 1.0


@given(st.lists(units, min_size=1, max_size=30))
def test_the_interval_holds_the_middle_and_more_reports_make_no_fewer_origins(some: list[Unit]) -> None:
    whole, fewer = count(some), count(some[:-1])

    assert whole.low <= whole.middle <= whole.high
    assert fewer.middle <= whole.middle <= fewer.middle + 1
    assert fewer.n_eff <= whole.n_eff + 1e-9
    assert whole.n_eff <= len(some) + 1e-9


def test_many_reports_are_counted_by_their_mean() -> None:
    exact, rough = count([unit(unrecorded=True)] * 3999), count([unit(unrecorded=True)] * 4001)

    assert rough.middle == pytest.approx(exact.middle, abs=3)
    assert rough.low == pytest.approx(exact.low, abs=3)
