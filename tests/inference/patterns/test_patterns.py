"""The scenarios do what they say, on few runs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tocsin.inference.patterns import battles, fronts, leaving, refusing, wars
from tocsin.inference.patterns.bench import Bench, armies


def bench(**changes: float) -> Bench:
    return Bench(seed=4, effort=0.01, changes={name.replace("__", "."): number for name, number in changes.items()})


def test_a_change_sets_a_fixed_parameter_and_moves_a_prior_by_standard_deviations() -> None:
    usual, changed = bench().prior(50, 2), bench(refusal__base=1.0, breaking__surprise=0.3).prior(50, 2)

    assert np.allclose(changed["refusal.base"] - usual["refusal.base"], 0.6, atol=0.01)
    assert (changed["breaking.surprise"] == 0.3).all()
    assert (changed["losses.rate"] == usual["losses.rate"]).all()


def test_forces_fight_their_neighbour_in_the_list_or_nobody() -> None:
    assert armies([1, 1, 2, 2]).hostile.tolist() == [
        [False, True, False, False],
        [True, False, False, False],
        [False, False, False, True],
        [False, False, True, False],
    ]
    assert not armies([3], fighting=False).hostile.any()


@pytest.fixture(scope="module")
def fought() -> battles.Battles:
    return battles.battles(bench())


def test_a_battle_ends_with_one_loser_who_usually_lost_the_larger_share(fought: battles.Battles) -> None:
    losers, winners = fought.of(losers=True), fought.of(losers=False)

    assert losers.size == winners.size == fought.loser.size > 100
    assert np.allclose(np.sort(np.stack([losers, winners]), axis=0), np.sort(fought.lost.T, axis=0))
    assert (losers > winners).mean() > 0.6


def test_battles_have_the_force_ratios_that_were_asked_for(fought: battles.Battles) -> None:
    logs = np.log(fought.ratio)

    assert np.median(logs) == pytest.approx(np.log(2.0), abs=0.15)
    assert 0.6 < logs.std() < 1.0  # ghosts on both sides widen it


def test_a_scenario_that_several_patterns_share_is_run_once() -> None:
    told: list[str] = []
    one = Bench(seed=4, effort=0.01, done=told.append)
    for look in (fronts.causes, fronts.abandoned, fronts.causes):
        look(one)

    assert told == ["front"]


def test_after_sixty_days_of_unbroken_contact_98_in_100_have_broken_down() -> None:
    assert fronts.exhaustion(bench())["broken"] == pytest.approx(0.98, abs=0.01)


@pytest.mark.parametrize("look", [leaving.blocking, fronts.abandoned])
def test_the_same_seed_gives_the_same_figures(look: Callable[[Bench], dict[str, float]]) -> None:
    assert look(bench()) == look(bench())


def test_no_blocking_effect_is_found_where_blocking_does_nothing() -> None:
    none = bench(exits__blocking=0.0, exits__caught=0.0, losses__blocking=0.0, breaking__blocking=0.0)

    assert leaving.blocking(none) == pytest.approx({"absent": 1.0, "killed": 1.0})


def test_a_garrison_ready_to_refuse_goes_over_within_weeks_and_a_loyal_one_never() -> None:
    assert 0 <= refusing.garrison(bench(refusal__base=3.0))["days"] < 40
    assert np.isnan(refusing.garrison(bench(refusal__base=-6.0))["days"])


def test_the_winner_of_a_war_is_the_side_of_which_more_stands() -> None:
    standing = np.array([0.9, 0.2, 0.1, 0.4])
    sides = wars.Belligerents(
        standing=standing, present=standing, fallen=standing < 0.15, absent=standing, prisoners=()
    )

    assert sides.won.tolist() == [True, False, False, True]
