"""Likelihood ratios name their hypotheses and stay out of every probability."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tocsin.errors import CatalogueError
from tocsin.evidence.reporting import ratios as module
from tocsin.evidence.reporting.ratios import ratio_of, ratios
from tocsin.indicators import indicators
from tocsin.parameters import CATALOGUE

SOURCE = CATALOGUE.parent


def test_every_ratio_names_a_hypothesis_and_a_reference() -> None:
    assert len(ratios()) >= 8
    for ratio in ratios().values():
        assert ratio.hypothesis
        assert ratio.reference
        assert ratio.indicator in indicators()
        assert ratio.low <= ratio.value <= ratio.high <= 20


def test_nothing_that_makes_a_probability_reads_them() -> None:
    readers = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if re.search(r"^\s*(from|import) .*\bratios\b", path.read_text("utf-8"), re.MULTILINE)
    }
    assert readers == {"pipeline/describe.py"}


def test_the_strongest_that_its_origins_call_for_is_shown() -> None:
    assert ratio_of("refusal", "affirmed", {"third": 2}) is None
    assert ratio_of("refusal", "affirmed", {"opponent": 9}) is None
    found = ratio_of("refusal", "affirmed", {"third": 3})
    assert found is not None
    assert found.name == "refusals_of_one_week"


def test_a_ratio_that_lacks_something_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "likelihood_ratios.toml").write_text('[x]\nindicator = "refusal"\n')
    monkeypatch.setattr(module, "CATALOGUE", tmp_path)
    ratios.cache_clear()
    with pytest.raises(CatalogueError, match="x"):
        ratios()
    monkeypatch.undo()
    ratios.cache_clear()
