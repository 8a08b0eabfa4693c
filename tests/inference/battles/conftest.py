"""Small tables of battles, made up."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tocsin.inference.battles.table import COLUMNS, Battle, read_battles

Row = Mapping[str, str]
Write = Callable[[Sequence[Row]], Path]

PLAIN = dict.fromkeys(COLUMNS, "0") | {
    "isqno": "1",
    "war": "First",
    "parent": "",
    "post1": "HD",
    "stra": "2000",
    "strd": "1000",
    "casa": "100",
    "casd": "200",
    "wina": "1",
    "resoa1": "PP",
    "resod1": "WL",
    "atpbyr1": "1850",
    "atpbmn1": "5",
    "atpbda1": "1",
    "atpeyr1": "1850",
    "atpemn1": "5",
    "atpeda1": "2",
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows, each the plain battle with what is said changed, to a CSV file."""

    def written(rows: Sequence[Row]) -> Path:
        path = tmp_path / "battles.csv"
        columns = list(dict.fromkeys([*PLAIN, *(name for row in rows for name in row)]))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows({**PLAIN, **row} for row in rows)
        return path

    return written


@pytest.fixture
def war(write: Write) -> tuple[Battle, ...]:
    """Return forty battles of five wars in which the side that lost more breaks, with some gaps."""
    rows = []
    for k in range(40):
        heavy = k % 3 == 0
        rows.append(
            {
                "isqno": str(k + 1),
                "war": f"War {k % 5}",
                "stra": "-1" if k == 7 else str(1000 + 100 * k),
                "casd": "-1" if k == 9 else str(600 if heavy else 50 + k),
                "aeroa": "9" if k == 11 else "0",
                "resod1": "WL" if heavy else "WD",
                "wina": "1" if heavy or k % 4 == 0 else "-1",
                "atpbyr1": str(1700 + 5 * k),
                "atpeyr1": str(1700 + 5 * k),
            }
        )
    return read_battles(write(rows))
