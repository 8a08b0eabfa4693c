"""Cut a text into bounded passages: paragraphs, list items and headings, without datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import final

LIMIT = 1_500
"""Longest passage given to the parser, in characters; a longer one is cut at a sentence, a space, or anywhere."""

LONGEST_SENTENCE = 20
"""Passages that one sentence may run over; the rest of one that has no end is nobody's prose and is not read."""

_HEADER = re.compile(
    r"\s*(?:date|published|source|title|url|author|author's note|byline)\s*:[^\n]{0,300}(?:\n|$)"
    r"|\s*date:? +\d{4}-\d\d-\d\d\s+",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][A-Za-z'\u2019.-]+(?: [A-Z][A-Za-z'\u2019.-]+){0,3}"
    r"(?:, [A-Z][A-Za-z.]+(?: \d{1,2})?){0,2}(?:,? \d{4})?(?: ?\([^()\n]{1,40}\))? ?(?:—|\u2013|--| - ) ?"
)
_HEADING = re.compile(r"[A-Z][A-Z'\u2019., -]{3,60}, \d{1,2} [A-Z]{3,9}(?: \d{4})?(?:, \d{4} HOURS)?: ?")
_ITEM = re.compile(r"[ \t]*(?:[-*•·‣▪>]|\d{1,2}[.)]|[a-z]\)|#{1,6}|[QA]:)[ \t]")
_SPEAKER_LABEL = re.compile(r"(?:Q|A|Question|Answer)\s*[:.]\s*")
_INLINE_LABEL = re.compile(r"(?<=[.?!\"”\u2026)]) (?=(?:Q|A|Question|Answer)\s?:\s)")
_BREAK = re.compile(r"[.!?;:][\"'”\u2019)]*\s")
_STRUCTURE = re.compile(r"[ \t]*(?:[-*•·‣▪]|#{1,6}|>|\d{1,2}[.)])[ \t]+")


@final
@dataclass(frozen=True, slots=True)
class Passage:
    """Characters [start, end) of the text that belong together; `dateline` is what stood before them."""

    start: int
    end: int
    paragraph: int
    """Which paragraph it is a part of, counted from 0."""
    dateline: str = ""
    label: str = ""
    """`Q` or `A` where the line is a question or an answer of an interview."""


def passages(text: str) -> Iterator[Passage]:
    """Yield the passages of `text` in their order; they never overlap, and blank ones are left out."""
    for paragraph, (start, end) in enumerate(_blocks(text)):
        first = _skip_header(text, start, end)
        for low, high in _turns(text, first, end):
            for piece in _trimmed(text, low, high, paragraph):
                yield from _bounded(text, piece)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n[ \t\r]*\n", text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _skip_header(text: str, start: int, end: int) -> int:
    while start < end:
        header = _HEADER.match(text, start, end)
        if not header:
            return start
        start = header.end()
    return start


def _turns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines, those of an interview printed in one block cut at each question and answer."""
    for low, high in _lines(text, start, end):
        cuts = [low, *(found.start() for found in _INLINE_LABEL.finditer(text, low, high)), high]
        yield from pairwise(cuts)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Join hard-wrapped lines; a list item, a label or a line after a full stop at less than full width begins anew."""
    low = start
    position = text.find("\n", start, end)
    while position >= 0:
        line_start = text.rfind("\n", low, position) + 1 or low
        before = text[line_start:position].rstrip()
        following = text[position + 1 : position + 40]
        ends = before.endswith((".", "!", "?", ":", "”", '"')) and position - line_start < 60
        heading = not before.endswith((",", ";", "-")) and position - line_start < 50 and following[:1].isupper()
        if ends or heading or _ITEM.match(following) or _SPEAKER_LABEL.match(following):
            yield low, position
            low = position + 1
        position = text.find("\n", position + 1, end)
    yield low, end


def _trimmed(text: str, low: int, high: int, paragraph: int) -> Iterator[Passage]:
    mark = _STRUCTURE.match(text, low, high)
    low = mark.end() if mark else low
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    if low == high:
        return
    label = _SPEAKER_LABEL.match(text, low, high)
    if label:
        yield Passage(label.end(), high, paragraph, label=label.group()[0])
        return
    line = _HEADING.match(text, low, min(high, low + 120)) or _DATELINE.match(text, low, min(high, low + 120))
    if line and (line.group().split(",")[0].split(" ")[0].isupper() or "(" in line.group()):
        yield Passage(line.end(), high, paragraph, dateline=line.group())
        return
    yield Passage(low, high, paragraph)


def _bounded(text: str, piece: Passage) -> Iterator[Passage]:
    start, endless = piece.start, 0
    while start < piece.end:
        end, whole = _cut(text, start, piece.end)
        endless = 0 if whole else endless + 1
        if endless <= LONGEST_SENTENCE:
            yield Passage(start, end, piece.paragraph, piece.dateline, piece.label)
        start = end
        while start < piece.end and text[start].isspace():
            start += 1


def _cut(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where a passage that begins at `start` ends, and whether a sentence ends there."""
    if end - start <= LIMIT:
        return end, False
    last = 0
    for found in _BREAK.finditer(text, start, start + LIMIT):
        last = found.end()
    if last > start:
        return last, True
    space = text.rfind(" ", start, start + LIMIT)
    return (space if space > start else start + LIMIT), False
