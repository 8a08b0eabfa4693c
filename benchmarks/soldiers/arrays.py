"""M1 in NumPy: a column a trait, whole arrays a day."""

import numpy as np
from numpy.typing import NDArray

from soldiers.army import (
    A_BATTALION,
    A_BRIGADE,
    AIM,
    BOUND,
    BUMP,
    COMPANY,
    FADE,
    GRIP,
    KEEP,
    LEVEL,
    LOADS,
    LONGEST,
    MEASURES,
    MEN,
    MOODS,
    PULL,
    SLOPES,
    SPITE,
    SQUADS,
    TREE,
    WAY,
    WEIGHTS,
    People,
)


def run(who: People, days: int, seed: int) -> NDArray[np.float64]:
    """(days, MEASURES) counts of one run."""
    rng = np.random.Generator(np.random.SFC64(seed))
    companies = who.traits.shape[0]
    mood = np.zeros((companies, MOODS), dtype=np.float32)
    spite = np.zeros((companies, COMPANY), dtype=np.float32)
    served = np.zeros((companies, COMPANY), dtype=np.float32)
    present = np.ones((companies, COMPANY), dtype=np.bool_)
    left = np.zeros((companies, SQUADS), dtype=np.float32)
    out = np.zeros((days, len(MEASURES)))
    for today in out:
        pressed = pressure(left)
        mood = KEEP * mood + (1 - KEEP) * (AIM - GRIP * pressed[:, None])
        moods = mood[:, :, None] + np.einsum("kt,ctm->ckm", SLOPES, who.traits)
        squads = pressed[:, None] + WEIGHTS[0] * left / MEN
        x = LEVEL + np.einsum("k,ckm->cm", LOADS, moods) + SPITE * spite + TREE * np.tile(squads, MEN)
        first, second, third = rng.random((3, companies, COMPANY), dtype=np.float32)
        served += present
        gone = present & (first < BOUND / (1 + np.exp(-x)))
        present &= ~gone
        left = gone.reshape(companies, MEN, SQUADS).sum(axis=1).astype(np.float32)
        company, place = np.nonzero(gone)
        bump = np.zeros_like(spite)
        np.add.at(bump, (np.repeat(company, 4), who.friends[company, place].ravel()), BUMP)
        spite = FADE * (spite + bump)
        count(today, second[gone], third[gone], moods[:, 0][gone], left)
    return out


def pressure(left: NDArray[np.float32]) -> NDArray[np.float32]:
    """(companies,) pressure from who left yesterday."""
    lost = left.sum(axis=1)
    total = WEIGHTS[1] * lost / COMPANY + WEIGHTS[4] * lost.sum() / (lost.size * COMPANY)
    for level, size in ((2, A_BATTALION), (3, A_BRIGADE)):
        sums = np.add.reduceat(lost, np.arange(0, lost.size, size))
        total += WEIGHTS[level] * np.repeat(sums, size)[: lost.size] / (size * COMPANY)
    return total.astype(np.float32)


def count(
    today: NDArray[np.float64],
    way: NDArray[np.float32],
    days: NDArray[np.float32],
    mood: NDArray[np.float32],
    left: NDArray[np.float32],
) -> None:
    """Count who left, which way and for how long."""
    today[0] = way.size
    edges = np.cumsum(WAY)
    first = way < WAY[0] + PULL * np.clip(mood, -1, 1)
    chosen = np.where(first, 0, np.maximum(1, np.minimum(np.searchsorted(edges, way, side="right"), 4)))
    today[1:6] = np.bincount(chosen, minlength=5)
    today[6] = (1 + (days * LONGEST).astype(int)).sum()
    today[7] = (left >= 2).sum()
