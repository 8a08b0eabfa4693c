"""What is told of a claim: who says it, of whose army, whether it is so, how many, how large, when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, final

from tocsin.claims.claim import Claim, Echelon, Modality, Polarity, Quantity, Span
from tocsin.claims.encoder.understanding import Understanding
from tocsin.claims.lexicon.matching import Match
from tocsin.claims.lexicon.words import read
from tocsin.claims.rules.choosing import Chosen
from tocsin.claims.rules.facts.occasions import near
from tocsin.claims.rules.facts.quantities import amounts
from tocsin.claims.rules.facts.units import echelons, formation
from tocsin.claims.rules.speaking.captivity import in_captivity
from tocsin.claims.rules.speaking.listening import Heard
from tocsin.claims.rules.speaking.pointed import pointed
from tocsin.claims.rules.stance import stance
from tocsin.claims.rules.who.armies import whose
from tocsin.claims.rules.who.discourse import AUTHOR, Discourse, Speaker
from tocsin.claims.rules.who.standing import side
from tocsin.claims.text.parsing import Sentence
from tocsin.dates import Interval
from tocsin.reports.report import Report

BACK = 2
"""Sentences before a claim's own in which its unit may have been named."""


@final
@dataclass(slots=True, kw_only=True)
class Reading:
    """A report that is being read."""

    report: Report
    discourse: Discourse
    understood: Understanding
    times: dict[tuple[int, int], Interval]
    """The times that the report names, by sentence and place."""
    last: Speaker | None = None
    """Who made the last claim that was not the author's."""


def _speaker(match: Match, heard: Heard, speaking: frozenset[int]) -> tuple[Speaker, bool, tuple[str, ...]]:
    """Who says the match, whether the sentence names them, and who told whom."""
    if match.taken <= speaking:
        return AUTHOR, False, ()
    over = [
        (one, who) for one, who in zip(heard.attributions, heard.speakers, strict=True) if match.pivot.i in one.scope
    ]
    if over:
        outer, who = over[0]
        names = list(dict.fromkeys(name for _, each in over if (name := each.name)))
        if (
            heard.inherited
            and heard.inherited.name
            and heard.sentence.opens_in_quotes
            and heard.inherited.name not in names
        ):
            return heard.inherited, False, (heard.inherited.name, *names)
        itself = who.name == outer.name and outer.head.pos_ != "PRON"
        return who, (outer.named or itself) and who.name is not None, tuple(names)
    if heard.inherited is not None:
        return heard.inherited, False, (heard.inherited.name,) if heard.inherited.name else ()
    return AUTHOR, False, ()


def _spoken(
    reading: Reading, heard: Heard, number: int, match: Match, speaking: frozenset[int]
) -> tuple[Speaker, bool, tuple[str, ...]]:
    """Who says the match: where the encoder points, and where that is a mere pronoun, whom grammar makes of it.

    A captive whom grammar finds stays the speaker, so that words spoken in captivity are never taken for free ones.
    """
    indicator = match.pattern.indicator or ""
    by_rule, explicit, chain = _speaker(match, heard, speaking)
    if by_rule.captive or not reading.understood.knows(number, indicator):
        return by_rule, explicit, chain
    doubt = float(read("encoder")["author"]["attributed" if explicit else "plain"])
    found, here = pointed(reading.understood, number, indicator, reading.discourse, doubt=doubt)
    if found is not None:
        same = chain if found.name is not None and found.name == by_rule.name else ()
        by_rule, explicit, chain = found, here, same or ((found.name,) if found.name else ())
    elif by_rule.name is None and reading.last is not None:
        by_rule, explicit = reading.last, False
    if by_rule.name:
        reading.last = by_rule
    return by_rule, explicit, chain


def _judged(
    reading: Reading, heard: Heard, number: int, chosen: Chosen, speaker: Speaker, speaking: frozenset[int]
) -> tuple[Polarity, Modality, str | None, tuple[str, ...]]:
    """Polarity, modality, whose army and hedges: the encoder's answers, which the rules' own help to find."""
    understood, match, sentence = reading.understood, chosen.match, heard.sentence
    indicator = match.pattern.indicator or ""
    held = stance(match, sentence.tokens)
    ruled = whose(match, sentence, reading.discourse, speaker, speaking)
    sure = chosen.by != "encoder"
    if not understood.knows(number, indicator) or (sure and understood.scant):
        return held.polarity, held.modality, ruled, held.hedges
    polarity = understood.polarity(number, indicator, held.polarity if sure else None)
    modality = understood.modality(number, indicator, held.modality if sure else None)
    return polarity, modality, understood.force(number, indicator, ruled if sure else None) or ruled, held.hedges


def tell(reading: Reading, heard: Heard, number: int, chosen: Chosen, speaking: frozenset[int]) -> Claim:
    """Write down a claim that sentence `number` makes; `speaking` holds the tokens that name speakers."""
    report, discourse, sentence, match = reading.report, reading.discourse, heard.sentence, chosen.match
    indicator = match.pattern.indicator or ""
    speaker, explicit, chain = _spoken(reading, heard, number, match, speaking)
    said = [token for token in sentence.tokens if token.i not in speaking or match.taken <= speaking]
    speaking = frozenset() if match.taken <= speaking else speaking
    polarity, modality, force, hedges = _judged(reading, heard, number, chosen, speaker, speaking)
    discourse.turn_to(force)
    quote, spell = _quote(match, sentence), partial(_spell, report.text, sentence)
    return Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=report.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        sentence=sentence.span,
        indicator=indicator,
        polarity=polarity,
        modality=modality,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        speaker_explicit=explicit,
        speaker_side=side(force, speaker, discourse, sentence.tokens),
        chain=chain,
        force=force,
        formation=formation(said, match.pivot, spell),
        echelon=_echelon(reading, number, indicator),
        quantity=_amount(reading, heard, number, match, spell),
        happened=_when(reading, number, indicator),
        hedges=hedges,
        coerced=in_captivity(report.text, heard, match, speaker),
        extractor=f"rules:{chosen.by}:{indicator}",
        vintage=report.vintage,
    )


def _amount(reading: Reading, heard: Heard, number: int, match: Match, spell: Any) -> Quantity | None:
    """How many, of the amounts that the sentence names and that nobody else says."""
    tokens = heard.sentence.tokens
    others = {i for one in heard.attributions if match.pivot.i not in one.scope for i in one.scope}
    counted = [one for one in amounts(tokens, spell) if tokens[one.place].i not in others]
    listed = [(number, one.place) for one in counted]
    which = reading.understood.which("amount", number, match.pattern.indicator or "", listed)
    return next((one.quantity for one in counted if which == (number, one.place)), None)


def _when(reading: Reading, number: int, indicator: str) -> Interval | None:
    """When it happened, by a time that this sentence or one shortly before it names."""
    which = reading.understood.which("time", number, indicator, near(reading.times, number))
    return reading.times[which] if which else None


def _echelon(reading: Reading, number: int, indicator: str) -> Echelon | None:
    """Of what size the unit is, by a word of this sentence or of the ones before it."""
    named = {
        (at, place): name
        for at in range(max(0, number - BACK), number + 1)
        for place, name in echelons(reading.understood.parsed[at].tokens)
    }
    which = reading.understood.which("echelon", number, indicator, list(named))
    return named[which] if which else None


def _spell(text: str, sentence: Sentence, first: Any, last: Any) -> str:
    part = sentence.of(first, last)
    return text[part.start : part.end]


def _quote(match: Match, sentence: Sentence) -> Span:
    taken = [token for token in sentence.tokens if token.i in match.taken]
    return sentence.of(taken[0], taken[-1])
