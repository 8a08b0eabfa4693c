"""The times that a report names, sentence by sentence, each reckoned from those before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.claims.rules.facts.happened import Times, moments
from tocsin.claims.text.parsing import Sentence
from tocsin.dates import Interval

BACK = 3
"""Sentences before a claim's own in which the time of its event may have been named."""


def occasions(parsed: Sequence[Sentence], published: date) -> dict[tuple[int, int], Interval]:
    """Return each time that is named, by the number of its sentence and the place of its first token there."""
    found: dict[tuple[int, int], Interval] = {}
    anchor: Interval | None = None
    for number, sentence in enumerate(parsed):
        first, last = sentence.tokens[0], sentence.tokens[-1]
        text = first.doc.text[first.idx : last.idx + len(last)]
        named = list(moments(text, Times(published, anchor)))
        for moment in named:
            begins = first.idx + moment.start
            place = next(at for at, token in enumerate(sentence.tokens) if token.idx + len(token) > begins)
            found[number, place] = moment.interval
        anchor = named[0].interval if named else anchor
    return found


def near(named: dict[tuple[int, int], Interval], number: int) -> list[tuple[int, int]]:
    """Return where the times stand that an event told in sentence `number` can have, the oldest first."""
    return sorted(token for token in named if number - BACK <= token[0] <= number)
