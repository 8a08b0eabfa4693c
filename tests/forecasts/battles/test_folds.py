"""No battle is predicted from itself, from a part of itself or from its own war."""

from __future__ import annotations

from dataclasses import replace

from tocsin.forecasts.battles.folds import apart, groups, held_out
from tocsin.inference.battles.table import SHIPPED, read_battles

BATTLES = read_battles(SHIPPED)


def test_every_battle_is_left_out_once_and_its_war_with_it() -> None:
    folds = list(held_out(BATTLES))

    assert sorted(int(battle.id) for fold in folds for battle in fold.test) == sorted(int(b.id) for b in BATTLES)
    for fold in folds:
        assert not {battle.war for battle in fold.train} & {battle.war for battle in fold.test}
        assert len(fold.train) + len(fold.test) == len(BATTLES)


def test_parts_of_a_battle_stay_together_with_it() -> None:
    whole, part, other = (replace(BATTLES[k], id=str(k), parent="") for k in range(3))
    part = replace(part, parent=whole.id, war=whole.war)
    fold = apart([whole, replace(other, war="Elsewhere")], [part])

    assert [battle.war for battle in fold.train] == ["Elsewhere"]
    assert len(set(groups([whole, part]))) == 1


def test_a_battle_of_the_test_is_not_learnt_from() -> None:
    fold = apart(BATTLES, BATTLES[:5])

    assert not {battle.id for battle in BATTLES[:5]} & {battle.id for battle in fold.train}


def test_the_same_number_in_another_war_is_another_battle() -> None:
    stranger = replace(BATTLES[0], war="Elsewhere")

    assert len(apart(BATTLES, [stranger]).train) == len(BATTLES)
