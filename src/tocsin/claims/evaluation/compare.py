"""Set what the reader found in a report beside what a person marked: pairs, misses, false finds, right fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

from tocsin.claims.claim import Claim, Quantity, Span
from tocsin.claims.evaluation.gold import Amount, GoldReport, Marked
from tocsin.claims.evaluation.placing import places
from tocsin.claims.parties import gazetteer
from tocsin.claims.rules.facts.quantities import unit_words
from tocsin.claims.text.masking import mask
from tocsin.reports.redact import redact
from tocsin.reports.report import Report

_IDLE = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "our", "my", "that", "this", "these", "those", "of", "in", "for"}
    | {"from", "at", "on", "by", "with", "to", "one", "who", "said", "same"}
)
"""Words of a speaker's description that name nobody."""
SAME_SPEAKER = 0.5
"""Share of the shorter description's words that the other must have."""
CLOSE = 0.05
"""Two amounts are the same within this share: `about 400` and `some 410`."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One report: (sentence, indicator) pairs on which both agree, and those that only one has."""

    report: str
    text: str
    pairs: tuple[tuple[Marked, Claim], ...]
    missed: tuple[tuple[Marked, str | None], ...]
    """Each with the indicator that the reader found in that sentence instead, if any."""
    false: tuple[Claim, ...]


def compare(gold: GoldReport, report: Report, claims: Sequence[Claim]) -> Comparison:
    """Match by indicator and overlapping sentence, each marked claim at most once."""
    marked: dict[tuple[Span, str], Marked] = {}
    for span, one in zip(places(gold, report), gold.claims, strict=True):
        marked.setdefault((span, one.indicator), one)
    pairs: dict[tuple[Span, str], Claim] = {}
    false: list[Claim] = []
    for claim in claims:
        near = [key for key in marked if key[1] == claim.indicator and _overlap(key[0], claim.sentence)]
        free = [key for key in near if key not in pairs]
        if free:
            pairs[max(free, key=lambda key: (_overlap(key[0], claim.sentence), -key[0].start))] = claim
        elif not near:
            false.append(claim)
    return Comparison(
        report=gold.id,
        text=report.text,
        pairs=tuple((marked[key], claim) for key, claim in pairs.items()),
        missed=tuple((one, _instead(key[0], claims)) for key, one in marked.items() if key not in pairs),
        false=tuple(false),
    )


def _overlap(one: Span, other: Span) -> int:
    """Characters that two sentences share, or 0 where it is less than half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return shared if shared > 0 and 2 * shared >= shorter else 0


def _instead(sentence: Span, claims: Sequence[Claim]) -> str | None:
    return next((claim.indicator for claim in claims if _overlap(sentence, claim.sentence)), None)


def judge(marked: Marked, claim: Claim) -> Iterator[tuple[str, bool]]:
    """Yield each field of a matched pair by name, and whether the reader has it right."""
    yield "polarity", claim.polarity == marked.polarity
    yield "modality", claim.modality == marked.modality
    yield f"speaker, {marked.speaker_how}", same_speaker(marked.speaker, claim.speaker)
    yield "speaker's kind", claim.speaker_kind == marked.speaker_kind
    yield _where("force", marked.force), same_force(marked.force, claim.force)
    if marked.happened is None or claim.happened is None:
        yield _where("date", marked.happened), marked.happened is None and claim.happened is None
    else:
        yield "date", claim.happened.overlaps(marked.happened)
    yield _where("echelon", marked.echelon), claim.echelon == marked.echelon
    yield _where("quantity", marked.quantity), same_amount(marked.quantity, claim.quantity)


def _where(name: str, value: object) -> str:
    return name if value is not None else f"{name}, none given"


def same_speaker(one: str | None, other: str | None) -> bool:
    """Whether two descriptions share at least half of the words of the shorter one; the author is None."""
    if one is None or other is None:
        return one is None and other is None
    first, second = _words(redact(one)), _words(other)
    shared = len(first & second)
    return shared > 0 and shared >= SAME_SPEAKER * min(len(first), len(second))


def _words(text: str) -> set[str]:
    found = {word.lower().removesuffix("s") for word in re.findall(r"[^\W_]+", text)}
    return (found - _IDLE) or found


def same_force(one: str | None, other: str | None) -> bool:
    """Whether two names mean one force, by the gazetteer where it knows them."""
    if one is None or other is None:
        return one is other
    return _force(one) == _force(other)


def _force(name: str) -> str:
    mentions = mask(name, gazetteer()).mentions
    return (mentions[0].known.force if mentions else name.removeprefix("the ")).casefold()


def same_amount(one: Amount | None, other: Quantity | None) -> bool:
    """Whether two amounts agree: their values, or where one is vague their ranges; and what is counted."""
    if one is None or other is None:
        return one is None and other is None
    if one.unit is not None and other.unit is not None and _unit(one.unit) != _unit(other.unit):
        return False
    if one.value is not None and other.value is not None:
        return abs(one.value - other.value) <= CLOSE * max(abs(one.value), abs(other.value))
    first, second = _range(one.value, one.low, one.high), _range(other.value, other.low, other.high)
    return first[0] <= second[1] and second[0] <= first[1]


def _unit(name: str) -> str:
    """The unit as the reader files it: tanks are vehicles, officers are soldiers."""
    word = name.lower()
    table = unit_words()
    return table.get(word) or table.get(word.removesuffix("s")) or word


def _range(value: float | None, low: float | None, high: float | None) -> tuple[float, float]:
    bottom = low if low is not None else value
    top = high if high is not None else value
    return (bottom if bottom is not None else 0.0, top if top is not None else float("inf"))


def values(field: str, marked: Marked, claim: Claim) -> tuple[str, str]:
    """What was marked and what was found in a field that `judge` names, in words."""
    plain = field.partition(",")[0]
    name = {"speaker's kind": "speaker_kind", "date": "happened"}.get(plain, plain)
    return str(getattr(marked, name)), str(getattr(claim, name))
