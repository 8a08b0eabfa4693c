"""Names in Arabic script, which has no capitals: after a rank or a word of kinship, and from a given name on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.reports.persons.lexicon import Kind, Lexicon, lexicon
from tocsin.reports.persons.words import Found

_WORD = re.compile(r"[\u0621-\u064a\u064b-\u0652\u0670-\u06d3]+")
_VOWELS = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640])
_JOINED = "وفلبك"
_LONGEST = 5


def arabic_names(text: str, placeholder: str) -> list[Found]:
    """Find the names of private persons in Arabic script, in the order of the text."""
    words = [(match.start(), match.end(), match[0].translate(_VOWELS)) for match in _WORD.finditer(text)]
    if not words:
        return []
    lists = lexicon()
    found: list[Found] = []
    parts: set[str] = set()
    for first, last in _runs(text, words, lists):
        found.append((words[first][0], words[last - 1][1], placeholder))
        parts |= {words[at][2] for at in range(first, last) if words[at][2].startswith("ال")}
    found += [(start, end, placeholder) for start, end, word in words if word in parts]
    return found


def _runs(text: str, words: list[tuple[int, int, str]], lists: Lexicon) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(words):
        marked = at > 0 and words[at - 1][2] in lists.shapes["arabic_marks"] and _beside(text, words, at - 1)
        begins = _begins(words[at][2], lists)
        plain = (
            words[at][2]
            in lists.shapes["arabic_stops"]
            | lists.shapes["arabic_marks"]
            | lists.shapes["arabic_offices"]
            | lists.places
        )
        if not begins and (not marked or plain):
            at += 1
            continue
        last = at + 1
        while (
            last < len(words)
            and last - at < _LONGEST
            and _beside(text, words, last - 1)
            and _goes_on(words, last, lists)
        ):
            last += 1
        before = {words[i][2] for i in range(max(at - 3, 0), at)}
        if not before & lists.shapes["arabic_offices"]:
            yield at, last
        at = last


def _begins(word: str, lists: Lexicon) -> bool:
    """Whether a word is a given name or opens a kunya, with or without a particle written to it."""
    bare = word[1:] if len(word) > 3 and word[0] in _JOINED else word
    return any(lists.kind(one) & Kind.GIVEN or one in lists.shapes["kunya"] for one in (word, bare))


def _goes_on(words: list[tuple[int, int, str]], at: int, lists: Lexicon) -> bool:
    """Whether a word belongs to the name that began before it."""
    word, before = words[at][2], words[at - 1][2]
    if word in lists.shapes["arabic_stops"] or word in lists.places:
        return False
    linked = before in lists.shapes["links"] or before in lists.shapes["kunya"]
    of_place = word.startswith("ال") and word.endswith("ي")
    return linked or of_place or bool(lists.kind(word) & Kind.GIVEN) or word in lists.shapes["links"]


def _beside(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    return at + 1 < len(words) and text[words[at][1] : words[at + 1][0]] in {" ", "\n", " («", "-"}
