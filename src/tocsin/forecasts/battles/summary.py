"""Scores of every model with intervals, and the paired difference between the regression and each baseline."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from tocsin.cells import harmless
from tocsin.forecasts.battles.backtest import TOCSIN, Predicted
from tocsin.forecasts.score import auc, brier, calibration, clusters_redrawn, interval, log_score, mean

Floats = NDArray[np.float64]

LEVEL: Final = 0.8
"""Of every interval."""
DRAWS: Final = 1000
"""Of the bootstrap over wars, or over battles where there is one war only."""
STATISTICS: Final = ("brier", "log", "auc", "slope", "intercept")
PREDICTION_COLUMNS: Final = ("isqno", "side", "target", "model", "probability")


def summary(found: Sequence[Predicted], seed: int) -> dict[str, Any]:
    """Return the scores as JSON has them: targets, models, scores; null where a score is not defined.

    `interval` is that of the Brier score; `intervals` has every score's; `paired` compares `tocsin` with the
    model at hand on the same rows: the difference of Brier scores (negative: tocsin is better) and their ratio.
    """
    return {"targets": {str(predicted.target): _target(predicted, seed) for predicted in found}}


def write_predictions(found: Sequence[Predicted], stream: IO[str]) -> None:
    """Write every prediction as a row of PREDICTION_COLUMNS; the side is empty where the battle is predicted."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(PREDICTION_COLUMNS)
    for predicted in found:
        for model, probability in predicted.probability.items():
            rows = zip(predicted.rows.battles, predicted.rows.sides, probability, strict=True)
            for battle, side, p in rows:
                names = map(harmless, (str(battle.id), side, str(predicted.target), model))
                writer.writerow((*names, f"{p:.6f}"))


def _target(predicted: Predicted, seed: int) -> dict[str, Any]:
    happened = predicted.rows.happened
    wars = len(set(predicted.rows.wars))
    if len(happened) == 0:
        return {"n": 0, "wars": 0, "models": {}}
    battles = [battle.parent or battle.id for battle in predicted.rows.battles]
    redrawn = clusters_redrawn(predicted.rows.wars if wars > 1 else battles, DRAWS, seed)
    drawn = {name: _scores(p, happened, redrawn) for name, p in predicted.probability.items()}
    whole = np.ones((1, len(happened)))
    models: dict[str, dict[str, Any]] = {}
    for name, probability in predicted.probability.items():
        scores = {key: _number(value[0]) for key, value in _scores(probability, happened, whole).items()}
        intervals = {key: _interval(drawn[name][key]) for key in STATISTICS}
        models[name] = {**scores, "interval": intervals["brier"], "intervals": intervals}
    for name, model in models.items():
        if name != TOCSIN and TOCSIN in models:
            ours, theirs = drawn[TOCSIN]["brier"], drawn[name]["brier"]
            model["paired"] = {
                "difference": models[TOCSIN]["brier"] - model["brier"],
                "difference_interval": _interval(ours - theirs),
                "ratio": models[TOCSIN]["brier"] / model["brier"] if model["brier"] else None,
                "ratio_interval": _interval(ours / np.maximum(theirs, 1e-12)),
            }
    over = "war" if wars > 1 else "battle"
    rate = float(happened.mean())
    return {"n": len(happened), "wars": wars, "intervals_over": over, "base_rate": rate, "models": models}


def _scores(probability: Floats, happened: Floats, weights: Floats) -> dict[str, Floats]:
    slope, intercept = calibration(probability, happened)(weights)
    return {
        "brier": mean(brier(probability, happened))(weights),
        "log": mean(log_score(probability, happened))(weights),
        "auc": auc(probability, happened)(weights),
        "slope": slope,
        "intercept": intercept,
    }


def table_rows(document: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table for people: target, model, scores, interval, ratio of tocsin to the model."""
    for target, found in document["targets"].items():
        for name, model in found["models"].items():
            paired = model.get("paired")
            yield (
                f"{target} ({found['n']})",
                name,
                *(_show(model[key], 4 if key in ("brier", "log") else 3) for key in STATISTICS[:3]),
                *(_with_interval(model[key], model["intervals"][key]) for key in STATISTICS[3:]),
                "-" if paired is None else _with_interval(paired["ratio"], paired["ratio_interval"], 3),
            )


TABLE_COLUMNS: Final = ("target (rows)", "model", "Brier", "log", "AUC", "slope", "intercept", "Brier of tocsin / this")


def _show(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _with_interval(value: float | None, bounds: list[float] | None, digits: int = 2) -> str:
    if value is None or bounds is None:
        return _show(value, digits)
    return f"{value:.{digits}f} [{bounds[0]:.{digits}f}, {bounds[1]:.{digits}f}]"


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _interval(drawn: Floats) -> list[float] | None:
    found = interval(drawn, LEVEL)
    return [found.low, found.high] if found else None
