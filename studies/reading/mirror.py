"""Swap the names of the two sides in each report of a gold file and count the claims that come out mirrored.

Usage: python studies/reading/mirror.py [GOLD ...]

Each name is replaced by a name of the same kind of the other side; a report in which a side has no name of that kind is
left out, and so are leaders, towns and places of filing, which belong to one side alone.
"""

import sys
from collections import Counter
from pathlib import Path

from tocsin.claims.evaluation.gold import GoldReport, read_gold
from tocsin.claims.evaluation.placing import sides, stored
from tocsin.claims.parties import Gazetteer
from tocsin.claims.read import read_claims
from tocsin.claims.rules.who.discourse import begin
from tocsin.claims.text.masking import mask
from tocsin.reports.report import Report

HERE = Path(__file__).parent
FILES = (HERE / "gold" / "examined.jsonl", HERE / "gold" / "examined-second.jsonl")


def same_kind(names: Gazetteer, force: str, kind: str) -> str | None:
    rows = [(row, known) for first in names.by_first.values() for row, known in first]
    found = (" ".join(row) for row, known in rows if known.force == force and known.kind == kind)
    return next((name for name in found if name not in names.ambiguous and name[:1].isupper()), None)


def swapped(text: str, one: str, other: str, names: Gazetteer, *, plain: bool) -> str | None:
    """`text` with each side's names in one spelling a kind (`plain`), or with those of the other side."""
    twin = {one: other, other: one}
    pieces, at = [], 0
    masked = mask(text, names)
    for mention in masked.mentions:
        if mention.known.force not in twin:
            continue
        own = same_kind(names, mention.known.force, mention.known.kind)
        others = same_kind(names, twin[mention.known.force], mention.known.kind)
        if own is None or others is None or mention.known.kind not in {"name", "adjective", "people", "group"}:
            return None
        start, end = masked.original(mention.start), masked.original(mention.end, end=True)
        pieces += [text[at:start], own if plain else others]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else None


def told(gold: GoldReport, text: str, twin: dict[str, str]) -> Counter[tuple[str, ...]]:
    report = Report(source=gold.style, published=gold.published, text=text, original="0" * 64, format="jsonl")
    claims = read_claims([report], sides(gold))
    return Counter(
        (c.indicator, twin.get(c.force or "", c.force or ""), c.polarity, c.modality, c.speaker_side) for c in claims
    )


def main(files: list[Path]) -> None:
    kept: Counter[bool] = Counter()
    total: Counter[bool] = Counter()
    reports: Counter[bool] = Counter()
    for gold in (one for file in files for one in read_gold(file)):
        if len(gold.parties) != 2:
            continue
        one, other = gold.parties
        text = stored(gold).text
        names = begin(text, sides(gold)).names
        plain = swapped(text, one, other, names, plain=True)
        turned = swapped(text, one, other, names, plain=False)
        if plain is None or turned is None:
            continue
        before, after = told(gold, plain, {one: other, other: one}), told(gold, turned, {})
        alike = (one in names.groups) == (other in names.groups)
        kept[alike] += sum((before & after).values())
        total[alike] += max(sum(before.values()), sum(after.values()))
        reports[alike] += 1
    for alike, what in ((True, "two sides of one kind"), (False, "a state and an armed group")):
        share = kept[alike] / max(1, total[alike])
        print(f"{what}: {kept[alike]} of {total[alike]} claims in {reports[alike]} reports mirrored, {share:.3f}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or list(FILES))
