"""Prove the engines equal: many runs of the exact, the plain and the defined one, and broken ones found out.

Usage: python studies/engines/make.py [--runs N] [--reference N] [--days N]

Fails where two engines that should be the same differ, or where a broken one is not found out. Minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys

import comparing

BROKEN = {
    "no correlation within a unit": {"losses_correlation": 1e-6},
    "attachment without effect": {"soldiers_leaving_bound": 1.0, "soldiers_leaving_loose": 1.0},
    "replacements like the first": {"soldiers_arrival_bound": 0.35, "soldiers_arrival_loose": 0.2},
    "a tenth fewer absences": {"exits_absence_base": -5.6},
}
"""Faults, each put into the exact engine by a parameter that says the same."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--reference", type=int, default=400)
    parser.add_argument("--days", type=int, default=30)
    asked = parser.parse_args()

    exact = comparing.fast(asked.runs, asked.days, 1, one_by_one=False)
    plain = comparing.fast(asked.runs, asked.days, 2, one_by_one=True)
    found = comparing.differences(exact, plain)
    for name, chance in found.items():
        means = f"{exact[name].mean():10.3f} {plain[name].mean():10.3f}" if name in exact else " " * 21
        print(f"{name:<32} {means}   p = {chance:.4f}")
    wrong = [f"exact and plain differ in {', '.join(comparing.unequal(found))}"] if comparing.unequal(found) else []
    print(f"exact and plain, {asked.runs} runs each, {len(found)} tests: {comparing.unequal(found) or 'no difference'}")

    defined = comparing.reference(asked.reference, asked.days, 3)
    for name, engine in (("exact", exact), ("plain", plain)):
        differ = comparing.unequal(comparing.differences(defined, engine))
        print(f"definition ({asked.reference} runs) and {name}: {differ or 'no difference'}")
        wrong += [f"the definition and the {name} engine differ in {', '.join(differ)}"] if differ else []
    for fault, changed in BROKEN.items():
        caught = comparing.unequal(
            comparing.differences(plain, comparing.fast(asked.runs, asked.days, 4, one_by_one=False, **changed))
        )
        print(f"{fault}: {f'found out by {len(caught)} tests' if caught else 'NOT FOUND OUT'}")
        wrong += [] if caught else [f"nobody noticed: {fault}"]
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
