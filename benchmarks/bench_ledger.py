"""How fast a ledger of 100,000 reports takes them in, lists them, shows one and is verified, as whole processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

REPORTS = 100_000
BATCH = 1000
WORDS = "The ministry said on Tuesday that two battalions had refused orders to attack near the river. " * 12
NOW = datetime(2031, 5, 1, tzinfo=UTC)


def report(number: int) -> Report:
    day = date(2031, 1, 1) + timedelta(days=number % 100)
    text = f"{number}. {WORDS}"
    return Report(source=f"Wire {number % 50}", published=day, text=text, original="0" * 64, format="text")


def fill(place: Path) -> None:
    with Ledger(place) as ledger:
        for start in range(0, REPORTS, BATCH):
            ledger.append([report(number) for number in range(start, start + BATCH)], recorded=NOW)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("ledger") / "l.db"
    fill(place)
    yield place


def test_appending(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    benchmark.pedantic(fill, args=(tmp_path / "l.db",), rounds=1)

    benchmark.extra_info["reports a second"] = round(REPORTS / benchmark.stats["mean"])


@pytest.mark.parametrize(
    "asked",
    [
        ["list"],
        ["list", "--source", "Wire 7", "--format", "jsonl"],
        ["show", report(4711).id[:16]],
        ["ledger", "head"],
        ["ledger", "verify"],
    ],
    ids=" ".join,
)
def test_a_command(benchmark: BenchmarkFixture, ledger: Path, asked: list[str]) -> None:
    done = benchmark.pedantic(_run, args=(*asked, "--ledger", str(ledger)), rounds=3, warmup_rounds=1)

    assert done.returncode == 0


def _run(*asked: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "tocsin", *asked], capture_output=True, check=False)
