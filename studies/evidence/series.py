"""The series of a case: how far claims lie off the dead by name, and what losses come to once all are recorded.

    python studies/evidence/series.py [--case NAME]

The dead by name are a final version. They calibrate; no assessment as of a past day reads them.
"""

from __future__ import annotations

import argparse

import numpy as np

from tocsin.claims.claim import Claim
from tocsin.claims.read import read_claims
from tocsin.evidence.reporting.inflation import inflation
from tocsin.evidence.series.left_behind import left_behind
from tocsin.evidence.series.vintages import to_come
from tocsin.parameters import value
from tocsin.pipeline.case import read_case
from tocsin.reports.open import read_path
from tocsin.reports.report import Report


def amount(claim: Claim) -> float:
    return float(claim.quantity.value or 0.0) if claim.quantity else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="ukraine-2022")
    case = read_case(parser.parse_args().case)
    rows = [row for path in case.series for row in read_path(path) if isinstance(row, Report)]
    claims = [c for c in read_claims(rows, case.parties) if c.quantity is not None and c.happened is not None]
    dead = [c for c in claims if c.vintage == "final" and c.quantity and c.quantity.unit == "soldiers"]
    ratios: dict[str, list[float]] = {"own": [], "opponent": []}
    for claim in claims:
        if claim.vintage != "final" and claim.quantity and claim.quantity.unit == "soldiers" and claim.happened:
            end = claim.happened.end
            named = sum(amount(d) for d in dead if d.force == claim.force and d.happened and d.happened.end <= end)
            if named:
                ratios[claim.speaker_side if claim.speaker_side in ratios else "opponent"].append(amount(claim) / named)
    for side, bias in inflation(ratios).items():
        print(f"{side}: ln(claimed / dead) {bias.mean:+.2f} +- {bias.sd:.2f} from {bias.pairs} totals; ", end="")
        print(f"the catalogue has {value(f'reporting.{side}_count_bias'):+.2f}, over all losses rather than the dead")
    for party in case.parties:
        mine = [c for c in claims if c.force == party.name and c.indicator == "losses" and c.vintage != "final"]
        vehicles = [c for c in mine if c.quantity and c.quantity.unit == "vehicles"]
        found = to_come(vehicles, np.random.default_rng(1))
        if found:
            low, middle, high = found
            recorded = sum(map(amount, vehicles))
            print(f"{party.name}: {recorded:.0f} recorded; in the end {low:.0f} to {high:.0f}, {middle:.0f}")
        for speaker, signs in left_behind(claims, party.name, party.opponents).items():
            above = sum(sign.share > 0.3 for sign in signs if sign.whole >= 20)
            most = max(sign.probability for sign in signs)
            usable = sum(sign.whole >= 20 for sign in signs)
            told = sum(sign.rout for sign in signs)
            print(f"{party.name}, {speaker}: {above} of {usable} weeks above 0.3; ", end="")
            print(f"{told} reported as rout, probability at most {most:.3f}")


if __name__ == "__main__":
    main()
