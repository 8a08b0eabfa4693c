"""Texts as arrays: words, sentences, figures and names of many documents at once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.texts.catalogue import catalogue

Words = NDArray[np.uint32]
Places = NDArray[np.int64]

NAME, FIGURE = 1, 2
_NUMBER: Final = r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_TOKEN: Final = re.compile(rf"{_NUMBER}|[^\W\d_]+(?:['\u2019][^\W\d_]{{1,3}}(?![^\W_]))?|[.!?\n;:,()]")
_THOUSANDS: Final = re.compile(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3}(?:\D|$))")
_LARGEST: Final = 1e18
_STOP, _PAUSE, _WORD, _CAPITAL, _DIGITS, _NUMERAL, _SCALE = range(7)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Every word of every document, one after another; figures are words too, in one way of writing.

    All arrays but `start` have one entry a word.
    """

    words: Words
    """Number of the folded word in `vocabulary`."""
    start: Places
    """(documents + 1,) where each document begins."""
    sentence: NDArray[np.int32]
    """Running number of the sentence, over all documents."""
    fact: NDArray[np.uint8]
    """NAME, FIGURE or 0."""
    value: NDArray[np.float32]
    """Of a figure; else NaN."""
    large: NDArray[np.bool_]
    """Whether it begins with a capital letter."""
    vocabulary: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def document(self) -> NDArray[np.int32]:
        """The document of each word."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.start))


@final
class _Forms(dict[str, int]):
    """Numbers for written forms, with the folded word, the kind and the value of each."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: dict[str, int] = {}
        self.fold: list[int] = []
        self.kind: list[int] = []
        self.value: list[float] = []
        self.large: list[bool] = []

    def __missing__(self, form: str) -> int:
        number = self[form] = len(self.fold)
        small, kind, value = _read(form)
        self.fold.append(self.folded.setdefault(small, len(self.folded)))
        self.kind.append(kind)
        self.value.append(value)
        self.large.append(form[0].isupper())
        return number


def read(texts: Sequence[str]) -> Corpus:
    """Read texts into arrays."""
    forms = _Forms()
    tokens = array("I")
    lengths = np.zeros(len(texts), dtype=np.int64)
    for place, text in enumerate(texts):
        row = [forms[token] for token in _TOKEN.findall(text)]
        lengths[place] = len(row)
        tokens.extend(row)
    written = np.frombuffer(tokens, dtype=np.uint32) if tokens else np.zeros(0, dtype=np.uint32)
    kind = np.array([*forms.kind, 0], dtype=np.uint8)[written]
    value = np.array([*forms.value, np.nan], dtype=np.float32)[written]
    document = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    first = np.ones(len(written), dtype=bool)
    first[1:] = (document[1:] != document[:-1]) | (kind[:-1] == _STOP)
    keep = kind > _PAUSE
    sentence = (np.cumsum(first, dtype=np.int32) - 1)[keep]
    phrase = np.cumsum(kind <= _PAUSE, dtype=np.int32)[keep]
    kind, value, document = kind[keep], value[keep], document[keep]
    large = np.array([*forms.large, False])[written[keep]]
    words = np.array([*forms.fold, 0], dtype=np.uint32)[written[keep]]
    fact = np.where(_names(words, kind, sentence), NAME, 0).astype(np.uint8)
    single = np.isin(words, [forms.folded[word] for word in ("a", "one") if word in forms.folded])
    _figures(kind, value, phrase, fact, single)
    start = np.searchsorted(document, np.arange(len(texts) + 1)).astype(np.int64)
    return Corpus(
        words=words,
        start=start,
        sentence=sentence,
        fact=fact,
        value=value,
        large=large,
        vocabulary=tuple(forms.folded),
    )


def fold(text: str) -> tuple[str, ...]:
    """The words of a short text as a vocabulary holds them.

    >>> fold("The Staff's 1,200 men")
    ('the', 'staff', '1200', 'men')
    """
    read = (_read(form) for form in _TOKEN.findall(text))
    return tuple(word for word, kind, _ in read if kind > _PAUSE)


def _read(form: str) -> tuple[str, int, float]:
    """Fold a written form; say its kind and its value."""
    if form in ".!?\n;:,()":
        return ".", _PAUSE if form in ":,()" else _STOP, np.nan
    if form[0].isdecimal():
        number = min(float(_THOUSANDS.sub("", form).replace(",", ".")), _LARGEST)
        return f"{number:.12g}", _DIGITS, number
    small = form.casefold().replace("\u2019", "'").removesuffix("'s")
    words = catalogue()
    if small in words.numerals:
        return small, _NUMERAL, words.numerals[small]
    if small in words.scales:
        return small, _SCALE, words.scales[small]
    return small, _CAPITAL if form[0].isupper() and small not in words.common else _WORD, np.nan


def _names(words: Words, kind: NDArray[np.uint8], sentence: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Words that are written large within a sentence; at its beginning, those that are so elsewhere too."""
    if not len(words):
        return np.zeros(0, dtype=bool)
    capital = kind == _CAPITAL
    inside = np.ones(len(words), dtype=bool)
    inside[0] = False
    inside[1:] = sentence[1:] == sentence[:-1]
    size = int(words.max()) + 1
    large = np.bincount(words[capital & inside], minlength=size)
    small = np.bincount(words[~capital], minlength=size)
    return capital & (inside | (large > small)[words]) & (small <= large)[words]


def _figures(
    kind: NDArray[np.uint8],
    value: NDArray[np.float32],
    phrase: NDArray[np.int32],
    fact: NDArray[np.uint8],
    single: NDArray[np.bool_],
) -> None:
    """Join numerals and scales ("a hundred and seventeen", "1.5 million") at their first word, in place.

    `single` marks the words a and one; `phrase` numbers the stretches between marks of punctuation.
    """
    numeric = np.flatnonzero(kind >= _DIGITS)
    gap, before, after = np.diff(numeric), kind[numeric[:-1]], kind[numeric[1:]]
    near = (gap == 1) | ((gap == 2) & (before == _SCALE) & (after == _NUMERAL))
    joins = np.zeros(len(numeric) + 1, dtype=bool)
    joins[1:-1] = near & (after != _DIGITS) & (phrase[numeric[1:]] == phrase[numeric[:-1]])
    lonely = ~joins[:-1] & ~joins[1:] & (kind[numeric] != _SCALE)
    fact[numeric[lonely]] = FIGURE
    for begin in np.flatnonzero(~lonely & ~joins[:-1]).tolist():
        end = begin + 1
        while joins[end]:
            end += 1
        places = numeric[begin:end]
        one = places[0] > 0 and bool(single[places[0] - 1])
        total = _total([(int(kind[p]), float(value[p])) for p in places], one=one)
        value[places] = np.nan
        if total is not None:
            value[places[0]], fact[places[0]] = total, FIGURE
    value[fact != FIGURE] = np.nan


def _total(parts: list[tuple[int, float]], *, one: bool) -> float | None:
    """Add up a number in words; None for a scale alone, which says how many to nobody, unless it is one."""
    if parts[0][0] == _SCALE and not one:
        return None
    total, current = 0.0, float(parts[0][0] == _SCALE)
    for kind, value in parts:
        if kind != _SCALE:
            current += value
        elif value >= 1000.0:
            total, current = total + current * value, 0.0
        else:
            current *= value
    return total + current


def digits(number: float) -> str:
    """The digits of a figure without the noughts at its ends.

    >>> digits(4600.0), digits(0.05)
    ('46', '5')
    """
    return f"{number:.7g}".partition("e")[0].replace(".", "").strip("0")
