"""Which unit: echelon and name of the formation that a claim is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from tocsin.claims.claim import Echelon

_ECHELONS: dict[str, Echelon] = {name: name for name in get_args(Echelon)}
_ECHELONS |= {"battery": "company", "squadron": "company", "troop": "company", "section": "squad"}
_SAME = {"battalions": "battalion", "armies": "army", "companies": "company"}
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|d)?|[IVXLC]+|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth",
    re.IGNORECASE,
)


def echelons(tokens: Sequence[Any]) -> list[tuple[int, Echelon]]:
    """Return the echelons that a sentence names, each with its place among the sentence's tokens."""
    named = ((place, _name(token)) for place, token in enumerate(tokens))
    return [(place, name) for place, name in named if name is not None]


def _name(token: Any) -> Echelon | None:
    word = _SAME.get(token.lower_, token.lemma_.lower())
    name = _ECHELONS.get(word)
    if name is None or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    following = token.nbor(1).lemma_.lower() if token.i + 1 < len(token.doc) else ""
    before = token.nbor(-1).lower_ if token.i else ""
    if word in {"company", "division", "corps", "section"} and (
        before in {"officer", "press", "private", "security", "oil"} or following in {"between", "among"}
    ):
        return None
    if word in {"troop", "squad"} and (token.lower_ == "troops" or before == "firing" or following == "car"):
        return None
    if word == "army" and (
        following in {"officer", "chief", "spokesman", "base", "doctor", "command", "headquarters"}
        or before == "salvation"
    ):
        return None
    return name


def formation(tokens: Sequence[Any], pivot: Any, spell: Any) -> str | None:
    """A named or numbered formation of the sentence (`the 64th Motor Rifle Brigade`), nearest to `pivot`."""
    best: tuple[int, str] | None = None
    for place, token in enumerate(tokens):
        if _name(token) is None:
            continue
        start = place
        while start and (_ORDINAL.fullmatch(tokens[start - 1].text) or _part_of_name(tokens[start - 1])):
            start -= 1
        named = tokens[start:place]
        proper = token.text[:1].isupper() and any(part.text[:1].isupper() or part.text[:1].isdigit() for part in named)
        numbered = any(_ORDINAL.fullmatch(part.text) for part in named)
        if numbered or (proper and token.lower_ != "army"):
            distance = abs(token.i - pivot.i)
            if best is None or distance < best[0]:
                best = (distance, spell(tokens[start], token))
    return best[1] if best else None


def _part_of_name(token: Any) -> bool:
    return (
        token.text[:1].isupper()
        and token.pos_ in {"PROPN", "ADJ", "NOUN"}
        and token.lower_ not in {"the", "norwegian", "norway"}
    ) or token.lower_ in {
        "motor",
        "rifle",
        "infantry",
        "tank",
        "armoured",
        "armored",
        "mountain",
        "guards",
        "motorized",
        "motorised",
        "mechanized",
        "mechanised",
        "airborne",
        "assault",
        "artillery",
        "cavalry",
        "marine",
        "light",
        "heavy",
    }
