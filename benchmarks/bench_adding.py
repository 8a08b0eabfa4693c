"""How long 100,000 reports take into a ledger, without reading; the bar is five minutes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.pipeline.intake.add import Added, add
from tocsin.pipeline.intake.shelf import Shelf
from tocsin.pipeline.progress import Silent
from tocsin.store.ledger import Ledger

REPORTS = 100_000
WORDS = "The officers of two battalions refused their orders on Monday, the ministry said in a statement. " * 5


def test_a_hundred_thousand_reports(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(REPORTS):
            line = {"id": f"r{number}", "published": "2022-05-17", "source": f"Paper {number % 50}"}
            stream.write(json.dumps(line | {"text": f"{number}. {WORDS}"}) + "\n")

    def fill() -> Added:
        with Ledger(tmp_path / "ledger.db") as book:
            clock = datetime(2031, 1, 1, tzinfo=UTC)
            return add(
                [file],
                book,
                shelf=Shelf(book),
                clock=lambda: clock,
                tell=_silent,
                kept=_silent,
                progress=Silent(),
            )

    result = benchmark.pedantic(fill, rounds=1)

    assert result.added == REPORTS
    assert benchmark.stats["max"] < 300


def _silent(_: object) -> None:
    """Hear of nothing."""
