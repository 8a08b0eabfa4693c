"""Forecast: simulated futures to probabilities, with base rates beside them."""

from __future__ import annotations

from typing import Any

from tocsin.forecasts.forecast import Forecast, happens, independent, interval
from tocsin.forecasts.question import ForecastQuestion
from tocsin.pipeline.foresee import Judged


def forecasts(judged: Judged, *, inputs: str) -> list[tuple[Forecast, dict[str, Any]]]:
    """Answer every question for every force and horizon; return each forecast with what a reader sees of it.

    `inputs` is the hash of all that the forecasts rest on.
    """
    said = []
    for number, force in enumerate(judged.model.forces):
        size = float(judged.model.establishments[number])
        for question in judged.case.questions:
            for days in question.days:
                prior, posterior = (
                    happens(question, outlook.future[:, :, number], days, size)
                    for outlook in (judged.before, judged.after)
                )
                forecast = Forecast(
                    question=question.id,
                    force=force,
                    days=days,
                    as_of=judged.as_of,
                    known=judged.as_of,
                    probability=float(posterior.mean()),
                    inputs=inputs,
                )
                worth = independent(posterior, judged.after.lineage[:, number])
                said.append((forecast, _shown(question, forecast, float(prior.mean()), worth)))
    return said


def _shown(question: ForecastQuestion, forecast: Forecast, prior: float, worth: float) -> dict[str, Any]:
    return {
        "id": question.id,
        "force": forecast.force,
        "days": forecast.days,
        "outcome": question.outcome,
        "question": question.text.format(force=forecast.force, days=forecast.days),
        "probability": forecast.probability,
        "interval": list(interval(forecast.probability * worth, worth)),
        "prior_probability": prior,
        "base_rate": _base_rate(question, forecast.days),
        "resolution": question.resolution,
        "void": question.void,
        "forecast": forecast.id,
    }


def _base_rate(question: ForecastQuestion, days: int) -> dict[str, Any] | None:
    rate = question.base_rate
    if rate is None:
        return None
    probability, low, high = rate.within(days)
    return {"probability": probability, "low": low, "high": high, "reference": rate.reference, "label": rate.label}
