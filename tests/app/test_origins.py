"""`tocsin origins`: its contract, and what it does with what is not as it should be."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from telling import FORT, RUMOUR, SKIFF
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

HOSTILE = 'b\x1b[2J"\n\u202e'


def lines(*items: object) -> str:
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in items)


def test_json_has_the_fields_of_the_contract_whatever_the_ids(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    a = {
        "id": "a",
        "publisher": "A",
        "published": "2031-03-01",
        "url": "https://a.example/1",
        "title": "T",
        "text": FORT,
    }
    b = {"id": HOSTILE, "published": "2031-03-01T09:00:00Z", "text": FORT, "more": 1}
    file.write_text(lines(a, b, {"id": "c", "text": RUMOUR}), encoding="utf-8")
    ran = run("origins", str(file))
    found = json.loads(ran.out)

    assert ran.code == 0
    assert found["origin"] == {"a": "a", HOSTILE: "a", "c": "unrecorded"}
    assert [set(edge) for edge in found["edges"]] == [{"from", "to", "kind", "evidence", "weight"}]
    assert set(found["events"][0]) == {"items", "origins", "low", "high", "n_eff"}
    assert "\x1b" not in ran.out
    assert "\x1b" not in run("origins", str(file), "--format", "table").out


def test_bad_lines_are_told_by_number_and_the_rest_is_traced(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    good = {"id": "a", "text": FORT}
    huge = json.dumps({"id": "huge", "text": "x" * 3_000_000})
    bad = ["{", "[1]", {"id": "n"}, {"id": "", "text": "x"}, {"id": "d", "text": "x", "published": "soon"}, good, huge]
    file.write_text(lines(good, *bad, {"id": "z", "text": SKIFF}), encoding="utf-8")
    ran = run("origins", str(file))

    assert ran.code == 0
    assert set(json.loads(ran.out)["origin"]) == {"a", "z"}
    assert all(f"line {number}" in ran.err for number in range(2, 9))
    assert "line 9" not in ran.err


@pytest.mark.parametrize(("text", "code"), [("", 3), ("\n\n", 3), ("nothing\n", 1)])
def test_nothing_to_trace_ends_with_3_and_nothing_readable_with_1(
    run: Any, tmp_path: Path, text: str, code: int
) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text(text, encoding="utf-8")

    assert run("origins", str(file)).code == code
    assert run("origins", str(tmp_path / "none.jsonl")).code == 1
    assert run("origins", str(tmp_path)).code == 1


def test_without_a_file_the_reports_of_the_ledger_are_traced(run: Any, tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    assert run("origins", "--ledger", str(place)).code == 3
    reports = [
        Report(source=name, published=date(2031, 3, 1), text=FORT, original="0" * 64, format="text") for name in "ab"
    ]
    with Ledger(place) as book:
        book.append(reports, recorded=datetime(2031, 3, 2, tzinfo=UTC))
    ran = run("origins", "--ledger", str(place))

    assert len(set(json.loads(ran.out)["origin"].values())) == 1
