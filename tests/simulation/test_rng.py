"""Random streams are named, and apart from each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tocsin.simulation.rng import stream

keys = st.tuples(
    st.integers(0, 2**40), st.sampled_from(["days", "muster", "losses.rate"]), st.lists(st.integers(0, 3), max_size=3)
)


@given(keys, keys)
def test_streams_are_the_same_only_where_seed_purpose_and_key_are(
    one: tuple[int, str, list[int]], other: tuple[int, str, list[int]]
) -> None:
    first, second = (stream(seed, purpose, *key).integers(0, 2**63, 4) for seed, purpose, key in (one, other))
    assert np.array_equal(first, second) == (one == other)


def test_a_key_of_zero_is_not_no_key() -> None:
    assert stream(1, "futures").random() != stream(1, "futures", 0).random()
    assert stream(1, "days", 1).random() != stream(1, "days", 1, 0).random()


def test_neighbouring_streams_are_not_alike() -> None:
    drawn = np.stack([stream(1, "days", 0, particle).random(500) for particle in range(40)])
    apart = np.corrcoef(drawn)[~np.eye(40, dtype=bool)]
    assert np.abs(apart).max() < 5 / np.sqrt(500)
