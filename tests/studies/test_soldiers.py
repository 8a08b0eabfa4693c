"""Workload M1: the programs that are compared for speed count the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from soldiers import agents, arrays, lazy, plain
from soldiers.army import COMPANY, MEASURES, People, people

WHO = people(20)
DAYS = 12


def totals(program: Callable[[People, int, int], np.ndarray], runs: int) -> np.ndarray:
    return np.array([program(WHO, DAYS, seed).sum(axis=0) for seed in range(runs)])


@pytest.mark.parametrize(
    ("program", "runs"), [(plain.run, 300), (arrays.run, 60), (agents.run, 4)], ids=["plain", "arrays", "agents"]
)
def test_the_program_counts_what_the_exact_engine_counts(program: Callable[..., np.ndarray], runs: int) -> None:
    one, other = totals(program, runs), totals(lazy.run, 1_000)
    error = np.sqrt(one.var(axis=0) / runs + other.var(axis=0) * (1 / 1_000 + (1 / runs if runs < 10 else 0)))

    assert one.shape[1] == len(MEASURES)
    assert np.all(np.abs(one.mean(axis=0) - other.mean(axis=0)) < 4.5 * error)


def test_nobody_leaves_twice() -> None:
    assert lazy.run(WHO, 3_000, 1)[:, 0].sum() <= 20 * COMPANY
    assert plain.run(WHO, 3_000, 1)[:, 0].sum() <= 20 * COMPANY
