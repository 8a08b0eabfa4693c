"""Words of probability: one yardstick, the number always in brackets, confidence never in the same sentence."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import final

from tocsin.errors import CatalogueError, UnknownNameError

YARDSTICKS = Path(__file__).parent.parent / "catalog" / "words"
# The only numbers that a bracket after a probability word may hold: a percentage, a band, or so many in a hundred.
_BRACKET = r"\s*\((?:less than |more than )?\d+(?:\.\d+)?(?:%|\s?(?:to|\u2013)\s?\d+(?:\.\d+)?%| in \d+)[^()]{0,40}\)"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_CONFIDENCE = re.compile(r"\bconfiden(?:ce|t)\b", re.IGNORECASE)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One word and the probabilities that it stands for: [low, high)."""

    word: str
    low: float
    high: float

    def distance(self, probability: float) -> float:
        """How far outside the band `probability` lies; 0 inside."""
        return max(self.low - probability, probability - self.high, 0.0)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """A published scale of probability words, in rising order."""

    name: str
    title: str
    reference: str
    bands: tuple[Band, ...]
    synonyms: tuple[str, ...]


@cache
def yardstick(name: str = "icd203") -> Yardstick:
    """Read the yardstick `name` from the catalogue; raise UnknownNameError or CatalogueError."""
    path = YARDSTICKS / f"{name}.toml"
    known = sorted(file.stem for file in YARDSTICKS.glob("*.toml"))
    if name not in known:
        raise UnknownNameError("yardstick", name, known)
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        bands = tuple(Band(**row) for row in table["bands"])
        scale = Yardstick(
            name=table["name"],
            title=table["title"],
            reference=table["reference"],
            bands=bands,
            synonyms=tuple(table["synonyms"]),
        )
    except (KeyError, TypeError) as fault:
        raise CatalogueError(
            path.name, f"a yardstick needs name, title, reference, synonyms and bands ({fault})"
        ) from None
    edges = [edge for band in bands for edge in (band.low, band.high)]
    if edges != sorted(edges) or edges[0] != 0 or edges[-1] != 1:
        raise CatalogueError(path.name, "bands must rise from 0 to 1 and not overlap")
    return scale


def word(probability: float, *, scale: str = "icd203") -> str:
    """Name `probability` in the words of a yardstick; a gap between bands takes the nearest, the lower at a tie.

    Raise ValueError outside [0, 1].

    >>> word(0.2), word(0.004), word(0.37, scale="phia")
    ('unlikely', 'less than 1 in 100', 'unlikely')
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not {probability}")
    bands = yardstick(scale).bands
    inside = [band for band in bands if band.low <= probability < band.high]
    nearest = min(bands, key=lambda band: (round(band.distance(probability), 12), band.low))
    return (inside[0] if inside else nearest).word


def percent(probability: float, *, resolution: float = 0.001, scale: str | None = None) -> str:
    """Write a probability with as many digits as a reader can use; never as none or all.

    `resolution` is the smallest probability that what made the number can tell from none, at least 0.001. With a
    `scale` the number is written with as many digits as keep it in the band of its word.

    >>> [percent(p) for p in (0, 0.0004, 0.0312, 0.08, 0.237, 0.9931, 0.99999)]
    ['less than 0.1%', 'less than 0.1%', '3.1%', '8%', '24%', '99.3%', 'more than 99.9%']
    >>> percent(0.0499), percent(0.0499, scale="icd203"), percent(0.1967, scale="icd203")
    ('5%', '4.99%', '19.7%')
    >>> percent(0, resolution=0.0017), percent(1, resolution=0.0017)
    ('less than 0.2%', 'more than 99.8%')
    """
    if not 0.001 <= probability <= 0.999:
        edge = min(99.9, max(0.1, math.ceil(1000 * resolution - 1e-9) / 10))
        return f"less than {edge:.3g}%" if probability < 0.001 else f"more than {100 - edge:.3g}%"
    fewest = 1 if probability < 0.0995 or probability > 0.9895 else 0
    written = [f"{100 * probability:.{digits}f}" for digits in range(fewest, 7)]
    # a number that rounding carries over the edge of its word's band is written with more digits
    kept = (
        text for text in written if not scale or word(float(text) / 100, scale=scale) == word(probability, scale=scale)
    )
    return f"{next(kept, written[-1])}%".replace(".0%", "%")


def short(probability: float) -> str:
    """Write a probability for a narrow column: as `percent` does, with signs for words.

    >>> short(0.0004), short(0.237)
    ('<0.1%', '24%')
    """
    return percent(probability).replace("less than ", "<").replace("more than ", ">")


def share(value: float) -> str:
    """Write a share as a percentage with two digits that count; unlike a probability, it may be none or all.

    >>> [share(value) for value in (0, 0.00043, 0.0312, 0.237, 1)]
    ['0%', '0.04%', '3.1%', '24%', '100%']
    """
    digits = 0 if value >= 0.0995 else 1 if value >= 0.00995 else 2
    written = f"{100 * value:.{digits}f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) + "%"


def phrase(probability: float, *, interval: Sequence[float] | None = None, scale: str = "icd203") -> str:
    """Name a probability with its number in brackets, the only way in which a brief may.

    `interval` (low, high) keeps a number near none or all from looking better known than it is.

    >>> phrase(0.031), phrase(0.0, interval=(0.0, 0.0017))
    ('almost no chance (3.1%)', 'less than 1 in 100 (less than 0.2%)')
    """
    low, high = interval or (1.0, 0.0)
    resolution = max(0.001, high if probability < 0.5 else 1 - low)
    return f"{word(probability, scale=scale)} ({percent(probability, resolution=resolution, scale=scale)})"


def sentences(text: str) -> Iterator[str]:
    """Cut plain text into sentences, roughly: at full stops, question marks and line ends."""
    for sentence in _SENTENCE_END.split(text):
        if stripped := " ".join(sentence.split()):
            yield stripped


def lint(sentence: str) -> list[str]:
    """Say what breaks the two rules in one sentence of our own; an empty list where nothing does.

    Rules: a word of probability is followed by its number in brackets; no sentence holds both such a word and
    confidence. (ICD 203, terms of likelihood; Wintle et al. 2019, doi:10.1371/journal.pone.0213522.)
    """
    found = list(_terms().finditer(sentence))
    faults = [
        f"{match.group(0)!r} has no number in brackets behind it"
        for match in found
        if not re.match(_BRACKET, sentence[match.end() :])
    ]
    if found and _CONFIDENCE.search(sentence):
        faults.append("likelihood and confidence share a sentence")
    return faults


@cache
def _terms() -> re.Pattern[str]:
    scales = [yardstick(file.stem) for file in sorted(YARDSTICKS.glob("*.toml"))]
    terms = {band.word for scale in scales for band in scale.bands} | {
        term for scale in scales for term in scale.synonyms
    }
    terms |= {"probably", "improbably", "almost certainly"}
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b(?! than\b)", re.IGNORECASE)
