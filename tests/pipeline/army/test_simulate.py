"""Futures without evidence."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.errors import TocsinError
from tocsin.pipeline.army.simulate import simulate
from tocsin.pipeline.progress import Silent


def test_a_simulation_says_every_run_force_and_day() -> None:
    result = simulate("ukraine-2022", runs=3, days=5, seed=1, threads=2, progress=Silent())

    assert {len(column) for column in result.columns.values()} == {3 * 5 * 2}
    assert result.summary["forces"].keys() == {"Russia", "Ukraine"}
    assert np.all(result.columns["strength"] <= 1.0)


def test_the_same_seed_is_the_same_future() -> None:
    one, other = (simulate("ukraine-2022", runs=2, days=4, seed=8, threads=t, progress=Silent()) for t in (1, 2))

    assert one.summary == other.summary
    assert all(np.array_equal(one.columns[name], other.columns[name]) for name in one.columns)


@pytest.mark.parametrize(("runs", "days"), [(0, 5), (5, 0), (-1, 1)])
def test_no_runs_or_days_is_refused(runs: int, days: int) -> None:
    with pytest.raises(TocsinError, match="1 or more"):
        simulate("ukraine-2022", runs=runs, days=days, seed=1, threads=1, progress=Silent())
