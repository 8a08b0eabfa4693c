"""Put a neutral word in place of each name of a force, so that the parser reads every army alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from tocsin.claims.lexicon.words import read, word_class
from tocsin.claims.parties import Gazetteer, KnownName

_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*\.?(?:(?<=[A-Z]\.[A-Z])\.)?")
_CALENDAR = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december"
    r"|(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:march|may)(?= \d)|(?<=\d )(?:march|may))\b"
)
_WITHHELD = re.compile(r"\[name withheld\]", re.IGNORECASE)
_PERSON = "Anderson"
_SHORT_RANK = re.compile(r"\b[A-Z][a-z]{1,4}\.(?= [A-Z\[])")
_STAND_IN = {
    "name": "Norway",
    "seat": "Oslo",
    "adjective": "Norwegian",
    "people": "Norwegians",
    "group": "Hezbollah",
    "leader": "Harald",
    "service": "MI6",
    "house": "Pentagon",
}
"""One word for each kind of name; all mentions of a kind look the same to the parser."""


@final
@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a force, at [start, end) of the masked text."""

    start: int
    end: int
    known: KnownName


@final
@dataclass(frozen=True, slots=True)
class Masked:
    """A passage with its forces masked, and the way back to its own characters."""

    text: str
    mentions: tuple[Mention, ...]
    masked_at: tuple[int, ...]
    original_at: tuple[int, ...]
    """Where stretches begin, in the masked and in the original text; they alternate: plain, masked, plain …"""

    def original(self, position: int, *, end: bool = False) -> int:
        """Where `position` of the masked text lies in the original; inside a name, its nearer edge."""
        at = bisect_right(self.masked_at, position - 1 if end else position) - 1
        at = max(at, 0)
        if at % 2 == 0:
            return self.original_at[at] + position - self.masked_at[at]
        return self.original_at[at + 1] if end else self.original_at[at]


def mask(text: str, names: Gazetteer) -> Masked:
    """Mask the forces that `text` names. ALL-CAPS text is read in lower case."""
    capitals, small = _is_capitals(text), _is_small(text)
    found = _find(text, names, capitals=capitals or small)
    plain = _dated(_lowered(text) if capitals else text) if capitals or small else text
    pieces: list[str] = []
    mentions: list[Mention] = []
    masked_at, original_at, position, length = [0], [0], 0, 0
    plainer = [(start, end, word, None) for start, end, word in _plainer(text)]
    named = [(start, end, _STAND_IN[known.kind], known) for start, end, known in found]
    for start, end, stand_in, known in sorted([*named, *plainer], key=lambda one: one[0]):
        if start < position:
            continue
        pieces.append(plain[position:start])
        length += start - position
        pieces.append(stand_in)
        if known:
            mentions.append(Mention(length, length + len(stand_in), known))
        masked_at += [length, length + len(stand_in)]
        original_at += [start, end]
        length += len(stand_in)
        position = end
    pieces.append(plain[position:])
    return Masked("".join(pieces), tuple(mentions), tuple(masked_at), tuple(original_at))


def _plainer(text: str) -> Iterator[tuple[int, int, str]]:
    """What the parser reads better in other words: withheld names, and ranks cut short, whose dot ends no sentence."""
    for found in _WITHHELD.finditer(text):
        yield found.start(), found.end(), _PERSON
    ranks: dict[str, str] = read("speech")["ranks"]
    for found in _SHORT_RANK.finditer(text):
        if found[0] in ranks:
            yield found.start(), found.end(), ranks[found[0]]


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text[:400] if letter.isalpha()]
    return len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _is_small(text: str) -> bool:
    """Whether a text is typed without capitals, as posts are."""
    letters = [letter for letter in text[:400] if letter.isalpha()]
    return len(letters) > 40 and sum(letter.isupper() for letter in letters) < 0.01 * len(letters)


def _lowered(text: str) -> str:
    lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return re.sub(r"(^|[.!?]\s+)(\w)", lambda m: m.group(1) + m.group(2).upper()[:1], lower)


def _dated(text: str) -> str:
    """Give months and days of the week their capitals back."""
    return _CALENDAR.sub(lambda found: found[0].capitalize(), text)


def _find(text: str, names: Gazetteer, *, capitals: bool) -> list[tuple[int, int, KnownName]]:
    words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
    found: list[tuple[int, int, KnownName]] = []
    at = 0
    while at < len(words):
        hit = _name_at(text, words, at, names, capitals=capitals)
        if hit:
            count, end, known = hit
            found.append((words[at][0], end, known))
            at += count
        else:
            at += 1
    return found


def _name_at(
    text: str, words: list[tuple[int, int]], at: int, names: Gazetteer, *, capitals: bool
) -> tuple[int, int, KnownName] | None:
    start, end = words[at]
    first = text[start:end]
    for surface in _surfaces(first, capitals=capitals):
        for row, known in names.by_first.get(surface, ()):
            stop = _stretch(text, start, row, surface, capitals=capitals)
            if stop is None or (capitals and len(" ".join(row)) < 4 and row != ("RSF",)):
                continue
            if " ".join(row) in names.ambiguous and not _followed(text, stop, names):
                continue
            if known.kind == "leader" and surface in names.commanders and not _commands(text, start, stop, names):
                continue
            count = sum(1 for word in words[at : at + len(row) + 3] if word[0] < stop)
            return count, stop, known
    return None


def _surfaces(word: str, *, capitals: bool) -> tuple[str, ...]:
    """The forms under which the first word of a name may be on record."""
    bare = word.replace("\u2019", "'")
    forms = [bare]
    if bare.endswith("."):
        forms.append(bare[:-1])
    for form in tuple(forms):
        head = form.removesuffix("'s").removesuffix("'S")
        forms += [head, head.split("-")[0]]
        if head.startswith("al-"):
            forms.append(head)
    if capitals:
        forms += [form.capitalize() for form in tuple(forms)]
        forms += [form.title() for form in tuple(forms)]
    return tuple(dict.fromkeys(form for form in forms if form))


def _stretch(text: str, start: int, row: tuple[str, ...], surface: str, *, capitals: bool) -> int | None:
    """Where the name `row` ends if it stands at `start`, else None."""
    name = " ".join(row)
    stop = start + len(name)
    there = re.sub(r"\s", " ", text[start:stop]).replace("\u2019", "'")
    same = there.casefold() == name.casefold() if capitals else there == name
    if not same or not row[0].startswith(surface[:1]) or text[stop : stop + 1].isalnum():
        return None
    return stop


def _followed(text: str, stop: int, names: Gazetteer) -> bool:
    after = re.match(r"[\s,]+(?:\w+\s+)?(\w+)", text[stop : stop + 40])
    before = re.match(r"\s+(\w+)", text[stop : stop + 30])
    return any(found is not None and found.group(1).lower() in names.followers for found in (before, after))


def _commands(text: str, start: int, stop: int, names: Gazetteer) -> bool:
    """Whether a surname is a commander's: behind a title, or before soldiers of his (`Wellington's tired men`)."""
    before = re.search(r"([\w.-]+)\s+(?:[A-Z]\.\s+){0,2}$", text[max(0, start - 30) : start])
    if before is not None and before.group(1) in names.titles:
        return True
    after = re.match(r"['\u2019]s?((?:\s+[\w-]+){1,3})", text[stop : stop + 60])
    following = after.group(1).split() if after else []
    listed = names.followers | word_class("troops")
    return any(word in listed or word.removesuffix("s") in listed for word in following)
