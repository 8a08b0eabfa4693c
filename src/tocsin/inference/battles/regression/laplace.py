"""The same regression at a hundredth of the cost: amplitudes fixed, a normal approximation round the mode.

It chooses between forms in the inner folds of the study and draws its learning curve, where thousands of
fits are needed. What is published as `tocsin` comes from NUTS (`model`).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.inference.battles.forms import Form, specification
from tocsin.inference.battles.regression.design import Design, covariates_of, design, functions, war_functions
from tocsin.inference.battles.regression.missing import complete
from tocsin.inference.battles.rows import Rows

Floats = NDArray[np.float64]

STEPS: Final = 40
NODES: Final = 15
HALF_NORMAL_MEAN: Final = float(np.sqrt(2.0 / np.pi))
"""Mean of a half-normal variable of scale 1: where amplitudes and spreads between wars are fixed."""


def quick_probability(train: Rows, test: Rows, form: Form) -> Floats:
    """Fit `form` to `train` and return the probability of each row of `test`; its wars are taken for new ones."""
    chosen = train.where(np.isfinite(train.happened))
    plan = design(chosen.known, form, specification())
    numbers: dict[str, int] = {}
    war = np.array([numbers.setdefault(name, len(numbers)) for name in chosen.wars], dtype=np.intp)
    fixed, own = _terms(plan, chosen)
    member = np.zeros((len(chosen), len(numbers)))
    member[np.arange(len(chosen)), war] = 1.0
    terms = np.concatenate([fixed, (member[:, :, None] * own[:, None, :]).reshape(len(chosen), -1)], axis=1)
    mode, root = _mode(terms, chosen.happened)
    fixed, own = _terms(plan, test)
    width = fixed.shape[1]
    uncertain = np.linalg.solve(root, np.vstack([fixed.T, np.zeros((terms.shape[1] - width, len(test)))]))
    spread = np.sqrt((uncertain**2).sum(0) + (own**2).sum(1))
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    logit = fixed @ mode[:width]
    return np.asarray(_sigmoid(logit[:, None] + spread[:, None] * nodes) @ weights / weights.sum())


def _terms(plan: Design, rows: Rows) -> tuple[Floats, Floats]:
    """Return what the coefficients and a war's own effects multiply; each coefficient has prior variance 1."""
    covariates = covariates_of(plan, complete(rows.known[:, plan.columns], plan.predictors).mean)
    amplitude = np.array([*(smooth.scale * HALF_NORMAL_MEAN for smooth in plan.form.smooth), 1.0])
    own = war_functions(plan, covariates) * plan.war_scale * HALF_NORMAL_MEAN
    return functions(plan, covariates) * amplitude[plan.smooth_of], own


def _mode(terms: Floats, happened: Floats) -> tuple[Floats, Floats]:
    """Return the posterior mode and a lower root of the precision there, by damped Newton steps."""
    mode = np.zeros(terms.shape[1])
    for _ in range(STEPS):
        p = _sigmoid(terms @ mode)
        precision = (terms * (p * (1.0 - p))[:, None]).T @ terms + np.eye(len(mode))
        step = np.linalg.solve(precision, terms.T @ (happened - p) - mode)
        mode = mode + step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-9))
        if np.abs(step).max() < 1e-5:
            break
    return mode, np.asarray(np.linalg.cholesky(precision), dtype=np.float64)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -50.0, 50.0))))
