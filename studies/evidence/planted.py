"""What a planted story moves: nats for much surrender against none, by outlets, delay and awareness of copies.

python studies/evidence/planted.py [--seeds N]
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from tocsin.claims.claim import Claim
from tocsin.claims.parties import Party
from tocsin.claims.read import read_claims
from tocsin.evidence.assertion import join
from tocsin.evidence.grade import propose
from tocsin.evidence.observe import observe
from tocsin.evidence.origins import origins
from tocsin.evidence.reporting.planted import Story, plant
from tocsin.evidence.reporting.saying import affirming, tally_likelihood
from tocsin.ids import ClaimId
from tocsin.inference.levels import levels
from tocsin.parameters import value

START = date(2031, 3, 3)
PARTIES = (
    Party(name="Norland", aliases=("Norland army",), demonyms=("Norlander",), opponents=("Sudland",)),
    Party(name="Sudland", aliases=("Sudland army",), demonyms=("Sudlander",), opponents=("Norland",)),
)
STORY = Story(
    force="Norland",
    indicator="surrender",
    speaker="Sudland general staff",
    speaker_kind="military",
    tellings=(
        "Three hundred soldiers of the {force} army surrendered near the river, the {speaker} said.",
        "According to the {speaker}, some 300 {force} troops laid down their arms by the river.",
        "The {speaker} announced that hundreds of {force} soldiers gave themselves up at the crossing.",
    ),
    spins={"soldiers": ("servicemen", "fighters"), "surrendered": ("capitulated",), "river": ("stream", "crossing")},
    first=START + timedelta(7),
)


def moved(claims: Sequence[Claim], texts: Mapping[str, str], *, aware: bool) -> float:
    """By how many nats the story speaks for a level of 0.9 against one of 0.1."""
    origin: dict[ClaimId, str] = origins(claims, texts) if aware else {claim.id: claim.id for claim in claims}
    grades, _ = propose(claims, join(claims, origin), origin)
    as_of = START + timedelta(120)
    total = 0.0
    for seen in observe(claims, origin, grades, start=START, as_of=as_of, indicators=frozenset(levels())):
        for tally in seen.tallies:
            odds = {name: value(f"reporting.{tally.side}_{name}") for name in ("intercept", "slope")}
            chance = affirming(np.array([0.9, 0.1]), bias=np.zeros(2), **odds)
            copying = value("reporting.copying") if aware else 0.0
            high, low = tally_likelihood(chance, tally.affirmed, tally.negated, copying=copying)
            again = 1.0 - value("reporting.persistence") if seen.follows else 1.0
            total += again * float(high - low)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    seeds = range(parser.parse_args().seeds)
    print("days  outlets  with awareness  without  (times what one report moves)")
    for days in (6, 30):
        for outlets in (1, 2, 6, 12):
            found = {}
            for aware in (True, False):
                ratios = []
                for seed in seeds:
                    told = [plant(STORY, n, days=days, rng=np.random.default_rng(seed)) for n in (1, outlets)]
                    one, many = (
                        moved(list(read_claims(reports, PARTIES)), {r.id: r.text for r in reports}, aware=aware)
                        for reports in told
                    )
                    ratios.append(many / one)
                found[aware] = np.mean(ratios)
            print(f"{days:>4}  {outlets:>7}  {found[True]:>14.2f}  {found[False]:>7.2f}")


if __name__ == "__main__":
    main()
