"""Boilerplate: sentences about the publisher, or that documents share which share nothing else."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.texts.catalogue import catalogue
from tocsin.evidence.origins.texts.kernel import overlaps
from tocsin.evidence.origins.texts.keys import Keys, Numbers, by_document, mixed, runs
from tocsin.evidence.origins.texts.phrases import find
from tocsin.evidence.origins.texts.words import FIGURE, Corpus
from tocsin.parameters import value

_TAIL = 60
"""Words at the end of a document in which a footer is sought."""


def heard(corpus: Corpus, publisher: Numbers) -> NDArray[np.bool_]:
    """Mark the words that belong to the news.

    A sentence that several documents hold word for word is boilerplate where these documents, read without all such
    sentences, have next to nothing in common. `origins.boilerplate_copies` documents must hold it and it may give no
    figure; of one publisher, two documents are enough. A family of reprints is told apart by consisting of little
    but such sentences. `publisher` is a number for each document, -1 where nobody knows.
    """
    if not len(corpus.words):
        return np.zeros(0, dtype=bool)
    heads, key, document = _sentences(corpus)
    length = np.diff(np.r_[heads, len(corpus.words)])
    order = np.lexsort((document, key))
    same = np.r_[False, key[order][1:] == key[order][:-1]]
    group = np.cumsum(~same) - 1
    follows = np.flatnonzero(same)
    if not len(follows):
        return np.ones(len(corpus.words), dtype=bool)
    one, other = document[order[follows - 1]], document[order[follows]]
    repeated = np.zeros(len(key), dtype=bool)
    repeated[order[follows]] = repeated[order[follows - 1]] = True
    size = np.bincount(document, weights=length)
    rest = 1.0 - np.bincount(document, weights=length * repeated) / np.maximum(size, 1.0)
    alike = _alike(corpus, ~np.repeat(repeated, length), one, other)
    family = (np.maximum(rest[one], rest[other]) < value("origins.boilerplate_rest")) | (
        alike > value("origins.boilerplate_alike")
    )
    count = np.bincount(group)
    strange = 2.0 * np.bincount(group[follows], weights=family, minlength=len(count)) < count - 1.0
    own = np.bincount(group[follows], weights=publisher[one] != publisher[other], minlength=len(count)) == 0.0
    own &= np.bincount(group[follows], weights=publisher[one] < 0, minlength=len(count)) == 0.0
    enough = own & (count > 1)
    edge = (
        np.bincount(group, weights=_at_edge(document)[order], minlength=len(count))
        >= value("origins.boilerplate_edge") * count
    )
    common = edge & (count >= value("origins.boilerplate_copies"))
    guilty = np.zeros(len(key), dtype=bool)
    guilty[order] = (strange & enough)[group] | ((strange & common)[group] & ~_with_figure(corpus, heads)[order])
    return ~np.repeat(guilty, length)


def footers(corpus: Corpus) -> NDArray[np.bool_]:
    """Mark the words from the first sentence about the publisher on, near the end of a document."""
    found = find(corpus, dict.fromkeys(catalogue().phrases["boilerplate"], 0))
    document = np.searchsorted(corpus.start, found.start, "right") - 1
    size = np.diff(corpus.start)[document]
    late = corpus.start[document + 1] - found.start <= np.minimum(_TAIL, size)
    begins = np.searchsorted(corpus.sentence, corpus.sentence[found.start[late]])
    change = np.zeros(len(corpus.words) + 1, dtype=np.int64)
    np.add.at(change, begins, 1)
    np.add.at(change, corpus.start[document[late] + 1], -1)
    return np.cumsum(change)[:-1] > 0


def _sentences(corpus: Corpus) -> tuple[Numbers, Keys, Numbers]:
    """Where each sentence begins, a key of all its words, and its document."""
    heads = np.flatnonzero(np.r_[True, corpus.sentence[1:] != corpus.sentence[:-1]])
    place = np.arange(len(corpus.words), dtype=np.int64) - np.repeat(heads, np.diff(np.r_[heads, len(corpus.words)]))
    key = np.add.reduceat(mixed(corpus.words, place), heads)
    return heads, key, corpus.document[heads].astype(np.int64)


def _with_figure(corpus: Corpus, heads: Numbers) -> NDArray[np.bool_]:
    return np.maximum.reduceat(corpus.fact, heads) == FIGURE


def _at_edge(document: Numbers) -> NDArray[np.bool_]:
    """Whether a sentence is the first or one of the last three of its document."""
    place = np.arange(len(document))
    return (place - np.searchsorted(document, document) < 1) | (
        np.searchsorted(document, document, "right") - place < 4
    )


def _alike(corpus: Corpus, kept: NDArray[np.bool_], one: Numbers, other: Numbers) -> NDArray[np.float64]:
    """Jaccard similarity of pairs of documents by the words that are `kept`."""
    keys, start = by_document(*runs(corpus, kept), len(corpus))
    shared = overlaps(keys, start, one, other)
    size = np.diff(start)
    return shared / np.maximum(size[one] + size[other] - shared, 1)
