"""How many: numbers, shares and vague amounts, with what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, final

from tocsin.claims.claim import Quantity
from tocsin.claims.lexicon.words import read, word_class
from tocsin.claims.rules.facts.happened import MONTHS

_NUMBER = re.compile(r"\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

_ONE = frozenset({"a", "an", "another", "one", "single"})
_MEASURES = frozenset({"days", "weeks", "months", "years", "km", "km2", "miles", "villages", "rounds", "cases"})
"""What is not counted one by one."""
_BODIES = frozenset({"units", "companies", "battalions", "regiments", "brigades", "divisions", "squads", "platoons"})
_PUTTING = frozenset({"put", "estimate", "place", "give", "reckon", "set", "bag"})
"""Verbs under which a bare figure counts what is spoken of: `put the dead at 300`."""


@cache
def unit_words() -> dict[str, str]:
    """Return each word that names something countable, with the unit under which it is filed."""
    table: dict[str, str] = read("numerals")["units"]
    return {word: unit for unit, listed in table.items() for word in listed.split()}


@final
@dataclass(frozen=True, slots=True)
class Counted:
    """An amount of a sentence: the place of its first token among the sentence's, and how many it says."""

    place: int
    quantity: Quantity


def amounts(tokens: Sequence[Any], spell: Any) -> list[Counted]:
    """Return every amount of a sentence, in its order: numbers, shares, vague words, and single ones (`a captain`).

    `spell` gives the report's own characters for the tokens first to last. A unit that is not on record is None.
    """
    found: list[Counted] = []
    at = 0
    while at < len(tokens):
        end = _extent(tokens, at)
        quantity = _read(tokens, at, end, spell) if end > at else _single(tokens, at, spell)
        if quantity is not None:
            found.append(Counted(at, quantity))
        at = max(end, at + 1)
    return found


def _single(tokens: Sequence[Any], at: int, spell: Any) -> Quantity | None:
    """One man or one unit: `a sergeant refused`, `Private Steel was struck`; a bare `the captain` counts nobody."""
    token, units = tokens[at], unit_words()
    unit = units.get(token.lemma_.lower()) or _of_relatives(token)
    if token.tag_ == "NNP" and token.dep_ != "compound":
        ranked = any(units.get(part.lower_) == "soldiers" and part.dep_ == "compound" for part in token.lefts)
        unit = "soldiers" if ranked else None
    elif token.tag_ != "NN" or unit in _MEASURES or not any(part.lower_ in _ONE for part in token.lefts):
        return None
    return Quantity(text=spell(token, token), value=1, low=1, high=1, unit=unit) if unit else None


def _of_relatives(token: Any) -> str | None:
    return "families" if token.lemma_.lower() in word_class("kin") else None


def _numeric(token: Any) -> bool:
    table = read("numerals")
    word = token.lower_
    return (
        bool(_NUMBER.fullmatch(word))
        or word in table["words"]
        or word in table["scales"]
        or (word in table["shares"] and word != "second")
    )


def _extent(tokens: Sequence[Any], at: int) -> int:
    """Where the amount that begins at `at` ends (itself where none begins)."""
    for size in (3, 2, 1):
        if " ".join(token.lower_ for token in tokens[at : at + size]) in read("numerals")["vague"]:
            return at + size
    if _is_name(tokens, at) or (
        not _numeric(tokens[at])
        or (tokens[at].tag_ in {"JJ", "PRP"} and tokens[at].lower_ != "third")
        or _is_date(tokens, at)
    ):
        return at
    end = at + 1
    while end < len(tokens):
        joins = tokens[end].text in {"-", "\u2013"} or tokens[end].lower_ in {"and", "to", "of", "a"}
        if _numeric(tokens[end]) or tokens[end].lower_ in {"%", "percent", "per", "cent"}:
            end += 1
        elif joins and end + 1 < len(tokens) and _numeric(tokens[end + 1]) and tokens[end].lower_ != "of":
            end += 2
        else:
            break
    return end


def _is_name(tokens: Sequence[Any], at: int) -> bool:
    """Whether a number belongs to the name of a formation: `58 Division`."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or not tokens[at].text.isdigit() or not following.text.istitle():
        return False
    return following.tag_ != "NNS" and following.lower_ not in unit_words()


def _is_date(tokens: Sequence[Any], at: int) -> bool:
    text = tokens[at].text
    if text.isdigit() and len(text) == 4 and 1000 < int(text) < 2100:
        return (
            at + 1 >= len(tokens)
            or tokens[at + 1].pos_ != "NOUN"
            or (at > 0 and tokens[at - 1].lower_ in {"in", "since", "of"})
        )
    near = [token.lower_ for token in tokens[max(0, at - 1) : at + 2]]
    if any(word in MONTHS for word in near) and text.isdigit():
        return True
    if (
        text.lower() in {"one", "half"}
        and tokens[at].dep_ in {"nsubj", "pobj", "dobj", "attr", "nsubjpass"}
        and tokens[at].lower_ == "one"
    ):
        return not any(child.lower_ == "of" for child in tokens[at].children)
    return (
        tokens[at].lower_ == "one"
        and tokens[at].i + 1 < len(tokens[at].doc)
        and tokens[at].nbor(1).lower_ in {"another", "day", "of", "side", "thing", "night", "man's"}
    )


def _value(words: Sequence[str]) -> tuple[float | None, bool]:
    """The number that `words` spell, and whether it is a share."""
    table = read("numerals")
    total, current, share, seen = 0.0, 0.0, False, False
    for word in words:
        if _NUMBER.fullmatch(word):
            current, seen = float(re.sub(r"[,  ]", "", word)), True
        elif word in table["words"]:
            current, seen = current + table["words"][word], True
        elif word in table["scales"]:
            current, seen = (current or 1) * table["scales"][word], True
            if table["scales"][word] >= 1000:
                total, current = total + current, 0.0
        elif word in table["shares"]:
            current, share, seen = (current or 1) * table["shares"][word], True, True
        elif word in {"%", "percent", "cent"}:
            current, share, seen = (total + current) / 100, True, True
            total = 0.0
    return (total + current if seen else None), share


def _read(tokens: Sequence[Any], at: int, end: int, spell: Any) -> Quantity | None:
    words = [token.lower_ for token in tokens[at:end]]
    ratio = _ratio(tokens, at, end)
    if ratio:
        return Quantity(
            text=spell(tokens[at], tokens[ratio[1]]), value=ratio[0], low=ratio[0], high=ratio[0], unit="share"
        )
    start, bound = _bound(tokens, at)
    unit = _unit(tokens, end) or _of_people(tokens[end - 1])
    vague = read("numerals")["vague"].get(" ".join(words))
    if vague:
        return _loose(vague, spell(tokens[at], tokens[end - 1]), unit)
    pair = _pair(words)
    value, share = _value(words)
    ordinal = words == ["third"] and not (at and tokens[at - 1].lower_ == "a")
    if value is None or (share and "%" not in words and (value > 1 or ordinal)):
        return None
    text = spell(tokens[start], tokens[end - 1])
    if pair:
        return Quantity(text=text, value=sum(pair) / 2, low=pair[0], high=pair[1], unit="share" if share else unit)
    low, high = _spread(value, bound)
    return Quantity(text=text, value=value, low=low, high=high, unit="share" if share else unit)


def _of_people(number: Any) -> str | None:
    """A number that stands alone as who was killed, taken or fled counts soldiers."""
    alone = number.pos_ in {"NUM", "NOUN"} and number.dep_ in {"dobj", "nsubjpass", "nsubj"}
    alone = alone or (number.dep_ == "pobj" and number.head.lower_ == "at" and number.head.head.lemma_ in _PUTTING)
    owned = all(child.lower_ == "of" for child in number.rights if child.dep_ != "punct")
    return "soldiers" if alone and owned else None


def _loose(vague: dict[str, Any], text: str, unit: str | None) -> Quantity:
    """An amount in vague words: `dozens of men`, `most of them`."""
    counted = "share" if vague["unit"] == "share" else unit
    exact = vague["low"] if vague["low"] == vague["high"] else None
    return Quantity(text=text, value=exact, low=vague["low"], high=vague["high"], unit=counted)


def _ratio(tokens: Sequence[Any], at: int, end: int) -> tuple[float, int] | None:
    """`One rifleman in three`, `four out of five`: the share, and where it ends."""
    part, _ = _value([token.lower_ for token in tokens[at:end]])
    for step in range(end, min(end + 3, len(tokens) - 1)):
        link = tokens[step].lower_
        if link == "in" or (link == "of" and tokens[step - 1].lower_ == "out"):
            whole, _ = _value([tokens[step + 1].lower_])
            fair = part is not None and whole is not None and 0 < part < whole <= 10
            return (part / whole, step + 1) if fair and part and whole else None
    return None


def _pair(words: Sequence[str]) -> tuple[float, float] | None:
    for place, word in enumerate(words):
        if word in {"-", "\u2013", "to", "and"} and 0 < place < len(words) - 1:
            low, share_low = _value(words[:place])
            high, share = _value(words[place + 1 :])
            scale = read("numerals")["scales"].get(words[-1], 1)
            if word in {"and", "to"} and low and high and low < 100 <= scale and words[place - 1] != words[-1]:
                low *= scale
            if word == "-" and (share and not share_low and "%" not in words[place:]):
                return None
            if word == "and" and low is not None and low >= 100 and high is not None and high < 100:
                return None
            if low is not None and high is not None and low < high:
                return (low / 100 if share and low > 1 else low), high
    return None


def _bound(tokens: Sequence[Any], at: int) -> tuple[int, str]:
    table = read("numerals")
    for size in (4, 3, 2, 1):
        if at - size < 0:
            continue
        before = " ".join(token.lower_ for token in tokens[at - size : at])
        for key in ("low_bounds", "high_bounds", "about"):
            if before in table[key]["words"]:
                return at - size, key if key != "high_bounds" or before not in table["about"]["words"] else "about"
    return at, ""


def _spread(value: float, bound: str) -> tuple[float | None, float | None]:
    if bound == "low_bounds":
        return value, None
    if bound == "high_bounds":
        return None, value
    if bound == "about":
        spread = value * float(read("numerals")["about"]["spread"])
        return value - spread, value + spread
    return value, value


def _unit(tokens: Sequence[Any], end: int) -> str | None:
    units = unit_words()
    for token in tokens[end : end + 6]:
        word = token.lemma_.lower()
        if (
            token.pos_ in {"VERB", "AUX", "PUNCT"}
            and word not in units
            and token.lower_ not in units
            and token.text not in "-'\u2019\""
        ):
            break
        found = units.get(token.lower_) or units.get(word)
        if found and token.dep_ == "compound" and units.get(token.head.lemma_.lower()):
            continue
        if found:
            whole = found in _BODIES and any(other.lower_ == "of" for other in tokens[end : end + 1])
            return "soldiers" if whole else found
    return None
