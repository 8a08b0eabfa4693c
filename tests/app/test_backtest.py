"""The command predicts every side of wars it has never seen, and says what is wrong with a table."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin.app.measure.backtest import backtest
from tocsin.errors import NothingFoundError, TocsinError
from tocsin.forecasts.battles.backtest import models_of
from tocsin.inference.battles.forms import specification
from tocsin.inference.battles.rows import Target, rows_of
from tocsin.inference.battles.table import SHIPPED, read_battles

SCORES = {"brier", "log", "auc", "slope", "intercept", "interval"}
RUN = CliRunner()


def table(path: Path, *, last: bool) -> list[dict[str, str]]:
    """Write the shipped battles of some thirty small wars, or of the last of them, and return them."""
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if int(row["isqno"]) <= 130]
    wars = list(dict.fromkeys(row["war"] for row in rows))[-4:]
    chosen = [row for row in rows if (row["war"] in wars) == last]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(chosen[0]))
        writer.writeheader()
        writer.writerows(chosen)
    return chosen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], list[dict[str, str]]]:
    pytest.importorskip("numpyro")
    folder = tmp_path_factory.mktemp("battles")
    table(folder / "train.csv", last=False)
    table(folder / "test.csv", last=True)
    files = ["--train", str(folder / "train.csv"), "--test", str(folder / "test.csv")]
    result = RUN.invoke(
        backtest,
        ["battles", *files, "--predictions", str(folder / "p.csv"), "--format", "json"],
        catch_exceptions=False,
    )
    with (folder / "p.csv").open(encoding="utf-8", newline="") as stream:
        return folder, json.loads(result.stdout), list(csv.DictReader(stream))


Made = tuple[Path, dict[str, Any], list[dict[str, str]]]


def test_every_model_of_every_target_is_scored(made: Made) -> None:
    _, document, _ = made

    assert list(document) == ["targets"]
    assert list(document["targets"]) == [str(target) for target in Target]
    for target in Target:
        models = document["targets"][target]["models"]

        assert tuple(models) == models_of(target)
        assert all(set(model) >= SCORES for model in models.values())
        assert all(0 <= model["brier"] <= 1 for model in models.values())


def test_every_side_with_a_code_and_every_decided_battle_is_predicted_by_every_model(made: Made) -> None:
    folder, document, predictions = made
    battles = read_battles(folder / "test.csv")
    expected = {
        (battle.id, side, str(target), model)
        for target in Target
        for rows in [rows_of(battles, target, specification().covariates)]
        for battle, side in zip(rows.battles, rows.sides, strict=True)
        for model in models_of(target)
    }

    assert {(row["isqno"], row["side"], row["target"], row["model"]) for row in predictions} == expected
    assert len(predictions) == len(expected)
    assert all(0 < float(row["probability"]) < 1 for row in predictions if row["model"].startswith("tocsin"))
    for target in Target:
        count = sum(row["target"] == target and row["model"] == "tocsin" for row in predictions)

        assert document["targets"][target]["n"] == count > 0


def failure(arguments: list[str]) -> BaseException | None:
    return RUN.invoke(backtest, ["battles", *arguments]).exception


def test_a_test_table_without_battles_is_nothing_to_predict(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(SHIPPED.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")

    assert isinstance(failure(["--test", str(path)]), NothingFoundError)


def test_a_table_without_its_columns_is_the_users_error(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")

    error = failure(["--test", str(path)])

    assert isinstance(error, TocsinError)
    assert "lacks the columns isqno" in str(error)


def test_nothing_is_learnt_from_a_table_that_is_all_in_the_test(tmp_path: Path) -> None:
    table(tmp_path / "same.csv", last=True)

    error = failure(["--train", str(tmp_path / "same.csv"), "--test", str(tmp_path / "same.csv")])

    assert isinstance(error, TocsinError)
    assert "--test" in str(error)
