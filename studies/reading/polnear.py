"""Score the reader's attributions on PolNeAR's development part, halved by a hash. Takes a minute.

Usage: python studies/reading/polnear.py FOLDER [--half tuning|unseen] [--errors N]

FOLDER holds `text/` and `attributions/` as PolNeAR publishes them. Its text has no stated licence, so it is read where
it lies and nothing trained on it, and no sentence of it, is kept. Rules were mended by errors of the tuning half only;
--errors refuses to print those of the other.

PolNeAR marks no sources that a quotation speaks of, so none are counted there. A cue is right where it overlaps a cue
of the gold. A whole attribution is right where, besides, the source shares letters and the content shares at least half
of all the letters that either of them has. A sentence is attributed where it shares letters with somebody's content.
"""

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tocsin.claims.rules.speaking.holders import Held, held
from tocsin.claims.rules.speaking.listening import Heard, hear
from tocsin.claims.rules.speaking.quotations import quotations, quoted
from tocsin.claims.rules.speaking.speakers import Attribution, attributions
from tocsin.claims.rules.who.discourse import begin
from tocsin.claims.text.parsing import Sentence, sentences

SHARED = 0.5
"""Share of the letters of two contents that both must have."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """One attribution: spans of characters; a source may be missing."""

    cue: Span | None
    source: Span | None
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """A text with the attributions of one annotator, the first by name where there are several."""

    name: str
    text: str
    gold: tuple[Said, ...]


def half(name: str) -> str:
    return "tuning" if hashlib.sha256(name.encode()).digest()[0] % 2 else "unseen"


def documents(folder: Path) -> Iterator[Document]:
    for path in sorted((folder / "text").glob("*.txt")):
        marked = min((folder / "attributions").glob(path.stem + "_*.ann"))
        yield Document(path.stem, path.read_text("utf-8"), tuple(_gold(marked.read_text("utf-8"))))


def _gold(marks: str) -> Iterator[Said]:
    spans: dict[str, list[Span]] = {}
    for line in marks.splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            _, _, places = rest.partition("\t")[0].partition(" ")
            spans[key] = [(int(low), int(high)) for low, _, high in (part.partition(" ") for part in places.split(";"))]
        elif key.startswith("E"):
            parts: dict[str, list[Span]] = {}
            for role in rest.split():
                name, _, at = role.partition(":")
                parts.setdefault(name.rstrip("0123456789"), []).extend(spans.get(at, []))
            if "Content" in parts:
                yield Said(_hull(parts.get("Cue")), _hull(parts.get("Source")), tuple(parts["Content"]))


def _hull(spans: list[Span] | None) -> Span | None:
    return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else None


def read(document: Document) -> tuple[list[Span], list[Said], set[int]]:
    """Return the sentences, the attributions found, and which sentences are heard as somebody's."""
    discourse = begin(document.text, ())
    places, found, told = [], [], set()
    for passage, group in groupby(sentences(document.text, discourse.names), key=lambda one: one.passage):
        if passage.paragraph != discourse.paragraph:
            discourse.paragraph, discourse.opened = passage.paragraph, None
        listed = list(group)
        own = quoted([attributions(sentence, document.text) for sentence in listed], listed[0].tokens[0].doc)
        for place, sentence in enumerate(listed):
            heard = hear(sentence, own, place, listed, discourse)
            if heard.inherited is not None and heard.inherited.kind != "author":
                told.add(len(places))
            found += list(_said(heard))
            places.append((sentence.span.start, sentence.span.end))
    return places, found, told


def _said(heard: Heard) -> Iterator[Said]:
    sentence = heard.sentence
    document = sentence.tokens[0].doc
    spans = quotations(document)
    spoken = frozenset(i for one in heard.attributions for i in {*one.scope, one.cue})
    for one in [*heard.attributions, *held(sentence, spoken)]:
        if any(low < one.cue < high for low, high in spans):
            continue
        content = []
        for _, run in groupby(enumerate(sorted(one.scope)), key=lambda pair: pair[1] - pair[0]):
            indices = [index for _, index in run]
            span = sentence.of(document[indices[0]], document[indices[-1]])
            content.append((span.start, span.end))
        cue = sentence.of(document[one.cue], document[one.cue])
        yield Said((cue.start, cue.end), _source(sentence, one), tuple(content))


def _source(sentence: Sentence, one: Attribution | Held) -> Span | None:
    """The whole noun phrase of a source, with the clause by which it speaks as far as the cue."""
    if one.head is None:
        return None
    whole = [token for token in one.head.subtree if token.i not in one.scope and token.i != one.cue]
    before = [token for token in whole if token.i < one.cue] or whole
    near = before if one.head.i < one.cue else whole
    span = sentence.of(near[0], near[-1]) if near else sentence.of(one.head, one.head)
    return span.start, span.end


def overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def letters(spans: tuple[Span, ...]) -> set[int]:
    return {at for low, high in spans for at in range(low, high)}


def compare(document: Document, tally: Counter[str], errors: list[str]) -> None:
    places, found, told = read(document)
    left = list(document.gold)
    for said in found:
        match = next((one for one in left if overlap(said.cue, one.cue)), None)
        tally["cue found"] += 1
        if match is None:
            errors.append("false   " + _line(document, said.cue))
            continue
        left.remove(match)
        tally["cue right"] += 1
        same = overlap(said.source, match.source) or (said.source is None and match.source is None)
        mine, theirs = letters(said.content), letters(match.content)
        near = len(mine & theirs) >= SHARED * len(mine | theirs)
        tally["source right"] += same
        tally["content right"] += near
        tally["whole right"] += same and near
        if not same or not near:
            errors.append(("source  " if not same else "content ") + _line(document, said.cue))
    errors += ["missed  " + _line(document, one.cue or one.content[0]) for one in left]
    tally["cue gold"] += len(document.gold)
    _sentences(document, places, found, told, tally)


def _sentences(document: Document, places: list[Span], found: list[Said], told: set[int], tally: Counter[str]) -> None:
    for number, place in enumerate(places):
        gold = any(overlap(place, part) for one in document.gold for part in one.content)
        mine = number in told or any(overlap(place, part) for one in found for part in one.content)
        tally["sentence gold"] += gold
        tally["sentence found"] += mine
        tally["sentence right"] += gold and mine


def _line(document: Document, at: Span | None) -> str:
    low, high = at or (0, 0)
    return " ".join(
        (
            document.text[max(0, low - 110) : low]
            + "[["
            + document.text[low:high]
            + "]]"
            + document.text[high : high + 90]
        ).split()
    )


def f1(tally: Counter[str], right: str, found: str, gold: str) -> float:
    return 2 * tally[right] / max(1, tally[found] + tally[gold])


def shares(tally: Counter[str], what: str) -> str:
    right = tally[f"{what} right"]
    return f"  precision {right / tally[f'{what} found']:.3f}, recall {right / tally[f'{what} gold']:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("tuning", "unseen"), default="unseen")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each kind (tuning half only)")
    asked = parser.parse_args()
    if asked.errors and asked.half != "tuning":
        parser.error("errors of the unseen half stay unseen")
    tally: Counter[str] = Counter()
    errors: list[str] = []
    chosen = [document for document in documents(asked.folder) if half(document.name) == asked.half]
    for document in chosen:
        compare(document, tally, errors)
    print(f"{asked.half} half: {len(chosen)} texts, {tally['cue gold']} attributions")
    print(f"sentence attributed  F1 {f1(tally, 'sentence right', 'sentence found', 'sentence gold'):.3f}")
    print(shares(tally, "sentence"))
    print(f"cue                  F1 {f1(tally, 'cue right', 'cue found', 'cue gold'):.3f}")
    print(shares(tally, "cue"))
    print(f"source given cue        {tally['source right'] / tally['cue right']:.3f}")
    print(f"content given cue       {tally['content right'] / tally['cue right']:.3f}")
    print(f"whole attribution    F1 {f1(tally, 'whole right', 'cue found', 'cue gold'):.3f}")
    shown: Counter[str] = Counter()
    for error in errors:
        kind = error.split()[0]
        shown[kind] += 1
        if shown[kind] <= asked.errors:
            print(error)


if __name__ == "__main__":
    main()
