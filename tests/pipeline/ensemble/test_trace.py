"""One battalion and one soldier of it, followed: what is told is what was simulated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tocsin.errors import TocsinError
from tocsin.forces.soldiers import GONE
from tocsin.pipeline.ensemble import trace as module
from tocsin.pipeline.ensemble.simulate import simulate
from tocsin.pipeline.ensemble.trace import Trace, trace
from tocsin.pipeline.progress import Silent
from tocsin.store.series import read_ensemble

CASE, DAYS, UNIT = "ukraine-2022", 12, 162


@pytest.fixture(scope="module")
def followed() -> Trace:
    return trace(CASE, days=DAYS, seed=1, unit=UNIT, progress=Silent())


def test_a_battalion_is_followed_through_the_first_history_of_the_ensemble(followed: Trace, tmp_path: Path) -> None:
    simulate(CASE, runs=1, days=DAYS, seed=1, threads=1, units=True, folder=tmp_path, progress=Silent())
    units = read_ensemble(tmp_path / "units" / "0000.parquet")
    mine = units["unit"] == UNIT

    for name in ("strength", "morale", "cohesion"):
        np.testing.assert_allclose([row[name] for row in followed.evenings], units[name][mine], atol=6e-5)
    for fate in GONE:
        told = sum(row["moves"].get(fate, 0) for row in followed.evenings)
        assert told == units[fate][mine][-1], fate


def test_a_soldiers_life_is_one_chain_that_begins_when_he_joins(followed: Trace) -> None:
    days = [day for day, _, _ in followed.life]
    assert days == sorted(days)
    assert followed.life[0][1] is None
    assert [after for _, _, after in followed.life[:-1]] == [before for _, before, _ in followed.life[1:]]
    assert len(followed.life) > 1  # he was drawn from those to whom anything happened


def test_the_same_seed_follows_the_same_and_a_small_journal_grows(
    followed: Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_ROOM", 1000)

    assert trace(CASE, days=DAYS, seed=1, unit=UNIT, progress=Silent()) == followed


def test_whom_to_follow_may_be_chosen(followed: Trace) -> None:
    chosen = trace(CASE, days=2, seed=1, unit=0, soldier=5, progress=Silent())

    assert (chosen.unit, chosen.soldier) == (0, 5)
    assert chosen.battalion != followed.battalion


@pytest.mark.parametrize(("unit", "soldier"), [(100_000, None), (0, 100_000)])
def test_nobody_who_is_not_there_is_followed(unit: int, soldier: int | None) -> None:
    with pytest.raises(TocsinError, match="numbered from 0"):
        trace(CASE, days=1, seed=1, unit=unit, soldier=soldier, progress=Silent())
