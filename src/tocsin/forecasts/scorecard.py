"""Scorecard: sealed forecasts against what came about, retrospective and live apart, each against its baselines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forecasts.forecast import Answer, Forecast
from tocsin.forecasts.reliability import curve, parts
from tocsin.forecasts.resolution import Resolution
from tocsin.forecasts.score import brier, clusters_redrawn, crps, interval, log_score, mean, rps
from tocsin.ids import plain
from tocsin.parameters import value

Floats = NDArray[np.float64]

TOO_FEW: Final = "too few to tell"
ONE_SIDED: Final = (
    "All came out the same way. Such outcomes reward whoever said least and cannot show that anyone told cases apart."
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A forecast with the resolution that counts, None while it is pending."""

    forecast: Forecast
    resolution: Resolution | None
    live: bool


def scorecard(judged: Sequence[Judged], seed: int) -> dict[str, Any]:
    """Return the scores as JSON has them, retrospective and live forecasts in separate tables.

    Where a question was answered more than once, the answer sealed first counts; `judged` is in the order of sealing.
    """
    kinds = {"retrospective": False, "live": True}
    return {name: _table([one for one in judged if one.live is live], seed) for name, live in kinds.items()}


def first_sealed(judged: Sequence[Judged]) -> list[Judged]:
    """Return of each question the answer that was sealed first: no one may try seeds until one fits."""
    first: dict[str, Judged] = {}
    for one in judged:
        first.setdefault(one.forecast.asked, one)
    return list(first.values())


def _table(judged: Sequence[Judged], seed: int) -> dict[str, Any]:
    counted = first_sealed(judged)
    outcomes = [one.resolution.outcome if one.resolution else "pending" for one in counted]
    settled = [one for one in counted if one.resolution and one.resolution.settled]
    closed = len(counted) - outcomes.count("pending")
    return {
        "sealed": len(judged),
        "questions": len(counted),
        "pending": outcomes.count("pending"),
        "void": outcomes.count("void"),
        "disputed": outcomes.count("disputed"),
        "resolved": len(settled),
        "void_rate": outcomes.count("void") / closed if closed else None,
        "whether": _whether([one for one in settled if not one.forecast.cuts], seed),
        "how_much": _how_much([one for one in settled if one.forecast.cuts], seed),
    }


def _whether(settled: Sequence[Judged], seed: int) -> dict[str, Any]:
    """Score answers of yes or no."""
    happened = np.array([one.resolution is not None and one.resolution.outcome == "yes" for one in settled], float)
    head = {"n": len(settled), "came_about": int(happened.sum())}
    if len(settled) < value("forecasts.fewest"):
        return {**head, "verdict": TOO_FEW}
    floor = value("forecasts.floor")
    said = np.array([one.forecast.answer.probability for one in settled], float)
    return {
        **head,
        "verdict": None,
        "caution": ONE_SIDED if happened.mean() in (0.0, 1.0) else None,
        **_over(settled),
        "scores": {
            "brier": _against(settled, seed, lambda a, rows: brier(_probabilities(a), happened[rows])),
            "log": _against(settled, seed, lambda a, rows: log_score(_probabilities(a), happened[rows], floor)),
        },
        "brier_parts": plain(parts(said, happened)),
        "reliability": [plain(pool) for pool in curve(said, happened)],
    }


def _how_much(settled: Sequence[Judged], seed: int) -> dict[str, Any]:
    """Score answers that are distributions of an amount."""
    head = {"n": len(settled)}
    if len(settled) < value("forecasts.fewest"):
        return {**head, "verdict": TOO_FEW}
    amount = np.array([one.resolution.amount if one.resolution else None for one in settled], float)
    category = np.array(
        [np.searchsorted(one.forecast.cuts, x, side="right") for one, x in zip(settled, amount, strict=True)]
    )
    most = max(len(one.forecast.cuts) + 1 for one in settled)
    return {
        **head,
        "verdict": None,
        **_over(settled),
        "scores": {
            "rps": _against(settled, seed, lambda a, rows: rps(_shares(a, most), category[rows])),
            "crps": _against(settled, seed, lambda a, rows: crps(_members(a), amount[rows])),
        },
    }


def _probabilities(answers: Sequence[Answer]) -> Floats:
    return np.array([answer.probability for answer in answers], float)


def _shares(answers: Sequence[Answer], most: int) -> Floats:
    """Pad with categories that nothing is given to: they add nothing to the score."""
    return np.array([[*answer.shares, *[0.0] * (most - len(answer.shares))] for answer in answers])


def _members(answers: Sequence[Answer]) -> Floats:
    return np.array([answer.quantiles for answer in answers])


Score = Callable[[Sequence[Answer], NDArray[np.intp]], Floats]
"""Answers, and which of the settled forecasts they answer, to the score of each."""


def _against(settled: Sequence[Judged], seed: int, score: Score) -> dict[str, Any]:
    """Score Tocsin, then it and each baseline on the forecasts that this baseline answers too."""
    ours = score([one.forecast.answer for one in settled], np.arange(len(settled)))
    found: dict[str, Any] = {"tocsin": float(ours.mean()), "interval": None, "baselines": {}}
    found["interval"] = _interval(mean(ours)(_redrawn(settled, seed)))
    for name in dict.fromkeys(answer.by for one in settled for answer in one.forecast.baselines):
        answers = {
            row: answer for row, one in enumerate(settled) for answer in one.forecast.baselines if answer.by == name
        }
        rows = np.array(list(answers), dtype=np.intp)
        theirs = score(list(answers.values()), rows)
        weights = _redrawn([settled[row] for row in rows], seed)
        found["baselines"][name] = {"n": len(rows), **_paired(ours[rows], theirs, weights)}
    return found


def _paired(ours: Floats, theirs: Floats, weights: Floats) -> dict[str, Any]:
    """Compare two scores of the same forecasts; skill is 1 - ours / theirs, None where theirs is perfect."""
    mine, other = float(ours.mean()), float(theirs.mean())
    drawn, against = mean(ours)(weights), mean(theirs)(weights)
    ratio = np.divide(drawn, against, out=np.full_like(drawn, np.nan), where=against > 0)
    difference = _interval(drawn - against)
    return {
        "tocsin": mine,
        "baseline": other,
        "skill": 1.0 - mine / other if other > 0 else None,
        "skill_interval": _interval(1.0 - ratio) if other > 0 else None,
        "difference": mine - other,
        "difference_interval": difference,
        "verdict": _verdict(difference),
    }


def _verdict(difference: dict[str, float] | None) -> str:
    if difference is None or difference["low"] <= 0.0 <= difference["high"]:
        return "cannot be told apart"
    return "better" if difference["high"] < 0 else "worse"


def _over(settled: Sequence[Judged]) -> dict[str, Any]:
    """What is drawn again by the bootstrap: wars, or within one war its questions by force."""
    return {"clusters": len(set(_clusters(settled))), "intervals_over": "case" if _wars(settled) > 1 else "question"}


def _redrawn(settled: Sequence[Judged], seed: int) -> Floats:
    return clusters_redrawn(_clusters(settled), int(value("forecasts.draws")), seed)


def _clusters(settled: Sequence[Judged]) -> list[str]:
    if _wars(settled) > 1:
        return [one.forecast.case for one in settled]
    return [f"{one.forecast.question} {one.forecast.force}" for one in settled]


def _wars(settled: Sequence[Judged]) -> int:
    return len({one.forecast.case for one in settled})


def _interval(drawn: Floats) -> dict[str, float] | None:
    found = interval(drawn, value("forecasts.level"))
    return None if found is None else plain(found)
