"""`tocsin add`, `watch` and `orbat` as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from seeds import LISTING, SCENARIO

Run = Callable[..., Any]
TEXT = "date: 2022-05-17\nsource: Paper\n\nThey fled."


def lines(out: str) -> dict[str, int]:
    """Return the summary's numbers by their names."""
    return {line[:12].strip(): int(line[12:21].replace(",", "")) for line in out.splitlines() if line[12:21].strip()}


def test_add_says_what_became_of_the_reports(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "b.exe").write_text("x")
    first, second = run("add", "in", "--ledger", "l.db"), run("add", "in", "--ledger", "l.db")

    assert (first.code, second.code) == (0, 0)
    assert lines(first.out) == {"added": 1, "known": 0, "new version": 0, "set aside": 0, "not read": 1}
    assert lines(second.out)["known"] == 1
    assert "b.exe: files of the kind .exe are not read" in first.err


@pytest.mark.parametrize(("content", "code"), [("", 1), ("date: 2022-05-17\n\n...", 1)])
def test_add_ends_with_the_code_for_input_where_nothing_could_be_read(
    run: Run, tmp_path: Path, content: str, code: int
) -> None:
    (tmp_path / "a.txt").write_text(content)
    ran = run("add", "a.txt", "--ledger", "l.db")

    assert ran.code == code
    assert "Traceback" not in ran.err


def test_watch_once_adds_what_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    ran = run("watch", "in", "--once", "--ledger", "l.db")

    assert ran.code == 0
    assert lines(ran.out.partition("\n")[2])["added"] == 1


def test_ctrl_c_ends_a_watch_and_says_what_was_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Path) -> Callable[[], None]:
        steps = iter([None])

        def wait() -> None:
            if next(steps, "stop"):
                raise KeyboardInterrupt

        return wait

    monkeypatch.setattr("tocsin.pipeline.intake.watch.changes", stop)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7")
    ran = run("watch", "in", "--ledger", "l.db")

    assert ran.code == 130
    assert "Kept: 1 new reports in the ledger l.db" in ran.err
    assert "bad.pdf: broken PDF" in ran.err


@pytest.mark.parametrize("command", ["add", "watch", "orbat"])
def test_what_is_not_there_costs_one_line(run: Run, command: str) -> None:
    ran = run(command, "nowhere")

    assert ran.code == 1
    assert len([line for line in ran.err.splitlines() if "nowhere" in line]) == 1


def test_orbat_converts_a_scenario_into_what_a_case_can_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps(SCENARIO))
    table = run("orbat", "s.json", "--format", "csv")
    (tmp_path / "o.csv").write_text(table.out)
    again = run("orbat", "o.csv", "--format", "json")

    assert table.out == "known,force,unit,echelon,branch,parent,strength\n2031-04-01,Norland,1st,brigade,armor,,90\n"
    assert json.loads(again.out)["orders"][0]["units"][0]["strength"] == 90
    assert "1st" in run("orbat", "s.json").out


def test_orbat_writes_no_cell_that_a_spreadsheet_runs_and_nothing_that_steers_a_terminal(
    run: Run, tmp_path: Path
) -> None:
    order = json.dumps(LISTING).replace("1st Brigade", "=1+1\\u001b[31m")
    (tmp_path / "o.json").write_text(order)
    table = run("orbat", "o.json", "--format", "csv")

    assert ",'=1+1\ufffd[31m," in table.out
    assert "\x1b" not in table.out + run("orbat", "o.json").out
