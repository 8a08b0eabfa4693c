"""The tables of the page, as Markdown."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from choices import YARDSTICKS, brier, ratio_interval
from figures import fraction_of

from tocsin.forecasts.battles.backtest import TOCSIN, WITHOUT_SURPRISE, Predicted
from tocsin.inference.battles.rows import KNOWN, Rows, Target

GOALS = {Target.BROKE_GIVEN_CASUALTIES: 0.94, Target.BROKE_BEFORE: 0.95, Target.ATTACKER_WON: 0.97}
THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.5)
LARGE = 60


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _range(bounds: Sequence[float] | None, digits: int) -> str:
    return "" if bounds is None else f" [{bounds[0]:.{digits}f}, {bounds[1]:.{digits}f}]"


def _best(predicted: Predicted) -> str:
    return min(YARDSTICKS[predicted.target], key=lambda name: brier(predicted.probability[name], predicted.rows))


def bars(found: Sequence[Predicted], document: Mapping[str, Any], nested: Mapping[str, Any]) -> str:
    rows = []
    for predicted in sorted(found, key=lambda p: list(GOALS).index(p.target)):
        best, models = _best(predicted), document["targets"][predicted.target]["models"]
        paired, inner = models[best]["paired"], nested[predicted.target]
        rows.append(
            (
                f"`{predicted.target}` against `{best}`",
                f"{GOALS[predicted.target]:.2f}",
                f"**{paired['ratio']:.3f}**{_range(paired['ratio_interval'], 3)}",
                f"{paired['difference']:+.4f}{_range(paired['difference_interval'], 4)}",
                f"{inner['ratio']:.3f}{_range(inner['ratio_interval'], 3)}",
            )
        )
    return markdown(
        ("target", "goal", "Brier ratio, 80 %", "Brier difference, 80 %", "ratio, form chosen within each fold"), rows
    )


def scores(document: Mapping[str, Any]) -> str:
    rows = []
    for target, part in document["targets"].items():
        for name, model in part["models"].items():
            bounds = model["intervals"]
            slope, intercept = (
                "-" if model[key] is None else f"{model[key]:.2f}{_range(bounds[key], 2)}"
                for key in ("slope", "intercept")
            )
            area = "-" if name == "climatology" else f"{model['auc']:.3f}"
            line = (
                f"{model['brier']:.4f}{_range(model['interval'], 3)}",
                f"{model['log']:.3f}",
                area,
                slope,
                intercept,
            )
            rows.append((f"`{target}` ({part['n']})", f"`{name}`", *line))
    return markdown(("target (rows)", "model", "Brier, 80 %", "log", "AUC", "slope, 80 %", "intercept, 80 %"), rows)


def wars(found: Sequence[Predicted]) -> str:
    rows = []
    for predicted in found:
        names, best = np.array(predicted.rows.wars), _best(predicted)
        counted = Counter(predicted.rows.wars)
        large = [name for name, count in counted.most_common() if count >= LARGE]
        places = {name: names == name for name in large} | {"all other wars": ~np.isin(names, large)}
        for name, inside in places.items():
            part = predicted.rows.where(inside)
            ours, theirs = (brier(predicted.probability[m][inside], part) for m in (TOCSIN, best))
            rows.append(
                (f"`{predicted.target}`", name, str(len(part)), f"{ours:.4f}", f"{theirs:.4f}", f"{ours / theirs:.3f}")
            )
    return markdown(("target", "war left out", "rows", "tocsin", "best baseline", "ratio"), rows)


def force(rows: Rows) -> str:
    """Tell how force ratio, surprise and air go with the attacker's victory in the large wars and in the others."""
    names = np.array(rows.wars)
    covariates = {
        "log force ratio": rows.known[:, KNOWN.index("own_strength")] - rows.known[:, KNOWN.index("opposing_strength")],
        "surprise": rows.known[:, KNOWN.index("surprise")],
        "air superiority": rows.known[:, KNOWN.index("air")],
    }
    counted = [name for name, _ in Counter(rows.wars).most_common(3)]
    places = {name: names == name for name in counted} | {"all other wars": ~np.isin(names, counted)}
    lines = []
    for name, inside in places.items():
        cells = [_correlation(values[inside], rows.happened[inside]) for values in covariates.values()]
        lines.append((name, str(int(inside.sum())), *cells))
    return markdown(("war", "battles", *covariates), lines)


def _correlation(values: Any, happened: Any) -> str:
    known = np.isfinite(values)
    if not known.any() or np.ptp(values[known]) == 0.0:
        return "-"
    return f"{np.corrcoef(values[known], happened[known])[0, 1]:.2f}"


def surprise(found: Sequence[Predicted]) -> str:
    rows = []
    for predicted in found:
        if WITHOUT_SURPRISE in predicted.probability:
            plain = "force_ratio_defender" if predicted.target is Target.BROKE_BEFORE else "force_ratio"
            for name, against in ((TOCSIN, _best(predicted)), (WITHOUT_SURPRISE, plain)):
                base = predicted.probability[against]
                part = ratio_interval(predicted.probability[name], base, predicted.rows)
                score = brier(predicted.probability[name], predicted.rows)
                ratio = f"{part['ratio']:.3f}{_range(part['ratio_interval'], 3)}"
                rows.append((f"`{predicted.target}`", f"`{name}`", f"{score:.4f}", f"`{against}`", ratio))
    return markdown(("target", "model", "Brier", "against", "ratio, 80 %"), rows)


def forms(nested: Mapping[str, Any]) -> str:
    rows = []
    for target, part in nested.items():
        for name, score in part["forms"].items():
            rows.append((f"`{target}`", name, f"{score:.4f}", str(part["chosen"].get(name, 0))))
        rows.append((f"`{target}`", "*chosen within each fold*", f"**{part['brier']:.4f}**", ""))
    return markdown(("target", "form", "Brier (quick fit)", "times chosen"), rows)


def splits(spread: Mapping[str, Sequence[float]]) -> str:
    rows = [
        (f"`{target}`", *(f"{np.quantile(ratios, q):.3f}" for q in (0.0, 0.25, 0.5, 0.75, 1.0)))
        for target, ratios in spread.items()
    ]
    return markdown(("target", "least", "quartile", "median", "quartile", "most"), rows)


def thresholds(rows: Rows) -> str:
    own = fraction_of(rows, "own_casualties")
    known = np.isfinite(own)
    broke, fraction = rows.happened[known] == 1, own[known]
    lines = []
    for threshold in THRESHOLDS:
        over = fraction >= threshold
        lines.append(
            (
                f"{threshold:.0%}",
                f"{(broke & ~over).sum()} of {broke.sum()} ({(~over)[broke].mean():.0%})",
                f"{(~broke & over).sum()} of {over.sum()} ({(~broke)[over].mean():.0%})",
            )
        )
    return markdown(("if units broke at", "broke before reaching it", "reached it and did not break"), lines)


def hazard(draws: Mapping[str, Any], with_own: Mapping[str, Any]) -> str:
    labels = {
        "base": "log rate a day of battle at equal losses",
        "slope": "effect of log relative loss",
        "surprised": "rate a day added for a side that was surprised",
        "war": "standard deviation of the log rate between wars",
        "own": "effect of the log of own loss, relative loss being the same",
    }
    rows = []
    for name, label in labels.items():
        cells = [
            ""
            if name not in each
            else f"{each[name].mean():.3f}{_range(np.quantile(each[name], [0.1, 0.9]).tolist(), 3)}"
            for each in (draws, with_own)
        ]
        rows.append((label, *cells))
    return markdown(("", "as the simulator has it", "with own loss let in"), rows)
