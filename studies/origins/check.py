"""Check the gold halves for origins: fields, kinds, sources, order of time, nothing shared."""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold"
FIELDS = ["id", "publisher", "published", "url", "title", "text", "gold"]
DERIVED = (
    "reprint",
    "light_rewrite",
    "synonym_spin",
    "excerpt",
    "citation",
    "paraphrase",
    "transcription_error",
    "denial",
    "unrecorded",
)
LEAST_ITEMS = 240
LEAST_OF_A_KIND = 24

Item = dict[str, Any]


def read(half: str) -> list[Item]:
    lines = (GOLD / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def faults_of_an_item(item: Item, by_id: dict[str, Item]) -> list[str]:
    """What is wrong with one item, as sentences."""
    gold, faults = item["gold"], []
    if list(item) != FIELDS or set(gold) != {"event", "origin", "kind", "of"}:
        return ["fields differ from the format"]
    if gold["kind"] not in {*DERIVED, "original"}:
        faults.append(f"unknown kind {gold['kind']}")
    if (gold["kind"] == "unrecorded") != (gold["origin"] == "unrecorded"):
        faults.append("kind and origin disagree on being unrecorded")
    if gold["kind"] in {"original", "unrecorded"} and gold["of"] is not None:
        faults.append("derives from something it cannot derive from")
    if gold["of"] is None:
        return faults
    source = by_id.get(gold["of"])
    if source is None:
        return [*faults, f"source {gold['of']} is absent"]
    if source["published"] > item["published"]:
        faults.append("older than its source")
    if (source["gold"]["origin"] == gold["origin"]) == (gold["kind"] == "denial"):
        faults.append("origin does not follow from its source")
    return faults


def faults_of_a_half(half: str) -> list[str]:
    items = read(half)
    by_id = {item["id"]: item for item in items}
    counts = Counter(item["gold"]["kind"] for item in items)
    faults = [f"{item['id']}: {fault}" for item in items for fault in faults_of_an_item(item, by_id)]
    if len(by_id) != len(items) or len(items) < LEAST_ITEMS:
        faults.append(f"{len(items)} items, {len(by_id)} ids")
    faults += [f"{counts[kind]} of {kind}" for kind in DERIVED if counts[kind] < LEAST_OF_A_KIND]
    print(half, len(items), dict(sorted(counts.items())))
    return [f"{half}: {fault}" for fault in faults]


def shared_by_the_halves() -> list[str]:
    """Publishers and sentences that stand in both halves."""
    found: list[set[str]] = []
    for half in ("tuning", "frozen"):
        items = read(half)
        sentences = {s.strip() for item in items for s in item["text"].split(". ") if len(s) > 30}
        found.append({item["publisher"] for item in items} | sentences)
    return [f"in both halves: {text[:60]}" for text in sorted(found[0] & found[1])]


def main() -> int:
    faults = faults_of_a_half("tuning") + faults_of_a_half("frozen") + shared_by_the_halves()
    digest = hashlib.sha256((GOLD / "frozen.jsonl").read_bytes()).hexdigest()
    if digest not in (GOLD / "README.md").read_text(encoding="utf-8"):
        faults.append(f"README does not name the frozen half's digest {digest}")
    print(*faults or ["no faults"], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
