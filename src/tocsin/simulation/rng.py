"""Named random streams: each use has its own, keyed by purpose and position.

A new process, a new thread or a new name shifts the draws of no other stream. Positions are numbers of
particles, forces or days, never names, so that renaming a force changes no draw.
"""

from __future__ import annotations

from hashlib import blake2b

from numpy.random import PCG64, Generator, SeedSequence


def stream(seed: int, purpose: str, *key: int) -> Generator:
    """Open the random stream of one purpose, such as ("days", first day, particle).

    >>> stream(1, "days", 3).random() == stream(1, "days", 3).random()
    True
    """
    name = int.from_bytes(blake2b(purpose.encode(), digest_size=8).digest(), "big")
    # as part of the entropy, a key of 0 would be no key: short entropy is filled up with zeros
    return Generator(PCG64(SeedSequence([seed, name], spawn_key=key)))
