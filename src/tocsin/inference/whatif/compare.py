"""Run the same histories with and without a change, and compare them run by run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.tree import Layout
from tocsin.inference.whatif.catalogue import Outcome, WhatIf
from tocsin.inference.whatif.paired import Difference, difference
from tocsin.simulation import draws
from tocsin.simulation.simulate import advance, start

_AT_ONCE: Final = 100
"""Runs that are held in memory together."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What stays the same with and without a change: forces, draws, luck, and what is looked at."""

    where: Layout
    drawn: NDArray[np.void]
    """(runs, forces) records of parameters, without any change."""
    outcomes: Mapping[str, Outcome]
    seed: int
    days: int
    threads: int = 1

    def outcomes_of(self, drawn: NDArray[np.void], done: Callable[[int], None] = lambda _: None) -> NDArray[np.float64]:
        """Simulate runs of these parameters: (runs, forces, outcomes); `done` is told of finished run-days."""
        parts = []
        for first in range(0, len(drawn), _AT_ONCE):
            some = drawn[first : first + _AT_ONCE]
            begun = start(self.where, some, self.seed, first_run=first, threads=self.threads)
            _, seen = advance(
                begun,
                self.where,
                some,
                seed=self.seed,
                first_day=0,
                days=self.days,
                first_run=first,
                threads=self.threads,
                done=done,
            )
            parts.append(np.stack([outcome.of(seen) for outcome in self.outcomes.values()], axis=-1))
        return np.concatenate(parts)

    def compare(
        self,
        whatif: WhatIf,
        force: int,
        without: NDArray[np.float64],
        *,
        level: float,
        done: Callable[[int], None] = lambda _: None,
    ) -> Mapping[str, Difference]:
        """Compare one force with a change to itself against `without`, the `outcomes_of` the runs as drawn."""
        changed = self.outcomes_of(whatif.apply(self.drawn, force), done)
        return {
            name: difference(
                without[:, force, i], changed[:, force, i], level=level, share=outcome.threshold is not None
            )
            for i, (name, outcome) in enumerate(self.outcomes.items())
        }


def bench(
    where: Layout, outcomes: Mapping[str, Outcome], *, runs: int, seed: int, days: int, threads: int = 1
) -> Bench:
    """Draw the parameters of `runs` runs from their priors, as a simulation of the same seed does."""
    drawn = draws.values(draws.draw(seed, runs, len(where.hostile)))
    return Bench(where=where, drawn=drawn, outcomes=outcomes, seed=seed, days=days, threads=threads)
