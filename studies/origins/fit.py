"""Fit the weights of the signs of a tie on the tuning half, one war left out at a time to see what they are worth.

Run: python studies/origins/fit.py. It prints the weights for `catalog/parameters/origins.toml`; it never reads the
frozen half.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from score import read_gold
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from tocsin.evidence.origins.families import families
from tocsin.evidence.origins.ties import SIGNS, ties
from tocsin.evidence.origins.trace import ordered

TUNING = Path(__file__).parent / "gold" / "tuning.jsonl"
DOUBT = 0.5


def main() -> None:
    items, gold = read_gold(TUNING)
    items = ordered(items)
    truth = [gold[item.id] for item in items]
    made = families(items)
    rows = [tie for held in ties(items, made.said, made.told, made.first, made.forms).values() for tie in held]
    signs = np.array([tie.signs for tie in rows])
    same = np.array([_same(truth[tie.child], truth[tie.family]) for tie in rows])
    war = np.array([truth[tie.child]["event"].split("-")[0] for tie in rows])
    chance = np.zeros(len(rows))
    for left_out in sorted(set(war)):
        inside = war != left_out
        model, scale = _fit(signs[inside], same[inside])
        chance[~inside] = model.predict_proba(scale.transform(signs[~inside]))[:, 1]
    model, scale = _fit(signs, same)
    weights = model.coef_[0] / scale.scale_
    print(len(rows), "possible ties,", int(same.sum()), "of one origin")
    print("none", round(float(model.intercept_[0] - weights @ scale.mean_), 2))
    for name, weight in zip(SIGNS, weights, strict=True):
        print(name, round(float(weight), 2))
    _told(rows, chance, same, truth, items, made)


def _fit(signs: Any, same: Any) -> tuple[Any, Any]:
    scale = StandardScaler().fit(signs)
    return LogisticRegression(C=DOUBT, max_iter=5000).fit(scale.transform(signs), same), scale


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["origin"] == other["origin"] != "unrecorded")


def _told(rows: Any, chance: Any, same: Any, truth: Any, items: Any, made: Any) -> None:
    stat: Counter[tuple[str, str]] = Counter()
    for child in sorted(set(made.first.tolist())):
        mine = [k for k, tie in enumerate(rows) if tie.child == child]
        wanted = any(_same(truth[child], truth[f]) for f in set(made.first.tolist()) if f < child)
        best = max(mine, key=lambda k: chance[k], default=None)
        if best is not None and chance[best] > DOUBT:
            verdict = "right" if same[best] else "wrong"
        else:
            verdict = "missed" if wanted else "rightly none"
        stat[truth[child]["kind"], verdict] += 1
        if verdict in {"wrong", "missed"} and "-v" in sys.argv:
            shown = (
                max((k for k in mine if same[k]), key=lambda k: chance[k], default=None)
                if verdict == "missed"
                else best
            )
            detail = (
                "" if shown is None else {n: round(s, 1) for n, s in zip(SIGNS, rows[shown].signs, strict=True) if s}
            )
            print(
                verdict,
                items[child].id,
                truth[child],
                "" if shown is None else (items[rows[shown].parent].id, round(chance[shown], 2)),
                detail,
            )
    for key, count in sorted(stat.items()):
        print(*key, count)


if __name__ == "__main__":
    main()
