"""Orders of battle: who is known to stand where, and how strong on paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armies import START, army
from tocsin.errors import CatalogueError
from tocsin.forces.unit import OrderOfBattle, Unit, establishment, latest
from tocsin.parameters import value


def _unit(name: str, parent: str | None) -> Unit:
    return Unit(name=name, echelon="brigade", branch="infantry", parent=parent)


@pytest.mark.parametrize("echelon", ["battalion", "regiment", "brigade", "division"])
def test_an_establishment_is_the_rule_of_its_echelon(echelon: str) -> None:
    assert establishment(echelon) == value(f"forces.establishment_{echelon}")


def test_an_unknown_echelon_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(CatalogueError, match="battalion, brigade, company, division, regiment"):
        establishment("horde")


def test_a_force_is_as_strong_as_its_units() -> None:
    assert army("Norland", 5).establishment == 5 * establishment("brigade")


def test_units_of_one_parent_share_its_number_and_orphans_have_their_own() -> None:
    units = (_unit("a", "x"), _unit("b", None), _unit("c", "x"), _unit("d", "y"), _unit("e", None))
    assert OrderOfBattle(force="Norland", known=START, units=units).parents == (0, 1, 0, 2, 3)


@given(st.lists(st.sampled_from("xyz"), min_size=1, max_size=8), st.permutations("pqr"))
def test_renaming_formations_changes_no_number(parents: list[str], names: list[str]) -> None:
    new = dict(zip("xyz", names, strict=True))
    orders = [
        OrderOfBattle(
            force="Norland", known=START, units=tuple(_unit(f"{prefix}{i}", n) for i, n in enumerate(renamed))
        )
        for prefix, renamed in (("u", parents), ("v", [new[p] for p in parents]))
    ]
    assert orders[0].parents == orders[1].parents


@given(st.lists(st.integers(0, 50), unique=True), st.integers(-5, 55))
def test_the_newest_order_known_by_the_day_is_taken(known: list[int], day: int) -> None:
    orders = [OrderOfBattle(force="Norland", known=START + timedelta(k), units=()) for k in known]
    found = latest(orders, START + timedelta(day))
    visible = [k for k in known if k <= day]
    assert (found.known if found else None) == (START + timedelta(max(visible)) if visible else None)


def test_no_order_is_known_before_the_first() -> None:
    assert latest([army("Norland", 1)], date(2000, 1, 1)) is None
