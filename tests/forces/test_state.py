"""The state of the forces: mustered from parameters, laid out by position."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from armies import army, middling, two_armies
from strategies import scores
from tocsin.forces.state import COMMAND, SOLDIER_TYPES, UNIT, layout, muster
from tocsin.forces.unit import establishment
from tocsin.parameters import value
from tocsin.simulation import draws

WHERE = two_armies(5)


def test_the_layout_numbers_units_in_the_order_of_the_source() -> None:
    where = layout([army("Norland", 5), army("Sudland", 2, "battalion")], [["Sudland"], []])
    assert where.force.tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert where.parent.tolist() == [0, 0, 0, 0, 1, 2, 2]
    assert where.establishment.tolist() == [establishment("brigade")] * 5 + [establishment("battalion")] * 2
    assert where.hostile.tolist() == [[False, True], [False, False]]


def test_the_shares_of_soldiers_make_a_whole() -> None:
    assert sum(value(f"forces.share_{kind}") for kind in SOLDIER_TYPES) == pytest.approx(1.0)


@settings(max_examples=30)
@given(scores(3, 2), st.floats(0, 1))
def test_who_musters_is_the_establishment_without_its_ghosts(drawn_scores: NDArray[np.float64], place: float) -> None:
    drawn = draws.values(drawn_scores)
    state = muster(WHERE, drawn, np.full((3, 10, 2), place))
    present = WHERE.establishment * (1.0 - drawn["side.ghosts"][:, WHERE.force])
    short = present - state.soldiers.sum(axis=-1)
    assert np.all((short >= -1e-6) & (short < len(SOLDIER_TYPES)))
    for trait in ("cohesion", "morale", "supply", "grievance", "loyalty"):
        assert np.all((state.units[trait] >= 0) & (state.units[trait] <= 1))
    assert np.all(state.units["mode"] == 0)
    assert np.all(state.command["belief"] == 1)


def test_units_differ_around_the_mean_of_their_force() -> None:
    drawn = middling(400, 2)
    state = muster(WHERE, drawn, np.random.default_rng(1).random((400, 10, 2)))
    width = value("refusal.unit_spread")
    apart = state.units["grievance"] - drawn["side.grievance"][:, WHERE.force]
    assert np.abs(apart).max() <= width + 1e-12
    assert apart.mean() == pytest.approx(0.0, abs=0.01)
    assert apart.std() == pytest.approx(width / np.sqrt(3), rel=0.03)


def test_each_force_of_a_particle_descends_from_its_own_ancestor() -> None:
    state = muster(WHERE, draws.values(draws.draw(1, 4, 2)), np.random.default_rng(2).random((4, 10, 2)))
    ancestors = np.array([[0, 3], [0, 2], [3, 1], [2, 2]])
    taken = state.take(ancestors, WHERE)
    for particle in range(4):
        for unit in range(10):
            of = ancestors[particle, WHERE.force[unit]]
            assert taken.units[particle, unit] == state.units[of, unit]
            assert taken.soldiers[particle, unit].tolist() == state.soldiers[of, unit].tolist()
        for force in range(2):
            assert taken.command[particle, force] == state.command[ancestors[particle, force], force]


def test_the_records_hold_what_the_kernel_names() -> None:
    assert {"wounded", "vehicles_abandoned", "recent_loss", "mode", "days"} <= set(UNIT.names or ())
    assert {"belief", "aware", "legitimacy", "overwhelmed", "fallen"} == set(COMMAND.names or ())
