"""The predictions that the study judges: one war left out at a time, as `tocsin backtest battles` makes them."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tocsin.forecasts.battles.backtest import Predicted, backtest, models_of, steps
from tocsin.forecasts.battles.folds import held_out
from tocsin.forecasts.battles.summary import write_predictions
from tocsin.inference.battles.forms import specification
from tocsin.inference.battles.rows import Rows, Target, rows_of
from tocsin.inference.battles.table import Battle


def predicted(battles: Sequence[Battle], seed: int, kept: Path) -> tuple[Predicted, ...]:
    """Return the predictions of every held-out war: those kept in a file, or else new ones (half an hour)."""
    if not kept.exists():
        folds = list(held_out(battles))
        found = backtest(folds, seed, _count(steps(len(folds))))
        kept.parent.mkdir(parents=True, exist_ok=True)
        with kept.open("w", encoding="utf-8", newline="") as stream:
            write_predictions(found, stream)
    return tuple(_read(battles, target, kept) for target in Target)


def _count(total: int) -> Callable[[], object]:
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % 20 == 0 or done == total:
            print(f"fits: {done} of {total}", flush=True)

    return advance


def _read(battles: Sequence[Battle], target: Target, kept: Path) -> Predicted:
    rows: Rows = rows_of(battles, target, specification().covariates)
    said: dict[tuple[str, str, str], float] = {}
    with kept.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["target"] == target:
                said[row["model"], row["isqno"], row["side"]] = float(row["probability"])
    names = [(battle.id, side) for battle, side in zip(rows.battles, rows.sides, strict=True)]
    probability = {model: np.array([said[model, *name] for name in names]) for model in models_of(target)}
    return Predicted(target=target, rows=rows, probability=probability, worst_rhat=float("nan"))
