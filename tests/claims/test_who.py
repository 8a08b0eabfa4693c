"""Who speaks and whose soldiers are meant: quotations, roles of the two sides, names that a report teaches."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.claims.claim import Claim
from tocsin.claims.parties import Party, gazetteer
from tocsin.claims.read import read_claims
from tocsin.claims.rules.speaking.holders import held
from tocsin.claims.rules.speaking.quotations import quoted
from tocsin.claims.rules.speaking.speakers import attributions
from tocsin.claims.rules.who.discourse import begin
from tocsin.claims.text.masking import mask
from tocsin.claims.text.parsing import sentences
from tocsin.reports.report import Report


def read(text: str, *parties: Party) -> list[Claim]:
    report = Report(source="Wire", published=date(2031, 4, 1), text=text, original="0" * 64, format="text")
    return list(read_claims([report], parties))


def versus(one: str, other: str) -> tuple[Party, Party]:
    return Party(name=one, opponents=(other,)), Party(name=other, opponents=(one,))


@pytest.mark.parametrize("sides", [("Mali", "Azawad Front"), ("Nepal", "Red Valley Movement")])
def test_the_state_and_the_armed_group_are_known_by_their_roles(sides: tuple[str, str]) -> None:
    text = "Government troops had no ammunition. The rebels surrendered on Monday. A sergeant refused to fire."

    found = {claim.indicator: claim.force for claim in read(text, *versus(*sides))}

    assert (found["supply_shortage"], found["surrender"], found["refusal"]) == (sides[0], sides[1], sides[0])


def test_a_side_that_no_gazetteer_has_is_known_by_its_adjective() -> None:
    text = "Ostravian paratroopers were without water. The Meridian infantry surrendered."

    found = {claim.indicator: claim.force for claim in read(text, *versus("Ostravia", "Meridia"))}

    assert found == {"supply_shortage": "Ostravia", "surrender": "Meridia"}


def test_a_bulletin_is_written_from_the_side_of_the_staff_that_announces_it() -> None:
    text = "The General Staff of Korvia reports that the enemy lost 40 men. Our units are fully supplied."

    found = {claim.indicator: claim.force for claim in read(text, *versus("Korvia", "Drenia"))}

    assert found["losses"] == "Drenia"
    assert found.get("supply_shortage", "Korvia") == "Korvia"


@pytest.mark.parametrize(("text", "named"), [("Lee's tired gunners came.", True), ("Mr Lee opened a shop.", False)])
def test_a_commanders_surname_stands_for_a_side_only_before_soldiers(text: str, named: bool) -> None:
    assert bool(mask(text, gazetteer()).mentions) is named


def test_a_quotation_over_several_sentences_belongs_to_the_speaker_named_after_it() -> None:
    text = '"We ate the mules. The powder is wet. Nobody pays us any more," said Corporal Anders Holm.'

    listed = list(sentences(text, begin(text, ()).names))
    document = listed[0].tokens[0].doc
    found = [one for group in quoted([attributions(one, text) for one in listed], document) for one in group]

    assert [one.name for one in found] == ["Corporal Anders Holm"]
    assert {"mules", "powder", "pays"} <= {document[index].text for index in found[0].scope}


def test_a_hope_is_held_and_not_said() -> None:
    text = "The generals hope that the garrison will mutiny."

    sentence = next(iter(sentences(text, begin(text, ()).names)))

    assert attributions(sentence, text) == []
    assert [one.head.text for one in held(sentence, frozenset())] == ["generals"]
