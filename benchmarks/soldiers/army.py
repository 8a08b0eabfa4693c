"""Workload M1: its rules, its numbers and its people, shared by every program that runs it.

204,800 soldiers in 1,280 companies of 16 squads of 10, in a tree of five levels: squad, company, battalion
(4 companies), brigade (20), army. A soldier has four static traits, seven moods that follow from them and from his
company's, four friends in his company, a spite that is left behind when somebody leaves who counted him a friend, a
status and a number of days.

A day, synchronously from the evening before:

    pressure of a company = sum over its levels and those above of WEIGHTS · share that left yesterday
    company mood k        = KEEP · mood k + (1 - KEEP) · (AIM k - GRIP · pressure)
    pressure of a squad   = the company's, + WEIGHTS[0] · share of the squad that left yesterday
    soldier's mood k      = company mood k + SLOPES[k] · traits
    spite                 = FADE · spite, + BUMP for each tie to him of those who left yesterday
    hazard                = BOUND · sigmoid(LEVEL + LOADS · moods + SPITE · spite + TREE · pressure)
    who leaves goes one of five ways by his first mood, for 1 to 30 days, and is not replaced

The moods of a soldier are linear in those of his company and in his own traits, so that an engine may work them out
only when it needs them. A day's hazard never exceeds BOUND. These numbers describe nobody; they make about 0.27 %
leave a day.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SQUADS, MEN = 16, 10
COMPANY = SQUADS * MEN
A_BATTALION, A_BRIGADE = 4, 20
MOODS, TRAITS, FRIENDS, WAYS = 7, 4, 4, 5
BOUND = np.float32(0.005)
LEVEL, SPITE, TREE = np.float32(0.15), np.float32(0.6), np.float32(0.8)
FADE, BUMP, KEEP, GRIP = np.float32(0.9), np.float32(0.5), np.float32(0.95), np.float32(0.5)
WEIGHTS = np.array([1.0, 4.0, 4.0, 4.0, 4.0], dtype=np.float32)
AIM = np.linspace(-0.3, 0.3, MOODS).astype(np.float32)
LOADS = np.array([0.5, -0.4, 0.3, -0.3, 0.2, -0.2, 0.1], dtype=np.float32)
SLOPES = (np.arange(MOODS * TRAITS).reshape(MOODS, TRAITS) % 5 - 2).astype(np.float32) / 8


class People(NamedTuple):
    """Who serves: drawn once, the same for every program and run."""

    traits: NDArray[np.float32]
    """(companies, TRAITS, COMPANY); a soldier's place is man · SQUADS + squad, so that squads are neighbours."""
    friends: NDArray[np.uint8]
    """(companies, COMPANY, FRIENDS) places within the company."""


def people(companies: int, seed: int = 1) -> People:
    """Draw the soldiers of `companies` companies."""
    rng = np.random.default_rng([seed, companies])
    traits = rng.standard_normal((companies, TRAITS, COMPANY)).astype(np.float32)
    friends = rng.integers(0, COMPANY, (companies, COMPANY, FRIENDS)).astype(np.uint8)
    return People(traits, friends)


WAY = np.array([0.4, 0.2, 0.2, 0.1, 0.1], dtype=np.float32)
"""Shares of the ways out at a first mood of zero; the mood shifts weight from the second to the first."""
PULL = np.float32(0.05)
LONGEST = 30
MEASURES = ("left", "way 0", "way 1", "way 2", "way 3", "way 4", "days away", "squads hit twice")
"""What every program counts, a day."""
