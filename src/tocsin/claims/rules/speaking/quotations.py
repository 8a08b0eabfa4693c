"""Which words stand between quotation marks, over several sentences, and who of a passage's speakers says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tocsin.claims.rules.speaking.speakers import Attribution

_OPEN, _CLOSE = frozenset({"“", "«", "``"}), frozenset({"”", "»", "''"})
_SPOKEN = 0.6
"""Share of what a cue governs that must stand in the quotation for the quotation to be all that is said."""
_SHORT = 3
"""Up to so many words a quotation is a borrowed phrase, and no speech of its own."""


def quotations(document: Any) -> list[tuple[int, int]]:
    """The quotations of a parsed passage as [first, last] indices of their words; one left open runs to the end."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for token in document:
        mark = token.text
        if opened is None and (mark in _OPEN or mark == '"'):
            opened = token.i
        elif opened is not None and (mark in _CLOSE or mark == '"'):
            found.append((opened, token.i))
            opened = None
    if opened is not None:
        found.append((opened, len(document) - 1))
    return found


def quoted(found: Sequence[Sequence[Attribution]], document: Any) -> list[list[Attribution]]:
    """Give each quotation of a passage to the speaker beside it; what speakers say of themselves in it is no source.

    `found` holds the attributions of each sentence. Words of a quotation that runs on over other sentences are added
    to what its speaker says.
    """
    spans = quotations(document)
    if not spans:
        return [list(group) for group in found]
    outer = [one for group in found for one in group if _free(one.cue, spans)]
    words: dict[int, set[int]] = {}
    for first, last in spans:
        owner = _owner(outer, first, last, document)
        if owner is not None:
            words.setdefault(owner.cue, set()).update(range(first, last + 1))
    return [list(_shared(group, words, spans)) for group in found]


def _free(index: int, spans: Sequence[tuple[int, int]]) -> bool:
    return not any(first < index < last for first, last in spans)


def _owner(outer: Sequence[Attribution], first: int, last: int, document: Any) -> Attribution | None:
    """The cue beside a quotation: in a sentence that it reaches into, else the last one before it."""
    low, high = document[first].sent.start, document[last].sent.end
    beside = [one for one in outer if low <= one.cue < high]
    if beside:
        return min(beside, key=lambda one: (first - one.cue) * 1.5 if one.cue < first else one.cue - last)
    before = [one for one in outer if one.cue < first]
    return before[-1] if before and last - first > _SHORT else None


def _shared(
    group: Sequence[Attribution], words: dict[int, set[int]], spans: Sequence[tuple[int, int]]
) -> Iterator[Attribution]:
    for one in group:
        own = words.get(one.cue)
        if own is None:
            if _free(one.cue, spans) or one.head.lower_ not in {"i", "we", "you"}:
                yield one
            continue
        within = len(one.scope & own)
        whole = within >= _SPOKEN * len(one.scope) or len(own) > len(one.scope)
        yield replace(one, scope=frozenset(own) if whole else one.scope | own)
