"""The state of the forces: what a unit holds, and how states are taken from others."""

from __future__ import annotations

import numpy as np

from armies import middling, two_armies
from tocsin.forces.soldiers import CLASSES, LAYERS, PARTS, PRESENT_OR_AWAY, REGIONS, STATUSES, VEHICLE_FATES
from tocsin.forces.state import COMMAND, COURSES, FREE, UNIT
from tocsin.simulation import draws, simulate
from tocsin.simulation.desk import codes

WHERE = two_armies(5)


def test_compiled_code_numbers_things_as_the_forces_name_them() -> None:
    assert [getattr(codes, name.upper()) for name in STATUSES] == list(range(len(STATUSES)))
    assert [getattr(codes, name.upper()) for name in VEHICLE_FATES] == list(range(len(VEHICLE_FATES)))
    assert tuple(range(len(COURSES))) == (codes.NO_COURSE, codes.SITS, codes.HOME, codes.BARGAINS, codes.TURNS)
    assert (PARTS, len(CLASSES), REGIONS) == (codes.PARTS, codes.CLASSES, codes.REGIONS)
    assert (len(PRESENT_OR_AWAY), FREE) == (codes.KEPT, codes.FREE)
    assert tuple(range(len(LAYERS))) == (codes.NEAR, codes.SECTOR, codes.AT_HOME)


def test_each_force_of_a_particle_descends_from_its_own_ancestor() -> None:
    state = simulate.start(WHERE, draws.values(draws.draw(1, 4, 2)), 3)
    ancestors = np.array([[0, 3], [0, 2], [3, 1], [2, 2]])
    taken = state.take(ancestors, WHERE)
    for particle in range(4):
        for unit in range(10):
            of = ancestors[particle, WHERE.force[unit]]
            assert taken.units[particle, unit].tobytes() == state.units[of, unit].tobytes()
        for force in range(2):
            assert (
                taken.command[particle, force].tobytes() == state.command[ancestors[particle, force], force].tobytes()
            )


def test_soldiers_kept_one_by_one_go_with_their_unit() -> None:
    where = two_armies(2, "company")
    state = simulate.start(where, draws.values(draws.draw(1, 3, 2)), 3, one_by_one=True)
    taken = state.take(np.array([[0, 2], [1, 0], [0, 1]]), where)
    half = int(where.entries[where.force == 0].sum())
    assert np.array_equal(taken.men[0, :half], state.men[0, :half])
    assert np.array_equal(taken.men[0, half:], state.men[2, half:])


def test_a_state_is_made_of_plain_records() -> None:
    assert not UNIT.hasobject
    assert not COMMAND.hasobject
    assert simulate.start(WHERE, middling(2, 2), 1).men.shape == (2, 0)
