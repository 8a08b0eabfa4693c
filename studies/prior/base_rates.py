"""The prior against base rates: one year without any report, as in docs/explanation/model.md.

.venv/bin/python studies/prior/base_rates.py [--case NAME] [--runs N] [--seed N]
"""

from __future__ import annotations

import argparse

import numpy as np

from tocsin.pipeline.case import read_case
from tocsin.pipeline.foresee import model

YEAR = 365


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="ukraine-2022")
    parser.add_argument("--runs", type=int, default=600)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()

    case = read_case(asked.case)
    what = model(case, case.as_of, seed=asked.seed, threads=2, particles=asked.runs)
    year = what.predict(what.begin(), YEAR).history
    outcomes = {
        "absences reach a tenth of the establishment": year["absent"].sum(axis=1) / what.establishments >= 0.1,
        "at least one refusal by a whole formation": year["refusals"].sum(axis=1) >= 1,
        "at least three refusals by whole formations": year["refusals"].sum(axis=1) >= 3,
        "three formations in ten refuse at once": year["refusal"].max(axis=1) >= 0.3,
        "the leader is removed": year["fallen"][:, -1] > 0,
    }
    print(f"{asked.runs} histories of {YEAR} days, both forces, seed {asked.seed}")
    for name, happened in outcomes.items():
        share = happened.mean()
        print(f"{name:<50} {share:6.1%}  +- {np.sqrt(share * (1 - share) / happened.size):.1%}")


if __name__ == "__main__":
    main()
