"""How far two people agree who labelled the frozen half apart: `python studies/reading/agreement.py`."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.claims.evaluation.gold import Marked, read_gold

GOLD = Path(__file__).parent / "gold"
Key = tuple[str, str, str]


def labels(name: str) -> dict[Key, Marked]:
    """Every claim by report, words of its sentence and indicator."""
    return {
        (report.id, re.sub(r"\W+", " ", claim.sentence).strip().casefold(), claim.indicator): claim
        for report in read_gold(GOLD / name)
        for claim in report.claims
    }


def matched(one: dict[Key, Marked], other: dict[Key, Marked]) -> list[tuple[Key, Key]]:
    """Pairs of the same report and indicator, one of whose sentences holds the other."""
    pairs = []
    for report, words, indicator in one:
        same = (key for key in other if key[0] == report and key[2] == indicator)
        found = next((key for key in same if key[1] in words or words in key[1]), None)
        if found is not None:
            pairs.append(((report, words, indicator), found))
    return pairs


def main() -> None:
    first, second = labels("frozen.jsonl"), labels("frozen-second.jsonl")
    pairs = matched(first, second)
    by_indicator = []
    for indicator in sorted({key[2] for key in first}):
        both = sum(key[2] == indicator for key, _ in pairs)
        each = sum(key[2] == indicator for keys in (first, second) for key in keys)
        by_indicator.append(2 * both / each)
    print(f"claims: {len(first)} and {len(second)}, the same {len(pairs)}")
    print(f"micro F1 {2 * len(pairs) / (len(first) + len(second)):.3f}")
    print(f"macro F1 {sum(by_indicator) / len(by_indicator):.3f}")
    for field in ("polarity", "modality", "force", "speaker_how", "echelon"):
        same = sum(getattr(first[a], field) == getattr(second[b], field) for a, b in pairs)
        print(f"{field} {same / len(pairs):.3f}")


if __name__ == "__main__":
    main()
