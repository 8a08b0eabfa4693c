"""Does the interval hold the true number of origins? Simulated events whose lineage is known.

Run: python studies/origins/intervals.py [first seed] [events]. An event has one to eight origins, each with a chain or
star of copies in other words or the same, reports whose lineage is not recorded (some of which go back to an origin
that the others have too, some to one of their own), and hidden sources shared by reports that name nobody.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from made_items import COPY, KINDS, made_lexicon, tell

from tocsin.evidence.origins.item import Item
from tocsin.evidence.origins.trace import trace

SHARED = 0.5
"""Share of unrecorded reports that go back to an origin which another report has too."""

TOPICAL = 0.3
"""Share of the words that all reports of an event draw from one short list."""


def event(rng: Random, pool: list[str], synonym: dict[str, str]) -> tuple[list[Item], int]:
    """Make one event; return its items and the number of its origins."""
    setting = [f"{rng.choice(pool)}grad".title() for _ in range(4)] + [str(rng.randint(11, 9999))]
    topic = rng.sample(pool, 40)
    pool = [rng.choice(topic) if rng.random() < TOPICAL else word for word in rng.sample(pool, 3000)]
    start = datetime(2031, 1, 1) + timedelta(days=rng.randrange(300))  # noqa: DTZ001
    recorded = rng.randint(1, 8)
    texts: list[tuple[str, float]] = []
    for _ in range(recorded):
        said = f"Our correspondent saw this. {tell(rng, pool, setting, 120)}"
        family = [(said, rng.random() * 24)]
        for _ in range(min(int(rng.expovariate(0.5)), 8)):
            source, hour = rng.choice(family)
            family.append((COPY[rng.choice(KINDS)](rng, source, synonym, pool), hour + 1 + rng.random() * 24))
        texts += family
    origins = recorded
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        texts.append(
            (
                f"It is said, and nobody could say where it started. {tell(rng, pool, setting, 60)}",
                24 + rng.random() * 48,
            )
        )
        origins += rng.random() >= SHARED
    items = [
        Item(id=f"i{place:03}", text=text, publisher=f"House {place}", published=start + timedelta(hours=hour))
        for place, (text, hour) in enumerate(texts)
    ]
    return items, origins


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    _, pool, synonym = made_lexicon(Random(seed))  # noqa: S311
    held, widths, error, split = [], defaultdict(list), [], 0
    for number in range(count):
        items, true = event(Random(f"{seed}/{number}"), pool, synonym)  # noqa: S311
        found = max(trace(items).events, key=lambda one: len(one.items))
        split += len(found.items) < len(items)
        held.append(found.low <= true <= found.high)
        widths[true].append(found.high - found.low)
        error.append(found.origins - true)
    every = [width for row in widths.values() for width in row]
    print(f"{count} events, seed {seed}: the interval holds the truth in {mean(held):.1%}")
    print(f"width: median {median(every)} in all, {median(widths[4])} at four origins")
    print(f"mean error of the middle {mean(error):+.2f}; {split} events fell into parts")


if __name__ == "__main__":
    main()
