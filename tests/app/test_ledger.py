"""What a ledger holds can be listed, shown, verified, copied and erased from the command line."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from databases import tamper
from strategies import claim_of
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

NOW = datetime(2030, 1, 2, tzinfo=UTC)


def report(text: str, source: str = "a paper", day: int = 1) -> Report:
    return Report(source=source, published=date(2022, 5, day), text=text, original="0" * 64, format="text")


REPORTS = [report(f"Units refused. {n}\x1b[2J", source=("a paper", "the wire")[n % 2], day=1 + n) for n in range(6)]
CLAIM = claim_of(REPORTS[5])


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = str(tmp_path / "l.db")
    with Ledger(place) as ledger:
        ledger.append([*REPORTS, CLAIM], recorded=NOW)
    monkeypatch.setenv("TOCSIN_LEDGER", place)
    return place


def listed(ran: Any) -> list[str]:
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


def test_a_list_begins_with_the_newest_and_says_when_there_is_more(run: Any, book: str) -> None:
    ran = run("list", "--format", "jsonl", "--limit", "2")

    assert listed(ran) == [REPORTS[5].id, REPORTS[4].id]
    assert "--limit" in ran.err
    assert len(listed(run("list", "--format", "jsonl", "--limit", "0"))) == len(REPORTS)
    assert "--limit" not in run("list", "--limit", "6").err


def test_a_list_can_be_narrowed_by_kind_source_force_and_day(run: Any, book: str, tmp_path: Path) -> None:
    with Ledger(book) as ledger:
        from dataclasses import replace  # noqa: PLC0415

        ledger.append([replace(CLAIM, force="Norland")], recorded=NOW)

    assert len(listed(run("list", "--kind", "claim", "--format", "jsonl"))) == 2
    assert len(listed(run("list", "--source", "the wire", "--format", "jsonl"))) == 3
    assert listed(run("list", "--force", "Norland", "--format", "jsonl")) == [REPORTS[5].id]
    assert listed(run("list", "--as-of", "2022-05-01", "--format", "jsonl")) == [REPORTS[0].id]
    assert run("list", "--source", "nobody").code == 3
    assert run("list", "--kind", "rumour").code == 2


def test_a_list_is_the_same_as_json_and_in_a_table_nothing_steers_the_terminal(run: Any, book: str) -> None:
    table, whole = run("list"), json.loads(run("list", "--format", "json").out)

    assert [each["id"] for each in whole] == [each.id for each in reversed(REPORTS)]
    assert all(each.id in table.out for each in REPORTS)
    assert "\x1b" not in table.out


def test_a_record_is_shown_by_as_much_of_its_id_as_fits_no_other(run: Any, book: str) -> None:
    whole = run("show", REPORTS[5].id)
    short = run("show", CLAIM.id[:12])
    several = run("show", "report-")

    assert "Units refused. 5" in whole.out
    assert whole.out.count("refusal") == 1
    assert f"read in {REPORTS[5].id}" in short.out
    assert several.code == 1
    assert "Give more of it" in several.err
    assert run("show", "report-zz").code == 3
    assert run("show", "").code == 1


def test_a_record_as_json_comes_with_what_was_read_in_it(run: Any, book: str) -> None:
    shown = json.loads(run("show", REPORTS[5].id, "--format", "json").out)

    assert shown["body"]["text"] == REPORTS[5].text
    assert [each["id"] for each in shown["within"]] == [CLAIM.id]


def test_an_erased_record_is_marked_and_shown_with_its_tombstone(run: Any, book: str) -> None:
    before = run("ledger", "head").out.strip()
    ran = run("erase", REPORTS[5].id, "--reason", "asked for", "--by", "the editor")
    after = run("ledger", "verify", "--head", before)

    assert (ran.code, after.code) == (0, 0)
    assert "2 of them erased (1 tombstone)" in after.out
    assert "1 row since the head" in after.out
    assert "erased" in run("list").out
    assert "by the editor: asked for" in run("show", REPORTS[5].id).out
    assert "Units refused. 5" not in run("show", CLAIM.id).out
    assert "before" in run("erase", REPORTS[5].id, "--reason", "again").out


def test_a_prefix_or_a_missing_reason_erases_nothing(run: Any, book: str) -> None:
    assert run("erase", REPORTS[5].id[:-1], "--reason", "x").code == 1
    assert run("erase", REPORTS[5].id, "--reason", "  ").code == 2
    assert run("erase", REPORTS[5].id).code == 2
    assert "0 rows" not in run("ledger", "verify").out
    assert "erased" not in run("ledger", "verify").out


def test_a_ledger_that_was_tampered_with_ends_with_1_and_names_the_row(run: Any, book: str) -> None:
    sound = run("ledger", "verify")
    tamper(book, "UPDATE record SET known = '2022-01-01' WHERE seq = 3")
    ran = run("ledger", "verify")
    found = json.loads(run("ledger", "verify", "--json").out)

    assert (sound.code, ran.code) == (0, 1)
    assert f"row 3 ({REPORTS[2].id}): it or its place was changed" in ran.out
    assert (found["sound"], found["faults"][0]["seq"]) == (False, 3)


def test_a_head_that_is_none_is_wrong_usage(run: Any, book: str) -> None:
    assert run("ledger", "verify", "--head", "f00").code == 2
    assert run("ledger", "verify", "--head", "f" * 64).code == 1


def test_a_ledger_is_copied_and_a_copy_of_nothing_is_refused(run: Any, book: str, tmp_path: Path) -> None:
    target = str(tmp_path / "copy.db")
    ran = run("ledger", "copy", book, target)

    assert ran.code == 0
    assert run("ledger", "head").out.strip() in ran.out
    assert run("ledger", "verify", "--ledger", target).code == 0
    assert run("ledger", "copy", str(tmp_path / "none.db"), target).code == 1
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("asked", [["list"], ["show", "x"], ["ledger", "verify"], ["ledger", "head"]])
def test_to_look_begins_no_ledger(run: Any, tmp_path: Path, asked: list[str]) -> None:
    ran = run(*asked, "--ledger", "none.db")

    assert ran.code == 1
    assert "no ledger at none.db" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_a_driver_that_is_missing_is_told_with_how_to_install_it(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415

    monkeypatch.setitem(sys.modules, "psycopg", None)
    ran = run("list", "--ledger", "postgresql://u:secret@127.0.0.1:1/d")

    assert ran.code == 1
    assert "pip install 'tocsin[postgresql]'" in ran.err


def test_an_assessment_notes_down_the_head_beside_itself_and_not_within(run: Any, stage: Any, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("assess", "x.txt", "--case", "c", "--out", name, "--ledger", f"{name}.db").code == 0
    heads = [json.loads((tmp_path / name / "ledger.json").read_text())["head"] for name in ("a", "b")]

    assert (tmp_path / "a" / "assessment.json").read_bytes() == (tmp_path / "b" / "assessment.json").read_bytes()
    assert heads[0] != heads[1]
    assert run("ledger", "verify", "--head", heads[0], "--ledger", "a.db").code == 0
    assert run("ledger", "verify", "--head", heads[0], "--ledger", "b.db").code == 1
