"""The full day of `ukraine-2022` in five ways, side by side: soldier-days a second, and how many times Mesa's.

Usage: python benchmarks/compare_day.py [--turns N] [--days N] [--formations] [--equal N]

The programs take turns on the whole army, each turn with parameters drawn anew from the priors, the same for all. Rates
are of all turns together, once by the clock and once by processor time, which a busy machine distorts less; with two
threads the latter is a rate of one core. Soldiers on duty are counted, also those whom the exact engine need not look
at. Besides: who leaves and returns a day for each thousand on duty, how the cost of the exact engine grows over two
decades, and whether Mesa, NumPy and the exact engine agree on the statistics of `studies/engines` on a small army.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from day.programs import Lived, Program, agents, arrays, engine
from numpy.typing import NDArray

from tocsin.forces.tree import Layout, Resolution, layout
from tocsin.pipeline.case import read_case
from tocsin.simulation import draws

sys.path.append(str(Path(__file__).parents[1] / "studies" / "engines"))

import comparing

PROGRAMS: dict[str, tuple[Program, int]] = {
    "Mesa": (agents, 1),
    "NumPy": (arrays, 1),
    "plain, 1 thread": (engine(one_by_one=True, threads=1), 2),
    "plain, 2 threads": (engine(one_by_one=True, threads=2), 20),
    "exact, 1 thread": (engine(one_by_one=False, threads=1), 100),
    "exact, 2 threads": (engine(one_by_one=False, threads=2), 100),
}
"""Program, and how many runs of a turn's parameters: enough to be timed."""

EXITS = ("casualties", "absent", "surrendered", "sick", "detained", "returned", "replaced")


def case(resolution: Resolution) -> Layout:
    """The army of `ukraine-2022`."""
    read = read_case("ukraine-2022")
    return layout(read.orders(read.as_of), [party.opponents for party in read.parties], resolution)


def soldier_days(where: Layout, lived: Lived) -> float:
    """Days on duty, of all soldiers and runs."""
    full = np.bincount(where.force, weights=where.establishment)
    return float((lived.seen["strength"].astype(float) * full).sum())


def side_by_side(where: Layout, turns: int, days: int) -> None:
    """Let the programs take turns, and print what they reach."""
    drawn = draws.values(draws.draw(1, turns, 2))
    cost = {name: np.zeros(3) for name in PROGRAMS}
    exits = {name: np.zeros(len(EXITS)) for name in PROGRAMS}
    for turn in range(turns):
        for name, (program, runs) in PROGRAMS.items():
            lived = program(where, np.repeat(drawn[turn : turn + 1], runs, axis=0), turn, days)
            done = soldier_days(where, lived)
            cost[name] += (done, lived.wall, lived.processor)
            left = np.array([lived.seen[one].sum(dtype=float) for one in EXITS])
            exits[name] += left / done * 1000 / turns
    print(f"{where.force.size} units, {where.establishment.sum():,} places, {turns} turns of {days} days")
    print(f"{'':18}{'by the clock':>24}{'by processor time':>24}   a day, for each thousand on duty:")
    print(f"{'':18}{'M/s':>12}{'÷ Mesa':>12}{'M/s':>12}{'÷ Mesa':>12}   {', '.join(EXITS)}")
    for name, (done, *spent) in cost.items():
        rates = "".join(
            f"{done / spent[i] / 1e6:12,.2f}{done / spent[i] / (cost['Mesa'][0] / cost['Mesa'][1 + i]):12,.0f}"
            for i in range(2)
        )
        print(f"{name:18}{rates}   {' '.join(f'{one:.2f}' for one in exits[name])}")


def growth(where: Layout) -> None:
    """Print how the exact engine's time grows with soldiers, runs and days, each tenfold and a hundredfold."""
    program = engine(one_by_one=False, threads=1)

    def cost(soldiers: int, runs: int, days: int) -> NDArray[np.float64]:
        drawn = draws.values(np.zeros((runs, 2, draws.draw(1, 1, 1).size)))
        lived = [program(times(where, soldiers), drawn, turn, days) for turn in range(3)]
        return np.array([[one.wall, one.processor] for one in lived]).min(axis=0)

    sizes = (1, 10, 100)
    grown = {
        "soldiers": [cost(size, 1, 60) for size in sizes],
        "runs": [cost(1, size, 60) for size in sizes],
        "days": [cost(1, 1, 60 * size) for size in sizes],
    }
    for name, seconds in grown.items():
        wall, processor = np.polyfit(np.log(sizes), np.log(np.array(seconds)), 1)[0]
        print(f"growth in {name}, 1 : 10 : 100: exponent {wall:.3f} by the clock, {processor:.3f} by processor time")


def times(where: Layout, number: int) -> Layout:
    """A tenth of both armies `number` times over, side by side, each copy with groups of its own."""
    every = np.arange(0, where.force.size, 10)
    copy, unit = np.divmod(np.arange(number * every.size), every.size)
    unit = every[unit]
    place = where.position[unit].copy()
    place[:, 1] += copy * (where.position[:, 1].max() + 1)
    return Layout(
        force=where.force[unit],
        establishment=where.establishment[unit],
        parts=where.parts[unit],
        formation=where.formation[unit],
        groups=where.groups[unit] + copy[:, None] * (where.groups.max() + 1),
        region=where.region[unit],
        position=place,
        hostile=where.hostile,
    )


def equal(runs: int, days: int = 30) -> None:
    """Print whether Mesa and NumPy live as the exact engine does, statistic by statistic."""
    where = comparing.armies()
    exact = comparing.fast(10 * runs, days, 1, one_by_one=False)
    for name, program in (("Mesa", agents), ("NumPy", arrays)):
        lived = program(where, comparing.parameters(runs), 2, days)
        rows = comparing.rows(lived.units, lived.seen)
        apart = {
            of: abs(rows[of].mean() - exact[of].mean())
            / max(1e-9, float(np.sqrt(rows[of].var() / runs + exact[of].var() / (10 * runs))))
            for of in rows
        }
        found = comparing.differences(rows, exact)
        print(f"{name}, {runs} runs, and exact, {10 * runs} runs: {len(found)} tests, family-wise error 1 %:", end=" ")
        print(f"{comparing.unequal(found) or 'no difference'};", end=" ")
        print(f"means of {len(apart)} statistics at most {max(apart.values()):.1f} standard errors apart")
        for of in rows:
            means = f"{rows[of].mean():10.3f}{exact[of].mean():10.3f}"
            print(f"    {of:<30}{means}{apart[of]:6.1f} s.e.   p = {found[of]:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=3, help="how often each program runs (3)")
    parser.add_argument("--days", type=int, default=30, help="days of a turn (30)")
    parser.add_argument("--formations", action="store_true", help="units are formations, not battalions")
    parser.add_argument("--equal", type=int, default=200, help="runs of the small army to compare; 0 for none (200)")
    asked = parser.parse_args()

    where = case(Resolution.FORMATION if asked.formations else Resolution.BATTALION)
    for program, _ in PROGRAMS.values():
        program(times(where, 1), draws.values(draws.draw(1, 1, 2)), 1, 2)  # compiles
    side_by_side(where, asked.turns, asked.days)
    growth(where)
    if asked.equal:
        equal(asked.equal)


if __name__ == "__main__":
    main()
