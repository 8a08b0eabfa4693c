"""How far graders agree: Cohen's kappa with squared weights, and on how many things both gave a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import final

import numpy as np


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two graders on one axis."""

    graders: tuple[str, str]
    n: int
    """Things that both judged; `cannot be judged` has no place on a scale and is left out."""
    same: float
    """Share of them with the very same grade."""
    kappa: float | None
    """1 complete agreement, 0 that of chance; None where n is below 2 or both always gave one grade."""


def agreement(grades: Mapping[str, Mapping[str, str]], scale: Sequence[str]) -> list[Agreement]:
    """Compare every two graders on the things that both graded.

    Parameters
    ----------
    grades : for each grader, his grade of each thing
    scale : the grades in their order, best first; others are left out
    """
    place = {grade: number for number, grade in enumerate(scale)}
    found = []
    for one, other in combinations(sorted(grades), 2):
        both = [thing for thing in grades[one] if thing in grades[other]]
        pairs = [(grades[one][thing], grades[other][thing]) for thing in both]
        ranked = np.array([(place[a], place[b]) for a, b in pairs if a in place and b in place]).reshape(-1, 2)
        if ranked.size:
            found.append(
                Agreement(
                    graders=(one, other),
                    n=len(ranked),
                    same=float(np.mean(ranked[:, 0] == ranked[:, 1])),
                    kappa=_kappa(ranked, len(scale)),
                )
            )
    return found


def _kappa(ranked: np.ndarray[tuple[int, ...], np.dtype[np.int64]], size: int) -> float | None:
    seen = np.zeros((size, size))
    np.add.at(seen, (ranked[:, 0], ranked[:, 1]), 1.0 / len(ranked))
    by_chance = np.outer(seen.sum(axis=1), seen.sum(axis=0))
    apart = (np.arange(size)[:, None] - np.arange(size)[None]) ** 2.0
    expected = float(np.sum(apart * by_chance))
    return None if expected == 0.0 or len(ranked) < 2 else 1.0 - float(np.sum(apart * seen)) / expected
