"""How fast soldiers live: the full day of `ukraine-2022`, and how the cost grows with soldiers, runs and days.

`make bench` prints, besides times, soldier-days a second (soldiers on duty), and the mean exits of a day.
"""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.forces.tree import Layout, Resolution, layout
from tocsin.forces.unit import OrderOfBattle, Unit
from tocsin.pipeline.case import read_case
from tocsin.simulation import draws, simulate

EXITS = ("casualties", "absent", "surrendered", "sick", "detained")


def _war(where: Layout, runs: int, days: int, threads: int, *, one_by_one: bool = False) -> NDArray[np.void]:
    drawn = draws.values(draws.draw(1, runs, 2))
    begun = simulate.start(where, drawn, 1, threads=threads, one_by_one=one_by_one)
    return simulate.advance(begun, where, drawn, seed=1, first_day=0, days=days, threads=threads)[1]


def _case(resolution: Resolution) -> Layout:
    case = read_case("ukraine-2022")
    return layout(case.orders(case.as_of), [party.opponents for party in case.parties], resolution)


def _armies(brigades: int) -> Layout:
    units = tuple(Unit(name=f"{i}", echelon="brigade", branch="b", parent=f"{i // 4}") for i in range(brigades))
    orders = [OrderOfBattle(force=force, known=date(2031, 3, 3), units=units) for force in ("Norland", "Sudland")]
    return layout(orders, [["Sudland"], ["Norland"]], Resolution.BATTALION)


@pytest.mark.parametrize("resolution", Resolution, ids=lambda r: r.value)
@pytest.mark.parametrize("threads", [1, 2])
def test_the_full_day_of_a_case(benchmark: BenchmarkFixture, resolution: Resolution, threads: int) -> None:
    where = _case(resolution)
    drawn = draws.values(draws.draw(1, 20, 2))
    begun = simulate.start(where, drawn, 1)
    simulate.advance(begun, where, drawn, seed=1, first_day=0, days=1)  # compiles, once on a machine

    _, seen = benchmark(simulate.advance, begun, where, drawn, seed=1, first_day=0, days=60, threads=threads)

    soldier_days = float(seen["strength"].sum(dtype=float) * where.establishment.sum() / 2)
    benchmark.extra_info["G soldier-days a second"] = round(soldier_days / benchmark.stats["min"] / 1e9, 2)
    benchmark.extra_info["exits a day"] = round(sum(float(seen[name].sum()) for name in EXITS) / 20 / 60)
    print(benchmark.extra_info)


def test_every_soldier_every_day(benchmark: BenchmarkFixture) -> None:
    """The plain engine, on a tenth of the army."""
    where = _armies(5)
    _war(where, 1, 1, 1, one_by_one=True)
    seen = benchmark(_war, where, 2, 30, 1, one_by_one=True)
    soldier_days = float(seen["strength"].sum(dtype=float) * where.establishment.sum() / 2)
    benchmark.extra_info["M soldier-days a second, muster included"] = round(
        soldier_days / benchmark.stats["min"] / 1e6
    )
    print(benchmark.extra_info)


def test_cost_grows_no_faster_than_soldiers_runs_and_days(benchmark: BenchmarkFixture) -> None:
    """Exponents of processor time over a tenfold and a hundredfold, least of three."""
    _war(_armies(2), 1, 1, 1)

    def cost(brigades: int, runs: int, days: int) -> float:
        where, times = _armies(brigades), []
        for _ in range(3):
            begun = time.process_time()
            _war(where, runs, days, 1)
            times.append(time.process_time() - begun)
        return min(times)

    base = cost(4, 4, 40)
    grown = {"soldiers": cost(400, 4, 40), "runs": cost(4, 400, 40), "days": cost(4, 4, 4000)}
    for name, seconds in grown.items():
        benchmark.extra_info[f"exponent in {name}"] = round(float(np.log(seconds / base) / np.log(100)), 3)
    print(benchmark.extra_info)
    benchmark.pedantic(_war, args=(_armies(4), 4, 40, 1), rounds=1)
