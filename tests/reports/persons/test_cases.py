"""The cases of private persons: none leaks, and office-holders, places and units stay.

Figures: `python tests/reports/persons/scoring.py cases.toml heldout.toml third.toml`.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _scoring() -> ModuleType:
    path = Path(__file__).with_name("scoring.py")
    spec = importlib.util.spec_from_file_location("scoring_of_persons", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SCORING = _scoring()


@pytest.mark.parametrize("file", ["cases.toml", "heldout.toml", "third.toml"])
def test_no_private_name_leaks_and_what_must_stay_stays(file: str) -> None:
    got = SCORING.score(file)

    assert got.leaked == []
    for kind in SCORING.KINDS:
        assert got.kept(kind) >= 0.95, got.lost[kind]


def test_there_are_enough_cases_of_enough_cultures() -> None:
    first, second = SCORING.score("cases.toml"), SCORING.score("heldout.toml")

    assert first.cases >= 80
    assert second.cases >= 40
    assert len(first.cultures) >= 10


def test_a_name_that_stays_is_counted_as_leaked() -> None:
    assert SCORING.there("Petrov", "said petrov's unit")
    assert not SCORING.there("Ri", "[name withheld] in the river")
