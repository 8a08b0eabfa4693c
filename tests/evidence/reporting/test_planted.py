"""A planted story moves an estimate by little more than one report of its source's grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from armies import START
from saying import AS_OF, graded
from tocsin.claims.claim import Claim
from tocsin.claims.parties import Party
from tocsin.claims.read import read_claims
from tocsin.evidence.observe import observe
from tocsin.evidence.origins import origins
from tocsin.evidence.reporting.planted import Story, plant
from tocsin.evidence.reporting.saying import affirming, tally_likelihood
from tocsin.inference.levels import levels
from tocsin.parameters import value

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


def _claims(outlets: int, seed: int) -> tuple[list[Claim], dict[str, str]]:
    reports = plant(STORY, outlets, days=6, rng=np.random.default_rng(seed))
    return list(read_claims(reports, PARTIES)), {report.id: report.text for report in reports}


def _moved(claims: Sequence[Claim], texts: dict[str, str], *, aware: bool) -> float:
    """By how many nats the story speaks for much surrender against none."""
    origin = dict(origins(claims, texts)) if aware else {claim.id: claim.id for claim in claims}
    seen = observe(claims, origin, graded(claims, origin), start=START, as_of=AS_OF, indicators=frozenset(levels()))
    total = 0.0
    for observation in seen:
        for tally in observation.tallies:
            side = tally.side
            odds = {"intercept": value(f"reporting.{side}_intercept"), "slope": value(f"reporting.{side}_slope")}
            chance = affirming(np.array([0.9, 0.1]), bias=np.zeros(2), **odds)
            copying = value("reporting.copying") if aware else 0.0
            high, low = tally_likelihood(chance, tally.affirmed, tally.negated, copying=copying)
            again = 1.0 - value("reporting.persistence") if observation.follows else 1.0
            total += again * float(high - low)
    return total


@pytest.mark.parametrize("outlets", [2, 6, 12])
@pytest.mark.parametrize("seed", range(3))
def test_a_campaign_moves_an_estimate_by_at_most_a_fifth_more_than_one_report(outlets: int, seed: int) -> None:
    one, many = (_moved(*_claims(n, seed), aware=True) for n in (1, outlets))
    assert 0.0 < many <= 1.2 * one


def test_without_copy_awareness_a_campaign_moves_it_by_as_much_as_it_is_loud() -> None:
    one, many = (_moved(*_claims(n, 1), aware=False) for n in (1, 12))
    assert many > 5 * one


def test_every_outlet_tells_the_story_later_and_in_its_own_words() -> None:
    reports = plant(STORY, 8, days=6, rng=np.random.default_rng(2))
    assert len({report.source for report in reports}) == len({report.id for report in reports}) == 8
    assert len({report.text for report in reports}) > 4
    assert reports[0].published == STORY.first
    assert all(STORY.first <= report.published < STORY.first + timedelta(6) for report in reports)
    assert [report.published for report in reports] == sorted(report.published for report in reports)
