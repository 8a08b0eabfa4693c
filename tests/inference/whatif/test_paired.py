"""Paired intervals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tocsin.inference.whatif.paired import difference
from tocsin.simulation.rng import stream


def test_the_interval_is_students_of_the_differences_and_the_other_one_welchs() -> None:
    rng = stream(3, "test")
    one, other = rng.normal(5, 2, 30), rng.normal(6, 3, 30)
    found = difference(one, other, level=0.9)

    assert found.difference == pytest.approx(other.mean() - one.mean())
    assert found.interval == pytest.approx(tuple(stats.ttest_rel(other, one).confidence_interval(0.9)))
    apart = stats.ttest_ind(other, one, equal_var=False).confidence_interval(0.9)
    assert found.unpaired == pytest.approx(tuple(apart))


def test_runs_that_share_their_luck_give_a_narrower_interval() -> None:
    rng = stream(4, "test")
    luck = rng.normal(0, 10, 100)
    found = difference(luck, luck + rng.normal(1, 0.5, 100), level=0.9)

    assert found.gain is not None
    assert found.gain > 100
    assert found.interval is not None
    assert 0 < found.interval[0] < 1 < found.interval[1]


def test_where_no_run_differs_an_amount_has_no_interval_and_a_share_still_has_one() -> None:
    same = np.zeros(50)
    amount, share = (difference(same, same, level=0.9, share=share) for share in (False, True))

    assert (amount.interval, amount.gain, amount.differing) == (None, None, 0)
    assert share.interval is not None
    assert share.interval[0] < 0 < share.interval[1]
    assert share.gain is None


@pytest.mark.parametrize("share", [False, True])
def test_with_and_without_change_places_the_interval_is_mirrored(share: bool) -> None:
    rng = stream(5, "test")
    one, other = (rng.random((2, 40)) < [[0.2], [0.4]]).astype(float)
    there, back = difference(one, other, level=0.9, share=share), difference(other, one, level=0.9, share=share)

    assert there.interval is not None
    assert back.interval == pytest.approx((-there.interval[1], -there.interval[0]))
    assert back.unpaired == pytest.approx((-there.unpaired[1], -there.unpaired[0]))


@pytest.mark.parametrize("share", [False, True])
def test_nine_intervals_in_ten_hold_the_true_difference(share: bool) -> None:
    rng = stream(6, "test")
    tried, held = 600, 0
    for _ in range(tried):
        luck = rng.random(80)
        one, other = luck, luck**2 + 0.1 * rng.random(80)
        if share:
            one, other = (luck < 0.1).astype(float), (luck + rng.normal(0, 0.05, 80) < 0.15).astype(float)
        true = _true_share() if share else 1 / 3 + 0.05 - 0.5
        interval = difference(one, other, level=0.9, share=share).interval
        assert interval is not None
        held += interval[0] <= true <= interval[1]

    assert 0.86 <= held / tried <= 0.96


def _true_share() -> float:
    grid = (np.arange(100_000) + 0.5) / 100_000
    return float(stats.norm.cdf((0.15 - grid) / 0.05).mean()) - 0.1
