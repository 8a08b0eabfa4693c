"""Origins of claims: which go back to one, so that repetitions are counted once.

A tie is a reason to treat two claims as one origin. No tie found is not proof of independence; the
reporting model therefore lets even separate origins have followed each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from tocsin.claims.claim import Claim
from tocsin.evidence.origins.item import UNRECORDED, Item
from tocsin.evidence.origins.trace import SOURCE, trace
from tocsin.ids import ClaimId, content_id

_WORD = re.compile(r"\w+")
_WEEK = timedelta(days=7)


def origins(claims: Sequence[Claim], texts: Mapping[str, str]) -> dict[ClaimId, str]:
    """Name the origin of every claim.

    Claims are tied when their reports name the same oldest source, when their reports or sentences have
    the same words, when one report is a copy of the other or tells its account again and the same speaker makes the
    same point in both, or when the same speaker is said to have made the same point within a week (weeks begin with
    the first time that he makes it). A claim without a tie is an origin by itself together with what else its
    speaker says in that report.

    Parameters
    ----------
    texts : the stored text of every report, by report id
    """
    ties = _Ties(len(claims))
    holder: dict[tuple[object, ...], int] = {}
    weeks = _weeks(claims)
    lineage = _lineage(claims, texts)
    for number, claim in enumerate(claims):
        for key in _keys(claim, texts[claim.report], weeks[number], lineage.get(claim.report)):
            ties.join(holder.setdefault(key, number), number)
    first = [claims[ties.root(number)] for number in range(len(claims))]
    return {claim.id: content_id("origin", root.id) for claim, root in zip(claims, first, strict=True)}


def _lineage(claims: Sequence[Claim], texts: Mapping[str, str]) -> dict[str, str]:
    """The origin of every report that says where it comes from, or that another repeats; rows of tables have none."""
    told = {claim.report: claim for claim in claims if claim.extractor != "table"}
    items = [
        Item(
            id=report,
            text=texts[report],
            publisher=claim.source,
            published=datetime(claim.published.year, claim.published.month, claim.published.day),  # noqa: DTZ001  a day
        )
        for report, claim in told.items()
    ]
    return {item: origin for item, origin in trace(items).origin.items() if origin != UNRECORDED}


def _weeks(claims: Sequence[Claim]) -> dict[int, date]:
    """The day on which each claim's speaker first made its point, anew after a week."""
    begun: dict[tuple[object, ...], date] = {}
    first = {}
    for number in sorted(range(len(claims)), key=lambda number: claims[number].published):
        claim = claims[number]
        said = (_words(claim.speaker or ""), _point(claim))
        if said not in begun or claim.published - begun[said] >= _WEEK:
            begun[said] = claim.published
        first[number] = begun[said]
    return first


def _point(claim: Claim) -> tuple[object, ...]:
    return (claim.force, claim.indicator, claim.polarity)


def _keys(claim: Claim, text: str, week: date, lineage: str | None) -> list[tuple[object, ...]]:
    point = _point(claim)
    speaker = _words(claim.speaker or claim.source)
    keys: list[tuple[object, ...]] = [
        ("report", claim.report, speaker),
        ("sentence", _words(text[claim.sentence.start : claim.sentence.end]), point),
    ]
    if claim.extractor != "table":  # rows of a table are alike by form, not by descent
        keys.append(("text", _words(text), speaker))
        if lineage is not None and not lineage.startswith(SOURCE):
            keys.append(("lineage", lineage, _words(claim.speaker or ""), point))
    if claim.origin and not claim.origin.startswith(UNRECORDED):
        keys.append(("origin", claim.origin))
    elif claim.speaker:
        keys.append(("speaker", speaker, point, week))
    return keys


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


class _Ties:
    """Disjoint sets of claims; the root of a set is its first claim."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
