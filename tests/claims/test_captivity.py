"""Words spoken in captivity are coerced, however the report puts it, and never corroborate."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.claims.claim import Claim
from tocsin.claims.read import read_claims
from tocsin.evidence.assertion import join
from tocsin.evidence.grade import propose
from tocsin.evidence.observe import silenced
from tocsin.evidence.origins import origins
from tocsin.reports.report import Coding, Report

DAY = date(2022, 5, 17)


def report(text: str, **more: object) -> Report:
    return Report(source="Wire", published=DAY, text=text, original="0" * 64, format="text", **more)  # type: ignore[arg-type]


def claims(text: str, indicator: str) -> list[Claim]:
    return [claim for claim in read_claims([report(text)], ()) if claim.indicator == indicator]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("A Russian POW said that his company had refused to attack.", "refusal"),
        ("Captured Russian soldiers told reporters that their officers had deserted.", "poor_leadership"),
        ("A Russian soldier detained near Kharkiv said on video that his unit had refused orders.", "refusal"),
        ("A detained Russian serviceman says his battalion refused to fight.", "refusal"),
        ("Speaking under guard, a Russian soldier said that his brigade had refused to fight.", "refusal"),
        ("During his interrogation, a Russian sergeant said that half of his company had deserted.", "desertion"),
        ("In a video filmed by his captors, a Russian soldier says that his unit had no food.", "supply_shortage"),
        ("A Russian soldier taken prisoner near Izium said that his comrades had deserted.", "desertion"),
        ("The Russian prisoner of war told the camera that officers had abandoned their men.", "poor_leadership"),
        ("A Russian soldier in Ukrainian captivity said that his commanders had fled.", "poor_leadership"),
        (
            "A Ukrainian marine who had surrendered said in Donetsk that his brigade had no ammunition.",
            "supply_shortage",
        ),
        ("Russian soldiers held by Ukraine said that their officers had deserted them.", "poor_leadership"),
        ("A blindfolded Russian soldier said that his platoon had deserted.", "desertion"),
        ("Under questioning, the Russian lieutenant said that his men had refused orders.", "refusal"),
        (
            "There is an interview with a captured Russian officer. He said that his regiment had refused orders.",
            "refusal",
        ),
    ],
)
def test_words_of_a_captive_are_coerced(text: str, indicator: str) -> None:
    found = claims(text, indicator)

    assert found
    assert all(claim.coerced for claim in found)


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("A Russian soldier said that his company had refused to attack.", "refusal"),
        ("The spokesman said that captured soldiers had refused orders.", "refusal"),
        (
            "A Russian soldier said that three men of his company had been captured and others had deserted.",
            "desertion",
        ),
        ("The ministry said that police had detained a man and that Russian troops had refused orders.", "refusal"),
    ],
)
def test_who_speaks_about_captives_is_none(text: str, indicator: str) -> None:
    found = claims(text, indicator)

    assert found
    assert not any(claim.coerced for claim in found)


def test_a_speaker_coded_as_shown_by_his_captors_is_coerced() -> None:
    coding = Coding(
        force="Russia",
        indicators=("refusal",),
        polarity="affirmed",
        speaker="soldier speaking under guard",
        speaker_kind="soldier",
    )

    assert [claim.coerced for claim in read_claims([report("They refused orders.", coding=coding)], ())] == [True]


def test_a_captives_words_neither_corroborate_nor_weigh() -> None:
    free = report("A Russian officer said that his regiment had refused orders.")
    held = report("Speaking under guard, a Russian soldier said that the regiment had refused orders.")
    found = [claim for claim in read_claims([free, held], ()) if claim.indicator == "refusal"]
    tied = origins(found, {one.id: one.text for one in (free, held)})
    start = date(2022, 2, 24)
    together, _ = propose(found, join(found, tied), tied)
    alone = [claim for claim in found if not claim.coerced]
    own = origins(alone, {one.id: one.text for one in (free, held)})
    apart, _ = propose(alone, join(alone, own), own)
    captive = next(claim for claim in found if claim.coerced)

    assert [together[claim.id] for claim in alone] == [apart[claim.id] for claim in alone]
    assert silenced(captive, as_of=DAY, indicators=frozenset({"refusal"}), start=start, forces=frozenset({"Russia"}))
