"""The model: begun from the prior, carried on by the kernel, resampled force by force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from armies import war
from tocsin.simulation import draws


def test_the_establishment_is_that_of_all_units() -> None:
    assert war(3, particles=2).establishments.tolist() == [9000.0, 9000.0]


def test_particles_begin_equal_in_weight_and_different_in_kind() -> None:
    begun = war(3, particles=9).begin()
    assert np.all(begun.log_weights == 0)
    assert np.unique(begun.drawn["losses.rate"]).size == 18
    assert begun.history.shape == (9, 0, 2)


def test_history_grows_by_the_days_predicted() -> None:
    model = war(3, particles=4)
    week = model.predict(model.begin(), 7)
    more = model.predict(week, 3)
    assert more.history.shape == (4, 10, 2)
    assert more.history[:, :7].tobytes() == week.history.tobytes()


def test_enough_weight_is_left_alone() -> None:
    model = war(3, particles=10)
    begun = model.begin()
    assert model.resample(begun, "resample", 1, worth=1.0, keep=0.9) is begun


def test_only_the_force_that_lost_its_weight_is_resampled() -> None:
    model = war(3, particles=40)
    begun = model.begin()
    logs = np.zeros((40, 2))
    logs[:, 1] = np.random.default_rng(1).standard_normal(40) * 4
    now = replace(begun, log_weights=logs)
    after = model.resample(now, "resample", 1, worth=0.5, keep=0.97)
    assert np.array_equal(after.scores[:, 0], now.scores[:, 0])
    assert np.array_equal(after.lineage[:, 0], np.arange(40))
    assert np.all(after.log_weights == 0)
    assert after.worth[1] < 20
    assert after.worth[1] == pytest.approx(now.ess[1], rel=0.3)
    assert after.drawn.tobytes() == draws.values(after.scores).tobytes()


def test_the_same_seed_gives_the_same_histories_with_one_thread_and_two() -> None:
    one, two = (war(3, particles=30, threads=threads) for threads in (1, 2))
    assert one.predict(one.begin(), 10).history.tobytes() == two.predict(two.begin(), 10).history.tobytes()
