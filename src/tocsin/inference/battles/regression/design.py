"""From what is known of a row to the numbers that the regression adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.inference.battles.forms import Form, Specification
from tocsin.inference.battles.regression.missing import Predictors, learn
from tocsin.inference.battles.rows import COVARIATES, KNOWN

Floats = NDArray[np.float64]

RANK: Final = {1: 7, 2: 18, 3: 30}
"""How many functions stand for a smooth of so many covariates."""
JITTER: Final = 1e-4
"""Added to the diagonal of a kernel matrix, in units of its variance."""
REACH: Final = 4.0
"""A covariate further from its centre than this many standard deviations counts as this far."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Knots:
    """The functions of one smooth: a Gaussian process seen through `RANK` of its points."""

    covariates: tuple[int, ...]
    points: Floats
    """(rank, covariates)"""
    projection: Floats
    """(rank, rank); kernel to the points times this has the process's covariance as its inner product."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What was learnt from the training rows' predictors; outcomes take no part."""

    form: Form
    columns: tuple[int, ...]
    """Which of KNOWN the form uses."""
    predictors: Predictors
    names: tuple[str, ...]
    sums: Floats
    """(columns, covariates)"""
    centre: Floats
    scale: Floats
    linear: tuple[int, ...]
    linear_sd: Floats
    knots: tuple[Knots, ...]
    war: tuple[int, ...]
    """The covariates whose slope differs between wars; the first place is the intercept, -1."""
    war_scale: Floats
    intercept: float
    length: float

    @property
    def smooth_of(self) -> NDArray[np.intp]:
        """For each function the number of its smooth, or -1 for the intercept and the linear terms."""
        ranks = [np.full(len(knots.points), number) for number, knots in enumerate(self.knots)]
        return np.concatenate([np.full(1 + len(self.linear), -1), *ranks]).astype(np.intp)


def design(known: Floats, form: Form, specification: Specification) -> Design:
    """Learn the scales, the points of the smooths and the joint distribution of the predictors of `known` rows."""
    names, columns = spoken_of(form)
    sums = np.array([[COVARIATES[name].get(KNOWN[k], 0.0) for name in names] for k in columns])
    predictors = learn(known[:, columns])
    values = known[:, columns] @ sums
    unscaled = np.array([name in specification.covariates.unscaled for name in names])
    centre, scale = _standard(values, unscaled)
    covariates = _scaled(values, centre, scale)
    complete = covariates[np.isfinite(covariates).all(1)]
    war = ("intercept", *(name for name in form.war if name != "intercept"))
    return Design(
        form=form,
        columns=columns,
        predictors=predictors,
        names=names,
        sums=sums,
        centre=centre,
        scale=scale,
        linear=tuple(names.index(name) for name in form.linear),
        linear_sd=np.array(list(form.linear.values())),
        knots=tuple(
            _knots(complete, [names.index(name) for name in smooth.of], specification.length) for smooth in form.smooth
        ),
        war=tuple(names.index(name) if name != "intercept" else -1 for name in war),
        war_scale=np.array([form.war[name] for name in war]),
        intercept=specification.intercept,
        length=specification.length,
    )


def spoken_of(form: Form) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the covariates that `form` speaks of, and the places of the KNOWN columns they are made of."""
    spoken = {*form.linear, *(set(form.war) - {"intercept"}), *(name for smooth in form.smooth for name in smooth.of)}
    names = tuple(name for name in COVARIATES if name in spoken)
    needed = {"role", *(column for name in names for column in COVARIATES[name])}
    return names, tuple(k for k, column in enumerate(KNOWN) if column in needed)


def covariates_of(plan: Design, known: Any, xp: Any = np) -> Any:
    """Return the scaled covariates, (..., covariates), of completed rows, (..., columns)."""
    return _scaled(known @ plan.sums, plan.centre, plan.scale, xp)


def functions(plan: Design, covariates: Any, xp: Any = np) -> Any:
    """Return what the coefficients multiply, (..., functions): 1, linear terms, smooths; each of prior variance 1."""
    one = plan.intercept * xp.ones((*covariates.shape[:-1], 1))
    parts = [one, covariates[..., np.array(plan.linear, dtype=np.intp)] * plan.linear_sd]
    for knots in plan.knots:
        near = _kernel(covariates[..., np.array(knots.covariates)], knots.points, plan.length, xp)
        parts.append(near @ knots.projection)
    return xp.concatenate(parts, axis=-1)


def war_functions(plan: Design, covariates: Any, xp: Any = np) -> Any:
    """Return what a war's own intercept and slopes multiply, (..., 1 + slopes)."""
    one = xp.ones((*covariates.shape[:-1], 1))
    return xp.concatenate([one, covariates[..., np.array(plan.war[1:], dtype=np.intp)]], axis=-1)


def _standard(values: Floats, unscaled: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    seen = np.isfinite(values)
    count = np.maximum(seen.sum(0), 1)
    mean = np.where(seen, values, 0.0).sum(0) / count
    spread = np.sqrt(np.where(seen, (values - mean) ** 2, 0.0).sum(0) / count)
    return np.where(unscaled, 0.0, mean), np.where(unscaled | (spread < 1e-6), 1.0, spread)


def _scaled(values: Any, centre: Floats, scale: Floats, xp: Any = np) -> Any:
    return xp.clip((values - centre) / scale, -REACH, REACH)


def _kernel(rows: Any, points: Any, length: float, xp: Any = np) -> Any:
    away = (rows[..., None, :] - points) / length
    return xp.exp(-0.5 * (away**2).sum(-1))


def _knots(covariates: Floats, of: list[int], length: float) -> Knots:
    """Choose the points of a smooth by pivoted Cholesky: each next one is the row least explained so far."""
    rank = RANK[len(of)]
    rows = covariates[:, of] if len(covariates) else np.zeros((1, len(of)))
    left, factor = np.ones(len(rows)), np.zeros((len(rows), rank))
    points, used = np.zeros((rank, len(of))), 0
    while used < rank and left.max() > JITTER:
        pivot = int(left.argmax())
        points[used] = rows[pivot]
        column = _kernel(rows, rows[[pivot]], length)[:, 0] - factor[:, :used] @ factor[pivot, :used]
        factor[:, used] = column / np.sqrt(left[pivot])
        left = np.maximum(left - factor[:, used] ** 2, 0.0)
        used += 1
    root = np.linalg.cholesky(_kernel(points[:used], points[:used], length) + JITTER * np.eye(used))
    projection = np.zeros((rank, rank))
    projection[:used, :used] = np.linalg.inv(root).T
    return Knots(covariates=tuple(of), points=points, projection=projection)
