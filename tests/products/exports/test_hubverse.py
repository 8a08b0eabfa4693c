"""The hub that is written is one that hubverse tools can read, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import sealed_of
from tocsin.forecasts.forecast import Answer, Forecast
from tocsin.forecasts.futures import LEVELS
from tocsin.forecasts.resolution import Outcome, Resolution
from tocsin.forecasts.scorecard import Judged
from tocsin.products.exports.hubverse import TASK, cell, hub

DAY = date(2031, 3, 3)
AMOUNT = Answer(by="tocsin", quantiles=tuple(k / 100 for k in range(25)), shares=(0.5, 0.3, 0.2))


def judged(outcome: Outcome | None, *, live: bool = True, amount: float | None = None, **changes: Any) -> Judged:
    _, forecast = sealed_of(as_of=DAY, **changes)
    return Judged(forecast=forecast, resolution=outcome and came(forecast, outcome, amount), live=live)


def came(forecast: Forecast, outcome: Outcome, amount: float | None) -> Resolution:
    return Resolution(asked=forecast.asked, outcome=outcome, amount=amount, reason="r", by="b", known=forecast.closes)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    amount = {"question": "losses", "cuts": (0.05, 0.2), "answer": AMOUNT, "baselines": ()}
    return hub(
        [
            judged("yes", force="Norland"),
            judged("no", force="Sudland"),
            judged("void", question="r"),
            judged(None, question="s"),
            judged("amount", amount=0.05, **amount),
            judged("no", live=False, force="=SUM(A1)"),
        ]
    )


def test_live_and_retrospective_are_two_hubs(files: dict[str, str]) -> None:
    assert {name.split("/")[0] for name in files} == {"live", "retrospective"}
    assert len(rows(files["retrospective/target-data/time-series.csv"])) == 1


def test_every_model_has_a_file_a_round_named_after_both(files: dict[str, str]) -> None:
    names = {name.removeprefix("live/model-output/") for name in files if name.startswith("live/model-output/")}

    assert names == {
        f"tocsin-{model}/2031-03-03-tocsin-{model}.csv" for model in ("model", "without_reports", "persistence")
    }
    assert all(re.fullmatch(r"[\w-]+/\d{4}-\d\d-\d\d-[A-Za-z0-9_]+-[A-Za-z0-9_]+\.csv", name) for name in names)


def test_probabilities_of_each_task_sum_to_one_and_quantiles_rise(files: dict[str, str]) -> None:
    said: dict[tuple[str, ...], list[tuple[str, float]]] = defaultdict(list)
    for row in rows(files["live/model-output/tocsin-model/2031-03-03-tocsin-model.csv"]):
        key = (*(row[name] for name in TASK), row["output_type"])
        said[key].append((row["output_type_id"], float(row["value"])))

    assert {key[-1] for key in said} == {"pmf", "quantile"}
    for (*_, kind), values in said.items():
        if kind == "pmf":
            assert sum(value for _, value in values) == pytest.approx(1)
        else:
            assert [float(level) for level, _ in values] == list(LEVELS)
            assert [value for _, value in values] == sorted(value for _, value in values)


def test_only_what_was_settled_is_a_target(files: dict[str, str]) -> None:
    observed = rows(files["live/target-data/time-series.csv"])

    assert [(row["location"], row["target"], row["observation"]) for row in observed] == [
        ("Norland", "q", "1.0"),
        ("Sudland", "q", "0.0"),
        ("F", "losses", "0.05"),
    ]


def test_the_oracle_gives_all_to_what_came_about(files: dict[str, str]) -> None:
    oracle = rows(files["live/target-data/oracle-output.csv"])
    sure = {(row["location"], row["target"], row["output_type_id"]) for row in oracle if row["oracle_value"] == "1.0"}

    assert sure == {
        ("Norland", "q", "yes"),
        ("Sudland", "q", "no"),
        ("F", "losses category", "0.05 to below 0.2"),  # an amount at a cut lies above it
    }
    assert [row["oracle_value"] for row in oracle if row["output_type"] == "quantile"] == ["0.05"]


def test_every_row_fits_a_task_of_the_hub(files: dict[str, str]) -> None:
    for kind in ("live", "retrospective"):
        (round_,) = json.loads(files[f"{kind}/hub-config/tasks.json"])["rounds"]
        for name, text in files.items():
            if name.startswith(f"{kind}/model-output/"):
                for row in rows(text):
                    assert any(_fits(row, task) for task in round_["model_tasks"]), row


def _fits(row: dict[str, str], task: dict[str, Any]) -> bool:
    ids = all(row[name].lstrip("'") in map(str, task["task_ids"][name]["optional"]) for name in TASK)
    output = task["output_type"].get(row["output_type"])
    return ids and output is not None and row["output_type_id"] in output["output_type_id"]["required"]


def test_the_configuration_has_what_the_schemas_ask_for(files: dict[str, str]) -> None:
    tasks, admin = (json.loads(files[f"live/hub-config/{name}.json"]) for name in ("tasks", "admin"))
    (round_,) = tasks["rounds"]

    assert tasks["schema_version"].endswith("v5.0.1/tasks-schema.json")
    assert {"round_id_from_variable", "round_id", "model_tasks", "submissions_due"} <= set(round_)
    assert round_["round_id"] in TASK
    assert {"name", "maintainer", "contact", "file_format", "timezone", "schema_version"} <= set(admin)
    for task in round_["model_tasks"]:
        (about,) = task["target_metadata"]
        assert set(task["task_ids"]) == set(TASK)
        assert about["target_keys"]["target"] in task["task_ids"]["target"]["optional"]
        assert about["target_type"] in {"binary", "continuous", "ordinal"}
        assert len(about["target_id"]) <= 30
        assert {"target_name", "target_units", "is_step_ahead"} <= set(about)


@given(st.floats(allow_nan=False))
def test_numbers_go_through_as_they_are(number: float) -> None:
    assert float(cell(number)) == number


@given(st.text(max_size=8))
def test_no_text_is_a_formula(text: str) -> None:
    written = cell(text)

    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert written.removeprefix("'") in (text, text.removeprefix("'"))


def test_a_force_named_like_a_formula_stays_a_name(files: dict[str, str]) -> None:
    (row,) = rows(files["retrospective/target-data/time-series.csv"])

    assert row["location"] == "'=SUM(A1)"
