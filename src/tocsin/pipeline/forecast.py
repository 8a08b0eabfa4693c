"""Forecast: simulated futures to probabilities, with base rates beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tocsin.forecasts.forecast import Forecast, happens, interval
from tocsin.forecasts.question import ForecastQuestion
from tocsin.inference.model import Model
from tocsin.pipeline.foresee import Outlook


def forecasts(
    questions: Sequence[ForecastQuestion], what: Model, before: Outlook, after: Outlook, as_of: date, inputs: str
) -> list[tuple[Forecast, dict[str, Any]]]:
    """Answer every question for every force and horizon; return each forecast with what a reader sees of it."""
    said = []
    for number, force in enumerate(what.forces):
        size = float(what.establishments[number])
        for question in questions:
            for days in question.days:
                prior, posterior = (
                    float(happens(question, outlook.future[:, :, number], days, size).mean())
                    for outlook in (before, after)
                )
                forecast = Forecast(
                    question=question.id,
                    force=force,
                    days=days,
                    as_of=as_of,
                    known=as_of,
                    probability=posterior,
                    inputs=inputs,
                )
                said.append((forecast, _shown(question, forecast, prior, after.worth[number])))
    return said


def _shown(question: ForecastQuestion, forecast: Forecast, prior: float, worth: float) -> dict[str, Any]:
    low, high = interval(forecast.probability * worth, worth)
    return {
        "id": question.id,
        "force": forecast.force,
        "days": forecast.days,
        "question": question.text.format(force=forecast.force, days=forecast.days),
        "probability": forecast.probability,
        "interval": [min(low, forecast.probability), max(high, forecast.probability)],
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
