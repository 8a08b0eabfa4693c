"""Advance an ensemble of forces: state in, state out, randomness by name."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.state import ForceState, Layout, muster
from tocsin.simulation.rng import stream

MEASURES: Final = np.dtype(
    [
        (name, np.float32)
        for name in ("strength", "morale", "cohesion", "refusal", "reluctance", "ineffective", "supply", "dissent")
    ]
    + [(name, np.float32) for name in ("belief", "aware", "legitimacy", "fallen", "casualties", "killed", "captured")]
    + [(name, np.float32) for name in ("absent", "surrendered", "replaced", "vehicles_lost", "vehicles_abandoned")]
    + [(name, np.float32) for name in ("sabotaged", "unrest", "refusals", "suppressed", "conceded")]
)
"""What is written down every evening for each force: states as shares, and the day's counts."""

_CHUNK = 25


def start(where: Layout, drawn: NDArray[np.void], seed: int) -> ForceState:
    """Return every particle's forces on the first day."""
    particles, units = drawn.shape[0], where.force.size
    return muster(where, drawn, stream(seed, "muster").random((particles, units, 2)))


def advance(
    state: ForceState,
    where: Layout,
    drawn: NDArray[np.void],
    *,
    seed: int,
    first_day: int,
    days: int,
    threads: int = 1,
    done: Callable[[int], None] = lambda _: None,
) -> tuple[ForceState, NDArray[np.void]]:
    """Advance all particles by `days`; `state` is left as it was.

    Each particle draws from its own stream, named by seed, first day and its number: threads change nothing.

    Parameters
    ----------
    drawn : (particles, forces) records of parameter values
    first_day : days since the start, which names the streams
    done : told how many particle-days were finished

    Returns
    -------
    the new state, and (particles, days, forces) records of MEASURES
    """
    from tocsin.simulation import kernel  # noqa: PLC0415  loads the compiler, needed only here

    particles, forces = drawn.shape
    after = ForceState(soldiers=state.soldiers.copy(), units=state.units.copy(), command=state.command.copy())
    seen = np.zeros((particles, days, forces), dtype=MEASURES)

    def run(chunk: range) -> None:
        for i in chunk:
            rng = stream(seed, "days", first_day, i)
            kernel.advance(
                after.soldiers[i], after.units[i], after.command[i], where.force, where.parent, where.establishment,
                where.hostile, drawn[i], rng, seen[i],
            )  # fmt: skip
        done(len(chunk) * days)

    chunks = [range(a, min(a + _CHUNK, particles)) for a in range(0, particles, _CHUNK)]
    if threads == 1:
        for chunk in chunks:
            run(chunk)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, chunks))
    return after, seen
