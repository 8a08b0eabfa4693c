"""What the regression has to beat: climatology, plain logits on a few covariates, a random forest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import MissingExtraError
from tocsin.inference.battles.forms import specification
from tocsin.inference.battles.rows import COVARIATES, KNOWN, Rows, Target

Floats = NDArray[np.float64]

CLIMATOLOGY: Final = "climatology"
FOREST: Final = "random_forest"
FRACTIONS: Final = "both_casualties_as_fractions"

LOGITS: Final[Mapping[Target, Mapping[str, tuple[str, ...]]]] = {
    Target.BROKE_BEFORE: {
        "force_ratio": ("force_ratio",),
        "force_ratio_defender": ("force_ratio", "role"),
        "force_ratio_defender_surprise_air": ("force_ratio", "role", "surprise", "air"),
    },
    Target.BROKE_GIVEN_CASUALTIES: {
        "force_ratio": ("force_ratio",),
        "force_ratio_defender": ("force_ratio", "role"),
        "own_casualties": ("force_ratio", "role", "own_loss"),
        "both_casualties": ("force_ratio", "role", "own_loss", "opposing_loss"),
        FRACTIONS: ("force_ratio", "role", "own_loss", "opposing_loss"),
    },
    Target.ATTACKER_WON: {
        "force_ratio": ("force_ratio",),
        "force_ratio_surprise_air": ("force_ratio", "surprise", "air"),
    },
}
"""Of each target the plain logits, by name. Casualties enter as logs, which fit better, and once as fractions."""

WEAK: Final = 1e4
"""Inverse penalty of a plain logit: none to speak of, yet finite where the outcomes can be told apart."""


def baseline_names(target: Target) -> tuple[str, ...]:
    """Return the baselines of `target`, in the order of tables."""
    return (CLIMATOLOGY, *LOGITS[target], FOREST)


def baseline_probability(name: str, target: Target, train: Rows, test: Rows, seed: int) -> Floats:
    """Fit the baseline `name` to `train` and return the probability of each row of `test`.

    What is missing gets the median of the training rows, as a plain analyst would do. MissingExtraError where
    scikit-learn is not installed.
    """
    happened = train.happened
    if name == CLIMATOLOGY or len(np.unique(happened)) < 2:
        return np.full(len(test), (happened.sum() + 0.5) / (len(happened) + 1.0))
    if name == FOREST:
        model, columns = _forest(seed), _all_columns(target)
        inside, outside = train.known[:, columns], test.known[:, columns]
    else:
        model = _logit()
        inside, outside = (_covariates(rows, LOGITS[target][name], name == FRACTIONS) for rows in (train, test))
    middle = _medians(inside)
    model.fit(np.where(np.isfinite(inside), inside, middle), happened)
    return np.asarray(model.predict_proba(np.where(np.isfinite(outside), outside, middle))[:, 1])


def _medians(values: Floats) -> Floats:
    """Return the median of what is known of each column; 0 where nothing is."""
    columns = (column[np.isfinite(column)] for column in values.T)
    return np.array([np.median(column) if len(column) else 0.0 for column in columns])


def _covariates(rows: Rows, names: tuple[str, ...], fractions: bool) -> Floats:
    known = rows.known.copy()
    if fractions:
        floor = specification().covariates.casualty_floor
        for column in ("own_casualties", "opposing_casualties"):
            place = KNOWN.index(column)
            known[:, place] = np.exp(known[:, place]) - floor
    sums = np.array([[COVARIATES[name].get(column, 0.0) for name in names] for column in KNOWN])
    used = np.where((sums != 0.0).any(1), known, 0.0)
    return np.asarray(np.stack([_sum(used, weights) for weights in sums.T], axis=1))


def _sum(known: Floats, weights: Floats) -> Floats:
    """Add up the columns that have a weight; a gap elsewhere does not matter."""
    used = weights != 0.0
    return np.asarray(known[:, used] @ weights[used])


def _all_columns(target: Target) -> list[int]:
    after = {"own_casualties", "opposing_casualties"}
    return [k for k, column in enumerate(KNOWN) if target is Target.BROKE_GIVEN_CASUALTIES or column not in after]


def _logit() -> Any:
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  an optional part, slow to load
    except ImportError as error:
        raise MissingExtraError("battles", "The baselines of the study of battles") from error
    return LogisticRegression(C=WEAK, max_iter=2000)


def _forest(seed: int) -> Any:
    try:
        from sklearn.ensemble import RandomForestClassifier  # noqa: PLC0415  an optional part, slow to load
    except ImportError as error:
        raise MissingExtraError("battles", "The baselines of the study of battles") from error
    return RandomForestClassifier(random_state=seed)
