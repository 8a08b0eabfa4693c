"""Hold a model's claim against the report: what does not stand there word for word is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.claims.claim import Claim, Quantity, Span
from tocsin.claims.llm.answer import Amount, Found
from tocsin.claims.llm.prompt import Part
from tocsin.claims.parties import Party, gazetteer
from tocsin.claims.rules.who.standing import standing
from tocsin.claims.text.masking import mask
from tocsin.dates import Interval
from tocsin.reports.report import Report

CAPTIVES = ("prisoner", "captive", "captured", "pow")


def ground(found: Found, report: Report, part: Part, parties: Sequence[Party], extractor: str) -> Claim | str:
    """Return the claim that `found` makes of `report`, or the reason why it makes none."""
    place = _place(found, report.text, part)
    if isinstance(place, str):
        return place
    sentence, quote = place
    fault = _speaker_fault(found, report.text)
    if fault:
        return fault
    whole = report.text[sentence.start : sentence.end]
    force = _force(found.force, report.text, parties)
    return Claim(
        report=report.id,
        source=report.source,
        published=report.published,
        quote=report.text[quote.start : quote.end],
        start=quote.start,
        end=quote.end,
        sentence=sentence,
        indicator=found.indicator,
        polarity=found.polarity,
        modality=found.modality,
        speaker=found.speaker,
        speaker_kind=found.speaker_kind,
        speaker_explicit=found.speaker_named_here and found.speaker is not None,
        speaker_side=standing(found.speaker, found.speaker_kind, force, parties)
        if found.speaker and force
        else "unknown",
        chain=found.chain or ((found.speaker,) if found.speaker else ()),
        force=force,
        formation=found.formation if found.formation and found.formation in whole else None,
        echelon=found.echelon,
        quantity=_quantity(found.quantity, whole),
        happened=_happened(found, report.published),
        hedges=tuple(hedge for hedge in found.hedges if hedge in whole),
        coerced=found.speaker_kind == "prisoner" or any(_captive(name) for name in _named(found)),
        extractor=extractor,
        vintage=report.vintage,
    )


def _place(found: Found, text: str, part: Part) -> tuple[Span, Span] | str:
    """Where sentence and quote stand, or which of them does not."""
    start = text.find(found.sentence, part.start, part.end)
    if start < 0:
        return f'the sentence "{found.sentence[:80]}" does not stand in the text, letter by letter'
    sentence = Span(start, start + len(found.sentence))
    at = text.find(found.quote, sentence.start, sentence.end)
    if at < 0 or not found.quote.strip():
        return f'the quote "{found.quote[:80]}" does not stand in its sentence, letter by letter'
    return sentence, Span(at, at + len(found.quote))


def _named(found: Found) -> list[str]:
    return [name for name in (found.speaker, *found.chain) if name is not None]


def _speaker_fault(found: Found, text: str) -> str | None:
    """What is wrong with who is said to speak."""
    unnamed = next((name for name in _named(found) if not _occurs(name, text)), None)
    if unnamed is not None:
        return f'the speaker "{unnamed}" does not occur in the report'
    if (found.speaker is None) != (found.speaker_kind == "author"):
        return "a claim has no speaker if, and only if, its speaker_kind is author"
    return None


def _occurs(name: str, text: str) -> bool:
    return name.casefold() in text.casefold()


def _captive(name: str) -> bool:
    return any(word in name.casefold().split() for word in CAPTIVES)


def _force(name: str | None, text: str, parties: Sequence[Party]) -> str | None:
    """The canonical force that a name means; a name unknown to the gazetteer counts where the report uses it."""
    if name is None:
        return None
    known = [mention.known.force for mention in mask(name, gazetteer(parties)).mentions]
    if known:
        return known[0]
    return name if _occurs(name, text) else None


def _quantity(amount: Amount | None, sentence: str) -> Quantity | None:
    if amount is None or amount.text not in sentence:
        return None
    low, high = amount.low, amount.high
    if low is not None and high is not None and low > high:
        return None
    return Quantity(text=amount.text, value=amount.value, low=low, high=high, unit=amount.unit)


def _happened(found: Found, published: date) -> Interval | None:
    """The days of the event; never after the report's own, save for what has not happened yet."""
    if found.happened_from is None or found.happened_to is None:
        return None
    try:
        days = Interval.parse(f"{found.happened_from}/{found.happened_to}")
    except ValueError:
        return None
    return days if found.modality == "hypothetical" else days.until(published)
