"""What an account tells, whatever its words: figures, names and meanings, and how much of it two accounts share."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from tocsin.evidence.origins.catalogue import catalogue, stem
from tocsin.evidence.origins.texts.kernel import weigh
from tocsin.evidence.origins.texts.keys import Keys, Numbers, candidates, mixed
from tocsin.evidence.origins.texts.words import FIGURE, NAME, Corpus, digits
from tocsin.parameters import value

Floats = NDArray[np.float64]

KINDS: Final = ("figures", "blurred", "words", "names")
"""Columns of what is shared. Every figure is there a second time, blurred, so that a slip of the pen costs it a part."""
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
    trait, form = _traits(corpus)
    tells = heard & (form > 0.0)
    figure = tells & (corpus.fact == FIGURE)
    blurred, slight = _blurred(corpus.value[figure])
    document = corpus.document
    trait = np.concatenate([trait[tells], blurred])
    form = np.concatenate([form[tells], form[figure] * slight])
    document = np.concatenate([document[tells], document[figure]])
    order = np.lexsort((-form, trait, document))
    order = order[form[order] > 0.0]
    trait, form, document = trait[order], form[order], document[order]
    first = np.r_[True, (trait[1:] != trait[:-1]) | (document[1:] != document[:-1])][: len(trait)]
    trait, form, document = trait[first], form[first], document[first]
    start = np.searchsorted(document, np.arange(len(corpus) + 1)).astype(np.int64)
    return Accounts(trait=trait, start=start, weight=np.minimum(_rarity(trait, family[document]), form))


def _rarity(trait: Keys, family: Numbers) -> Floats:
    """Logarithm of one over the share of families that have a trait, with a background of families never seen."""
    held = np.unique(np.stack([trait, family.astype(np.uint64)]), axis=1)[0]
    known, count = np.unique(held, return_counts=True)
    many = len(np.unique(family)) + value("origins.account_background")
    return np.log(many / (count[np.searchsorted(known, trait)] + 0.5))


def _traits(corpus: Corpus) -> tuple[Keys, Floats]:
    """The trait of every word, and the most that it can weigh by its form; 0 where it tells nothing."""
    meaning, name, tells = _meanings(corpus.vocabulary)
    words = corpus.words
    named = (corpus.fact == NAME) & (name[words] > 0)
    numbers = np.where(named, name[words] * 4 + _NAME, meaning[words] * 4 + _WORD)
    trait = (mixed(numbers) & ~_KIND) | np.where(named, np.uint64(_NAME), np.uint64(_WORD))
    form = np.where(tells[words], np.inf, 0.0)
    figure = corpus.fact == FIGURE
    values = corpus.value[figure]
    trait[figure] = (mixed(values.view(np.uint64)) & ~_KIND) | np.uint64(_FIGURE)
    form[figure] = _precision(values) * ~_dated(corpus)[figure]
    return trait, form


def _meanings(vocabulary: Sequence[str]) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """By word: the number of its meaning, the number of how it sounds as a name (0: it has a meaning), if it tells."""
    lists = catalogue()
    numbers: dict[str, int] = {}
    meaning, name, tells = (np.zeros(len(vocabulary) + 1, dtype=np.int64) for _ in range(3))
    for place, word in enumerate(vocabulary):
        root = stem(word)
        meaning[place] = numbers.setdefault(lists.concepts.get(root, root), len(numbers) + 1)
        if root not in lists.concepts:
            name[place] = numbers.setdefault("\n" + sound(word), len(numbers) + 1)
        dull = word in lists.common or word in lists.numerals or word in lists.scales
        tells[place] = len(word) > 2 and not dull and not word[0].isdigit()
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
    year = (values >= 1800.0) & (values < 2100.0) & (count == 4)
    return np.where(small | year, value("origins.figure_small"), most[np.minimum(count, 4)])


def _blurred(values: Floats) -> tuple[Keys, Floats]:
    """A trait that figures share which are made of the same digits (47 and 74, 4,600 and 46,000), and its share."""
    made_of = ["".join(sorted(digits(number))) for number in values.tolist()]
    numbers = np.array([int(text or 0) for text in made_of], dtype=np.int64)
    known = np.array([len(text) > 1 for text in made_of], dtype=bool)
    return (mixed(numbers) & ~_KIND) | np.uint64(_BLURRED), known * value("origins.figure_blurred")


def _dated(corpus: Corpus) -> NDArray[np.bool_]:
    """Words next to the name of a month: the day of a date says little."""
    months = catalogue().months
    month = np.array([word in months for word in corpus.vocabulary] + [False], dtype=bool)[corpus.words]
    beside = np.zeros(len(month) + 2, dtype=bool)
    beside[:-2] |= month
    beside[2:] |= month
    return beside[1:-1]
