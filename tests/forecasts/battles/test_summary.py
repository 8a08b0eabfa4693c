"""The summary says what can be said of a test, and nothing where a score is not defined."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from tocsin.forecasts.battles.backtest import Predicted
from tocsin.forecasts.battles.summary import TABLE_COLUMNS, summary, table_rows, write_predictions
from tocsin.inference.battles.forms import specification
from tocsin.inference.battles.rows import Target, rows_of
from tocsin.inference.battles.table import SHIPPED, read_battles

ROWS = rows_of(read_battles(SHIPPED)[:60], Target.ATTACKER_WON, specification().covariates)


def predicted(chosen: np.ndarray) -> Predicted:
    rows = ROWS.where(chosen)
    sure, unsure = np.where(rows.happened == 1, 0.9, 0.2), np.full(len(rows), 0.5)
    said = {"tocsin": sure, "climatology": unsure}
    return Predicted(target=Target.ATTACKER_WON, rows=rows, probability=said, worst_rhat=1.0)


def test_the_paired_difference_is_that_of_the_scores() -> None:
    models = summary([predicted(np.ones(len(ROWS), bool))], 1)["targets"]["attacker_won"]["models"]
    paired = models["climatology"]["paired"]

    assert paired["difference"] == pytest.approx(models["tocsin"]["brier"] - 0.25)
    assert paired["ratio"] == pytest.approx(models["tocsin"]["brier"] / 0.25)
    low, high = paired["difference_interval"]
    assert low < paired["difference"] < high < 0


def test_a_test_with_one_outcome_has_no_auc_and_no_slope() -> None:
    document = summary([predicted(ROWS.happened == 1)], 1)
    model = document["targets"]["attacker_won"]["models"]["tocsin"]

    assert (model["auc"], model["slope"], model["intercept"]) == (None, None, None)
    assert model["brier"] == pytest.approx(0.01)
    json.dumps(document, allow_nan=False)


def test_a_test_of_one_war_draws_its_battles() -> None:
    one = np.array([war == ROWS.wars[5] for war in ROWS.wars])

    found = summary([predicted(one)], 1)["targets"]["attacker_won"]
    low, high = found["models"]["tocsin"]["interval"]

    assert found["intervals_over"] == "battle"
    assert low <= found["models"]["tocsin"]["brier"] <= high


def test_a_target_without_rows_has_no_scores() -> None:
    nothing = summary([predicted(np.zeros(len(ROWS), bool))], 1)

    assert nothing["targets"]["attacker_won"] == {"n": 0, "wars": 0, "models": {}}


def test_a_row_of_the_table_has_a_cell_for_every_column() -> None:
    rows = list(table_rows(summary([predicted(np.ones(len(ROWS), bool))], 1)))

    assert [len(row) for row in rows] == [len(TABLE_COLUMNS)] * 2


def test_predictions_are_written_a_row_for_each_model() -> None:
    stream = io.StringIO()
    write_predictions([predicted(np.arange(len(ROWS)) < 1)], stream)

    assert stream.getvalue().splitlines() == [
        "isqno,side,target,model,probability",
        f"{ROWS.battles[0].id},,attacker_won,tocsin,{0.9 if ROWS.happened[0] else 0.2:.6f}",
        f"{ROWS.battles[0].id},,attacker_won,climatology,0.500000",
    ]
