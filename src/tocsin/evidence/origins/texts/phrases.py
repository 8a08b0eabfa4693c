"""Find phrases in many documents at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.texts.keys import Numbers, mixed
from tocsin.evidence.origins.texts.words import Corpus, fold


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where phrases stand; one entry a place, in order."""

    start: Numbers
    """The phrase's first word, counted over all documents."""
    end: Numbers
    """One past its last word."""
    phrase: Numbers
    """Number of the phrase among those sought."""


def find(corpus: Corpus, phrases: Mapping[str, int]) -> Found:
    """Find every place of phrases, given by their text with a number each; case and punctuation are not looked at."""
    numbers = {word: place for place, word in enumerate(corpus.vocabulary)}
    sought: dict[int, dict[tuple[int, ...], int]] = {}
    for text, number in phrases.items():
        words = tuple(numbers.get(word, -1) for word in fold(text))
        if words and min(words) >= 0:
            sought.setdefault(len(words), {}).setdefault(words, number)
    document = corpus.document
    parts = [_windows(corpus, document, length, table) for length, table in sorted(sought.items())]
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Found(start=none, end=none, phrase=none)
    start, end, phrase = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((end, start))
    return Found(start=start[order], end=end[order], phrase=phrase[order])


def _windows(
    corpus: Corpus, document: NDArray[np.int32], length: int, table: Mapping[tuple[int, ...], int]
) -> tuple[Numbers, Numbers, Numbers]:
    """Places of phrases of one length."""
    begins = np.zeros(len(corpus.vocabulary), dtype=bool)
    begins[[words[0] for words in table]] = True
    size = max(len(corpus.words) - length + 1, 0)
    at = np.flatnonzero(begins[corpus.words[:size]])
    at = at[document[at] == document[at + length - 1]]
    wanted = np.array(list(table), dtype=np.int64)
    keys = mixed(*wanted.T)
    order = np.argsort(keys)
    held = mixed(*(corpus.words[at + step] for step in range(length)))
    place = np.minimum(np.searchsorted(keys[order], held), len(keys) - 1)
    right = keys[order][place] == held
    phrase = np.array(list(table.values()), dtype=np.int64)[order][place]
    return at[right], at[right] + length, phrase[right]
