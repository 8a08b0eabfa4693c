"""What-ifs of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import war

from tocsin.errors import TocsinError, UnknownNameError
from tocsin.pipeline.ensemble.whatif import whatif
from tocsin.pipeline.progress import Silent


def ask(folder: Path, **other: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"changes": ["pay"], "side": None, "runs": 4, "days": 20, "seed": 1, "threads": 1}
    return whatif(str(folder), progress=Silent(), **{**usual, **other})


def test_each_change_is_made_to_every_force_in_turn(tmp_path: Path) -> None:
    found = ask(war.write(tmp_path), changes=["pay", "truth", "pay"])

    assert list(found["whatifs"]) == ["pay", "truth"]
    for of in found["whatifs"].values():
        assert list(of["forces"]) == ["Norland", "Sudland"]
        assert of["protects"]


def test_a_side_alone_has_the_figures_that_it_has_beside_the_other_whatever_the_threads(tmp_path: Path) -> None:
    folder = war.write(tmp_path)
    alone = ask(folder, side="Sudland", threads=2)["whatifs"]["pay"]["forces"]

    assert list(alone) == ["Sudland"]
    assert alone["Sudland"] == ask(folder)["whatifs"]["pay"]["forces"]["Sudland"]


def test_renamed_sides_have_each_others_figures(tmp_path: Path) -> None:
    here = ask(war.write(tmp_path / "a"))["whatifs"]["pay"]["forces"]
    there = ask(war.write(tmp_path / "b", mirrored=True))["whatifs"]["pay"]["forces"]

    assert (here["Norland"], here["Sudland"]) == (there["Sudland"], there["Norland"])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"changes": ["bribes"]}, UnknownNameError),
        ({"side": "Grand Fenwick"}, UnknownNameError),
        ({"runs": 1}, TocsinError),
        ({"days": 0}, TocsinError),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, Any], error: type[TocsinError], tmp_path: Path) -> None:
    with pytest.raises(error):
        ask(war.write(tmp_path), **given)
