"""What the reports of the demonstration case say about each parameter: posterior over prior variance.

Usage: python studies/validation/learnt.py [--case NAME] [--seed N]

Variances are those of normal scores, in which every prior is the same bell. Writes learnt.json. A filter whose
particles descend from W first histories knows a variance to about the square root of 2/W: W stands beside the ratios.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from tocsin.inference.ensemble import variance
from tocsin.inference.filter import run
from tocsin.pipeline.assess import field_of, known, shipped
from tocsin.pipeline.case import read_case
from tocsin.pipeline.foresee import model
from tocsin.pipeline.intake.read import claims_of, gather, listed_sources
from tocsin.pipeline.progress import Silent
from tocsin.pipeline.weigh import weigh
from tocsin.reports.intake.versions import newest
from tocsin.simulation import draws

OUT = Path(__file__).parent / "learnt.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="ukraine-2022")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    case, silent = read_case(asked.case), Silent()
    sources = listed_sources(None, case)
    given, _, _ = gather(shipped(case, with_dossier=True), sources=sources, progress=silent)
    reports = newest(known(given, case.as_of))
    claims = claims_of(reports, case.parties, silent)
    evidence = weigh(claims, reports, field_of(case, case.as_of))
    what = model(case, case.as_of, seed=asked.seed, threads=2)
    before = what.begin().scores.var(axis=0)
    after = run(what, evidence.observations, case.as_of).ensemble
    names = [p.name for p in draws.simulated().values() if p.prior is not None]
    ratios = np.array([variance(after.scores[:, f], after.weights[:, f]) for f in range(len(what.forces))]) / before
    found = {
        "case": case.name,
        "observations": len(evidence.observations),
        "particles": what.particles,
        "forces": {
            force: {"worth": after.worth[f], "ratios": dict(zip(names, ratios[f].round(3).tolist(), strict=True))}
            for f, force in enumerate(case.forces)
        },
    }
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{(ratios > 0.8).mean():.0%} of {ratios.size} ratios above 0.8; worth {[round(w, 1) for w in after.worth]}")


if __name__ == "__main__":
    main()
