"""The particle filter: predict, weigh, resample, week by week."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.dates import Interval, visible, weeks
from tocsin.evidence.observation import Observation
from tocsin.ids import ObservationId
from tocsin.inference.ensemble import Ensemble, normalised, quantiles
from tocsin.inference.model import Model
from tocsin.inference.observe import Sight, absorb, week_end
from tocsin.parameters import value

QUANTILES: Final = (0.05, 0.5, 0.95)
STATES: Final = {"strength": "strength", "morale": "morale", "cohesion": "cohesion", "refusal": "reluctance"}
"""What a reader is told of a force, and the measure that says it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the filter leaves behind."""

    ensemble: Ensemble
    days: tuple[date, ...]
    """The ends of the weeks."""
    bands: Mapping[str, NDArray[np.float64]]
    """For each of STATES the quantiles (weeks, QUANTILES, forces), each week as it was weighed then."""
    moved: Mapping[ObservationId, float]
    """How far each observation moved belief, in nats (Kullback-Leibler)."""


def run(
    model: Model, observations: Sequence[Observation], as_of: date, done: Callable[[int], None] = lambda _: None
) -> Course:
    """Run from the start of the case to `as_of`; without observations this is the prior."""
    now = model.begin()
    bands: list[NDArray[np.float64]] = []
    moved: dict[ObservationId, float] = {}
    ends = []
    for week in weeks(model.start, as_of):
        now = model.predict(now, week.days, done)
        now = _weigh(model, now, week, due(observations, week, model.start, as_of), moved)
        state = np.stack([now.history[name][:, -1].astype(np.float64) for name in STATES.values()], axis=1)
        forces = range(len(model.forces))
        bands.append(np.stack([quantiles(state[..., f], now.weights[:, f], QUANTILES) for f in forces], axis=-1))
        ends.append(week.end)
        worth, keep = value("inference.resample_below"), value("inference.shrinkage")
        now = model.resample(now, "resample", len(ends), worth=worth, keep=keep)
    stacked = np.stack(bands)  # (weeks, quantiles, states, forces)
    by_state = {name: stacked[:, :, i] for i, name in enumerate(STATES)}
    return Course(ensemble=now, days=tuple(ends), bands=by_state, moved=moved)


def due(observations: Sequence[Observation], week: Interval, start: date, as_of: date) -> list[Observation]:
    """The observations that are weighed at the end of `week`: those known by `as_of`, each once."""
    known = [seen for seen in observations if visible(seen.known, as_of)]
    return [seen for seen in known if week.start <= week_end(seen, start, as_of) <= week.end]


def sight(model: Model, now: Ensemble, week: Interval, force: str) -> Sight:
    """What an observation of `force` in `week` is compared with, in every particle."""
    f = model.forces.index(force)
    last = (week.end - model.start).days + 1
    return Sight(
        start=model.start,
        history=now.history[:, :last, f],
        week=now.history[:, last - week.days : last, f],
        own=now.drawn[:, f],
        establishment=float(model.establishments[f]),
    )


def _weigh(
    model: Model, now: Ensemble, week: Interval, seen: Sequence[Observation], moved: dict[ObservationId, float]
) -> Ensemble:
    """Multiply the weights by the likelihood of the week's observations, one after the other."""
    # the fall of a leader cannot stay unknown: that none is part of the case means that none has happened
    fallen = now.history[:, -1]["fallen"] > 0
    log_weights = np.where(fallen & ~fallen.all(axis=0), -np.inf, now.log_weights)
    biases = now.biases.copy()
    for observation in seen:
        f = model.forces.index(observation.force)
        likelihood = absorb(observation, sight(model, now, week, observation.force), biases[:, f])
        moved[observation.id] = _divergence(normalised(log_weights[:, f]), likelihood)
        log_weights[:, f] += likelihood
    return replace(now, log_weights=log_weights, biases=biases)


def _divergence(weights: NDArray[np.float64], likelihood: NDArray[np.float64]) -> float:
    """Kullback-Leibler divergence, in nats, from the weights before to those after one observation."""
    tilted = weights * np.exp(likelihood - likelihood[weights > 0].max())
    after = tilted / tilted.sum()
    held = after > 0
    return float(np.sum(after[held] * np.log(after[held] / weights[held])))
