"""Where patterns are looked for: small made-up armies, run by the engine that everything else uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.state import ForceState
from tocsin.forces.tree import Layout, layout
from tocsin.forces.unit import OrderOfBattle, Unit
from tocsin.simulation import draws, simulate

ENTRIES = 30_000
"""The most events of a history that are written down."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """What some runs of one scenario came to."""

    where: Layout
    drawn: NDArray[np.void]
    """(runs, forces) records of parameter values."""
    begun: NDArray[np.int64]
    """(runs, forces) soldiers present on the first day."""
    seen: NDArray[np.void]
    """(runs, days, forces) records of MEASURES."""
    state: ForceState
    journals: NDArray[np.void]
    """(runs, entries) records of JOURNAL; only their heads where nothing was to be written down."""

    def total(self, measure: str, days: slice = slice(None)) -> NDArray[np.float64]:
        """(runs, forces) the sum of a daily count."""
        return np.asarray(self.seen[measure][:, days].sum(axis=1, dtype=np.float64))

    def events(self, run: int) -> NDArray[np.void]:
        """The entries that were written of a run."""
        return self.journals[run, 1 : 1 + int(self.journals[run, 0]["size"])]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """How much is run, from which seed, with which parameters.

    `changes` name parameters: a fixed one gets the value, the prior of another is moved by so many of its standard
    deviations (of its normal scores). Scenarios that several patterns share are run once.
    """

    seed: int = 1
    threads: int = 1
    effort: float = 1.0
    changes: Mapping[str, float] = field(default_factory=dict)
    done: Callable[[str], None] = lambda _: None
    kept: dict[str, Any] = field(default_factory=dict)

    def runs(self, number: int) -> int:
        """How many runs instead of `number`, by the effort that is asked for."""
        return max(8, round(number * self.effort))

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` makes, made once."""
        if name not in self.kept:
            self.kept[name] = make()
        return self.kept[name]

    def prior(self, runs: int, forces: int) -> NDArray[np.void]:
        """Draw (runs, forces) parameters from the prior as changed."""
        return self._values(draws.draw(self.seed, runs, forces))

    def middle(self, runs: int, forces: int, **scores: float) -> NDArray[np.void]:
        """Parameters in the middle of the prior as changed, or `scores` standard deviations from it (a__b for a.b)."""
        names = [p.name for p in draws.simulated().values() if p.prior is not None]
        normal = np.zeros((runs, forces, len(names)))
        for name, score in scores.items():
            normal[..., names.index(name.replace("__", "."))] = score
        return self._values(normal)

    def _values(self, scores: NDArray[np.float64]) -> NDArray[np.void]:
        names = [p.name for p in draws.simulated().values() if p.prior is not None]
        moved = scores + np.array([self.changes.get(name, 0.0) for name in names])
        drawn = draws.values(moved)
        for name, number in self.changes.items():
            if name not in names:
                drawn[name] = number
        return drawn

    def run(
        self, where: Layout, drawn: NDArray[np.void], days: int, *, first_run: int = 0, journal: bool = False
    ) -> Histories:
        """Muster and run armies for `days`."""
        written = simulate.journals(len(drawn), ENTRIES if journal else 0)
        begun = simulate.start(where, drawn, self.seed, first_run=first_run, journals=written)
        state, seen = simulate.advance(
            begun, where, drawn, seed=self.seed, first_day=0, days=days, first_run=first_run, threads=self.threads,
            journals=written,
        )  # fmt: skip
        on_duty = begun.units["heads"][..., 0].astype(np.int64)
        present = np.stack([on_duty[:, where.force == f].sum(axis=1) for f in range(drawn.shape[1])], axis=1)
        return Histories(
            where=where,
            drawn=drawn,
            begun=present,
            seen=seen,
            state=state,
            journals=written,
        )


def armies(sizes: Sequence[int], *, fighting: bool = True, together: int = 4) -> Layout:
    """Return forces of battalions, `together` to a parent; where they fight, 0 fights 1, 2 fights 3, and so on."""
    orders = [
        OrderOfBattle(
            force=str(force),
            known=date.min,
            units=tuple(
                Unit(name=str(i), echelon="battalion", branch="", parent=f"of {i // together}") for i in range(size)
            ),
        )
        for force, size in enumerate(sizes)
    ]
    return layout(orders, [[str(force ^ 1)] if fighting else [] for force in range(len(sizes))])
