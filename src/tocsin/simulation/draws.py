"""Parameters of every force in every particle, drawn from their priors.

Each force draws all its parameters anew from one prior, the same for every force. Draws are kept as normal
scores (standard normal numbers), in which every prior is the same bell; the filter can so move any of them
without leaving its range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.parameters import Parameter, parameters
from tocsin.simulation.rng import stream

MECHANISMS: Final = (
    "side",
    "soldiers",
    "losses",
    "vehicles",
    "condition",
    "breaking",
    "break_hazard",
    "exits",
    "refusal",
    "command",
    "society",
)
"""The files of the catalogue that describe a simulated force."""


def simulated() -> Mapping[str, Parameter]:
    """The parameters of a simulated force, by name."""
    return {name: p for name, p in parameters().items() if name.partition(".")[0] in MECHANISMS}


def draw(seed: int, particles: int, forces: int) -> NDArray[np.float64]:
    """Draw (particles, forces, parameters) normal scores; each parameter has a stream of its own."""
    return next(draw_in_pieces(seed, [particles], forces))


def draw_in_pieces(seed: int, sizes: Iterable[int], forces: int) -> Iterator[NDArray[np.float64]]:
    """Draw what `draw` would for the sum of `sizes`, one piece of particles after the other."""
    drawn = [stream(seed, p.name) for p in simulated().values() if p.prior is not None]
    for particles in sizes:
        yield np.stack([one.standard_normal((particles, forces)) for one in drawn], axis=-1)


def values(scores: NDArray[np.float64]) -> NDArray[np.void]:
    """Turn normal scores into (particles, forces) records of parameter values."""
    from scipy.special import ndtr  # noqa: PLC0415  slow to load, needed only when something is drawn

    uniform = np.clip(ndtr(scores), 1e-9, 1 - 1e-9)
    record = np.zeros(scores.shape[:-1], dtype=[(name, np.float64) for name in simulated()])
    column = 0
    for name, parameter in simulated().items():
        if parameter.prior is None:
            record[name] = parameter.fixed
        else:
            record[name] = parameter.draw(uniform[..., column])
            column += 1
    return record
