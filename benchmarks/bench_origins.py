"""How fast origins are traced among 100,000 made-up items, how well, in how much memory, and how it grows."""

from __future__ import annotations

import resource
from collections import Counter
from math import log
from time import perf_counter

from made_items import KINDS, Made, make
from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.evidence.origins.item import Lineage
from tocsin.evidence.origins.trace import trace

SIZES = (25_000, 100_000)


def test_a_hundred_thousand_items(benchmark: BenchmarkFixture) -> None:
    trace(make(100, 1).items)  # compiles the kernels
    made = make(SIZES[1], 7)

    found = benchmark.pedantic(trace, args=(made.items,), rounds=1)

    benchmark.extra_info |= quality(made, found)
    benchmark.extra_info["GB at most"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)
    smaller = make(SIZES[0], 8).items
    begun = perf_counter()
    trace(smaller)
    spent = perf_counter() - begun
    growth = log(benchmark.stats["mean"] / max(spent, 1e-9)) / log(SIZES[1] / SIZES[0])
    benchmark.extra_info["growth exponent"] = round(growth, 2)
    assert benchmark.extra_info["recall"] >= 0.95
    assert benchmark.extra_info["precision"] >= 0.98


def quality(made: Made, found: Lineage) -> dict[str, float]:
    """Recall and precision of pairs of one origin, and recall of planted copies by kind."""
    truth = {item.id: made.parent.get(item.id, (item.id, ""))[0] for item in made.items}
    both = _pairs(Counter((truth[name], origin) for name, origin in found.origin.items() if origin != "unrecorded"))
    tied = _pairs(Counter(origin for origin in found.origin.values() if origin != "unrecorded"))
    result = {"recall": both / _pairs(Counter(truth.values())), "precision": both / max(tied, 1)}
    for kind in KINDS:
        copies = [(name, parent) for name, (parent, planted) in made.parent.items() if planted == kind]
        result[kind] = sum(found.origin[name] == found.origin[parent] for name, parent in copies) / max(len(copies), 1)
    return {name: round(share, 4) for name, share in result.items()}


def _pairs(sizes: Counter[object] | Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
