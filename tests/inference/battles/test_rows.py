"""Rows hold what may be known of a side, mirrored between the sides, and nothing of how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from tocsin.inference.battles.forms import specification
from tocsin.inference.battles.rows import KNOWN, Rows, Target, casualty_fraction, rows_of
from tocsin.inference.battles.table import read_battles

Write = Callable[[Sequence[Mapping[str, str]]], Path]

AFTER = ("own_casualties", "opposing_casualties")


def rows(write: Write, target: Target, **changed: str) -> Rows:
    return rows_of(read_battles(write([changed])), target, specification().covariates)


def test_a_side_is_a_row_where_its_outcome_is_coded(write: Write) -> None:
    found = rows(write, Target.BROKE_BEFORE, resoa1="00")

    assert found.sides == ("defender",)
    assert found.happened.tolist() == [1.0]


def test_a_drawn_battle_is_no_row_of_who_won(write: Write) -> None:
    assert len(rows(write, Target.ATTACKER_WON, wina="0")) == 0
    assert rows(write, Target.ATTACKER_WON, wina="-1").happened.tolist() == [0.0]


@pytest.mark.parametrize(
    "outcome", [{"wina": "-1"}, {"resod1": "WD"}, {"leada": "2"}, {"morala": "-1"}, {"crit": "2"}, {"cea": "1"}]
)
def test_nothing_judged_after_the_battle_is_known(write: Write, outcome: dict[str, str]) -> None:
    for target in Target:
        np.testing.assert_array_equal(rows(write, target, **outcome).known, rows(write, target).known)


def test_no_form_of_a_forecast_before_the_battle_speaks_of_casualties_or_length() -> None:
    for target in (Target.BROKE_BEFORE, Target.ATTACKER_WON):
        for form in specification().forms[target]:
            spoken = {*form.linear, *form.war, *(name for smooth in form.smooth for name in smooth.of)}

            assert not spoken & {"own_loss", "opposing_loss", "relative_loss"}


def test_the_two_sides_mirror_each_other(write: Write) -> None:
    known = rows(write, Target.BROKE_BEFORE, surpa="2", aeroa="-1", post1="FD", cava="50").known
    one, other = (dict(zip(KNOWN, row, strict=True)) for row in known)

    for name in ("role", "surprise", "air", "fortified", "cavalry", "guns"):
        assert one[name] == -other[name]
    for own, opposing in (("own_strength", "opposing_strength"), AFTER):
        assert one[own] == other[opposing]
    assert one["era"] == other["era"]


def test_no_side_loses_more_than_it_has(write: Write) -> None:
    battle = read_battles(write([{"casd": "5000"}]))[0]

    assert casualty_fraction(battle.defender) == 1.0


def test_what_is_not_known_is_a_gap(write: Write) -> None:
    gaps = {"stra": "-1", "casd": "-1", "aeroa": "9", "post1": "OO", "atpbyr1": "9999", "atpbmn1": "0", "tanka": "-1"}
    known = dict(zip(KNOWN, rows(write, Target.BROKE_BEFORE, **gaps).known[0], strict=True))

    gone = {name for name, value in known.items() if np.isnan(value)}

    assert gone == {
        *("own_strength", "own_casualties", "opposing_casualties", "air", "era", "season", "tanks"),
        *("fortified", "prepared", "yielding"),
    }
