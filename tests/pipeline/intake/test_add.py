"""What comes into the ledger without being read: counted, kept in versions, nothing doubled."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tocsin.pipeline.intake import add as adding
from tocsin.pipeline.intake.add import Added, add
from tocsin.pipeline.intake.shelf import Shelf
from tocsin.pipeline.progress import Silent
from tocsin.store.ledger import Ledger

NOW = datetime(2031, 1, 1, tzinfo=UTC)
LINE = {"published": "2022-05-17", "source": "Paper", "url": "https://paper.example/a", "text": "They fled."}


def put(folder: Path, *lines: dict[str, Any]) -> tuple[Added, list[dict[str, Any]]]:
    """Add lines to the folder's ledger; return what became of them and what the ledger holds then."""
    file = folder / "a.jsonl"
    file.write_text("\n".join(json.dumps(LINE | line) for line in lines), encoding="utf-8")
    with Ledger(folder / "ledger.db") as book:
        result = add([file], book, shelf=Shelf(book), clock=lambda: NOW, tell=_silent, kept=_silent, progress=Silent())
        held = [{"id": row.id, **(row.body or {})} for row in book.records("report", as_of=date.max)]
    return result, held


def _silent(_: object) -> None:
    """Hear of nothing."""


def test_the_same_report_enters_once(tmp_path: Path) -> None:
    assert put(tmp_path, {}, {})[0] == Added(added=1, known=1)
    assert put(tmp_path, {})[0] == Added(known=1)
    assert put(tmp_path, {"published": "2022-05-18"})[0] == Added(known=1)


def test_other_words_at_the_same_address_are_a_version_that_names_the_one_before(tmp_path: Path) -> None:
    put(tmp_path, {})
    result, held = put(tmp_path, {"text": "They held.", "published": "2022-05-18"})

    assert result == Added(versions=1)
    assert [row.get("replaces") for row in held] == [None, held[0]["id"]]


def test_a_withdrawal_is_a_version_without_text(tmp_path: Path) -> None:
    put(tmp_path, {"id": "n1"})
    result, held = put(tmp_path, {"id": "n1", "withdrawn": True, "published": "2022-05-19"})

    assert result == Added(versions=1)
    assert (held[1]["text"], held[1]["withdrawn"], held[1]["replaces"]) == ("", True, held[0]["id"])


def test_an_older_version_that_comes_late_replaces_nothing(tmp_path: Path) -> None:
    put(tmp_path, {"text": "They held.", "published": "2022-05-18"})
    result, held = put(tmp_path, {})

    assert result == Added(added=1)
    assert all("replaces" not in row for row in held)


def test_versions_on_one_day_follow_each_other_in_any_number(tmp_path: Path) -> None:
    result, held = put(tmp_path, *({"text": f"State {number}."} for number in range(4)))
    again = put(tmp_path, {"text": "State 3."})[0]

    assert result == Added(added=1, versions=3)
    assert len({row.get("replaces") for row in held}) == 4
    assert again == Added(known=1)


def test_what_is_set_aside_and_what_is_not_read_are_counted(tmp_path: Path) -> None:
    russian = "Солдаты отказались выполнять приказ, сообщил командир бригады."
    result, held = put(tmp_path, {"text": russian}, {"text": ""}, {"id": "x", "text": "They held."})

    assert (result.added, result.not_read, dict(result.set_aside)) == (2, 1, {"ru": 1})
    assert russian in {row["text"] for row in held}


def test_who_stops_half_way_keeps_the_batches_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH", 2)
    kept: list[int] = []

    def stop(result: Added) -> None:
        kept.append(result.kept)
        if len(kept) == 2:
            raise KeyboardInterrupt

    file = tmp_path / "a.jsonl"
    lines = ({**LINE, "url": f"https://paper.example/{number}", "text": f"{number}."} for number in range(9))
    file.write_text("\n".join(map(json.dumps, lines)))
    with Ledger(tmp_path / "ledger.db") as book:
        with pytest.raises(KeyboardInterrupt):
            add([file], book, shelf=Shelf(book), clock=lambda: NOW, tell=_silent, kept=stop, progress=Silent())

        assert len(list(book.records("report", as_of=date.max))) == kept[-1] == 4
