"""Comparing two documents word by word, on plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

A = Any  # arrays of integers, as documented

ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
BITS = 64
LONGEST = 4096
"""Words of a document that are aligned; of a longer one only the beginning is."""


@njit(cache=True, nogil=True)
def overlaps(keys: A, start: A, one: A, other: A) -> A:
    """Count the keys that documents `one[i]` and `other[i]` share.

    Parameters
    ----------
    keys : uint64, sorted within each document, without repetition
    start : (documents + 1,) int64, where each document begins in `keys`
    """
    shared = np.zeros(len(one), dtype=np.int64)
    for pair in range(len(one)):
        i, last_i = start[one[pair]], start[one[pair] + 1]
        j, last_j = start[other[pair]], start[other[pair] + 1]
        while i < last_i and j < last_j:
            if keys[i] < keys[j]:
                i += 1
            elif keys[i] > keys[j]:
                j += 1
            else:
                shared[pair] += 1
                i += 1
                j += 1
    return shared


@njit(cache=True, nogil=True)
def alignments(words: A, start: A, one: A, other: A, size: int) -> A:
    """Length of the longest common subsequence of words of each pair, by Hyyrö's bit-parallel recurrence.

    `size` is the number of words in the vocabulary. Only the first LONGEST words of a document are looked at.
    """
    slot = np.full(size, -1, dtype=np.int64)
    length = np.zeros(len(one), dtype=np.int64)
    for pair in range(len(one)):
        row = words[start[one[pair]] : min(start[one[pair] + 1], start[one[pair]] + LONGEST)]
        column = words[start[other[pair]] : min(start[other[pair] + 1], start[other[pair]] + LONGEST)]
        blocks = (len(row) + BITS - 1) // BITS
        places = np.zeros((len(row), blocks), dtype=np.uint64)
        used = 0
        for k in range(len(row)):
            if slot[row[k]] < 0:
                slot[row[k]] = used
                used += 1
            places[slot[row[k]], k // BITS] |= np.uint64(1) << np.uint64(k % BITS)
        state = np.full(blocks, ALL, dtype=np.uint64)
        for k in range(len(column)):
            at = slot[column[k]]
            if at < 0:
                continue
            carry = np.uint64(0)
            for block in range(blocks):
                old = state[block]
                met = old & places[at, block]
                total = old + met + carry
                carry = np.uint64(1) if total < old or (carry == 1 and total == old) else np.uint64(0)
                state[block] = total | (old & ~places[at, block])
        for k in range(len(row)):
            slot[row[k]] = -1
            length[pair] += (state[k // BITS] >> np.uint64(k % BITS)) & np.uint64(1) == 0
    return length


@njit(cache=True, nogil=True)
def weigh(trait: A, weight: A, start: A, one: A, other: A, kinds: int) -> A:
    """Sum the weights of the traits that pairs of documents share, by kind: (pairs, kinds).

    The kind is the remainder of the trait divided by 4; traits are sorted within each document, without repetition.
    """
    total = np.zeros((len(one), kinds))
    for pair in range(len(one)):
        i, last_i = start[one[pair]], start[one[pair] + 1]
        j, last_j = start[other[pair]], start[other[pair] + 1]
        while i < last_i and j < last_j:
            if trait[i] < trait[j]:
                i += 1
            elif trait[i] > trait[j]:
                j += 1
            else:
                total[pair, np.int64(trait[i] & np.uint64(3))] += min(weight[i], weight[j])
                i += 1
                j += 1
    return total


@njit(cache=True, nogil=True)
def stretches(words: A, start: A, one: A, other: A) -> A:
    """Length of the longest unbroken run of words that each pair of documents shares, at LONGEST words of each."""
    longest = np.zeros(len(one), dtype=np.int64)
    for pair in range(len(one)):
        row = words[start[one[pair]] : min(start[one[pair] + 1], start[one[pair]] + LONGEST)]
        column = words[start[other[pair]] : min(start[other[pair] + 1], start[other[pair]] + LONGEST)]
        ending = np.zeros(len(column) + 1, dtype=np.int64)
        for k in range(len(row)):
            for m in range(len(column) - 1, -1, -1):
                ending[m + 1] = ending[m] + 1 if column[m] == row[k] else 0
                longest[pair] = max(longest[pair], ending[m + 1])
    return longest
