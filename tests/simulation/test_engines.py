"""Three engines of one model: the same in distribution, and a broken one is found out.

The long form, with 10,000 runs of each, is `studies/engines/make.py`.
"""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest


def _load() -> ModuleType:
    spec = util.spec_from_file_location("comparing", Path(__file__).parents[2] / "studies" / "engines" / "comparing.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


comparing = _load()
RUNS, DAYS = 1000, 20


@pytest.fixture(scope="module")
def plain() -> dict[str, np.ndarray]:
    return comparing.fast(RUNS, DAYS, 2, one_by_one=True)


def test_counting_soldiers_is_the_same_as_drawing_them_one_by_one(plain: dict[str, np.ndarray]) -> None:
    found = comparing.differences(comparing.fast(RUNS, DAYS, 1, one_by_one=False), plain)
    assert len(found) >= 12
    assert comparing.unequal(found) == []


def test_both_are_what_the_definition_says(plain: dict[str, np.ndarray]) -> None:
    assert comparing.unequal(comparing.differences(comparing.reference(25, DAYS, 3), plain)) == []


@pytest.mark.parametrize(
    "fault",
    [{"losses_correlation": 1e-6}, {"soldiers_leaving_bound": 1.0, "soldiers_leaving_loose": 1.0}],
    ids=["no correlation within a unit", "attachment without effect"],
)
def test_a_broken_engine_is_found_out(fault: dict[str, float], plain: dict[str, np.ndarray]) -> None:
    broken = comparing.fast(RUNS, DAYS, 1, one_by_one=False, **fault)
    assert comparing.unequal(comparing.differences(broken, plain)) != []
