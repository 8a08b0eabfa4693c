"""Forecast: simulated futures to answers, with those of simpler forecasters sealed beside them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.forecasts.forecast import Answer, Forecast
from tocsin.forecasts.futures import LEVELS, amounts, independent, interval, past_amounts, reached, sorted_into
from tocsin.forecasts.question import ForecastQuestion
from tocsin.ids import AssessmentId
from tocsin.inference.ensemble import quantiles
from tocsin.pipeline.foresee import Judged

Floats = NDArray[np.float64]


def forecasts(judged: Judged, *, basis: AssessmentId) -> list[tuple[Forecast, dict[str, Any]]]:
    """Answer every question for every force and horizon; return each forecast with what a reader sees of it.

    `basis` names the assessment that the forecasts rest on.
    """
    said = []
    for number, force in enumerate(judged.model.forces):
        for question in judged.case.questions:
            for days in question.days:
                answer, *baselines = _answers(judged, question, number, days)
                forecast = Forecast(
                    case=judged.case.name,
                    question=question.id,
                    force=force,
                    days=days,
                    as_of=judged.as_of,
                    text=question.text.format(force=force, days=days),
                    event=question.event,
                    resolution=question.resolution,
                    void=question.void,
                    cuts=question.cuts,
                    answer=answer,
                    baselines=tuple(baselines),
                    basis=basis,
                    retrospective=judged.case.retrospective,
                    known=judged.as_of,
                )
                said.append((forecast, _shown(question, forecast)))
    return said


def _answers(judged: Judged, question: ForecastQuestion, force: int, days: int) -> list[Answer]:
    """Say what Tocsin answers, then what it would without the reports, then persistence, then the base rate."""
    size = float(judged.model.establishments[force])
    now = judged.after.course.ensemble
    before, after = (
        amounts(question, outlook.future[:, :, force], days, size) for outlook in (judged.before, judged.after)
    )
    past = past_amounts(question, now.history[:, :, force], days, size)
    values = (after, before, past)
    weights = (_even(after), _even(before), now.weights[:, force])
    names = ("tocsin", "without reports", "persistence")
    if question.cuts:
        return [_amount(name, v, w, question.cuts) for name, v, w in zip(names, values, weights, strict=True)]
    happened = reached(question, after)
    others = [
        Answer(by=name, probability=min(1.0, float(np.sum(weight[reached(question, value)]))))
        for name, value, weight in list(zip(names, values, weights, strict=True))[1:]
    ]
    return [_ours(happened, judged.after.lineage[:, force]), *others, *_base(question, days)]


def _even(values: Floats) -> Floats:
    return np.full(len(values), 1.0 / len(values))


def _amount(name: str, values: Floats, weights: Floats, cuts: tuple[float, ...]) -> Answer:
    at = quantiles(values, weights, LEVELS)
    return Answer(by=name, quantiles=tuple(at.tolist()), shares=sorted_into(values, weights, cuts))


def _ours(happened: NDArray[np.bool_], lineage: NDArray[np.int64]) -> Answer:
    worth = independent(happened, lineage)
    probability = float(happened.mean())
    low, high = interval(probability * worth, worth)
    return Answer(by="tocsin", probability=probability, low=low, high=high)


def _base(question: ForecastQuestion, days: int) -> list[Answer]:
    if question.base_rate is None:
        return []
    probability, low, high = question.base_rate.within(days)
    return [Answer(by="base rate", probability=probability, low=low, high=high)]


def _shown(question: ForecastQuestion, forecast: Forecast) -> dict[str, Any]:
    answer, prior = forecast.answer, forecast.baselines[0]
    head = {"id": question.id, "force": forecast.force, "days": forecast.days, "outcome": question.outcome}
    tail = {"resolution": question.resolution, "void": question.void, "forecast": forecast.id}
    if forecast.cuts:
        said: dict[str, Any] = {
            "cuts": list(forecast.cuts),
            "shares": list(answer.shares),
            "quantiles": dict(zip(map(str, LEVELS), answer.quantiles, strict=True)),
            "prior_shares": list(prior.shares),
        }
    else:
        said = {
            "probability": answer.probability,
            "interval": [answer.low, answer.high],
            "prior_probability": prior.probability,
            "base_rate": _base_rate(question, forecast.days),
        }
    return {**head, "question": forecast.text, **said, **tail}


def _base_rate(question: ForecastQuestion, days: int) -> dict[str, Any] | None:
    rate = question.base_rate
    if rate is None:
        return None
    probability, low, high = rate.within(days)
    return {"probability": probability, "low": low, "high": high, "reference": rate.reference, "label": rate.label}
