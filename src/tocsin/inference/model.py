"""Model: what is simulated, how it begins and how it goes on; the same for a prior, a posterior and a what-if."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.tree import Layout
from tocsin.inference.ensemble import Ensemble
from tocsin.inference.observe import unknown
from tocsin.inference.resample import shrink, systematic
from tocsin.simulation import draws, simulate
from tocsin.simulation.desk.records import MEASURES
from tocsin.simulation.rng import stream


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is simulated and how: the same for a prior, a posterior and a what-if."""

    where: Layout
    forces: tuple[str, ...]
    start: date
    seed: int
    particles: int
    threads: int = 1

    @property
    def establishments(self) -> NDArray[np.float64]:
        """(forces,) soldiers at full strength."""
        full = self.where.establishment.astype(np.float64)
        return np.bincount(self.where.force, full, len(self.forces)).astype(np.float64)

    def begin(self) -> Ensemble:
        """Draw parameters and biases from the prior and muster the forces; all particles weigh the same."""
        particles, forces = self.particles, len(self.forces)
        scores = draws.draw(self.seed, particles, forces)
        drawn = draws.values(scores)
        return Ensemble(
            state=simulate.start(self.where, drawn, self.seed, threads=self.threads),
            scores=scores,
            drawn=drawn,
            biases=unknown(particles, forces),
            history=np.zeros((particles, 0, forces), dtype=MEASURES),
            log_weights=np.zeros((particles, forces)),
            lineage=np.tile(np.arange(particles)[:, None], (1, forces)),
        )

    def predict(self, now: Ensemble, days: int, done: Callable[[int], None] = lambda _: None) -> Ensemble:
        """Advance every particle by `days`."""
        state, seen = simulate.advance(
            now.state,
            self.where,
            now.drawn,
            seed=self.seed,
            first_day=now.history.shape[1],
            days=days,
            threads=self.threads,
            done=done,
        )
        return replace(now, state=state, history=np.concatenate([now.history, seen], axis=1))

    def resample(self, now: Ensemble, purpose: str, *key: int, worth: float, keep: float) -> Ensemble:
        """Resample each force whose weights are worth less than the share `worth` of the particles.

        Scores of copies are moved a little, so that copies differ.
        """
        forces = range(len(self.forces))
        enough = worth * self.particles * (1.0 - 1e-9)  # equal weights are worth all particles but for rounding
        chosen = [f for f in forces if now.ess[f] < enough]
        if not chosen:
            return now
        ancestors = np.tile(np.arange(self.particles)[:, None], (1, len(self.forces)))
        streams = {f: stream(self.seed, purpose, *key, f) for f in chosen}
        for f, rng in streams.items():
            ancestors[:, f] = systematic(now.weights[:, f], rng)
        after = now.take(ancestors, self.where)
        for f, rng in streams.items():
            after.scores[:, f] = shrink(now.scores[:, f], now.weights[:, f], ancestors[:, f], keep, rng)
            after.log_weights[:, f] = 0.0
        return replace(after, drawn=draws.values(after.scores))
