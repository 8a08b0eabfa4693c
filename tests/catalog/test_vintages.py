"""Figures that were only settled later stay out of every assessment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tocsin.pipeline.assess import known
from tocsin.reports.open import read_path
from tocsin.reports.report import Report

CASES = Path(__file__).resolve().parents[2] / "src/tocsin/catalog/cases"


def test_a_final_row_is_never_known_to_an_assessment_even_after_its_day() -> None:
    rows = [row for folder in CASES.glob("*/series") for row in read_path(folder) if isinstance(row, Report)]
    final = {row.id for row in rows if row.vintage == "final"}

    assert final
    assert not final & {row.id for row in known(rows, date(2030, 1, 1))}
    assert len(known(rows, date(2030, 1, 1))) == len(rows) - len(final)
