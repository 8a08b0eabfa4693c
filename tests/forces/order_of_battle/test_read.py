"""Orders of battle from CSV, JSON and ORBAT-Mapper: the same units, and one line where something is wrong."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seeds import LISTING, SCENARIO, TABLE

from tocsin.errors import OrderOfBattleError
from tocsin.forces.order_of_battle.listing import listing
from tocsin.forces.order_of_battle.read import read_orders
from tocsin.forces.order_of_battle.table import write_table
from tocsin.forces.unit import OrderOfBattle, Unit

BRIGADE, COMPANY, CORPS = "10031000181205000000", "10031000151211000000", "10031000221211000000"
names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
units = st.builds(
    Unit,
    name=names,
    echelon=st.sampled_from(["brigade", "regiment", "company"]),
    branch=names,
    parent=st.none() | names,
    strength=st.none() | st.integers(0, 9000),
)


def read(folder: Path, content: Any, **options: Any) -> tuple[tuple[OrderOfBattle, ...], list[str]]:
    path, warnings = folder / "order", list[str]()
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_orders(path, warn=warnings.append, **options), warnings


def scenario(*found: dict[str, Any], **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = deepcopy(SCENARIO) | changes
    if found:
        made["sides"][0]["groups"][0]["subUnits"] = list(found)
    return made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(units, min_size=1, max_size=4), names)
def test_what_is_written_is_read_back_from_csv_and_json(tmp_path: Path, found: list[Unit], force: str) -> None:
    order = OrderOfBattle(force=force, known=date(2031, 4, 1), units=tuple(found))

    assert read(tmp_path, write_table([order]))[0] == (order,)
    assert read(tmp_path, listing([order]))[0] == (order,)


def test_a_scenario_gives_its_brigades_with_the_soldiers_drawn_below_them(tmp_path: Path) -> None:
    (order,), warnings = read(tmp_path, SCENARIO)

    assert (order.force, order.known) == ("Norland", date(2031, 4, 1))
    assert order.units == (Unit(name="1st", echelon="brigade", branch="armor", parent=None, strength=90),)
    assert not warnings


def test_a_corps_gives_what_is_below_it_and_names_that_stand_twice_are_told_apart(tmp_path: Path) -> None:
    company = {"name": "1st Company", "sidc": COMPANY}
    below = [{"name": name, "sidc": CORPS, "subUnits": [company]} for name in ("North", "South")]
    (order,), _ = read(tmp_path, scenario(*below))

    assert [unit.name for unit in order.units] == ["1st Company", "1st Company, South"]
    assert [unit.parent for unit in order.units] == ["North", "South"]


def test_ships_headquarters_and_old_codes_are_left_out_with_a_line(tmp_path: Path) -> None:
    ship = {"name": "Ship", "sidc": "10033000001202030000"}
    staff = {"name": "Staff", "sidc": "10031002181205000000"}
    old = {"name": "Old", "sidc": "SFGPUCI----D---"}
    _, warnings = read(tmp_path, scenario(ship, staff, old, {"name": "1st", "sidc": BRIGADE}))

    assert len(warnings) == 3
    assert all("1 " in warning and "left out" in warning for warning in warnings)


def test_the_day_given_is_taken_where_a_scenario_has_none(tmp_path: Path) -> None:
    (order,), _ = read(tmp_path, scenario(startTime=None), known=date(2031, 5, 1))

    assert order.known == date(2031, 5, 1)


def _deep() -> dict[str, Any]:
    unit: dict[str, Any] = {"name": "u", "sidc": CORPS}
    for _ in range(40):
        unit = {"name": "u", "sidc": CORPS, "subUnits": [unit]}
    return scenario(unit)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no fighting unit"),
        ("{", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ('{"type": "ORBAT-mapper-encrypted"}', "encrypted"),
        ({"orders": 3}, "orders"),
        (scenario(startTime=None), "--known"),
        (_deep(), "deeper than"),
        (scenario({"name": "u"}), "sidc"),
        (TABLE.replace("brigade,armor", "horde,armor"), "horde"),
        (TABLE.replace("2031-04-01", "someday"), "line 2: known"),
        (TABLE + "2031-04-01,Norland", "line 3"),
        (TABLE.replace("2000", "2000,9,9"), "line 2"),
        (json.dumps(LISTING).replace("9", "-9"), "strength"),
    ],
)
def test_a_file_that_is_no_order_of_battle_costs_one_line(tmp_path: Path, content: Any, said: str) -> None:
    with pytest.raises(OrderOfBattleError, match=r"^[^\n]*$") as error:
        read(tmp_path, content)

    assert said in str(error.value)
