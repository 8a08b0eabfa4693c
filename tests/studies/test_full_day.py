"""The full day: programs in Mesa and NumPy, compared for speed elsewhere, live as the exact engine does."""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from day import programs, rules

from tocsin.simulation import simulate
from tocsin.simulation.day import contact
from tocsin.simulation.desk import codes


def _load() -> ModuleType:
    path = Path(__file__).parents[2] / "studies" / "engines" / "comparing.py"
    spec = util.spec_from_file_location("comparing", path)
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


comparing = _load()
RUNS, DAYS = 40, 20


@pytest.fixture(scope="module")
def exact() -> dict[str, np.ndarray]:
    return comparing.fast(1000, DAYS, 1, one_by_one=False)


@pytest.mark.parametrize("program", [programs.agents, programs.arrays], ids=["Mesa", "NumPy"])
def test_the_program_counts_what_the_exact_engine_counts(
    program: programs.Program, exact: dict[str, np.ndarray]
) -> None:
    lived = program(comparing.armies(), comparing.parameters(RUNS), 5, DAYS)
    rows = comparing.rows(lived.units, lived.seen)
    error = {of: np.sqrt(rows[of].var() / RUNS + exact[of].var() * (1 / 1000 + 1 / RUNS)) for of in rows}

    assert len(rows) >= 10
    assert comparing.unequal(comparing.differences(rows, exact)) == []
    assert [of for of in rows if abs(rows[of].mean() - exact[of].mean()) > 4 * error[of] + 1e-9] == []


@pytest.mark.parametrize("program", [programs.agents, programs.arrays], ids=["Mesa", "NumPy"])
def test_no_soldier_is_lost_or_made(program: programs.Program) -> None:
    units = program(comparing.armies(), comparing.parameters(1), 5, DAYS).units
    kept = units["heads"][..., : codes.KEPT]

    assert np.array_equal(units["men"].sum(axis=(-1, -2)), kept)
    assert np.array_equal(units["here"][..., codes.DUTY, :].sum(axis=-1), kept[..., codes.DUTY])
    first = simulate.start(comparing.armies(), comparing.parameters(1), 5).units
    assert np.array_equal(units["heads"].sum(axis=-1), first["heads"].sum(axis=-1) + units["replaced"])


def test_the_rules_that_others_call_stay_compiled() -> None:
    assert hasattr(contact.engaged, "py_func")
    assert not hasattr(rules.contact.engaged, "py_func")
