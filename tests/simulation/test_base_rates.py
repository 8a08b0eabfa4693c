"""Before any evidence, the prior says what happened to armies of the past about as often as it happened."""

from __future__ import annotations

import pytest

from armies import war
from tocsin.parameters import value


@pytest.fixture(scope="module")
def shares() -> dict[str, float]:
    """Of 600 force-years, the share in which each thing happens."""
    model = war(40, particles=300, seed=2)
    history = model.predict(model.begin(), 365).history
    absent = history["absent"].sum(axis=1, dtype=float) / model.establishments
    return {
        "a tenth absent": float((absent >= 0.1).mean()),
        "three in ten refuse": float((history["refusal"].max(axis=1) >= 0.3).mean()),
        "leader removed": float((history["fallen"][:, -1] > 0).mean()),
        "lost": float(history["casualties"].sum(axis=1, dtype=float).mean() / model.establishments.mean()),
    }


def test_a_tenth_goes_absent_in_a_year_about_as_often_as_in_wars_since_1800(shares: dict[str, float]) -> None:
    assert 0.15 <= shares["a tenth absent"] <= 0.45


def test_armies_rarely_refuse_as_a_whole(shares: dict[str, float]) -> None:
    assert 0.0 <= shares["three in ten refuse"] <= 0.03


def test_leaders_seldom_fall_by_force(shares: dict[str, float]) -> None:
    assert 0.01 <= shares["leader removed"] <= 0.09
    assert value("society.coup") == pytest.approx(0.022 / 365, rel=0.02)


def test_a_year_costs_less_than_the_whole_army(shares: dict[str, float]) -> None:
    assert 0.2 <= shares["lost"] <= 0.8
