"""How the form was chosen: nested cross-validation, the spread over splits and the learning curve (Laplace fits)."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.forecasts.battles.folds import groups
from tocsin.forecasts.score import clusters_redrawn
from tocsin.inference.battles.baselines import baseline_probability
from tocsin.inference.battles.forms import Form, specification
from tocsin.inference.battles.regression.laplace import quick_probability
from tocsin.inference.battles.rows import Rows, Target, rows_of
from tocsin.inference.battles.table import Battle

Floats = NDArray[np.float64]
Numbers = NDArray[np.intp]

YARDSTICKS = {
    Target.BROKE_GIVEN_CASUALTIES: ("both_casualties",),
    Target.BROKE_BEFORE: ("climatology", "force_ratio_defender"),
    Target.ATTACKER_WON: ("climatology", "force_ratio_surprise_air"),
}
"""The baselines that a bar of the study names; the better one counts."""

INNER = 8
SPLITS = 12
SPLIT_FOLDS = 5
SHARES = (0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
CURVE_REPEATS = 6


def group_numbers(rows: Rows) -> Numbers:
    """Return the group of each row: wars, joined where a battle is a part of another."""
    return np.array(groups(rows.battles), dtype=np.intp)


def dealt(group: Numbers, folds: int, rng: np.random.Generator) -> Numbers:
    """Deal groups at random into folds of like size, the largest group first; return the fold of each row."""
    names, sizes = np.unique(group, return_counts=True)
    order = rng.permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    load, fold_of = np.zeros(folds), {}
    for place in order:
        least = int(rng.choice(np.flatnonzero(load == load.min())))
        fold_of[names[place]] = least
        load[least] += sizes[place]
    return np.array([fold_of[g] for g in group], dtype=np.intp)


def across(rows: Rows, fold: Numbers, predict: Callable[[Rows, Rows], Floats]) -> Floats:
    """Return the prediction of every row from the rows of the other folds."""
    probability = np.zeros(len(rows))
    for number in np.unique(fold):
        out = fold == number
        probability[out] = predict(rows.where(~out), rows.where(out))
    return probability


def quick(form: Form) -> Callable[[Rows, Rows], Floats]:
    return lambda train, test: quick_probability(train, test, form)


def brier(probability: Floats, rows: Rows) -> float:
    return float(np.mean((probability - rows.happened) ** 2))


def yardstick(rows: Rows, target: Target, fold: Numbers) -> Floats:
    """Return the predictions of the better of the bar's baselines, judged on the same folds."""
    found = [
        across(rows, fold, lambda a, b, name=name: baseline_probability(name, target, a, b, 1))
        for name in YARDSTICKS[target]
    ]
    return min(found, key=lambda p: brier(p, rows))


def nested(battles: Sequence[Battle], target: Target) -> dict[str, Any]:
    """Leave each group out; choose the form within the rest by folds over groups; predict; count the choices."""
    rows = rows_of(battles, target, specification().covariates)
    group = group_numbers(rows)
    forms = specification().forms[target]
    chosen: Counter[str] = Counter()

    def predict(train: Rows, test: Rows) -> Floats:
        fold = dealt(group_numbers(train), INNER, np.random.default_rng(len(train)))
        best = min(forms, key=lambda form: brier(across(train, fold, quick(form)), train))
        chosen[best.name] += 1
        return quick_probability(train, test, best)

    probability = across(rows, group, predict)
    base = yardstick(rows, target, group)
    ratio = ratio_interval(probability, base, rows)
    each = {form.name: brier(across(rows, group, quick(form)), rows) for form in forms}
    return {
        "brier": brier(probability, rows),
        "baseline": brier(base, rows),
        **ratio,
        "chosen": dict(chosen),
        "forms": each,
    }


def ratio_interval(probability: Floats, base: Floats, rows: Rows) -> dict[str, Any]:
    """Return the ratio of Brier scores with its war-clustered 80 % interval."""
    weights = clusters_redrawn(rows.wars, 1000, 1)
    ours = weights @ (probability - rows.happened) ** 2
    theirs = weights @ (base - rows.happened) ** 2
    low, high = np.quantile(ours / theirs, [0.1, 0.9])
    return {"ratio": brier(probability, rows) / brier(base, rows), "ratio_interval": [float(low), float(high)]}


def spread(battles: Sequence[Battle], target: Target) -> list[float]:
    """Return the ratio to the bar's baseline on each of SPLITS random splits of groups into SPLIT_FOLDS folds."""
    rows = rows_of(battles, target, specification().covariates)
    form = specification().forms[target][0]
    found = []
    for split in range(SPLITS):
        fold = dealt(group_numbers(rows), SPLIT_FOLDS, np.random.default_rng(split))
        found.append(brier(across(rows, fold, quick(form)), rows) / brier(yardstick(rows, target, fold), rows))
    return found


def learning_curve(battles: Sequence[Battle], target: Target) -> list[dict[str, Any]]:
    """Predict a random third of the wars from growing shares of the battles of the others."""
    rows = rows_of(battles, target, specification().covariates)
    form = specification().forms[target][0]
    points = []
    for share in SHARES:
        ours, theirs, sizes = [], [], []
        for repeat in range(CURVE_REPEATS):
            rng = np.random.default_rng(repeat)
            out = dealt(group_numbers(rows), 3, rng) == 0
            picked = ~out & (rng.random(len(rows)) < share)
            train, test = rows.where(picked), rows.where(out)
            base = min(
                (baseline_probability(n, target, train, test, 1) for n in YARDSTICKS[target]),
                key=lambda p: brier(p, test),
            )
            ours.append(brier(quick_probability(train, test, form), test))
            theirs.append(brier(base, test))
            sizes.append(len(train))
        points.append(
            {"rows": float(np.mean(sizes)), "tocsin": float(np.mean(ours)), "baseline": float(np.mean(theirs))}
        )
    return points
