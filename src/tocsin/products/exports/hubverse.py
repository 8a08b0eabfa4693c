"""A modelling hub of the hubverse: forecasts, targets and tasks as files that its tools read.

Layout and names: https://docs.hubverse.io, schemas v5.0.1. Forecasts that look back and live ones are two hubs.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from tocsin.cells import harmless
from tocsin.forecasts.forecast import Answer, Forecast
from tocsin.forecasts.futures import LEVELS
from tocsin.forecasts.scorecard import Judged, first_sealed
from tocsin.ids import document
from tocsin.parameters import value as parameter

SCHEMAS: Final = "https://raw.githubusercontent.com/hubverse-org/schemas/main/v5.0.1"
TEAM: Final = "tocsin"
TASK: Final = ("origin_date", "case", "location", "target", "horizon", "target_date")
"""What names one forecast: location is the force, horizon is in days, target_date follows from the others."""
CATEGORY: Final = " category"
"""Added to the name of a question about an amount where its ordered categories are the target."""
Cells = Sequence[str | float | int]


def hub(judged: Sequence[Judged]) -> dict[str, str]:
    """Return the files of a hub by path, `retrospective/...` and `live/...`; of each question the first answer."""
    files: dict[str, str] = {}
    for kind, live in (("retrospective", False), ("live", True)):
        counted = first_sealed([one for one in judged if one.live is live])
        if counted:
            files |= {f"{kind}/{name}": text for name, text in _files(counted, kind).items()}
    return files


def cell(value: str | float) -> str:
    """Write one cell: numbers in full, and text so that no spreadsheet takes it for a formula.

    >>> cell(-0.5), cell("-0.5 or so"), cell("=1+1"), cell("plain")
    ('-0.5', "'-0.5 or so", "'=1+1", 'plain')
    """
    return repr(value) if isinstance(value, (int, float)) else harmless(value)


def _files(counted: Sequence[Judged], kind: str) -> dict[str, str]:
    forecasts = [one.forecast for one in counted]
    files = {
        "hub-config/admin.json": document(_admin(kind)),
        "hub-config/tasks.json": document(_tasks(forecasts)),
        "target-data/time-series.csv": _csv((*TASK, "observation"), _observed(counted)),
        "target-data/oracle-output.csv": _csv(
            (*TASK, "output_type", "output_type_id", "oracle_value"), _oracle(counted)
        ),
    }
    for by in dict.fromkeys(answer.by for one in forecasts for answer in _answers(one)):
        model = f"{TEAM}-{re.sub(r'[^A-Za-z0-9]+', '_', 'model' if by == TEAM else by)}"
        for day in sorted({one.as_of for one in forecasts}):
            asked = [one for one in forecasts if one.as_of == day]
            said = [(one, answer) for one in asked for answer in _answers(one) if answer.by == by]
            if said:
                header = (*TASK, "output_type", "output_type_id", "value")
                files[f"model-output/{model}/{day}-{model}.csv"] = _csv(header, _output(said))
    return files


def _answers(forecast: Forecast) -> tuple[Answer, ...]:
    return (forecast.answer, *forecast.baselines)


def _csv(header: Sequence[str], rows: Iterator[Cells]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def _task(forecast: Forecast, target: str) -> tuple[str | int, ...]:
    head = (forecast.as_of.isoformat(), forecast.case, forecast.force, target)
    return (*head, forecast.days, forecast.closes.isoformat())


def _output(said: Sequence[tuple[Forecast, Answer]]) -> Iterator[Cells]:
    for forecast, answer in said:
        if answer.probability is not None:
            task = _task(forecast, forecast.question)
            yield (*task, "pmf", "no", 1.0 - answer.probability)
            yield (*task, "pmf", "yes", answer.probability)
            continue
        for level, value in zip(LEVELS, answer.quantiles, strict=True):
            yield (*_task(forecast, forecast.question), "quantile", repr(level), value)
        for name, share in zip(_categories(forecast.cuts), answer.shares, strict=True):
            yield (*_task(forecast, forecast.question + CATEGORY), "pmf", name, share)


def _categories(cuts: Sequence[float]) -> list[str]:
    """Name ordered categories by the amounts they hold, from low to high; each holds its lower end.

    >>> _categories((0.1, 0.2))
    ['below 0.1', '0.1 to below 0.2', 'from 0.2']
    """
    between = [f"{low:g} to below {high:g}" for low, high in pairwise(cuts)]
    return [f"below {cuts[0]:g}", *between, f"from {cuts[-1]:g}"]


def _came(one: Judged) -> float | None:
    """What came about as a number, 1 and 0 for yes and no; None where nothing can be scored."""
    came = one.resolution
    if came is None or not came.settled:
        return None
    return came.amount if came.outcome == "amount" else float(came.outcome == "yes")


def _observed(counted: Sequence[Judged]) -> Iterator[Cells]:
    for one in counted:
        came = _came(one)
        if came is not None:
            yield (*_task(one.forecast, one.forecast.question), came)


def _oracle(counted: Sequence[Judged]) -> Iterator[Cells]:
    for one in counted:
        came, forecast = _came(one), one.forecast
        if came is None:
            continue
        if not forecast.cuts:
            for name, value in (("no", 1.0 - came), ("yes", came)):
                yield (*_task(forecast, forecast.question), "pmf", name, value)
            continue
        yield (*_task(forecast, forecast.question), "quantile", "NA", came)
        reached = sum(came >= cut for cut in forecast.cuts)
        for place, name in enumerate(_categories(forecast.cuts)):
            yield (*_task(forecast, forecast.question + CATEGORY), "pmf", name, float(place == reached))


def _admin(kind: str) -> dict[str, Any]:
    return {
        "schema_version": f"{SCHEMAS}/admin-schema.json",
        "name": f"Tocsin forecasts, {kind}",
        "maintainer": "whoever keeps the ledger they come from",
        "contact": {"name": "not stated", "email": "nobody@example.org"},
        "file_format": ["csv"],
        "timezone": "UTC",
    }


def _tasks(forecasts: Sequence[Forecast]) -> dict[str, Any]:
    targets: dict[tuple[str, tuple[float, ...]], list[Forecast]] = {}
    for forecast in forecasts:
        targets.setdefault((forecast.question, forecast.cuts), []).append(forecast)
    return {
        "schema_version": f"{SCHEMAS}/tasks-schema.json",
        "rounds": [
            {
                "round_id_from_variable": True,
                "round_id": "origin_date",
                "model_tasks": [task for (_, cuts), asked in targets.items() for task in _model_tasks(asked, cuts)],
                "submissions_due": {"relative_to": "origin_date", "start": 0, "end": int(parameter("forecasts.grace"))},
            }
        ],
        "output_type_id_datatype": "character",
        "derived_task_ids": ["target_date"],
    }


def _model_tasks(asked: Sequence[Forecast], cuts: tuple[float, ...]) -> Iterator[dict[str, Any]]:
    question = asked[0].question
    if not cuts:
        yield _model_task(asked, question, "binary", "share", {"pmf": _pmf(["no", "yes"])})
        return
    levels = {"output_type_id": {"required": [repr(level) for level in LEVELS]}}
    quantile = {**levels, "is_required": False, "value": {"type": "double"}}
    yield _model_task(asked, question, "continuous", "amount", {"quantile": quantile})
    yield _model_task(asked, question + CATEGORY, "ordinal", "category", {"pmf": _pmf(_categories(cuts))})


def _pmf(categories: Sequence[str]) -> dict[str, Any]:
    return {
        "output_type_id": {"required": list(categories)},
        "is_required": False,
        "value": {"type": "double", "minimum": 0, "maximum": 1},
    }


def _model_task(
    asked: Sequence[Forecast], target: str, kind: str, unit: str, output: Mapping[str, Any]
) -> dict[str, Any]:
    rows = [_task(forecast, target) for forecast in asked]
    columns = zip(TASK, zip(*rows, strict=True), strict=True)
    task_ids = {name: {"required": None, "optional": sorted(set(column))} for name, column in columns}
    about = {
        "target_id": target[:30],
        "target_name": target[:100],
        "target_units": unit,
        "target_keys": {"target": target},
        "target_type": kind,
        "description": f"{asked[0].event}. {asked[0].resolution} {asked[0].void}",
        "is_step_ahead": False,
    }
    return {"task_ids": task_ids, "output_type": dict(output), "target_metadata": [about]}
