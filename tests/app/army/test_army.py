"""`tocsin parameters` and `tocsin whatif`."""

from __future__ import annotations

import json
from typing import Any

from tocsin.inference.whatif.catalogue import whatifs
from tocsin.parameters import parameters


def test_parameters_prints_every_one_with_all_it_says(run: Any) -> None:
    ran = run("parameters", "--format", "json")
    rows = {row["name"]: row for row in json.loads(ran.out)}

    assert ran.code == 0
    assert list(rows) == list(parameters())
    assert rows["losses.rate"]["prior"] == {"lognormal": {"median": 0.006, "spread": 0.5}}
    for name, row in rows.items():
        assert ("value" in row) == (parameters()[name].prior is None)
        assert row["meaning"] and row["unit"] and row["reference"] and row["label"] in "SCMA"


def test_parameters_of_one_mechanism_are_only_those(run: Any) -> None:
    ran = run("parameters", "--mechanism", "command")

    assert "command.lag" in ran.out
    assert "refusal." not in ran.out


def test_an_unknown_mechanism_is_told_with_those_there_are(run: Any) -> None:
    ran = run("parameters", "--mechanism", "luck")

    assert ran.code == 1
    assert "refusal" in ran.err


def test_whatif_without_a_change_lists_them(run: Any) -> None:
    ran = run("whatif", "ukraine-2022", "--format", "json")
    listed = json.loads(ran.out)

    assert [row["name"] for row in listed] == list(whatifs())
    assert all(row["protects"] and row["changes"] for row in listed)
    assert all(name in run("whatif", "ukraine-2022").out for name in whatifs())


def test_whatif_prints_differences_with_both_intervals(run: Any) -> None:
    given = ("whatif", "ukraine-2022", "--change", "pay", "--side", "Russia", "--runs", "3", "--days", "3")
    table, data = run(*given), run(*given, "--format", "json")
    rows = json.loads(data.out)["whatifs"]["pay"]["forces"]["Russia"]

    assert table.code == data.code == 0
    assert "protects" in table.out
    assert "nothing is validated" in table.out
    assert {"absent", "refusals", "casualties", "surrendered", "broken", "three_in_ten", "fallen"} <= rows.keys()
    assert {"without", "with", "difference", "interval", "unpaired", "differing", "gain"} <= rows["absent"].keys()


def test_an_unknown_whatif_or_case_is_told(run: Any) -> None:
    assert "rotation" in run("whatif", "ukraine-2022", "--change", "bribes").err
    assert run("whatif", "nowhere").code == 1
