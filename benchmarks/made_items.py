"""Made-up news: items of invented words on invented events, with planted copies of known kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from tocsin.evidence.origins.item import Item

KINDS: Final = ("reprint", "rewrite", "spin", "excerpt", "transcription")
FUNCTION: Final = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "was",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "had",
    "were",
    "it",
    "is",
    "his",
    "their",
    "been",
    "an",
    "have",
    "be",
    "which",
    "not",
    "they",
    "this",
    "has",
    "but",
    "its",
    "who",
    "he",
    "or",
    "after",
    "two",
    "over",
    "more",
    "than",
    "when",
    "near",
    "into",
    "where",
    "before",
    "while",
    "all",
    "one",
    "other",
    "during",
    "through",
    "would",
    "could",
    "since",
    "about",
    "between",
    "under",
    "against",
    "out",
    "up",
    "no",
    "them",
    "him",
    "first",
    "last",
    "also",
    "only",
    "most",
    "some",
]
SYLLABLES: Final = [
    a + b
    for a in ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kl", "st", "tr"]
    for b in ["a", "e", "i", "o", "u", "ar", "en", "il", "om", "us"]
]
BOILERPLATE: Final = (
    "Sign up for the morning letter of this house and never miss a line of it.",
    "This report was gathered by the desk of the week and may be used freely by all members.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """Items, and for every planted copy the item it was made from, with the kind."""

    items: list[Item]
    parent: dict[str, tuple[str, str]]
    event: dict[str, int]


def made_lexicon(rng: Random) -> tuple[list[str], list[str], dict[str, str]]:
    """Invented words, a stream of them as often as they occur, and a word of like meaning for each."""
    drawn = ("".join(rng.choices(SYLLABLES, k=rng.choice((2, 3, 3, 4)))) for _ in range(40_000))
    lexicon = list(dict.fromkeys(drawn))
    weights = [1.0 / (rank + 20.0) for rank in range(len(lexicon))]
    synonym = dict(zip(lexicon, lexicon[1:] + lexicon[:1], strict=True))
    return lexicon, rng.choices(lexicon, weights, k=2_000_000), synonym


def make(count: int, seed: int, words: int = 200, share: float = 0.5) -> Made:
    """Make `count` items of `words` words, of which a `share` are copies of each kind in equal number.

    Five to six separate items tell of one event: they share its places, its forces and one figure, and no sentence.
    """
    rng = Random(seed)  # noqa: S311
    lexicon, pool, synonym = made_lexicon(rng)
    start = datetime(2031, 1, 1)  # noqa: DTZ001
    originals, made, parent, event = count - int(count * share), [], {}, {}
    setting: list[str] = []
    for number in range(originals):
        if number % 5 == 0:
            setting = [rng.choice(lexicon).title() for _ in range(4)] + [str(rng.randint(11, 9999))]
        when = start + timedelta(hours=number // 5 * 0.5 + rng.random() * 24)
        text = tell(rng, pool, setting, words)
        made.append(_item(f"o{number:06}", rng, when, text))
        event[made[-1].id] = number // 5
    for number in range(count - originals):
        source = made[rng.randrange(originals)]
        kind = KINDS[number % len(KINDS)]
        name = f"k{number:06}"
        text = COPY[kind](rng, source.text, synonym, pool)
        when = (source.published or start) + timedelta(hours=1 + rng.random() * 72)
        made.append(_item(name, rng, when, text))
        parent[name], event[name] = (source.id, kind), event[source.id]
    rng.shuffle(made)
    return Made(made, parent, event)


def _item(name: str, rng: Random, when: datetime, text: str) -> Item:
    house = rng.randrange(400)
    footer = f"\n\n{BOILERPLATE[house % 2]}" if house % 3 == 0 else ""
    return Item(id=name, publisher=f"House {house}", published=when, text=text + footer)


def tell(rng: Random, pool: list[str], setting: list[str], words: int) -> str:
    told: list[str] = []
    total = 0
    while total < words:
        length = rng.randint(8, 24)
        at = rng.randrange(len(pool) - length)
        sentence = [rng.choice(FUNCTION) if rng.random() < 0.42 else word for word in pool[at : at + length]]
        if rng.random() < 0.6:
            sentence[rng.randrange(1, length)] = rng.choice(setting)
        if rng.random() < 0.4:
            sentence[rng.randrange(1, length)] = str(rng.randint(2, 9000))
        told.append(" ".join(sentence).capitalize() if not sentence[0][0].isupper() else " ".join(sentence))
        total += length
    return ". ".join(told) + "."


def _reprint(rng: Random, text: str, synonym: dict[str, str], pool: list[str]) -> str:  # noqa: ARG001
    words = text.split()
    for _ in range(max(len(words) // 40, 1)):
        del words[rng.randrange(len(words))]
    return " ".join(words)


def _rewrite(rng: Random, text: str, synonym: dict[str, str], pool: list[str]) -> str:  # noqa: ARG001
    sentences = text.rstrip(".").split(". ")
    kept = [sentence for sentence in sentences if rng.random() < 0.85] or sentences
    rng.shuffle(kept)
    out = []
    for sentence in kept:
        words = sentence.split()
        cut = rng.randrange(len(words))
        words = words[cut:] + words[:cut]
        out.append(" ".join(rng.choice(pool) if word.islower() and rng.random() < 0.2 else word for word in words))
    return ". ".join(out) + "."


def _spin(rng: Random, text: str, synonym: dict[str, str], pool: list[str]) -> str:  # noqa: ARG001
    return " ".join(synonym.get(word, word) if rng.random() < 0.75 else word for word in text.split())


def _excerpt(rng: Random, text: str, synonym: dict[str, str], pool: list[str]) -> str:  # noqa: ARG001
    sentences = text.rstrip(".").split(". ")
    take = max(len(sentences) // 4, 2)
    at = rng.randrange(max(len(sentences) - take, 1))
    own = tell(rng, pool, ["Nemo"], 70)
    return f"{own} {'. '.join(sentences[at : at + take])}. {tell(rng, pool, ['Nemo'], 70)}"


def _transcription(rng: Random, text: str, synonym: dict[str, str], pool: list[str]) -> str:
    words = _reprint(rng, text, synonym, pool).split()
    for place, word in enumerate(words):
        bare = word.rstrip(".")
        if bare.isdigit() and len(bare) > 1:
            words[place] = bare[::-1] + word[len(bare) :]
    return " ".join(words)


COPY: Final = {
    "reprint": _reprint,
    "rewrite": _rewrite,
    "spin": _spin,
    "excerpt": _excerpt,
    "transcription": _transcription,
}
