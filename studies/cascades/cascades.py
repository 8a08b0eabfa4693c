"""The reference models of collective action and false reports, as small as they can be said.

Granovetter 1978, Watts 2002 with the mean field of Gleeson and Cahalane 2007, Centola and Macy 2007, the final
size of an epidemic, and Crawford and Sobel 1982. They are what the simulated army is compared with in words: it
shares none of their code, for units that refuse by a hazard are no agents with a fixed threshold.
"""

from collections.abc import Callable, Sequence
from math import ceil, comb, exp, floor, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import binom, norm, poisson

DEGREES = np.arange(1, 200)


def joined(thresholds: Sequence[int]) -> int:
    """How many act in the end, if each acts once as many as his threshold do (Granovetter)."""
    ranked = np.sort(np.asarray(thresholds))
    act = 0
    while act < ranked.size and ranked[act] <= act:
        act += 1
    return act


def settled(mean: float, spread: float) -> float:
    """Share that acts in the end, from nobody, with normal thresholds (Granovetter)."""
    share = 0.0
    for _ in range(200_000):
        after = float(norm.cdf((share - mean) / spread))
        if abs(after - share) < 1e-12:
            break
        share = after
    return share


def abel(size: int) -> NDArray[np.float64]:
    """(size + 1,) probabilities of how many act, with thresholds drawn evenly from 0 to size."""
    terms = [comb(size, k) * (k + 1) ** (k - 1) * float(size - k) ** (size - k) for k in range(size)]
    return np.array([*terms, (size + 1.0) ** (size - 1)]) / (size + 1.0) ** size


def window(threshold: float) -> tuple[float, float] | None:
    """Mean degrees between which one seed can set off a global cascade on a random graph (Watts)."""
    vulnerable = floor(1 / threshold)

    def excess(degree: float) -> float:
        return degree * float(poisson.cdf(vulnerable - 2, degree)) - 1.0

    grid = np.linspace(0.5, 15, 2_000)
    over = [excess(z) > 0 for z in grid]
    if not any(over):
        return None
    first, last = over.index(True), len(over) - 1 - over[::-1].index(True)
    return brentq(excess, grid[first - 1], grid[first]), brentq(excess, grid[last], grid[last + 1])


def spread(degree: float, threshold: float, seed: float) -> float:
    """Share active in the end on a random graph of Poisson degrees, from a share `seed` (Gleeson and Cahalane)."""
    weight = poisson.pmf(DEGREES, degree)
    active = [np.arange(k + 1) / k >= threshold - 1e-12 for k in DEGREES]
    q = seed
    for _ in range(20_000):
        over = [float(binom.pmf(np.arange(k), k - 1, q) @ active[k - 1][:k]) for k in DEGREES]
        after = seed + (1 - seed) * float((DEGREES * weight / degree) @ np.array(over))
        if abs(after - q) < 1e-12:
            break
        q = after
    whole = [float(binom.pmf(np.arange(k + 1), k, q) @ active[k - 1]) for k in DEGREES]
    return seed + (1 - seed) * float(weight @ np.array(whole))


def reached(ties: Callable[[int], Sequence[int]], people: int, need: int, seeds: Sequence[int]) -> int:
    """How many act in the end, if each acts once `need` of his ties do (Centola and Macy)."""
    acting = set(seeds)
    while True:
        more = {i for i in range(people) if i not in acting and sum(j in acting for j in ties(i)) >= need}
        if not more:
            return len(acting)
        acting |= more


def ring(people: int) -> Callable[[int], Sequence[int]]:
    """Ties to the two nearest on either side."""
    return lambda i: [(i + step) % people for step in (-2, -1, 1, 2)]


def rewired(people: int, seed: int) -> Callable[[int], Sequence[int]]:
    """As many ties, to anybody: two random rings."""
    rng = np.random.default_rng(seed)
    ties: list[list[int]] = [[] for _ in range(people)]
    for _ in range(2):
        order = rng.permutation(people)
        for one, other in zip(order, np.roll(order, 1), strict=True):
            ties[one].append(int(other))
            ties[other].append(int(one))
    return ties.__getitem__


def epidemic(reproduction: float) -> float:
    """Final size of a simple epidemic."""
    return float(brentq(lambda r: r - 1 + exp(-reproduction * r), 1e-6, 1.0))


def messages(bias: float) -> tuple[int, float]:
    """How many messages a biased reporter can send credibly, and the variance left (Crawford and Sobel)."""
    number = ceil(-0.5 + 0.5 * sqrt(1 + 2 / bias))
    return number, 1 / (12 * number**2) + bias**2 * (number**2 - 1) / 3
