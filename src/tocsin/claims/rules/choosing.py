"""Which claims a sentence makes: the lexicon's finds, weighed by the encoder, and what it finds besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import final

from tocsin.claims.encoder.understanding import Understanding
from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.patterns import Pattern
from tocsin.claims.lexicon.words import read
from tocsin.claims.text.parsing import Sentence
from tocsin.indicators import indicators

NEAR = 10
"""Words around the one that weighs most which may belong to the quote."""
_WEIGHTY = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "ADV", "NUM"})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A claim that a sentence makes: the words it rests on, and what found it."""

    match: Match
    by: str
    """`lexicon+encoder`, `encoder`, or `lexicon` for an indicator that the encoder was not taught."""


def threshold(*, named: bool) -> float:
    """The likelihood from which on a claim is taken as made, where the lexicon `named` it and where it was silent."""
    return float(read("encoder")["threshold"]["named" if named else "silent"])


def choose(found: Sequence[Match], understood: Understanding, number: int) -> list[Chosen]:
    """Return the claims of sentence `number`, in the order of its words; `found` are the lexicon's matches."""
    fired = {match.pattern.indicator: match for match in found if match.pattern.indicator}
    likely = understood.likely(number, fired)
    chosen = list(_chosen(fired, likely, understood, number))
    return sorted(chosen, key=lambda one: (one.match.first, one.match.pattern.indicator or ""))


def _chosen(
    fired: dict[str, Match], likely: dict[str, float], understood: Understanding, number: int
) -> Iterator[Chosen]:
    for indicator, match in fired.items():
        if indicator not in likely:
            yield Chosen(match=match, by="lexicon")
    for indicator, share in likely.items():
        named = indicator in fired
        if share < threshold(named=named) and not (named and understood.scant):
            continue
        if named:
            yield Chosen(match=fired[indicator], by="lexicon+encoder")
        else:
            match = _meant(understood.parsed[number], understood.looked_at(number, indicator), indicator)
            yield Chosen(match=match, by="encoder")


def _meant(sentence: Sentence, shares: dict[int, float], indicator: str) -> Match:
    """The words on which the encoder rests a claim: the weightiest, and those near it that weigh half as much."""
    tokens = sentence.tokens
    weighty = {at: share for at, share in shares.items() if 0 <= at < len(tokens) and tokens[at].pos_ in _WEIGHTY}
    weighty = weighty or {0: 1.0}
    top = max(weighty, key=lambda at: (weighty[at], -at))
    taken = {at for at, share in weighty.items() if 2 * share >= weighty[top] and abs(at - top) <= NEAR}
    return Match(_pattern(indicator), frozenset(tokens[at].i for at in taken), tokens[top])


@cache
def _pattern(indicator: str) -> Pattern:
    """A pattern without words, which only says how an indicator's claims are read."""
    group = next(one for one in indicators()[indicator].groups if not one.negated)
    return Pattern(indicator, group, "", (), 0, ())
