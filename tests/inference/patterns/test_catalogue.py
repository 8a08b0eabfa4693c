"""The patterns of the catalogue are whole, and what was published of them is what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.inference.patterns.catalogue import Band, patterns
from tocsin.inference.patterns.score import SHOWN

ROOT = Path(__file__).parents[3]


def test_odd_patterns_are_fitted_and_even_ones_are_held_out() -> None:
    assert list(patterns()) == [f"V{i}" for i in range(1, 23)]
    assert {name: pattern.half for name, pattern in patterns().items()} == {
        f"V{i}": "fit" if i % 2 else "held" for i in range(1, 23)
    }


def test_every_pattern_is_looked_for_here_or_shown_by_a_study_with_a_page() -> None:
    for name, pattern in patterns().items():
        assert (name in SHOWN) != (pattern.study is not None)
        assert pattern.study is None or (ROOT / "docs" / "explanation" / pattern.study).is_file()


def test_nothing_is_fitted_to_the_held_half() -> None:
    found = json.loads((ROOT / "studies" / "validation" / "fit.json").read_text("utf-8"))
    used = {
        figure.split()[0] for block in found.values() for point in block["tried"] for figure in point["figures"]
    } - {"year:"}

    assert used
    assert {patterns()[name].half for name in used} == {"fit"}


def test_the_published_figures_stand_beside_the_bands_of_the_catalogue() -> None:
    published = json.loads((ROOT / "studies" / "validation" / "results.json").read_text("utf-8"))["figures"]

    assert [(row["pattern"], row["figure"]) for row in published] == [
        (name, figure) for name, pattern in patterns().items() for figure in pattern.figures
    ]
    for row in published:
        band = patterns()[row["pattern"]].figures[row["figure"]]
        assert (row["low"], row["high"]) == (band.low, band.high)
        assert row["holds"] == (row["value"] is not None and band.holds(row["value"]))


@pytest.mark.parametrize(
    ("figure", "holds"), [(0.1, True), (0.3, True), (0.2, True), (0.31, False), (float("nan"), False)]
)
def test_a_band_holds_its_ends_and_nothing_that_is_no_number(figure: float, holds: bool) -> None:
    band = Band(meaning="", unit="share", low=0.1, high=0.3, label="A")

    assert band.holds(figure) is holds
