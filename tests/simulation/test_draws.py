"""Parameters drawn for every force: from their priors, each from a stream of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray
from scipy import stats

from strategies import scores
from tocsin.parameters import parameters
from tocsin.simulation import draws


@settings(max_examples=30)
@given(scores(4, 2))
def test_values_stay_within_their_ranges_whatever_the_scores(drawn: NDArray[np.float64]) -> None:
    record = draws.values(drawn)
    for name, parameter in draws.simulated().items():
        assert np.all((record[name] >= parameter.low) & (record[name] <= parameter.high)), name


def test_drawn_values_follow_the_quantiles_of_their_priors() -> None:
    record = draws.values(draws.draw(1, 2000, 2))
    for name, parameter in draws.simulated().items():
        if parameter.prior is not None:
            ranks = np.searchsorted(parameter.draw(np.linspace(0.001, 0.999, 999)), record[name].ravel()) / 1000
            assert stats.kstest(ranks, "uniform").pvalue > 1e-5, name


def test_forces_and_particles_draw_apart() -> None:
    drawn = draws.draw(1, 3000, 2)
    flat = drawn.reshape(3000, -1)
    apart = np.corrcoef(flat.T)[~np.eye(flat.shape[1], dtype=bool)]
    assert np.abs(apart).max() < 5 / np.sqrt(3000)


def test_another_parameter_shifts_no_others_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    before = draws.simulated()
    names = [name for name, p in before.items() if p.prior is not None]
    base = draws.draw(3, 5, 2)
    new = replace(before["losses.rate"], name="losses.another")
    after = {**dict(list(before.items())[:7]), new.name: new, **dict(list(before.items())[7:])}
    monkeypatch.setattr(draws, "simulated", lambda: after)
    grown = draws.draw(3, 5, 2)
    columns = [i for i, p in enumerate(p for p in after.values() if p.prior is not None) if p is not new]
    assert grown.shape[-1] == base.shape[-1] + 1
    assert [[p.name for p in after.values() if p.prior is not None][i] for i in columns] == names
    assert np.array_equal(grown[..., columns], base)


def test_more_particles_shift_no_draws_of_the_first() -> None:
    few, many = draws.draw(3, 5, 2), draws.draw(3, 9, 2)
    assert np.array_equal(few, many[:5])


def test_every_mechanism_has_a_file() -> None:
    assert {name.partition(".")[0] for name in draws.simulated()} == set(draws.MECHANISMS)
    assert set(draws.simulated()) < set(parameters())
