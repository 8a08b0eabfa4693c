"""No cell of ours runs in a spreadsheet, and every cell can be had back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.cells import TRIGGERS, harmless, restored

cells = st.text(st.sampled_from([*"=+-@'\t\r\n1.ea", "\uff1d"]) | st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3.5", "+2", "1e-3", "1st Brigade", "", "O'Brien", "a=b"])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@given(cells)
def test_a_cell_can_be_had_back_and_never_begins_like_a_formula(cell: str) -> None:
    shown = harmless(cell)

    assert restored(shown) == cell
    assert not shown.startswith(TRIGGERS) or float(shown) is not None
