"""The table is read by its codes: what is missing is missing, what is impossible is an error."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tocsin.inference.battles.table import COLUMNS, SHIPPED, BattleTableError, read_battles

Write = Callable[[Sequence[Mapping[str, str]]], Path]

SHARED = Path(__file__).parents[4] / "shared" / "data" / "battles" / "battles.csv"
JUDGED = {"leada", "morala", "trnga", "logsa", "momnta", "intela", "techa", "inita", "cea", "crit"}


def test_minus_one_is_a_value_of_a_code_and_missing_in_a_count(write: Write) -> None:
    codes = {"wina": "-1", "surpa": "-1", "aeroa": "-1", "casa": "-1", "artya": "-9"}
    battle = read_battles(write([codes]))[0]

    assert (battle.won, battle.surprise, battle.air) == (-1.0, -1.0, -1.0)
    assert math.isnan(battle.attacker.casualties)
    assert math.isnan(battle.attacker.guns)


def test_minus_nine_and_nine_are_missing_in_codes(write: Write) -> None:
    battle = read_battles(write([{"wina": "-9", "surpa": "-9", "aeroa": "9", "atpbyr1": "9999"}]))[0]

    assert all(math.isnan(value) for value in (battle.won, battle.surprise, battle.air, battle.year))


@pytest.mark.parametrize(
    ("codes", "broke"), [(("RR", "WL", "00"), 1.0), (("AA", "00", "00"), 1.0), (("WD", "00", "00"), 0.0)]
)
def test_a_side_broke_that_was_annihilated_or_withdrew_with_heavy_losses(
    write: Write, codes: tuple[str, ...], broke: float
) -> None:
    battle = read_battles(write([dict(zip(("resoa1", "resoa2", "resoa3"), codes, strict=True))]))[0]

    assert battle.attacker.broke == broke


def test_a_side_without_any_outcome_code_neither_broke_nor_held(write: Write) -> None:
    assert math.isnan(read_battles(write([{"resod1": "00"}]))[0].defender.broke)


def test_further_columns_are_not_read(write: Write) -> None:
    assert read_battles(write([{"leada": "2", "secret": "x"}])) == read_battles(write([{}]))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    path = tmp_path / "short.csv"
    names = [name for name in COLUMNS if name != column]
    path.write_text(",".join(names) + "\n", encoding="utf-8")

    with pytest.raises(BattleTableError, match=f"lacks the columns {column}"):
        read_battles(path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stra": "many"},
        {"stra": "nan"},
        {"stra": "1e400"},
        {"casa": "-5"},
        {"casd": "1e30"},
        {"wina": "2"},
        {"surpa": "0.5"},
        {"resoa1": "=HYPERLINK()"},
        {"isqno": " "},
        {"war": ""},
    ],
)
def test_an_impossible_value_is_an_error_that_names_its_line(write: Write, wrong: dict[str, str]) -> None:
    with pytest.raises(BattleTableError, match="line 3"):
        read_battles(write([{}, {"isqno": "2", **wrong}]))


def test_a_number_given_twice_is_an_error(write: Write) -> None:
    with pytest.raises(BattleTableError, match="repeats isqno 1"):
        read_battles(write([{}, {}]))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'isqno,war\n"unclosed', b"", b"\x00\x00"])
def test_what_is_no_table_is_an_error_and_no_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)

    with pytest.raises(BattleTableError):
        read_battles(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BattleTableError, match="cannot be read"):
        read_battles(tmp_path / "nowhere.csv")


def test_the_shipped_table_holds_the_codes_that_the_tidied_copies_of_it_lose() -> None:
    battles = read_battles(SHIPPED)

    assert len(battles) == 527
    assert len({battle.war for battle in battles}) == 48
    assert Counter(battle.won for battle in battles if not math.isnan(battle.won)) == {1.0: 308, -1.0: 177, 0.0: 40}
    assert sum(battle.air == -1 for battle in battles) == 47
    assert sum(battle.surprise < 0 for battle in battles) == 12
    assert sum(side.broke == 1 for battle in battles for side in (battle.attacker, battle.defender)) == 147
    assert sum(not math.isnan(side.broke) for b in battles for side in (b.attacker, b.defender)) == 945


def test_the_shipped_table_has_no_judgement_made_after_the_battle() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        columns = set(next(csv.reader(stream)))

    assert columns == {*COLUMNS, "name"}
    assert not columns & JUDGED


@pytest.mark.skipif(not SHARED.exists(), reason="the source table is not beside the project")
def test_the_shipped_table_says_what_its_source_says() -> None:
    assert read_battles(SHIPPED) == read_battles(SHARED)
