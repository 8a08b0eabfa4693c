"""The words of the catalogue by which texts are compared."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, final

from tocsin.parameters import CATALOGUE


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What `catalog/origins/words.toml` holds, ready for use."""

    common: frozenset[str]
    times: frozenset[str]
    months: frozenset[str]
    numerals: Mapping[str, float]
    scales: Mapping[str, float]
    concepts: Mapping[str, str]
    """From a stem to the first stem of its group."""
    outlets: frozenset[str]
    phrases: Mapping[str, tuple[str, ...]]
    """By kind: rumour, firsthand, denial, negation, translation, boilerplate, before, after, unnamed, agencies."""


@cache
def catalogue() -> Catalogue:
    """Read the words once."""
    table: Mapping[str, Any] = tomllib.loads((CATALOGUE / "origins" / "words.toml").read_text(encoding="utf-8"))
    citing = table["citing"]
    concepts: dict[str, str] = {}
    for group in table["concepts"].values():
        for line in group.strip().splitlines():
            stems = [stem(word) for word in line.split()]
            for one in stems:
                concepts.setdefault(one, stems[0])
    months = frozenset(table["months"].split())
    phrases = {
        name: table[name]["phrases"]
        for name in ("rumour", "firsthand", "own", "attributed", "denial", "negation", "translation", "boilerplate")
    }
    phrases |= {name: citing[name] for name in ("before", "after", "unnamed", "agencies")}
    return Catalogue(
        common=frozenset(table["common"].split()),
        months=months,
        times=months | frozenset(table["weekdays"].split()),
        numerals={word: float(number) for word, number in table["numerals"].items()},
        scales={word: float(number) for word, number in table["scales"].items()},
        concepts=concepts,
        outlets=frozenset(citing["outlets"].split()),
        phrases={name: tuple(text.split("|")) for name, text in phrases.items()},
    )


def stem(word: str) -> str:
    """Take plain English endings off a folded word; the same word always gives the same stem.

    >>> stem("soldiers"), stem("captured"), stem("ferries"), stem("shelling")
    ('soldier', 'captur', 'ferri', 'shell')
    """
    for ending, least in (
        ("'s", 2),
        ("ings", 3),
        ("ing", 3),
        ("edly", 3),
        ("ies", 3),
        ("ed", 3),
        ("es", 3),
        ("ly", 4),
        ("s", 3),
        ("e", 3),
        ("y", 3),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)] + ("i" if ending in ("ies", "y") else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word
