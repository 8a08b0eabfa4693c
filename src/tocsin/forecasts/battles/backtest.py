"""Fit every model to the training battles of each fold and predict the battles that were left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import NothingFoundError
from tocsin.forecasts.battles.folds import Fold
from tocsin.inference.battles.baselines import baseline_names, baseline_probability
from tocsin.inference.battles.forms import Form, Sampler, specification
from tocsin.inference.battles.regression.model import Room, fit, predict, room
from tocsin.inference.battles.rows import Rows, Target, rows_of
from tocsin.inference.battles.table import BattleTableError

Floats = NDArray[np.float64]

TOCSIN: Final = "tocsin"
"""In this study, the regression of `inference.battles.regression.model`; not the simulator."""
WITHOUT_SURPRISE: Final = "tocsin_without_surprise"
"""The same without surprise, which is marked after the battle by whether it was achieved."""
SURPRISE: Final = frozenset({"surprise"})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """What every model said of the rows of one target."""

    target: Target
    rows: Rows
    probability: dict[str, Floats]
    """Model to the probability of each row."""
    worst_rhat: float
    """Of all fits of the regression; NaN where none was made."""


def models_of(target: Target) -> tuple[str, ...]:
    """Return the models of `target`, in the order of tables; the regression comes first."""
    form = specification().forms[target][0]
    regressions = (TOCSIN, WITHOUT_SURPRISE) if "surprise" in form.linear else (TOCSIN,)
    return (*regressions, *baseline_names(target))


def steps(folds: int) -> int:
    """Return how many fits `backtest` makes of so many folds."""
    return folds * sum(len(models_of(target)) for target in Target)


def backtest(folds: Sequence[Fold], seed: int, advance: Callable[[], object]) -> tuple[Predicted, ...]:
    """Predict the test battles of every fold; call `advance` after each fit.

    NothingFoundError where no test battle has an outcome; BattleTableError where a fold has nothing to learn from.
    """
    covariates = specification().covariates
    if not any(len(rows_of(fold.test, target, covariates)) for fold in folds for target in Target):
        raise NothingFoundError(
            "No battle to predict: none of the test table has an outcome code (reso*) or a decision (wina 1 or -1)."
        )
    if any(not fold.train for fold in folds):
        raise BattleTableError(
            "the training table",
            "has no battle that is not also in the test. Give other battles, or leave out --test "
            "to have one war held out at a time.",
        )
    return tuple(_predicted(target, folds, seed, advance) for target in Target)


def _predicted(target: Target, folds: Sequence[Fold], seed: int, advance: Callable[[], object]) -> Predicted:
    covariates = specification().covariates
    pairs = [(rows_of(fold.train, target, covariates), rows_of(fold.test, target, covariates)) for fold in folds]
    sampler = specification().sampler if len(folds) == 1 else specification().fold_sampler
    said: dict[str, list[Floats]] = {name: [] for name in models_of(target)}
    worst = [np.nan]
    for name in models_of(target):
        form = _form(target, name)
        space = room([train for train, _ in pairs], form)
        for train, test in pairs:
            if len(test) == 0:
                said[name].append(np.zeros(0))
            elif len(train) == 0:
                raise BattleTableError(
                    "the training table", f"has no outcome to learn {target} from. Give a larger one."
                )
            elif name in (TOCSIN, WITHOUT_SURPRISE):
                probability, rhat = _regression(form, train, test, sampler, seed, space)
                said[name].append(probability)
                worst.append(rhat)
            else:
                said[name].append(baseline_probability(name, target, train, test, seed))
            advance()
    return Predicted(
        target=target,
        rows=_joined([test for _, test in pairs]),
        probability={name: np.concatenate(parts) for name, parts in said.items()},
        worst_rhat=float(np.fmax.reduce(worst)),
    )


def _form(target: Target, name: str) -> Form:
    form = specification().forms[target][0]
    return form.without(SURPRISE) if name == WITHOUT_SURPRISE else form


def _regression(form: Form, train: Rows, test: Rows, sampler: Sampler, seed: int, space: Room) -> tuple[Floats, float]:
    fitted = fit(train, form, sampler, seed, space=space)
    return predict(fitted, test, seed), fitted.worst_rhat


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        battles=tuple(battle for rows in parts for battle in rows.battles),
        sides=tuple(side for rows in parts for side in rows.sides),
        happened=np.concatenate([rows.happened for rows in parts]),
        known=np.concatenate([rows.known for rows in parts]),
    )
