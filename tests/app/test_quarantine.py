# ruff: noqa: RUF001
"""`tocsin quarantine`, and: whatever name is planted where, no record, message, log or page shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tocsin.app.cli import app

LIST = "date: 2022-05-17\nsource: A blog\n\nIvan Petrov\nOleg Sidorov\nPavel Kuzmin\nDenis Gusev\nAnton Belov\n"
BODY = "Two companies of the 36th Brigade refused orders to attack near Kharkiv, the ministry said."

GIVEN = [
    "Ivan",
    "Olga",
    "Mustafa",
    "Mehmet",
    "Giorgi",
    "Chukwuemeka",
    "Wanjiru",
    "Rajesh",
    "José",
    "Agnieszka",
    "Yonatan",
    "Тарас",
    "Айгуль",
]
FAMILY = [
    "Petrov",
    "Shevchenko",
    "al-Jubouri",
    "Yılmaz",
    "Beridze",
    "Okonkwo",
    "Kamau",
    "Yadav",
    "Hernández",
    "Wiśniewski",
    "Mizrahi",
    "Ткачук",
    "Dambaev",
]
PLACES = [
    "title",
    "source",
    "url",
    "speaker",
    "origin",
    "about",
    "id",
    "author",
    "key",
    "text",
    "caption",
    "indicators",
    "published",
    "polarity",
]


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    return result.exit_code, result.output + str(result.exception or "")


def identify(listing: str) -> str:
    return next(word for word in listing.split() if word.startswith("quarantine-"))


def test_a_list_of_the_dead_is_held_listed_and_released_by_hand(tmp_path: Path) -> None:
    file, ledger = tmp_path / "list.txt", tmp_path / "ledger.db"
    file.write_text(LIST)
    _, said = run("read", file, "--ledger", ledger)
    assert "1 report was held back and not read" in said
    _, listing = run("quarantine", "--ledger", ledger)
    name = identify(listing)
    assert "held" in listing
    assert b"Petrov" not in ledger.read_bytes()

    code, said = run("quarantine", "release", name, file, "--by", "N.N.", "--reason", "read", "--ledger", ledger)
    assert code == 0, said
    assert "was let in as report-" in said
    assert "released" in run("quarantine", "--ledger", ledger)[1]
    code, text = run("read", file, "--format", "text", "--ledger", ledger)
    assert code == 0
    assert "[name withheld]" in text
    assert b"Petrov" not in ledger.read_bytes()


def test_another_file_or_an_unknown_id_releases_nothing(tmp_path: Path) -> None:
    file, other, ledger = tmp_path / "list.txt", tmp_path / "other.txt", tmp_path / "ledger.db"
    file.write_text(LIST)
    other.write_text(LIST + "Roman Tarasov\n")
    run("read", file, "--ledger", ledger)
    name = identify(run("quarantine", "--ledger", ledger)[1])
    decided = ("--by", "N.N.", "--reason", "read", "--ledger", ledger)

    code, said = run("quarantine", "release", name, other, *decided)
    assert code == 1
    assert "is not the original" in said
    code, said = run("quarantine", "release", "quarantine-0", file, *decided)
    assert code == 1
    assert "released" not in run("quarantine", "--ledger", ledger)[1]


def test_an_analysts_own_redacted_text_enters_instead(tmp_path: Path) -> None:
    file, mine, ledger = tmp_path / "list.txt", tmp_path / "mine.txt", tmp_path / "ledger.db"
    file.write_text(LIST)
    mine.write_text("date: 2022-05-17\n\nFive men of one battalion died. Ivan Petrov was one.\n")
    run("read", file, "--ledger", ledger)
    name = identify(run("quarantine", "--ledger", ledger)[1])
    code, _ = run(
        "quarantine", "release", name, file, "--by", "N.N.", "--reason", "cut", "--redacted", mine, "--ledger", ledger
    )

    assert code == 0
    assert b"Five men of one battalion died" in ledger.read_bytes()
    assert b"Petrov" not in ledger.read_bytes()


def test_nothing_in_quarantine_is_said(tmp_path: Path) -> None:
    code, said = run("quarantine", "--ledger", tmp_path / "ledger.db")

    assert code != 0
    assert "Nothing is in quarantine" in said


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.sampled_from(GIVEN), family=st.sampled_from(FAMILY), place=st.sampled_from(PLACES))
def test_a_planted_name_is_in_no_record_message_or_log(tmp_path: Path, given: str, family: str, place: str) -> None:
    name = f"{given} {family}"
    line = {"id": "n1", "published": "2022-05-17", "source": "Wire", "text": BODY}
    if place == "url":
        line["url"] = f"https://paper.example/{given.lower()}-{family.lower()}-refuses"
    elif place == "key":
        line[name] = "x"
    elif place == "text":
        line["text"] = f"{BODY} {name} agreed."
    elif place == "caption":
        line["text"] = f"{BODY}\nPhoto: {name}"
    else:
        line[place] = name
    file, ledger = tmp_path / f"{given}_{family}.jsonl", tmp_path / "ledger.db"
    file.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    ledger.unlink(missing_ok=True)
    _, said = run("read", file, "--ledger", ledger)
    file.unlink()
    kept = said + ledger.read_bytes().decode("utf-8", "replace")

    for part in (given, family.removeprefix("al-")):
        assert part.lower() not in kept.lower().replace(str(tmp_path).lower(), "")


PAGE = (
    '<html><head><title>{n}</title><meta name="author" content="{n}">'
    '<meta property="og:site_name" content="Blog of {n}">'
    "</head><body><article><p>date: 2022-05-17</p><p>{b}</p>"
    '<img src="a.jpg" alt="{n}" title="{n}"><table><tr><td>{n}</td></tr></table></article></body></html>'
)
HEAD = "known,start,end,force,indicator,value,unit,source,vintage"
DAYS = "2022-05-17,2022-05-17,2022-05-17"


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".html", PAGE),
        (".md", "---\ndate: 2022-05-17\nauthor: {n}\ntitle: {n}\n---\n{b}\n\n![{n}](a.jpg)\n\nPhoto: {n}\n"),
        (".csv", f"{HEAD},{{n}}\n{DAYS},Russia,losses,5,soldiers,{{n}},as_published,x\n"),
        (".csv", f"{HEAD}\n{DAYS},Russia,{{n}},5,soldiers,Wire,{{n}}\n"),
        (".txt", "date: {n}\n\n{b}\n"),
        (".petrov", "{b}"),
    ],
)
def test_a_name_in_a_page_or_table_is_in_no_record_or_message(tmp_path: Path, suffix: str, content: str) -> None:
    file, ledger = tmp_path / f"Ivan Petrov{suffix}", tmp_path / "ledger.db"
    file.write_text(content.format(n="Ivan Petrov", b=BODY), "utf-8")
    _, said = run("read", file, "--ledger", ledger)
    _, told = run("read", tmp_path / "petrov_ivan.txt", "--ledger", ledger)

    assert b"petrov" not in ledger.read_bytes().lower()
    assert "petrov" not in (said + told).lower().replace(str(tmp_path).lower(), "")
