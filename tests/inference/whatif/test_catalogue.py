"""What-ifs stay within the ranges of the catalogue."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armies import go, two_armies
from tocsin.errors import CatalogueError
from tocsin.inference.whatif import catalogue
from tocsin.inference.whatif.catalogue import Change, WhatIf, outcomes, whatifs
from tocsin.parameters import parameters
from tocsin.simulation import draws

ASKED_FOR = {"rotation", "leave", "pay", "phones", "blocking", "kit", "truth"}
DRAWN = draws.values(draws.draw(5, 50, 2))


def whatif(*changes: Change) -> WhatIf:
    return WhatIf(name="x", title="t", protects="p", changes=changes, label="A", reference="r")


def test_the_catalogue_has_what_was_asked_for_and_says_whom_each_protects() -> None:
    assert whatifs().keys() >= ASKED_FOR
    assert all(each.protects and each.reference for each in whatifs().values())


@pytest.mark.parametrize("name", sorted(whatifs()))
@pytest.mark.parametrize("force", [0, 1])
def test_a_whatif_changes_what_it_names_in_one_force_within_range_and_nothing_else(name: str, force: int) -> None:
    before = DRAWN.copy()
    after = whatifs()[name].apply(DRAWN, force)
    named = {change.parameter for change in whatifs()[name].changes}

    assert np.array_equal(DRAWN, before)
    assert np.array_equal(after[:, 1 - force], DRAWN[:, 1 - force])
    for parameter in draws.simulated().values():
        mine = after[parameter.name][:, force]
        assert np.all((mine >= parameter.low) & (mine <= parameter.high))
        assert np.any(mine != DRAWN[parameter.name][:, force]) == (parameter.name in named)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"parameter": "side.arrears", "set": 1.2}, "outside its range"),
        ({"parameter": "side.arrears", "set": -0.1}, "outside its range"),
        ({"parameter": "side.arrears", "set": float("nan")}, "outside its range"),
        ({"parameter": "side.supply", "scale": 1.1}, "outside its range"),
        ({"parameter": "side.supply", "scale": 0.9}, "outside its range"),
        ({"parameter": "exits.leave", "scale": 1000.0}, "outside its range"),
        ({"parameter": "side.arrears"}, "either sets or scales"),
        ({"parameter": "side.arrears", "set": 0.1, "scale": 0.5}, "either sets or scales"),
        ({"parameter": "side.luck", "set": 0.1}, "no parameter"),
        ({"parameter": "inference.thin", "set": 0.5}, "no parameter of a simulated force"),
    ],
)
def test_a_change_that_could_leave_its_range_is_refused(change: dict[str, float | str], says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        Change(**change)  # type: ignore[arg-type]


@given(st.sampled_from(sorted(draws.simulated())), st.floats(0.0, 10.0))
def test_a_scale_that_is_taken_keeps_every_value_of_the_range_within_it(name: str, scale: float) -> None:
    parameter = parameters()[name]
    values = np.linspace(parameter.low, parameter.high, 7) if parameter.value is None else np.array([parameter.value])
    try:
        change = Change(parameter=name, scale=scale)
    except CatalogueError:
        return
    assert np.all((change.of(values) >= parameter.low) & (change.of(values) <= parameter.high))


def test_an_outcome_is_one_number_a_run_and_force() -> None:
    _, seen = go(two_armies(2), DRAWN[:3], 5)
    known = outcomes()

    assert np.array_equal(known["absent"].of(seen), seen["absent"].sum(axis=1, dtype=np.float64))
    assert np.allclose(known["misbelief"].of(seen), seen["belief"][:, -1] - seen["strength"][:, -1])
    assert np.array_equal(known["three_in_ten"].of(seen), (seen["refusal"].max(axis=1) >= 0.3).astype(float))
    assert np.array_equal(known["fallen"].of(seen), seen["fallen"][:, -1])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[whatif", "no TOML"),
        ("[whatif.x]\ntitle = 't'\n[outcome.y]\ntitle = 't'\nmeasure = 'absent'\nover = 'total'\n", "protects"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name(
    text: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "whatifs.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path)
    with pytest.raises(CatalogueError, match="whatifs") as error:
        catalogue._file.__wrapped__()
    assert says in str(error.value)
