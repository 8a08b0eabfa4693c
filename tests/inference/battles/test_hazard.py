"""The hazard finds the law that made the battles, and its posterior is in the catalogue."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.inference.battles.forms import Sampler
from tocsin.inference.battles.hazard import fit_hazard, hazard_rows
from tocsin.inference.battles.table import SHIPPED, Battle, read_battles
from tocsin.parameters import parameters


def test_the_slope_on_relative_loss_is_recovered_from_battles_it_made() -> None:
    pytest.importorskip("numpyro")
    rng = np.random.default_rng(2)
    own, opposing = rng.uniform(0.01, 0.5, (2, 600))
    rate = np.exp(-3.0 + 1.5 * (np.log(own + 0.01) - np.log(opposing + 0.01)))
    days = rng.integers(1, 4, 600).astype(np.float64)
    rows = {
        "broke": (rng.random(600) < 1 - np.exp(-rate * days)).astype(np.float64),
        "own": own,
        "opposing": opposing,
        "days": days,
        "surprised": np.zeros(600),
        "war": np.repeat(np.arange(6.0), 100),
    }

    draws = fit_hazard(rows, Sampler(warmup=200, draws=200, chains=1), seed=1)

    assert abs(draws["slope"].mean() - 1.5) < 3 * draws["slope"].std()
    assert abs(draws["base"].mean() + 3.0) < 3 * draws["base"].std()
    assert draws["slope"].std() < 0.3


def test_a_side_with_a_gap_is_left_out_and_counted(war: tuple[Battle, ...]) -> None:
    rows, left_out = hazard_rows(war)

    assert left_out == 4  # both sides of a battle without a strength, and of one without casualties
    assert len(rows["broke"]) == 2 * len(war) - left_out


def test_the_fitted_hazard_is_in_the_catalogue_with_its_uncertainty() -> None:
    sides = len(hazard_rows(read_battles(SHIPPED))[0]["broke"])
    for name in ("base", "relative_loss", "surprised", "war"):
        parameter = parameters()[f"break_hazard.{name}"]

        assert parameter.prior is not None
        assert parameter.label == "C"
        assert str(sides) in parameter.reference
