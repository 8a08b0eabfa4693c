"""The front door: what each command is given, gives back, and how it ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import claim_of
from tocsin.app.terminal.endings import printable, steers
from tocsin.errors import NothingFoundError, TocsinError, UndatedReportError, UnknownNameError
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

COMMANDS = ("demo", "read", "assess", "simulate", "doctor", "list", "show", "erase", "origins")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Any, command: str) -> None:
    ran = run(command, "--help")

    assert ran.code == 0
    assert f"Example: tocsin {command}" in ran.out
    assert "--ledger" in ran.out


def test_without_a_command_the_help_is_shown(run: Any) -> None:
    assert run().out.split() == run("--help").out.split()
    assert all(command in run().out for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing-of-the-kind"],
        ["read"],
        ["assess", "x.txt"],
        ["assess", "x.txt", "--case", "c", "--as-of", "yesterday"],
        ["assess", "x.txt", "--case", "c", "--as-of", "20220517"],
        ["assess", "x.txt", "--case", "c", "--seed", "-1"],
        ["assess", "x.txt", "--case", "c", "--threads", "0"],
        ["read", "x.txt", "--format", "xml"],
        ["simulate", "c", "--days", "0"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_why_on_stderr(run: Any, stage: Any, arguments: list[str]) -> None:
    ran = run(*arguments)

    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err
    assert stage.calls == []


def test_read_prints_one_claim_a_line_with_the_fields_of_the_contract(run: Any, stage: Any) -> None:
    ran = run("read", "a.txt", "b", "--published", "2022-05-01", "--case", "c")
    (line,) = ran.out.splitlines()

    assert ran.code == 0
    assert list(json.loads(line)) == [
        "id", "report", "source", "published", "quote", "start", "end", "sentence", "indicator", "polarity",
        "modality", "speaker", "speaker_kind", "speaker_explicit", "speaker_side", "chain", "force", "formation",
        "echelon", "quantity", "happened", "hedges", "coerced", "extractor",
    ]  # fmt: skip
    ((paths,), named) = stage.calls[0]
    assert paths == [Path("a.txt"), Path("b")]
    assert (named["published"], named["case"]) == (date(2022, 5, 1), "c")


def test_read_as_text_prints_the_stored_text_exactly_in_a_pipe(run: Any, stage: Any) -> None:
    assert run("read", "a.txt", "--format", "text").out == stage.reports[0].text + "\n"


def test_a_table_lets_nothing_that_was_read_steer_the_terminal(run: Any, stage: Any) -> None:
    ran = run("read", "a.txt", "--format", "table")

    assert "Several units refused" in ran.out
    assert "\x1b" not in ran.out


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_what_is_printable_cannot_steer_a_terminal_and_keeps_every_place(text: str) -> None:
    shown = printable(text)

    assert len(shown) == len(text)
    assert not any(steers(char) for char in shown)
    assert all(new in (old, "\ufffd") for old, new in zip(text, shown, strict=True))


def test_spaces_that_do_not_break_and_marks_within_words_stay() -> None:
    assert printable("a\u00a0b\u202fc\u200cd\u200de\nf\tg") == "a\u00a0b\u202fc\u200cd\u200de\nf\tg"
    assert printable("\x1b[2J\x9b\u202e\u2028") == "\ufffd[2J\ufffd\ufffd\ufffd"


def test_a_claim_stays_on_one_line_whatever_its_words(run: Any, stage: Any) -> None:
    text = "They\u2028refused\x85all\x9borders\u202e."
    report = Report(source="s", published=date(2022, 5, 1), text=text, original="0" * 64, format="text")
    stage.reports, stage.claims = [report], [claim_of(report)]

    (line,) = run("read", "a.txt").out.splitlines()

    assert json.loads(line)["quote"] == text


def test_one_bad_file_is_one_line_and_the_rest_goes_through(run: Any, stage: Any) -> None:
    stage.problems = ["bad.txt: binary\njunk\x1b[2J"]

    ran = run("read", "folder")

    assert ran.code == 0
    assert "bad.txt: binary junk\ufffd[2J\n" in ran.err
    assert len(ran.out.splitlines()) == 1


def test_nothing_readable_ends_with_1_and_nothing_there_with_3(run: Any, stage: Any) -> None:
    stage.reports, stage.claims = [], []
    nothing = run("read", "folder")
    stage.problems = ["bad.txt: binary junk"]

    assert nothing.code == 3
    assert run("read", "folder").code == 1


def test_reports_without_claims_end_with_3_but_their_text_can_be_seen(run: Any, stage: Any) -> None:
    stage.claims = []

    assert run("read", "a.txt").code == 3
    assert run("read", "a.txt", "--format", "text").code == 0


def test_read_keeps_reports_and_claims_in_the_ledger_once(run: Any, stage: Any, tmp_path: Path) -> None:
    place = tmp_path / "own" / "l.db"
    for _ in range(2):
        assert run("read", "a.txt", "--ledger", str(place)).code == 0

    with Ledger(place) as ledger:
        assert [row.id for row in ledger.records("report", as_of=date.max)] == [stage.reports[0].id]
        assert [row.id for row in ledger.records("claim", as_of=date.max)] == [stage.claims[0].id]


def test_the_default_ledger_is_in_the_users_data_folder(run: Any, stage: Any, home: Path) -> None:
    run("read", "a.txt")

    assert (home / "tocsin" / "tocsin.db").is_file()


def test_the_environment_may_name_the_ledger(
    run: Any, stage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LEDGER", str(tmp_path / "named.db"))
    run("read", "a.txt")

    assert (tmp_path / "named.db").is_file()


@pytest.mark.parametrize("command", [["read", "a.txt"], ["assess", "a.txt", "--case", "c"], ["demo"]])
def test_a_bad_ledger_is_told_before_the_work_begins(run: Any, stage: Any, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "l.db").write_bytes(b"junk " * 1000)

    ran = run(*command, "--ledger", "l.db")

    assert ran.code == 1
    assert "not a ledger" in ran.err
    assert stage.calls == []


def test_assess_writes_brief_and_data_and_prints_the_headlines(run: Any, stage: Any, tmp_path: Path) -> None:
    ran = run("assess", "a.txt", "--case", "c", "--as-of", "2022-05-17", "--side", "Ruritania", "--out", "o")

    assert ran.code == 0
    assert json.loads((tmp_path / "o" / "assessment.json").read_text()) == stage.assessment
    assert (tmp_path / "o" / "brief.html").read_text() == "<!doctype html>"
    assert "30 days: very unlikely (7%); from 2% to 15%; base rate 0.4%" in ran.out
    assert str(Path("o") / "brief.html") in ran.out
    (_, named) = stage.calls[0]
    assert (named["as_of"], named["side"], named["with_dossier"]) == (date(2022, 5, 17), "Ruritania", False)
    assert named["seed"] == 1
    assert named["threads"] >= 1


def test_seed_and_threads_are_passed_on(run: Any, stage: Any) -> None:
    run("assess", "a.txt", "--case", "c", "--seed", "0", "--threads", "3", "--with-dossier")

    (_, named) = stage.calls[0]
    assert (named["seed"], named["threads"], named["with_dossier"]) == (0, 3, True)


def test_demo_assesses_the_bundled_case_with_its_dossier(run: Any, stage: Any, tmp_path: Path) -> None:
    ran = run("demo")

    ((paths,), named) = stage.calls[0]
    assert ran.code == 0
    assert (paths, named["with_dossier"], named["as_of"]) == ([], True, None)
    assert {path.name for path in (tmp_path / "demo").iterdir()} == {"assessment.json", "brief.html", "ledger.json"}


def test_simulate_prints_a_summary_and_writes_where_it_is_told(run: Any, stage: Any, tmp_path: Path) -> None:
    alone = run("simulate", "c", "--runs", "5", "--days", "7")
    assert [path.name for path in tmp_path.iterdir()] == []
    run("simulate", "c", "--out", "o", "--units", "--on", "ray")

    assert "Ruritania" in alone.out
    assert {"strength", "0.6", "0.7", "0.8"} <= set(alone.out.split())
    assert (stage.calls[0][1]["runs"], stage.calls[0][1]["days"]) == (5, 7)
    assert (stage.calls[0][1]["folder"], stage.calls[1][1]["folder"]) == (None, Path("o/ensemble"))
    assert (stage.calls[1][1]["units"], stage.calls[1][1]["on_ray"]) == (True, True)
    assert json.loads((tmp_path / "o" / "simulation.json").read_text()) == stage.summary
    assert (tmp_path / "o" / "simulation.html").read_text().startswith("<!doctype html>")


@pytest.mark.parametrize(("option", "wanted"), [("--units", "--out"), ("--soldier=3", "--trace")])
def test_an_option_of_simulate_that_needs_another_is_refused_as_usage(
    run: Any, stage: Any, option: str, wanted: str
) -> None:
    ran = run("simulate", "c", option)

    assert ran.code == 2
    assert wanted in ran.err
    assert stage.calls == []


def test_ctrl_c_in_a_simulation_says_which_pieces_are_kept(run: Any, stage: Any, tmp_path: Path) -> None:
    done = tmp_path / "o" / "ensemble" / "formations"
    done.mkdir(parents=True)
    (done / "0000.parquet").touch()
    (done / ".0001.parquet.part").touch()
    stage.error = KeyboardInterrupt()

    stopped = run("simulate", "c", "--out", "o")
    nowhere = run("simulate", "c")

    assert stopped.code == nowhere.code == 130
    assert "1 pieces in o/ensemble; the same command goes on" in stopped.err
    assert "Nothing of this run was kept" in nowhere.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UndatedReportError("a.txt"), 1),
        (UnknownNameError("force", "Grand Fenwick", ["Ruritania"]), 1),
        (UnknownNameError("case", "nowhere", ["somewhere"]), 1),
        (NothingFoundError("No claims."), 3),
    ],
)
def test_the_users_mistakes_end_with_their_message_alone(run: Any, stage: Any, error: TocsinError, code: int) -> None:
    stage.error = error

    ran = run("assess", "a.txt", "--case", "c")

    assert ran.code == code
    assert ran.err.endswith(f"{error}\n")
    assert "Traceback" not in ran.err


def test_our_own_fault_ends_with_70_an_apology_and_a_log_without_private_text(run: Any, stage: Any, home: Path) -> None:
    stage.error = ValueError("Private Ivan Ivanov")
    stage.error.__cause__ = KeyError("his number")

    ran = run("assess", "a.txt", "--case", "c")
    (log,) = home.rglob("fault-*.log")
    written = log.read_text()

    assert ran.code == 70
    assert str(log) in ran.err.replace("\n", "")
    assert "Traceback" not in ran.err
    assert "ValueError" in written
    assert "KeyError" in written
    assert "conftest.py" in written
    assert "Ivanov" not in written + ran.err
    assert "his number" not in written + ran.err


def test_a_log_that_cannot_be_written_still_ends_with_70(run: Any, stage: Any, home: Path) -> None:
    home.write_text("a file where a folder should be")
    stage.error = ValueError("x")

    ran = run("simulate", "c")

    assert ran.code == 70
    assert "could not be written" in ran.err


def test_ctrl_c_ends_with_130_and_says_what_was_kept(
    run: Any, stage: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stage.error = KeyboardInterrupt()
    early = run("assess", "a.txt", "--case", "c")
    stage.error = None

    def stop(_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["tocsin.products.brief"], "render", stop)
    late = run("assess", "a.txt", "--case", "c", "--ledger", "l.db")

    assert (early.code, late.code) == (130, 130)
    assert "Nothing of this run was kept" in early.err
    assert "2 new records in the ledger l.db" in late.err
    assert not list((tmp_path / "assessment").glob("*.html"))


def test_a_folder_that_cannot_be_written_is_the_users_to_mend(run: Any, stage: Any, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    ran = run("assess", "a.txt", "--case", "c", "--out", "taken")

    assert ran.code == 1
    assert "--out DIR" in ran.err


def test_messages_and_progress_go_to_stderr_as_plain_lines(run: Any, stage: Any) -> None:
    stage.warnings = ["a warning"]

    ran = run("read", "a.txt")

    assert "working ...\nworking: done (4)\na warning\n" in ran.err
    assert "warning" not in ran.out
    assert "\x1b" not in ran.err


def test_the_version_can_be_asked(run: Any) -> None:
    assert run("--version").out.startswith("tocsin ")


def test_thin_evidence_is_said_to_be_thin(run: Any, stage: Any) -> None:
    said: Callable[[], str] = lambda: run("assess", "a.txt", "--case", "c").out  # noqa: E731
    thick = said()
    stage.assessment["forces"][0]["thin"] = True
    stage.assessment["forces"][0]["state"]["strength"]["thin"] = True

    assert "thin" not in thick
    assert "(thin)" in said()
    assert "too thin to move the prior" in said()
