"""The same histories with and without a change."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from armies import go, two_armies
from tocsin.inference.whatif.catalogue import Change, WhatIf, outcomes, whatifs
from tocsin.inference.whatif.compare import Bench, bench

RUNS, DAYS = 12, 40


@cache
def small() -> Bench:
    return bench(two_armies(4), outcomes(), runs=RUNS, seed=2, days=DAYS)


@cache
def without() -> NDArray[np.float64]:
    return small().outcomes_of(small().drawn)


def test_no_change_is_no_difference_in_any_run() -> None:
    nothing = WhatIf(
        name="x", title="t", protects="p", label="A", reference="r",
        changes=(Change(parameter="side.arrears", scale=1.0), Change(parameter="condition.line_days", set=45.0)),
    )  # fmt: skip
    assert np.array_equal(small().outcomes_of(nothing.apply(small().drawn, 0)), without())
    for row in small().compare(nothing, 0, without(), level=0.9).values():
        assert row.difference == 0.0
        assert row.differing == 0


@pytest.mark.parametrize("name", sorted(whatifs()))
def test_every_whatif_moves_something_in_the_force_that_it_changes(name: str) -> None:
    where, drawn = two_armies(4), small().drawn[:4]
    _, usual = go(where, drawn, 30, seed=2)
    _, changed = go(where, whatifs()[name].apply(drawn, 1), 30, seed=2)

    assert not np.array_equal(usual[:, :, 1], changed[:, :, 1])


def test_threads_and_pieces_change_no_outcome() -> None:
    parallel = Bench(where=small().where, drawn=small().drawn, outcomes=small().outcomes, seed=2, days=DAYS, threads=2)
    assert np.array_equal(parallel.outcomes_of(parallel.drawn), without())


@pytest.mark.parametrize("force", [0, 1])
def test_truthful_reports_raise_the_deficit_that_is_believed(force: int) -> None:
    """On the first evening, before belief has acted back on the fighting, the structure of the model implies it."""
    where, drawn = two_armies(4), small().drawn
    _, shaded = go(where, drawn, 1, seed=2)
    _, truthful = go(where, whatifs()["truth"].apply(drawn, force), 1, seed=2)

    assert np.array_equal(shaded["strength"], truthful["strength"])
    believed, told = (1.0 - seen["belief"][:, 0, force] for seen in (shaded, truthful))
    assert np.all(told >= believed)
    assert np.any(told > believed)
    assert np.array_equal(shaded["belief"][:, :, 1 - force], truthful["belief"][:, :, 1 - force])
