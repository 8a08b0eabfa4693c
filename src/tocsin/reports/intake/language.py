"""Tell English from other languages, offline: first by script and common words, then by statistics.

Only what is plainly another language is set aside. A short text, a list of names, a text in two languages
of which one is English: all these are read, because a report that is lost is worse than one without claims.
The words, scripts and thresholds are in catalog/languages.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tocsin.reports.report import READ

_CATALOGUE = Path(__file__).parents[2] / "catalog" / "languages.toml"
_WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str, expected: Sequence[str] = ()) -> str | None:
    """Return the ISO 639 code of the language of `text` where it is plainly not English, else None.

    `expected` are the languages that its source writes in; where they are known, no other is looked for.
    """
    table = _table()
    sample = text[: table["sample"]]
    letters = [letter for letter in sample if letter.isalpha()]
    if len(letters) < table["fewest_letters"]:
        return _only(expected)
    words = _WORD.findall(sample.lower())
    common = frozenset(table["common_english_words"])
    if sum(word in common for word in words) >= table["share_of_common_words"] * len(words):
        return None
    candidates = _by_script(letters, table)
    among = [code for code in candidates if code in expected or not expected] or candidates
    if among == [READ]:
        return None
    code, share = _statistics(sample, tuple(among)) if len(among) > 1 else (among[0], 1.0)
    if code == READ or (READ in among and share < table["least_share"]):
        return None
    return code


def name_of(code: str) -> str:
    """Return the English name of a language, or its code where the catalogue has none."""
    return str(_table()["names"].get(code, code))


def _only(expected: Sequence[str]) -> str | None:
    """What a text too short to tell is in: the language of its source, where that writes in one only."""
    return expected[0] if len(expected) == 1 and expected[0] != READ else None


def _by_script(letters: Sequence[str], table: dict[str, Any]) -> list[str]:
    """The languages that are written in the script of most letters; Latin ones where no other prevails."""
    scripts = Counter(unicodedata.name(letter, "OTHER").split(" ", 1)[0] for letter in letters)
    script, count = scripts.most_common(1)[0]
    known: dict[str, list[str]] = table["scripts"]
    return list(known["LATIN"] if 2 * count < len(letters) else known.get(script, ["und"]))


def _statistics(text: str, among: tuple[str, ...]) -> tuple[str, float]:
    """The likeliest language and its share of the probability."""
    code, share = _model(among).classify(text)
    return str(code), float(share)


@cache
def _model(among: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  a second to load; seldom needed

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(among))
    return model


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_CATALOGUE.read_text("utf-8"))
