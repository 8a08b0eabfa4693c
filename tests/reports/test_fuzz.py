"""A small part of the fuzzing, without its guidance: every door stands mutilated files (more: `make fuzz`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from seeds import SEEDS

from tocsin.errors import TocsinError, UnreadableReportError
from tocsin.forces.order_of_battle.read import read_orders
from tocsin.reports.formats.pdf import extract
from tocsin.reports.intake.sources import read_sources
from tocsin.reports.open import read_path

DAY = date(2022, 5, 17)
FILES = {
    "text": "a.txt", "markdown": "a.md", "html": "a.html", "jsonl": "a.jsonl", "counts": "a.csv", "feed": "a.rss",
    "warc": "a.warc.gz",
}  # fmt: skip


def _reports(name: str) -> Callable[[Path], None]:
    def call(folder: Path) -> None:
        for item in read_path(folder / name, published=DAY):
            assert not isinstance(item, UnreadableReportError) or str(item).isprintable()

    return call


def _refusing(read: Callable[[Path], object]) -> Callable[[Path], None]:
    def call(folder: Path) -> None:
        try:
            read(folder / "a")
        except TocsinError as error:
            assert "\n" not in str(error)

    return call


DOORS: dict[str, tuple[str, Callable[[Path], object]]] = {
    **{door: (name, _reports(name)) for door, name in FILES.items()},
    "pdf": ("a", lambda folder: extract((folder / "a").read_bytes())),
    "orders": ("a", _refusing(lambda path: read_orders(path, known=DAY, warn=str))),
    "scenario": ("a", _refusing(lambda path: read_orders(path, known=DAY, warn=str))),
    "sources": ("a", _refusing(read_sources)),
}

cuts = st.tuples(st.integers(0, 2000), st.integers(0, 30), st.binary(max_size=20))


@pytest.mark.parametrize("door", DOORS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.integers(0, 9), st.lists(cuts, max_size=4))
def test_a_door_stands_mutilated_files(
    tmp_path: Path, door: str, seed: int, changes: list[tuple[int, int, bytes]]
) -> None:
    seeds = SEEDS[door]()
    data = seeds[seed % len(seeds)]
    for at, length, put in changes:
        start = at % (len(data) + 1)
        data = data[:start] + put + data[start + length :]
    name, read = DOORS[door]
    (tmp_path / name).write_bytes(data)

    read(tmp_path)
