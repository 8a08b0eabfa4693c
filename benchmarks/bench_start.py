"""How soon the command answers, and how long the demonstration takes, as whole processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture


def test_help(benchmark: BenchmarkFixture) -> None:
    done = benchmark.pedantic(_run, args=("--help",), rounds=5, warmup_rounds=1)

    assert done.returncode == 0


def test_demo(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    asked = ("demo", "--out", str(tmp_path), "--ledger", str(tmp_path / "ledger.db"))
    done = benchmark.pedantic(_run, args=asked, rounds=2, warmup_rounds=1)

    assert done.returncode == 0
    assert (tmp_path / "brief.html").stat().st_size < 3_000_000


def _run(*asked: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "tocsin", *asked], capture_output=True, check=False)
