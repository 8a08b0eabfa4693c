"""Put a marked report through the door that all reports pass, and find its marked sentences in what comes out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tocsin.claims.claim import Span
from tocsin.claims.evaluation.gold import GoldReport
from tocsin.claims.parties import Party
from tocsin.errors import TocsinError
from tocsin.ids import sha256
from tocsin.reports.normalise import normalise
from tocsin.reports.redact import redact
from tocsin.reports.report import Report

_PIECE = re.compile(r"\w+|[^\w\s]")


def stored(gold: GoldReport) -> Report:
    """Return the report as Tocsin keeps it: normalised, with private persons redacted."""
    text = redact(normalise(gold.text))
    return Report(
        source=gold.style,
        published=gold.published,
        text=text,
        original=sha256(gold.text.encode()),
        format="jsonl",
    )


def sides(gold: GoldReport) -> tuple[Party, ...]:
    """Return the parties of a report as a case would give them: two are each other's opponents."""
    two = gold.parties if len(gold.parties) == 2 else ()
    return tuple(Party(name=name, opponents=tuple(other for other in two if other != name)) for name in gold.parties)


def places(gold: GoldReport, report: Report) -> list[Span]:
    """Return where the sentence of each marked claim stands in the stored text.

    Raises TocsinError where a marked sentence does not occur in the report's own text.
    """
    plain = normalise(gold.text)
    there = _Alignment(plain, report.text)
    found = []
    for number, claim in enumerate(gold.claims, 1):
        sentence = normalise(claim.sentence)
        at = plain.find(sentence)
        if at < 0 or not sentence:
            raise TocsinError(
                f"{gold.id}, claim {number}: its sentence does not occur in the text, word for word. Copy it."
            )
        found.append(Span(there(at, end=False), there(at + len(sentence), end=True)))
    return found


class _Alignment:
    """Where a place of one text lies in another that differs from it in a few words."""

    def __init__(self, before: str, after: str) -> None:
        self.one, self.two = list(_PIECE.finditer(before)), list(_PIECE.finditer(after))
        matcher = SequenceMatcher(None, [m[0] for m in self.one], [m[0] for m in self.two], autojunk=False)
        self.blocks = matcher.get_opcodes() if before != after else []

    def __call__(self, place: int, *, end: bool) -> int:
        """Return the edge of the words of the other text that stand for the word at `place`."""
        if not self.blocks:
            return place
        word = _word(self.one, place, end=end)
        for _, low, high, there_low, there_high in self.blocks:
            if low <= word < high:
                exact = high - low == there_high - there_low
                at = there_low + word - low if exact else (there_high - 1 if end else there_low)
                at = min(max(at, 0), len(self.two) - 1)
                return self.two[at].end() if end else self.two[at].start()
        return self.two[-1].end()


def _word(pieces: list[re.Match[str]], place: int, *, end: bool) -> int:
    for index, piece in enumerate(pieces):
        if piece.end() >= place if end else piece.end() > place:
            return index
    return len(pieces) - 1
