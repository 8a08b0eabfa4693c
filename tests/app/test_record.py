"""The commands that keep and judge forecasts: what they are given, print, and how they end."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from strategies import sealed_of
from tocsin.forecasts.resolution import Outcome, Resolution
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

DAY = date(2031, 3, 3)
NOW = datetime(2031, 3, 3, 12, tzinfo=UTC)
COMMANDS = ("forecast", "resolve", "score", "replay", "diff", "export")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Twenty-four forecasts, live, of which twenty-two are settled, and two reports of what came after."""
    path = tmp_path / "tocsin.db"
    with Ledger(path) as ledger:
        for number in range(24):
            as_of = DAY + timedelta(days=number)
            basis, forecast = sealed_of(as_of=as_of, probability=0.8 if number % 2 else 0.1)
            outcome: Outcome = "void" if number > 21 else "yes" if number % 2 else "no"
            came = Resolution(asked=forecast.asked, outcome=outcome, reason="r", by="b", known=forecast.closes)
            settled = [came] if number < 23 else []
            ledger.append([basis, forecast, *settled], recorded=NOW + timedelta(days=number))
        ledger.append(LATER, recorded=NOW)
    return path


LATER = [
    Report(source=name, published=date(2031, 5, 1), text=f"{name} saw it.", original="0" * 64, format="text")
    for name in ("Gazette", "Wire")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Any, command: str) -> None:
    ran = run(command, "--help")

    assert ran.code == 0
    assert f"Example: tocsin {command}" in ran.out
    assert "--ledger" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["forecast"],
        ["resolve"],
        ["resolve", "forecast-1"],
        ["resolve", "forecast-1", "--case", "c"],
        ["resolve", "forecast-1", "--outcome", "perhaps"],
        ["replay", "--case", "c"],
        ["replay", "--case", "c", "--as-of", "2031-03-03", "--recorded", "yesterday"],
        ["replay", "--case", "c", "--as-of", "2031-03-03", "--recorded", "2031-13-03"],
        ["diff", "one"],
        ["export", "--out", "x"],
        ["export", "--format", "xml", "--out", "x"],
        ["score", "--format", "xml"],
    ],
)
def test_wrong_usage_ends_with_2(run: Any, arguments: list[str]) -> None:
    ran = run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_scores_are_printed_by_kind_with_the_curve(run: Any, book: Path) -> None:
    ran = run("score", "--ledger", str(book))

    assert ran.code == 0
    assert "Live: 24 questions, 22 resolved, 1 void (4% of those closed), 0 disputed, 1 pending" in ran.out
    assert "Retrospective: nothing sealed." in ran.out
    assert "brier" in ran.out
    assert "came about" in ran.out


def test_one_kind_can_be_asked_for_alone(run: Any, book: Path) -> None:
    assert set(json.loads(run("score", "--live", "--format", "json", "--ledger", str(book)).out)) >= {"live", "seed"}
    assert "retrospective" not in run("score", "--live", "--format", "json", "--ledger", str(book)).out
    assert "Live" not in run("score", "--retrospective", "--ledger", str(book)).out


def test_the_list_names_every_forecast_with_what_came_of_it(run: Any, book: Path) -> None:
    listed = json.loads(run("score", "--list", "--format", "json", "--ledger", str(book)).out)

    assert [row["outcome"] for row in listed].count("pending") == 1
    assert {row["kind"] for row in listed} == {"live"}
    assert listed[0]["forecast"] in run("score", "--list", "--ledger", str(book)).out


def test_scores_and_hub_are_written_where_asked(run: Any, book: Path, tmp_path: Path) -> None:
    run("score", "--out", str(tmp_path / "s"), "--ledger", str(book))
    ran = run("export", "--format", "hubverse", "--out", str(tmp_path / "hub"), "--ledger", str(book))

    assert json.loads((tmp_path / "s" / "scores.json").read_text())["live"]["resolved"] == 22
    assert "<svg" in (tmp_path / "s" / "scores.html").read_text()
    assert ran.code == 0
    assert (tmp_path / "hub" / "live" / "hub-config" / "tasks.json").is_file()


@pytest.mark.parametrize("command", [["score"], ["export", "--format", "hubverse", "--out", "hub"]])
def test_an_empty_ledger_is_nothing_found(run: Any, tmp_path: Path, command: list[str]) -> None:
    Ledger(tmp_path / "empty.db").close()
    ran = run(*command, "--ledger", str(tmp_path / "empty.db"))

    assert ran.code == 3
    assert "tocsin forecast" in ran.err


def test_to_look_is_not_to_begin_a_ledger(run: Any, tmp_path: Path) -> None:
    ran = run("score", "--ledger", str(tmp_path / "none.db"))

    assert ran.code == 1
    assert "none.db" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_an_outcome_is_recorded_with_its_reports(run: Any, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.app.record.forecast.now", lambda: NOW + timedelta(days=400))
    _, forecast = sealed_of(as_of=DAY + timedelta(days=23), probability=0.8)
    reports = [part for report in LATER for part in ("--report", report.id)]
    outcome = ["--outcome", "yes", "--by", "an analyst", "--ledger", str(book)]
    ran = run("resolve", forecast.id, *reports, *outcome)

    assert ran.code == 0, ran.err
    assert "1 recorded, 0 as recorded before." in ran.out
    assert "0 recorded, 1 as recorded before." in run("resolve", forecast.id, *reports, *outcome).out
    listed = json.loads(run("score", "--list", "--format", "json", "--ledger", str(book)).out)
    assert listed[-1]["outcome"] == "yes"


def test_what_is_not_there_ends_with_1_and_the_next_step(run: Any, book: Path) -> None:
    ran = run("resolve", "forecast-0", "--outcome", "yes", "--ledger", str(book))

    assert ran.code == 1
    assert "tocsin score --list" in ran.err


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema": 9}', '{"schema": 1, "forces": 3}', "[" * 100_000])
def test_a_wrong_file_is_told_in_a_line(run: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text)
    ran = run("diff", str(tmp_path / "a.json"), str(tmp_path / "a.json"))

    assert ran.code == 1
    assert "tocsin assess" in ran.err


def test_a_file_that_is_not_there_is_told_in_a_line(run: Any) -> None:
    ran = run("diff", "a.json", "b.json")

    assert ran.code == 1
    assert "a.json" in ran.err
