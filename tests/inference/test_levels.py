"""Where words meet soldiers: every indicator that is weighed speaks of something simulated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from armies import middling
from tocsin.indicators import indicator
from tocsin.inference.levels import level, levels
from tocsin.simulation.desk.records import MEASURES


@pytest.mark.parametrize("name", levels())
def test_every_level_names_an_indicator_a_measure_and_a_source(name: str) -> None:
    what = levels()[name]
    assert indicator(name).id == name
    assert what.half > 0
    assert what.label in {"S", "C", "M", "A"}
    assert what.reference
    own = middling(1, 1).dtype.names or ()
    assert what.measure in (MEASURES.names or ()) or "side." + what.measure.removeprefix("own.") in own


@pytest.mark.parametrize("name", levels())
@given(amount=st.floats(0, 1))
def test_a_level_lies_between_nothing_and_everything(name: str, amount: float) -> None:
    week, own = np.zeros((2, 7), dtype=MEASURES), middling(2, 1)[:, 0].copy()
    for field in MEASURES.names or ():
        week[field] = amount
    found = level(name, week, own, 100.0)
    assert np.all((found >= 0) & (found < 1))


@pytest.mark.parametrize(
    ("name", "field", "amount", "establishment"),
    [
        ("desertion", "absent", 100 * 0.002 / 7, 100.0),
        ("low_morale", "morale", 0.5, 1.0),
        ("refusal", "unrest", 0.03 / 7, 1.0),
    ],
)
def test_half_is_the_amount_at_which_the_level_is_one_half(
    name: str, field: str, amount: float, establishment: float
) -> None:
    week = np.zeros((1, 7), dtype=MEASURES)
    week[field] = amount
    assert level(name, week, middling(1, 1)[:, 0], establishment) == pytest.approx(0.5, abs=1e-6)


def test_worse_morale_is_more_low_morale() -> None:
    week = np.zeros((2, 7), dtype=MEASURES)
    week["morale"] = np.array([[0.7], [0.3]])
    good, bad = level("low_morale", week, middling(2, 1)[:, 0], 1.0)
    assert bad > good
