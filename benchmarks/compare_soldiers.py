"""Workload M1 in five ways, side by side: soldier-days a second, and how many times Mesa's.

Usage: python benchmarks/compare_soldiers.py

The programs take turns, so that a busy machine slows all of them; the best of ROUNDS counts. Every soldier-day is
counted, also those that the exact engine need not look at. Prints what is counted a day as well: the programs must
agree.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from soldiers import agents, arrays, lazy, plain
from soldiers.army import COMPANY, MEASURES, people

ROUNDS = 5
Run = Callable[..., NDArray[np.float64]]
PROGRAMS: dict[str, tuple[Run, int, int, int]] = {
    "Mesa": (agents.run, 20, 20, 1),
    "NumPy": (arrays.run, 1280, 10, 1),
    "plain, 1 thread": (plain.run, 1280, 30, 1),
    "plain, 2 threads": (plain.run, 1280, 30, 2),
    "exact, 1 thread": (lazy.run, 1280, 600, 1),
    "exact, 2 threads": (lazy.run, 1280, 600, 2),
}
"""Program, companies, days, and runs at a time."""


def rate(program: Run, companies: int, days: int, at_once: int, seed: int) -> tuple[float, NDArray[np.float64]]:
    """Soldier-days a second, and what was counted a day for each thousand soldiers."""
    who = people(companies)
    start = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        counted = list(pool.map(lambda one: program(who, days, seed + one), range(at_once)))
    passed = time.perf_counter() - start
    return companies * COMPANY * days * at_once / passed, counted[0].mean(axis=0) / (companies * COMPANY) * 1000


def exponent(program: Run) -> float:
    """How the time grows with soldiers, over two decades of companies."""
    sizes = (20, 200, 2000)
    rates = [max(rate(program, size, 120, 1, 7)[0] for _ in range(ROUNDS)) for size in sizes]
    return 1.0 - float(np.polyfit(np.log(sizes), np.log(rates), 1)[0])


def main() -> None:
    for program, *_ in PROGRAMS.values():
        program(people(20), 2, 1)  # compiles
    best = dict.fromkeys(PROGRAMS, 0.0)
    counted: dict[str, NDArray[np.float64]] = {}
    for turn in range(ROUNDS):
        for name, given in PROGRAMS.items():
            speed, counted[name] = rate(*given, 1 + 2 * turn)
            best[name] = max(best[name], speed)
    print(f"{'':18}{'M soldier-days/s':>18}{'÷ Mesa':>10}   a day, for each thousand: {', '.join(MEASURES)}")
    for name, speed in best.items():
        shown = " ".join(f"{one:.2f}" for one in counted[name])
        print(f"{name:18}{speed / 1e6:18,.1f}{speed / best['Mesa']:10,.0f}   {shown}")
    print(f"growth in soldiers: exact {exponent(lazy.run):.2f}, plain {exponent(plain.run):.2f}")


if __name__ == "__main__":
    main()
