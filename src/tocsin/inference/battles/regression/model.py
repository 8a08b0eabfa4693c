"""The regression called `tocsin` in this study: Bayesian, hierarchical by war, smooth over eras.

    logit P(happened) = b' phi(x) + a_w' psi(x),   b ~ N(0, amplitude),   a_w ~ N(0, spread between wars)

phi holds linear terms and smooths; the amplitudes and spreads have half-normal priors. Missing predictors are
unknowns of the same model, their prior the joint distribution of the predictors. The draws come from NUTS
(Hoffman & Gelman 2014) as NumPyro has it. A new war's own intercept and slopes are integrated over, not set to 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.inference.battles.forms import Form, Sampler, specification
from tocsin.inference.battles.regression.design import (
    Design,
    covariates_of,
    design,
    functions,
    spoken_of,
    war_functions,
)
from tocsin.inference.battles.regression.missing import complete
from tocsin.inference.battles.regression.sampler import sample
from tocsin.inference.battles.rows import Rows

Floats = NDArray[np.float64]

NODES: Final = 15
"""Points of the Gauss-Hermite rule over a new war's effect."""
BLOCK: Final = 16
"""Arrays are padded to multiples of this, so that a compiled sampler serves again."""
SMALLEST: Final = 1e-4
"""No probability is given nearer to 0 or 1 than this: no one has seen ten thousand battles."""


Room = tuple[int, int, int]
"""How many rows, wars and incomplete rows to make room for."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Draws from the posterior."""

    plan: Design
    coefficients: Floats
    """(draws, functions)"""
    war_effects: Floats
    """(draws, wars, 1 + slopes)"""
    war_spread: Floats
    """(draws, 1 + slopes): standard deviations between wars."""
    wars: Mapping[str, int]
    worst_rhat: float
    """The largest split R-hat of any unknown; below 1.05 is sound."""
    divergences: int


def fit(rows: Rows, form: Form, sampling: Sampler, seed: int, *, space: Room = (0, 0, 0)) -> Fitted:
    """Fit `form` to the rows whose outcome is known.

    `space`, from `room`, is what to make room for: fits that share it share one compiled sampler.
    """
    chosen = rows.where(np.isfinite(rows.happened))
    plan = design(chosen.known, form, specification())
    wars: dict[str, int] = {}
    war = np.array([wars.setdefault(name, len(wars)) for name in chosen.wars], dtype=np.intp)
    data = _padded(plan, chosen, war, space)
    samples, worst, divergences = sample(plan, data, _up(max(len(wars), space[1])), sampling, seed)
    none = np.empty((len(samples["weights"]), 0))
    amplitude = np.concatenate([samples.get("amplitude", none), np.ones((len(none), 1))], axis=1)
    return Fitted(
        plan=plan,
        coefficients=samples["weights"] * amplitude[:, plan.smooth_of],
        war_effects=samples["war_weights"][:, : len(wars)] * samples["war_spread"][:, None, :],
        war_spread=samples["war_spread"],
        wars=wars,
        worst_rhat=worst,
        divergences=divergences,
    )


def room(tables: Sequence[Rows], form: Form) -> Room:
    """Return the room that fits of `form` to any of the `tables` need."""
    columns = spoken_of(form)[1]
    return (
        max(len(rows) for rows in tables),
        max(len(set(rows.wars)) for rows in tables),
        max(int(np.isnan(rows.known[:, columns]).any(1).sum()) for rows in tables),
    )


def predict(fitted: Fitted, rows: Rows, seed: int) -> Floats:
    """Return the posterior predictive probability of each row, (rows,).

    A missing predictor is drawn anew with each draw of the posterior; the effect of a war that was not among
    the training rows is integrated over its distribution.
    """
    done = complete(rows.known[:, fitted.plan.columns], fitted.plan.predictors)
    covariates = covariates_of(fitted.plan, done.mean)
    probability = np.empty(len(rows))
    for place, name in enumerate(rows.wars):
        probability[place] = _probability(fitted, covariates[place], fitted.wars.get(name))
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1]))
    draws = len(fitted.coefficients)
    for place, spread in zip(done.incomplete, done.spread, strict=True):
        drawn = done.mean[place] + rng.standard_normal((draws, spread.shape[1])) @ spread.T
        probability[place] = _probability(fitted, covariates_of(fitted.plan, drawn), fitted.wars.get(rows.wars[place]))
    return np.clip(probability, SMALLEST, 1.0 - SMALLEST)


def _probability(fitted: Fitted, covariates: Floats, war: int | None) -> float:
    """Average over the draws at one row's covariates, (covariates,) or (draws, covariates)."""
    phi, psi = functions(fitted.plan, covariates), war_functions(fitted.plan, covariates)
    centre = (fitted.coefficients * phi).sum(-1)
    if war is not None:
        return float(_sigmoid(centre + (fitted.war_effects[:, war] * psi).sum(-1)).mean())
    spread = np.sqrt(((fitted.war_spread * psi) ** 2).sum(-1))
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return float((_sigmoid(centre[:, None] + spread[:, None] * nodes) @ weights).mean() / weights.sum())


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -50.0, 50.0))))


def _up(number: int) -> int:
    return -(-number // BLOCK) * BLOCK


def _padded(plan: Design, rows: Rows, war: NDArray[np.intp], space: Room) -> dict[str, Any]:
    """Return the arrays that the sampler sees, padded with rows of no weight."""
    done = complete(rows.known[:, plan.columns], plan.predictors)
    size = _up(max(len(rows), space[0]))
    gaps = _up(max(len(done.incomplete), space[2]))
    known = np.zeros((size, len(plan.columns)))
    known[: len(rows)] = done.mean
    covariates = covariates_of(plan, known)
    spread = np.zeros((gaps, len(plan.columns), len(plan.columns)))
    spread[: len(done.spread)] = done.spread
    gap_rows = np.full(gaps, size, dtype=np.intp)  # beyond the end: a padded gap changes no row
    gap_rows[: len(done.incomplete)] = done.incomplete
    return {
        "phi": functions(plan, covariates),
        "psi": war_functions(plan, covariates),
        "war": np.concatenate([war, np.zeros(size - len(rows), dtype=np.intp)]),
        "happened": np.concatenate([rows.happened, np.zeros(size - len(rows))]),
        "weight": (np.arange(size) < len(rows)).astype(np.float64),
        "gap_rows": gap_rows,
        "gap_known": known[np.minimum(gap_rows, size - 1)],
        "gap_spread": spread,
    }
