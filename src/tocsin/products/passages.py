"""Words of others on our page: cut around the quote, cleaned of what could mislead, linked only where it is safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final
from urllib.parse import urlsplit

CONTEXT = 320
"""Characters of a sentence shown on either side of the quote."""
_TURNS_TEXT = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence in three pieces, so that the page can mark the quote."""

    before: str
    quote: str
    after: str


def passage(claim: Mapping[str, Any]) -> Passage:
    """Cut a claim's sentence around its quote; the quote alone where the two do not fit together.

    Offsets are code points of the report's stored text, as in the claim.
    """
    text, quote = str(claim["sentence_text"] or ""), str(claim["quote"])
    at = claim["start"] - claim["sentence"]["start"]
    if not 0 <= at <= len(text) or text[at : at + len(quote)] != quote:
        at = text.find(quote)
    if at < 0:
        return Passage(before="", quote=quote, after="")
    before, after = text[:at], text[at + len(quote) :]
    return Passage(
        before=before if len(before) <= CONTEXT else "… " + before[-CONTEXT:].partition(" ")[2],
        quote=quote,
        after=after if len(after) <= CONTEXT else after[:CONTEXT].rpartition(" ")[0] + " …",
    )


def clean(text: str) -> str:
    """Drop characters that steer a page instead of being read: controls, turns of direction, broken halves.

    >>> clean("safe" + chr(0x202E) + "txt.exe" + chr(0))
    'safetxt.exe'
    """
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs":
            kept.append("\ufffd")
        elif category == "Cc":
            kept.append(" " if character.isspace() else "")
        elif character not in _TURNS_TEXT:
            kept.append(character)
    return "".join(kept)


def link(url: str | None) -> str | None:
    """Return a web address that may be clicked, or None: only http and https, with a host and no odd characters."""
    if not url or clean(url) != url or any(character.isspace() or character in "<>\"'`\\" for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def anchor(identifier: str) -> str:
    """Turn an identifier into a name that is safe within an address.

    >>> anchor('claim-1"><b>')
    'claim-1-b-'
    """
    return _NOT_IN_A_NAME.sub("-", identifier)
