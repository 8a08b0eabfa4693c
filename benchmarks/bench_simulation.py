"""How fast the simulated army lives: one particle of the bundled case, a month."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.pipeline.case import read_case
from tocsin.pipeline.foresee import model


def test_a_month_of_twenty_histories(benchmark: BenchmarkFixture) -> None:
    case = read_case("ukraine-2022")
    what = model(case, case.as_of, seed=1, threads=1, particles=20)
    start = what.begin()
    what.predict(start, 1)  # compiles, once on a machine

    ahead = benchmark(what.predict, start, 30)

    soldiers = 0.7 * what.establishments.sum()
    benchmark.extra_info["soldier-days a second"] = round(20 * 30 * soldiers / benchmark.stats["mean"])
    assert ahead.history.shape[1] == 30
