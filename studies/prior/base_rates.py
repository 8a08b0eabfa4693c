"""The prior against base rates: one year without any report, at both resolutions, as in docs/explanation/army.md.

.venv/bin/python studies/prior/base_rates.py [--case NAME] [--runs N] [--seed N]
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from tocsin.forces.tree import Layout, Resolution, layout
from tocsin.pipeline.case import read_case
from tocsin.simulation import draws, simulate

YEAR = 365
AT_ONCE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="ukraine-2022")
    parser.add_argument("--runs", type=int, default=600)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()

    case = read_case(asked.case)
    print(f"{asked.runs} histories of {YEAR} days, both forces, seed {asked.seed}")
    for resolution in Resolution:
        where = layout(case.orders(case.as_of), [party.opponents for party in case.parties], resolution)
        year = lived(where, draws.values(draws.draw(asked.seed, asked.runs, len(case.forces))), asked.seed)
        full = np.bincount(where.force, where.establishment)
        print(f"\nunits are {resolution.value}s ({where.force.size})")
        outcomes = {
            "absences reach a tenth of the establishment": year["absent"].sum(axis=1) / full >= 0.1,
            "at least one refusal by a whole unit": year["refusals"].sum(axis=1) >= 1,
            "at least three refusals by whole units": year["refusals"].sum(axis=1) >= 3,
            "three units in ten refuse at once": year["refusal"].max(axis=1) >= 0.3,
            "a third of units ineffective at once": year["ineffective"].max(axis=1) >= 1 / 3,
            "the leader is removed": year["fallen"][:, -1] > 0,
        }
        for name, happened in outcomes.items():
            share = happened.mean()
            print(f"{name:<50} {share:6.1%}  +- {np.sqrt(share * (1 - share) / happened.size):.1%}")
        for name in ("casualties", "absent", "surrendered"):
            low, middle, high = np.quantile(year[name].sum(axis=1, dtype=float) / full, (0.05, 0.5, 0.95))
            print(f"{name + ', of the establishment':<50} {middle:6.1%}  from {low:.1%} to {high:.1%}")


def lived(where: Layout, drawn: NDArray[np.void], seed: int) -> NDArray[np.void]:
    """A year of every run, some at a time."""
    years = []
    for a in range(0, len(drawn), AT_ONCE):
        some = drawn[a : a + AT_ONCE]
        begun = simulate.start(where, some, seed, first_run=a, threads=2)
        years.append(simulate.advance(begun, where, some, seed=seed, first_day=0, days=YEAR, first_run=a, threads=2)[1])
    return np.concatenate(years)


if __name__ == "__main__":
    main()
