"""How alike the words of documents are: shared runs of words, containment, alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.texts.kernel import alignments, overlaps, stretches
from tocsin.evidence.origins.texts.keys import RUN, Numbers, by_document, candidates, mixed, runs
from tocsin.evidence.origins.texts.words import FIGURE, Corpus, digits
from tocsin.parameters import value

Floats = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Pairs of documents whose words are alike, the earlier first; all arrays have one entry a pair."""

    one: Numbers
    other: Numbers
    jaccard: Floats
    """Shared runs of three words over all runs of both."""
    contained: Floats
    """Shared runs over those of the document that has fewer."""
    shared: Numbers
    """Shared runs."""
    aligned: Floats
    """Words in common order, over the words of the shorter document."""
    forms: frozenset[tuple[int, int]]
    """Pairs that are alike because they fill in one form, such as daily bulletins; they are not among the others."""


def likeness(corpus: Corpus, heard: NDArray[np.bool_]) -> Likeness:
    """Find the pairs that share enough runs of three words to be one text in two forms, or one within the other."""
    keys, document = runs(corpus, heard)
    one, other = candidates(
        keys, document, reach=int(value("origins.run_reach")), least=int(value("origins.run_least"))
    )
    rows, start = by_document(keys, document, len(corpus))
    shared = overlaps(rows, start, one, other)
    size = np.diff(start)
    jaccard = shared / np.maximum(size[one] + size[other] - shared, 1)
    contained = shared / np.maximum(np.minimum(size[one], size[other]), 1)
    kept = (shared >= value("origins.text_least")) & (
        (jaccard >= value("origins.text_jaccard")) | (contained >= value("origins.text_contained"))
    )
    stretch = int(value("origins.text_stretch"))
    doubtful = np.flatnonzero(~kept & (shared > stretch - RUN))
    kept[doubtful] = stretches(corpus.words, corpus.start, one[doubtful], other[doubtful]) >= stretch
    one, other, jaccard, contained, shared = (a[kept] for a in (one, other, jaccard, contained, shared))
    words = np.diff(corpus.start)
    aligned = alignments(corpus.words, corpus.start, one, other, len(corpus.vocabulary))
    aligned = aligned / np.maximum(np.minimum(words[one], words[other]), 1)
    form = _forms(corpus, heard, one, other) & (aligned >= value("origins.template_aligned"))
    form &= np.minimum(words[one], words[other]) >= value("origins.template_length") * np.maximum(
        words[one], words[other]
    )
    return Likeness(
        one=one[~form],
        other=other[~form],
        jaccard=jaccard[~form],
        contained=contained[~form],
        shared=shared[~form],
        aligned=aligned[~form],
        forms=frozenset(zip(one[form].tolist(), other[form].tolist(), strict=True)),
    )


def _forms(corpus: Corpus, heard: NDArray[np.bool_], one: Numbers, other: Numbers) -> NDArray[np.bool_]:
    """Whether pairs of alike texts are one form filled in twice: few of their figures have even the same digits."""
    figure = heard & (corpus.fact == FIGURE) & (corpus.value >= 10.0)
    made_of = np.array(
        [int("".join(sorted(digits(number))) or 0) for number in corpus.value[figure].tolist()], dtype=np.int64
    )
    rows, start = by_document(mixed(made_of), corpus.document[figure], len(corpus))
    size = np.minimum(np.diff(start)[one], np.diff(start)[other])
    shared = overlaps(rows, start, one, other)
    return (size >= value("origins.template_figures")) & (shared < value("origins.template_shared") * size)
