"""Reading a case: strictly, with a message that says what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import war

from tocsin.errors import CatalogueError, UnknownNameError
from tocsin.pipeline.case import names, read_case


def test_every_shipped_case_can_be_read() -> None:
    assert names()
    for name in names():
        case = read_case(name)

        assert len(case.forces) >= 2
        assert all(path.is_file() for path in case.series)
        assert case.questions


def test_questions_are_asked_alike_of_every_force() -> None:
    for name in names():
        for question in read_case(name).questions:
            assert "{force}" in question.text
            assert "{days}" in question.text
            assert question.void


def test_the_order_of_battle_is_the_one_known_by_then(tmp_path: Path) -> None:
    folder = war.write(tmp_path)
    table = folder / "order_of_battle.csv"
    table.write_text(table.read_text() + "2031-04-10,Norland,9th Rifle Regiment,regiment,infantry,,\n")
    case = read_case(str(folder))

    assert len(case.orders(date(2031, 4, 9))[0].units) == 6
    assert [unit.name for unit in case.orders(date(2031, 4, 10))[0].units] == ["9th Rifle Regiment"]
    assert len(case.orders(date(2031, 3, 3))[0].units) == 6


def test_a_case_without_questions_is_refused(tmp_path: Path) -> None:
    (war.write(tmp_path) / "questions.toml").write_text("")

    with pytest.raises(CatalogueError, match="asks no question"):
        read_case(str(tmp_path))


def test_an_unknown_case_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="ukraine-2022"):
        read_case("nowhere")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.toml", 'posture = "attack"', 'posture = "sleep"', "posture"),
        ("case.toml", "retrospective = true", "retrospective = true\nmood = 1", "mood"),
        ("case.toml", 'opponents = ["Sudland"]', 'opponents = ["Westland"]', "Westland"),
        ("case.toml", "start = 2031-03-03", "start = whenever", "Invalid"),
        ("questions.toml", 'over = "any"', 'over = "ever"', "over"),
        ("questions.toml", 'measure = "fallen"', 'measure = "nonsense"', "no measure"),
        ("questions.toml", "leader of {force}", "leader of {army}", "may name"),
        ("questions.toml", "days = [30]", "days = [0, -5]", "days"),
        ("questions.toml", "[[questions]]", "[[answers]]", "valid dictionary"),
        ("order_of_battle.csv", "2031-04-01,Norland", "someday,Norland", "known"),
        ("order_of_battle.csv", "Norland", "Westland", "no unit of Norland"),
    ],
)
def test_a_faulty_case_says_what_is_wrong(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    path = war.write(tmp_path) / file
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(CatalogueError, match=said):
        read_case(str(tmp_path))
