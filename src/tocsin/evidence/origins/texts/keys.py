"""Keys of documents: short runs of words as numbers; and which documents may belong together by them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.texts.words import Corpus

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

RUN: Final = 3
"""Words of a run."""
_DOCUMENT_BITS: Final = 24
SPARE: Final = np.uint64(_DOCUMENT_BITS)
"""Bits of a key that make room for the number of a document."""
_KEY_BITS: Final = 64 - _DOCUMENT_BITS
_LOW: Final = np.uint64((1 << _DOCUMENT_BITS) - 1)
_MIX: Final = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def mixed(*parts: NDArray[np.unsignedinteger | np.signedinteger]) -> Keys:
    """Join numbers of equal place into one number that depends on their order."""
    total = np.zeros(parts[0].shape, dtype=np.uint64)
    for part in parts:
        total ^= part.astype(np.uint64)
        total *= _MIX[0]
        total += _MIX[2]
        total ^= total >> np.uint64(29)
        total *= _MIX[1]
    total ^= total >> np.uint64(32)
    return total


def runs(corpus: Corpus, heard: NDArray[np.bool_]) -> tuple[Keys, NDArray[np.int32]]:
    """Keys of all runs of RUN words of which every one is `heard`, and the document of each."""
    words, document = corpus.words, corpus.document
    size = max(len(words) - RUN + 1, 0)
    if size == 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)
    whole = (document[:size] == document[RUN - 1 :]) & heard[:size] & heard[1 : size + 1] & heard[RUN - 1 :]
    keys = mixed(*(words[k : k + size] for k in range(RUN)))[whole]
    return keys, document[:size][whole]


def by_document(keys: Keys, document: NDArray[np.signedinteger], count: int) -> tuple[Keys, Numbers]:
    """Sort keys within documents, each once; return them with (count + 1,) where each document begins."""
    packed = document.astype(np.uint64)
    packed <<= np.uint64(_KEY_BITS)
    packed |= keys >> np.uint64(_DOCUMENT_BITS)
    packed = unique(packed)
    shift = np.uint64(_KEY_BITS)
    start = np.searchsorted(packed, np.arange(count + 1, dtype=np.uint64) << shift)
    packed &= np.uint64(0xFFFFFFFFFFFFFFFF) >> np.uint64(_DOCUMENT_BITS)
    return packed, start.astype(np.int64)


def candidates(
    keys: Keys, document: NDArray[np.signedinteger], *, reach: int, least: int, most: int | None = None
) -> tuple[Numbers, Numbers]:
    """Pairs of documents, the earlier first, that share at least `least` keys.

    Of a key that many documents hold, each document is paired with the next `reach` only. The pairs of a family
    of copies remain a connected whole, and the work grows with the number of words, not of pairs. Keys that more
    than `most` documents hold are left out.
    """
    packed = unique((keys & ~_LOW) | document.astype(np.uint64))
    key = packed >> np.uint64(_DOCUMENT_BITS)
    held = packed & _LOW
    shared = np.zeros(len(key), dtype=bool)
    same = key[1:] == key[:-1]
    shared[1:] |= same
    shared[:-1] |= same
    key, held = key[shared], held[shared]
    if most is not None:
        head = np.flatnonzero(np.r_[True, key[1:] != key[:-1]][: len(key)])
        many = np.diff(np.r_[head, len(key)])
        few = np.repeat(many <= most, many)
        key, held = key[few], held[few]
    return _frequent((_pairs(key, held, step) for step in range(1, reach + 1)), least)


def _pairs(key: Keys, held: Keys, step: int) -> Keys:
    same = key[step:] == key[:-step]
    return (held[:-step][same] << np.uint64(_DOCUMENT_BITS)) | held[step:][same]


def _frequent(parts: Iterable[Keys], least: int) -> tuple[Numbers, Numbers]:
    joined = np.concatenate(list(parts))
    joined.sort()
    first = np.flatnonzero(np.r_[True, joined[1:] != joined[:-1]][: len(joined)])
    counts = np.diff(np.r_[first, len(joined)])
    pairs = joined[first[counts >= least]]
    return (pairs >> np.uint64(_DOCUMENT_BITS)).astype(np.int64), (pairs & _LOW).astype(np.int64)


def unique(values: Keys) -> Keys:
    """Sort in place and leave out repetitions."""
    values.sort()
    return values[np.r_[True, values[1:] != values[:-1]][: len(values)]]
