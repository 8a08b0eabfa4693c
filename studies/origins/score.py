"""Score the tracing of origins on a half of the gold set: pairs of one origin, overall and by kind; edges by kind.

Run: python studies/origins/score.py tuning|frozen [--json]. Only figures are printed, never a text.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from tocsin.evidence.origins.item import Item, Lineage
from tocsin.evidence.origins.read import item_of
from tocsin.evidence.origins.trace import trace

GOLD = Path(__file__).parent / "gold"
NAMES = {
    "reprint": "reprint",
    "rewrite": "light_rewrite",
    "spin": "synonym_spin",
    "excerpt": "excerpt",
    "citation": "citation",
    "paraphrase": "paraphrase",
    "transcription": "transcription_error",
    "denial": "denial",
}


def read_gold(path: Path) -> tuple[list[Item], dict[str, dict[str, Any]]]:
    """Read items, and by their id what people marked."""
    items, gold = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = json.loads(line)
        gold[fields["id"]] = fields.pop("gold")
        items.append(item_of(fields))
    return items, gold


def score(gold: dict[str, dict[str, Any]], found: Lineage) -> dict[str, Any]:
    """Compare; a pair counts for the kinds of both of its items."""
    right: dict[str, int] = defaultdict(int)
    false: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    apart = {"recorded": 0, "unrecorded": 0}
    for one, other in combinations(sorted(gold), 2):
        same = gold[one]["origin"] == gold[other]["origin"] != "unrecorded"
        tied = found.origin[one] == found.origin[other] != "unrecorded"
        if not (same or tied):
            continue
        if not same:
            known = "unrecorded" not in (gold[one]["origin"], gold[other]["origin"])
            apart["recorded" if known else "unrecorded"] += 1
        tally = right if same and tied else missed if same else false
        for kind in ("all", *sorted({gold[one]["kind"], gold[other]["kind"]})):
            tally[kind] += 1
    kinds = sorted({*right, *false, *missed}, key=lambda kind: (kind != "all", kind))
    return {
        "items": len(gold),
        "pairs": {kind: _figures(right[kind], false[kind], missed[kind]) for kind in kinds},
        "false pairs of different recorded origins": apart["recorded"],
        "false pairs with an unrecorded item": apart["unrecorded"],
        "edges": _edges(gold, found),
    }


def _figures(right: int, false: int, missed: int) -> dict[str, float]:
    return {
        "f1": round(2 * right / max(2 * right + false + missed, 1), 4),
        "precision": round(right / max(right + false, 1), 4),
        "recall": round(right / max(right + missed, 1), 4),
        "right": right,
        "false": false,
        "missed": missed,
    }


def _edges(gold: dict[str, dict[str, Any]], found: Lineage) -> dict[str, dict[str, int]]:
    """Of the derived items by kind: how many got the very parent, any parent of the right origin, the right kind."""
    held = defaultdict(list)
    for edge in found.edges:
        held[edge.child].append(edge)
    table: dict[str, dict[str, int]] = {}
    for name, mark in sorted(gold.items()):
        if mark["of"] is None:
            continue
        row = table.setdefault(mark["kind"], {"items": 0, "very parent": 0, "right origin": 0, "right kind": 0})
        origin = gold[mark["of"]]["origin"]
        row["items"] += 1
        row["very parent"] += any(edge.parent == mark["of"] for edge in held[name])
        row["right origin"] += any(edge.parent in gold and gold[edge.parent]["origin"] == origin for edge in held[name])
        row["right kind"] += any(NAMES[edge.kind] == mark["kind"] for edge in held[name])
    return table


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in {"tuning", "frozen"}:
        sys.exit("usage: python studies/origins/score.py tuning|frozen [--json]")
    items, gold = read_gold(GOLD / f"{sys.argv[1]}.jsonl")
    result = score(gold, trace(items))
    if "--json" in sys.argv:
        print(json.dumps(result, indent=1))
        return
    print(f"{result['items']} items")
    for kind, row in result["pairs"].items():
        shares = "  ".join(f"{name} {row[name]:.3f}" for name in ("f1", "precision", "recall"))
        print(f"{kind:20} {shares}  ({row['right']} right, {row['false']} false, {row['missed']} missed)")
    for name in ("false pairs of different recorded origins", "false pairs with an unrecorded item"):
        print(f"{name}: {result[name]}")
    for kind, row in result["edges"].items():
        print(f"{kind:20} " + ", ".join(f"{name} {count}" for name, count in row.items()))


if __name__ == "__main__":
    main()
