"""Named random streams: each use has its own, keyed by purpose and position.

A new process, a new thread or a new name shifts the draws of no other stream. Positions are numbers of
particles, forces or days, never names, so that renaming a force changes no draw.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray


def stream(seed: int, purpose: str, *key: int) -> Generator:
    """Open the random stream of one purpose, such as ("resample", week, force).

    >>> stream(1, "days", 3).random() == stream(1, "days", 3).random()
    True
    """
    # as part of the entropy, a key of 0 would be no key: short entropy is filled up with zeros
    return Generator(PCG64(SeedSequence([seed, _named(purpose)], spawn_key=key)))


def keys(seed: int, purpose: str, positions: Iterable[int]) -> NDArray[np.uint64]:
    """Return the key of each position, from which `chance` draws; a key depends on its own position alone.

    >>> keys(1, "runs", [0, 1]).tolist()[1:] == keys(1, "runs", [1]).tolist()
    True
    """
    return np.array([_hash(seed, purpose, position) for position in positions], dtype=np.uint64)


def _named(purpose: str) -> int:
    return int.from_bytes(blake2b(purpose.encode(), digest_size=8).digest(), "big")


def _hash(seed: int, purpose: str, position: int) -> int:
    return int.from_bytes(blake2b(f"{seed} {purpose} {position}".encode(), digest_size=8).digest(), "big")
