"""Epstein's civil violence (2002), model I: citizens who rebel or not, and cops, on a torus.

A docking study: it shares the random streams and the arrest rule with the simulation of forces and nothing
else. Rules: Epstein, "Modeling civil violence", PNAS 99 (2002) 7243; what the paper leaves open follows one of
two published programs (`Setting.leaves`).

Counts of active citizens and of cops in sight of every cell are kept up to date with each change instead of
being counted anew by each agent, and a free cell is found by trying cells in sight at random; both give what
counting and listing would.
"""

from dataclasses import dataclass

import numpy as np
from kernel import NEAREST, live
from numpy.typing import NDArray

from tocsin.simulation.rng import stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A world and its people; the defaults are those of the table that the study remakes."""

    side: int = 40
    citizens: float = 0.70
    cops: float = 0.04
    vision: int = 7
    euclidean: bool = False
    """Whether sight is a circle; otherwise it is a diamond (von Neumann)."""
    legitimacy: float = 0.82
    longest: int = 30
    """Longest sentence, in steps."""
    threshold: float = 0.1
    rounding: int = NEAREST
    leaves: bool = False
    """Whether agents move before they decide and the arrested leave the grid (NetLogo's way); otherwise Mesa's."""
    exact: bool = True
    """Whether the shares of citizens and cops are exact; otherwise each cell is drawn for itself."""


def sight(vision: int, *, euclidean: bool) -> NDArray[np.int64]:
    """(cells, 2) offsets of the cells in sight, without the own one."""
    reach = range(-vision, vision + 1)
    seen = (
        (dx, dy)
        for dx in reach
        for dy in reach
        if (dx or dy) and (dx * dx + dy * dy <= vision * vision if euclidean else abs(dx) + abs(dy) <= vision)
    )
    return np.array(sorted(seen), dtype=np.int64)


def run(setting: Setting, steps: int, seed: int) -> NDArray[np.int32]:
    """(steps,) numbers of active citizens after each step."""
    rng = stream(seed, "civil violence")
    cells = setting.side**2
    if setting.exact:
        numbers = np.repeat([0, 1, -1], _counts(setting, cells))
        kinds = rng.permutation(numbers).astype(np.int8)
    else:
        shares = [setting.citizens, setting.cops, 1.0 - setting.citizens - setting.cops]
        kinds = rng.choice(np.array([0, 1, -1], dtype=np.int8), size=cells, p=shares)
    cell = np.flatnonzero(kinds >= 0).astype(np.int64)
    cop = kinds[cell] == 1
    grievance = rng.random(cell.size) * (1.0 - setting.legitimacy)
    risk = rng.random(cell.size)
    out = np.zeros(steps, dtype=np.int32)
    offsets = sight(setting.vision, euclidean=setting.euclidean)
    live(
        setting.side,
        offsets,
        cell,
        cop,
        grievance,
        risk,
        setting.threshold,
        setting.longest,
        setting.rounding,
        setting.leaves,
        rng,
        out,
    )
    return out


def _counts(setting: Setting, cells: int) -> list[int]:
    citizens, cops = round(setting.citizens * cells), round(setting.cops * cells)
    return [citizens, cops, cells - citizens - cops]
