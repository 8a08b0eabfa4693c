"""The tree of a force: formations into battalions and companies, by one rule for every force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armies import START, army
from tocsin.forces.tree import Layout, Resolution, layout, name
from tocsin.forces.unit import OrderOfBattle, Unit, battalions, establishment, parts

ECHELONS = ("company", "battalion", "regiment", "brigade", "division")


def _order(*echelons: str) -> OrderOfBattle:
    units = tuple(
        Unit(name=f"{i} {e}", echelon=e, branch="b", parent="p" if i % 2 else None) for i, e in enumerate(echelons)
    )
    return OrderOfBattle(force="Norland", known=START, units=units)


def _finer(*orders: OrderOfBattle) -> Layout:
    return layout(orders, [[] for _ in orders], Resolution.BATTALION)


def test_the_layout_numbers_units_in_the_order_of_the_source() -> None:
    where = layout([army("Norland", 5), army("Sudland", 2, "battalion")], [["Sudland"], []])
    assert where.force.tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert where.groups[:, 0].tolist() == [0, 0, 0, 0, 1, 2, 2]
    assert where.establishment.tolist() == [establishment("brigade")] * 5 + [establishment("battalion")] * 2
    assert where.hostile.tolist() == [[False, True], [False, False]]
    assert where.position.tolist() == [[0, i] for i in range(5)] + [[1, 0], [1, 1]]


@given(st.lists(st.sampled_from(ECHELONS), min_size=1, max_size=6))
def test_dividing_a_formation_loses_no_soldier(echelons: list[str]) -> None:
    order = _order(*echelons)
    whole, divided = layout([order], [[]]), _finer(order)
    assert divided.establishment.sum() == whole.establishment.sum() == order.establishment
    per_formation = np.bincount(divided.formation, divided.establishment)
    assert per_formation.tolist() == whole.establishment.tolist()
    assert np.bincount(divided.formation).tolist() == [battalions(e) for e in echelons]
    assert np.ptp(divided.establishment[divided.formation == 0]) <= 1


def test_battalions_hear_first_of_those_of_their_formation_then_of_those_under_one_parent() -> None:
    where = _finer(_order("brigade", "regiment", "brigade", "regiment"))
    near, sector = where.groups[:, 0], where.groups[:, 1]
    assert [np.unique(near[where.formation == f]).size for f in range(4)] == [1, 1, 1, 1]
    assert np.unique(near).size == 4
    assert sector[where.formation == 1][0] == sector[where.formation == 3][0]
    assert sector[where.formation == 0][0] != sector[where.formation == 2][0]


def test_groups_of_two_forces_or_two_layers_are_never_the_same() -> None:
    where = _finer(army("Norland", 3), army("Sudland", 3))
    seen = [set(column.tolist()) for column in where.groups.T]
    assert not seen[0] & seen[1] and not seen[1] & seen[2] and not seen[0] & seen[2]
    north, south = (set(where.groups[where.force == f].ravel().tolist()) for f in (0, 1))
    assert not north & south
    assert sorted(north | south) == list(range(len(north | south)))


@pytest.mark.parametrize("echelon", ECHELONS)
def test_a_unit_has_as_many_parts_as_its_echelon(echelon: str) -> None:
    assert layout([_order(echelon)], [[]]).parts.tolist() == [parts(echelon)]


def test_units_are_called_after_their_formation() -> None:
    order = _order("battalion", "regiment")
    where = _finer(order)
    assert [name(order, where, u) for u in range(4)] == [
        "0 battalion",
        "1 regiment, battalion 1",
        "1 regiment, battalion 2",
        "1 regiment, battalion 3",
    ]
