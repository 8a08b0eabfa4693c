"""Word lists of the catalogue: classes that patterns name, cues of speech, of doubt and of denial."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "catalog" / "lexicon"


@cache
def read(name: str) -> dict[str, Any]:
    """Return the content of one file of the lexicon."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def words(file: str, key: str) -> frozenset[str]:
    """Return the words listed under `key` of `file`, where `a.b` is key b of table a."""
    value: Any = read(file)
    for part in key.split("."):
        value = value[part]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def word_class(name: str) -> frozenset[str]:
    """Return a class of words that patterns name with @; `losable`: what an army can lose; `proper`: proper nouns."""
    if name == "losable":
        return (word_class("troops") | word_class("gear") | word_class("some")) - {"people", "who"}
    if name == "proper":
        return frozenset()
    if name == "not":
        return frozenset({"not", "n't", "never", "no"})
    return words("classes", name)


@cache
def kinds() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the kinds of speaker with their words, in the order in which they are tried."""
    table: dict[str, str] = read("speech")["kinds"]
    return tuple((kind, frozenset(listed.split())) for kind, listed in table.items())


@cache
def martial() -> frozenset[str]:
    """Return the words that only texts about soldiers use."""
    listed = words("figurative", "soldierly") | word_class("troops") | word_class("war")
    return listed - words("figurative", "common")
