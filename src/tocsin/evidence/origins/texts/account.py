"""What an account tells, whatever its words: figures, names and meanings, and how much of it two accounts share."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.texts.catalogue import catalogue, stem
from tocsin.evidence.origins.texts.kernel import weigh
from tocsin.evidence.origins.texts.keys import SPARE, Keys, Numbers, by_document, candidates, mixed, unique
from tocsin.evidence.origins.texts.words import FIGURE, NAME, Corpus, digits
from tocsin.parameters import value

Floats = NDArray[np.float64]

KINDS: Final = ("figures", "blurred", "words", "names")
"""Columns of what is shared. Every figure is there once more, blurred: a slip of the pen costs it a part only."""
_FIGURE, _BLURRED, _WORD, _NAME = range(4)
_KIND: Final = np.uint64(3)
"""The lowest bits of a trait say its kind."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The traits of every document, sorted, with what each weighs."""

    trait: Keys
    start: Numbers
    """(documents + 1,) where each document begins."""
    weight: Floats

    def shared(self, one: Numbers, other: Numbers) -> Floats:
        """Weight of what pairs of documents share, (pairs, kinds)."""
        return weigh(self.trait, self.weight, self.start, one, other, len(KINDS))

    def total(self) -> Floats:
        """Weight of all that each document tells, (documents, kinds)."""
        documents = np.arange(len(self.start) - 1)
        return self.shared(documents, documents)

    def near(self, later: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Pairs of documents of which the second is one of `later`, that share enough rare traits to be compared.

        A trait that more documents hold than `origins.account_held` leads to none; where it leads, it leads to all.
        """
        document = np.repeat(np.arange(len(later)), np.diff(self.start))
        named = (self.trait & _KIND) != _BLURRED
        held = int(value("origins.account_held"))
        one, other = candidates(
            mixed(self.trait[named]), document[named], reach=held, least=int(value("origins.account_least")), most=held
        )
        return one[later[other]], other[later[other]]


def accounts(corpus: Corpus, heard: NDArray[np.bool_], family: Numbers) -> Accounts:
    """Gather the traits of documents; weigh each by how rare it is among families of copies, and by its form."""
    trait, tells = _traits(corpus)
    tells &= heard
    figure = tells & (corpus.fact == FIGURE)
    values = np.unique(corpus.value[figure]).astype(np.float64)
    precise, blurred = _precision(values), _blurred(values)
    place = np.searchsorted(values, corpus.value[figure])
    document = corpus.document
    told = np.concatenate([trait[tells], blurred[place]])
    held = np.concatenate([document[tells], document[figure]])
    rows, start = by_document(told << SPARE, held, len(corpus))
    families = np.repeat(family, np.diff(start)).astype(np.uint64)
    once = unique((rows << SPARE) | families)
    known, count = np.unique(once >> SPARE, return_counts=True)
    many = len(np.unique(family)) + value("origins.account_background")
    weight = np.log(many / (count + 0.5))
    slight = value("origins.figure_blurred")
    for keys, most in ((_figured(values), precise), (blurred, slight * precise)):
        at = np.searchsorted(known, keys)
        np.minimum.at(weight, at, most)
    return Accounts(trait=rows, start=start, weight=weight[np.searchsorted(known, rows)])


def _traits(corpus: Corpus) -> tuple[Keys, NDArray[np.bool_]]:
    """The trait of every word, and whether it tells anything; the day of a date does not."""
    meaning, name, tells = _meanings(corpus.vocabulary)
    words = corpus.words
    named = (corpus.fact == NAME) & (name[words] > 0)
    numbers = np.where(named, name[words], meaning[words])
    trait = _trait(mixed(numbers), 0) | np.where(named, np.uint64(_NAME), np.uint64(_WORD))
    figure = corpus.fact == FIGURE
    trait[figure] = _figured(corpus.value[figure].astype(np.float64))
    return trait, (tells[words] & ~figure) | (figure & ~_dated(corpus))


def _trait(key: Keys, kind: int) -> Keys:
    """A key short enough to stand beside the number of a document, of which the lowest say the kind."""
    return (key >> SPARE) & ~_KIND | np.uint64(kind)


def _figured(values: Floats) -> Keys:
    return _trait(mixed(values.view(np.uint64)), _FIGURE)


def _meanings(
    vocabulary: Sequence[str],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """By word: the number of its meaning, the number of how it sounds as a name (0: it has a meaning), if it tells."""
    lists = catalogue()
    numbers: dict[str, int] = {}
    meaning, name, tells = (np.zeros(len(vocabulary) + 1, dtype=np.int32) for _ in range(3))
    for place, word in enumerate(vocabulary):
        root = stem(word)
        meaning[place] = numbers.setdefault(lists.concepts.get(root, root), len(numbers) + 1)
        if root not in lists.concepts:
            name[place] = numbers.setdefault("\n" + sound(word), len(numbers) + 1)
        dull = word in lists.common or word in lists.numerals or word in lists.scales
        tells[place] = len(word) > 2 and not dull and not word[0].isdecimal()
    return meaning, name, tells.astype(bool)


def sound(name: str) -> str:
    """Write a name by its consonants, so that the spellings of two languages meet.

    >>> sound("hashim") == sound("hashem"), sound("kassala") == sound("kasala"), sound("lee")
    (True, True, 'lee')
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    for written, heard in (("kh", "h"), ("q", "k"), ("c", "k"), ("ph", "f"), ("z", "s")):
        plain = plain.replace(written, heard)
    bones = ""
    for char in plain:
        if char not in "aeiouyw" and not bones.endswith(char):
            bones += char
    return bones if len(bones) > 2 else name


def _precision(values: Floats) -> Floats:
    """The most that a figure can weigh: the more digits it has, the less likely two give it by chance."""
    count = np.array([len(digits(number)) for number in values.tolist()], dtype=np.int64)
    most = np.array([value(f"origins.figure_{kind}") for kind in ("none", "one", "two", "three", "more")])
    small = (count == 1) & (values < 10.0)
    year = (values >= value("origins.year_first")) & (values <= value("origins.year_last")) & (count == 4)
    return np.where(small | year, value("origins.figure_small"), most[np.minimum(count, 4)])


def _blurred(values: Floats) -> Keys:
    """A trait that figures share which are made of the same digits (47 and 74, 4,600 and 46,000)."""
    made_of = np.array([int("".join(sorted(digits(number))) or 0) for number in values.tolist()], dtype=np.int64)
    return _trait(mixed(made_of), _BLURRED)


def _dated(corpus: Corpus) -> NDArray[np.bool_]:
    """Words next to the name of a month: the day of a date says little."""
    months = catalogue().months
    month = np.array([word in months for word in corpus.vocabulary] + [False], dtype=bool)[corpus.words]
    beside = np.zeros(len(month) + 2, dtype=bool)
    beside[:-2] |= month
    beside[2:] |= month
    return beside[1:-1]
