"""The command looks for the patterns that are named, and a figure outside its band is no error."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tocsin.app.cli import app
from tocsin.errors import UnknownNameError
from tocsin.inference.patterns.document import chosen, document

RUN = CliRunner()


def test_a_pattern_that_nobody_knows_is_the_users_error() -> None:
    with pytest.raises(UnknownNameError, match="V7"):
        chosen(["V99"])


def test_each_figure_stands_with_its_band_and_whether_it_holds() -> None:
    found = document(["V15"], quick=True, seed=1, threads=1)

    assert [row["figure"] for row in found["figures"]] == ["broken", "value"]
    for row in found["figures"]:
        assert row["holds"] == (row["low"] <= row["value"] <= row["high"])
    assert found["judged"] == 2
    assert found["held"] == sum(row["holds"] for row in found["figures"])


def test_a_pattern_of_a_study_is_named_and_not_judged() -> None:
    ran = RUN.invoke(app, ["validate", "--pattern", "V11", "--format", "json"], catch_exceptions=False)

    assert ran.exit_code == 0
    rows = json.loads(ran.stdout)["figures"]
    assert {row["holds"] for row in rows} == {None}
    assert {row["shown_by"] for row in rows} == {"civil-violence.md"}


def test_figures_outside_their_bands_are_told_and_leave_the_exit_code_at_zero() -> None:
    ran = RUN.invoke(app, ["validate", "--pattern", "V15", "--quick"], catch_exceptions=False)

    assert ran.exit_code == 0
    assert "of 2 figures lie in their bands" in ran.stdout
    assert "findings" in ran.stdout
