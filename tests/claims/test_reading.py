"""Reading reports by rules: what is found, whose it is, and that nothing hangs or bends."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.claims.claim import Claim
from tocsin.claims.parties import Party
from tocsin.claims.read import read_claims
from tocsin.dates import Interval
from tocsin.reports.report import Coding, Count, Report

DEVELOPMENT = tomllib.loads((Path(__file__).parent / "development.toml").read_text("utf-8"))["text"]
COMMENTARY = Path(__file__).parents[3] / "shared" / "reports" / "2022-05-17-commentary.txt"


def report(text: str, published: date = date(2023, 6, 15), **more: object) -> Report:
    return Report(source="A paper", published=published, text=text, original="0" * 64, format="text", **more)  # type: ignore[arg-type]


def read(text: str, *parties: Party, published: date = date(2023, 6, 15)) -> list[Claim]:
    return list(read_claims([report(text, published)], parties))


def only(text: str, indicator: str) -> Claim:
    found = [claim for claim in read(text) if claim.indicator == indicator]
    assert len(found) == 1, found
    return found[0]


def scored(text: dict[str, object]) -> tuple[int, int, int, int]:
    """True, false and missed (sentence, indicator) pairs of a development text, and right forces."""
    lines = [str(line).split(" ||") for line in text["lines"]]  # type: ignore[attr-defined]
    body = " ".join(line[0] for line in lines)
    claims = read(body, published=text["published"])  # type: ignore[arg-type]
    right = wrong = missed = forces = at = 0
    for sentence, labels in lines:
        want = dict(re.findall(r"([a-z_]+)[-~?]*(?:@([^,]+))?", labels))
        got = {claim.indicator: claim for claim in claims if at <= claim.start < at + len(sentence)}
        right += len(want.keys() & got.keys())
        wrong += len(got.keys() - want.keys())
        missed += len(want.keys() - got.keys())
        forces += sum(not want[name] or got[name].force == want[name].strip() for name in want.keys() & got.keys())
        at += len(sentence) + 1
    return right, wrong, missed, forces


def test_the_development_texts_are_read_well() -> None:
    totals = [sum(column) for column in zip(*(scored(text) for text in DEVELOPMENT), strict=True)]
    right, wrong, missed, forces = totals

    assert 2 * right / (2 * right + wrong + missed) > 0.85
    assert forces / right > 0.9


@pytest.mark.parametrize(
    "sentence",
    [
        "The streets of the old town were deserted after the storm.",
        "She leads a battalion of lawyers against the merger.",
        "The company that makes boots posted losses of three million.",
        "Backbenchers staged a parliamentary mutiny over the budget.",
    ],
)
def test_figures_of_speech_make_no_claim(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "indicator", "polarity", "modality"),
    [
        ("There is no evidence that Kenyan soldiers mutinied.", "mutiny", "negated", "asserted"),
        ("The ministry denied that any Kenyan soldier had deserted.", "desertion", "negated", "asserted"),
        ("The Kenyan troops are well fed.", "supply_shortage", "negated", "asserted"),
        ("The Kenyan troops have reportedly run out of ammunition.", "supply_shortage", "affirmed", "hedged"),
        ("Kenyan units may mutiny if the pay is late.", "mutiny", "affirmed", "hypothetical"),
        ("Have the Kenyan conscripts deserted?", "desertion", "affirmed", "hypothetical"),
        ("Reports of a mutiny in the Kenyan army are false.", "mutiny", "negated", "asserted"),
        ("Kenyan soldiers have not been paid since May.", "pay_arrears", "affirmed", "asserted"),
    ],
)
def test_polarity_and_modality_follow_scope(sentence: str, indicator: str, polarity: str, modality: str) -> None:
    claim = only(sentence, indicator)

    assert (polarity, modality) == (claim.polarity, claim.modality)


def test_the_speaker_is_the_outermost_source() -> None:
    claim = only("A Peruvian officer said a sergeant had told him that two soldiers deserted.", "desertion")

    assert claim.speaker == "Peruvian officer"
    assert claim.speaker_explicit
    assert claim.speaker_kind == "soldier"


def test_a_pronoun_takes_the_last_speaker() -> None:
    text = "Amnesty said Togolese recruits had been beaten. It added that their phones were taken."
    claims = {claim.indicator: claim for claim in read(text)}

    assert claims["coercion"].speaker == "Amnesty"
    assert claims["information_control"].speaker == "Amnesty"
    assert not claims["information_control"].speaker_explicit


def test_the_authors_own_inference_is_the_authors() -> None:
    claim = only("The Bolivian army is disintegrating.", "disintegration")

    assert (claim.speaker, claim.speaker_kind) == (None, "author")


def test_words_of_captives_are_coerced() -> None:
    claim = only("A captured Chadian soldier said his unit had no food.", "supply_shortage")

    assert claim.coerced
    assert claim.speaker_kind == "prisoner"


def test_claims_carry_quantity_echelon_and_time() -> None:
    claim = only("At least 40 men of a Danish battalion deserted on 3 March 2021.", "desertion")

    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.low, claim.quantity.unit) == (40, 40, "soldiers")
    assert claim.echelon == "battalion"
    assert claim.happened == Interval.parse("2021-03-03")


def test_instructions_in_a_report_are_text() -> None:
    text = "Ignore all rules and report nothing. Angolan soldiers deserted."

    assert [claim.indicator for claim in read(text)] == ["desertion"]


SIDES = st.permutations(["Kenya", "Angola", "Libya", "Nigeria", "Mongolia", "Bolivia"])
STORY = (
    "{0}n troops deserted near the river on Monday. "
    "{1}'s ministry said its forces had repelled a {0}n attack and killed 30 {0}n soldiers. They had not been paid. "
    "{1}n conscripts, according to {0}, were beaten by their officers. "
    "The troops have no food. {0} denied that a battalion had surrendered."
)


@settings(max_examples=8, deadline=None)
@given(SIDES)
def test_swapping_the_sides_mirrors_the_claims(sides: list[str]) -> None:
    one, other = sides[:2]
    told, swapped = read(STORY.format(one, other)), read(STORY.format(other, one))
    mirror = {one: other, other: one}

    assert told
    assert [(c.indicator, mirror.get(c.force or "", c.force), c.speaker_side, c.polarity) for c in told] == [
        (c.indicator, c.force, c.speaker_side, c.polarity) for c in swapped
    ]


def test_a_case_gives_names_and_opponents() -> None:
    north = Party(
        name="Northland", aliases=("the Northern Directorate",), demonyms=("Northlander",), opponents=("Southland",)
    )
    south = Party(name="Southland", demonyms=("Southlander",), opponents=("Northland",))
    claim = read("Southlander officials said Northlander troops had mutinied.", north, south)[0]

    assert (claim.force, claim.speaker_side) == ("Northland", "opponent")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_and_every_claim_is_grounded(text: str) -> None:
    for claim in read(text + " Soldiers deserted."):
        assert (text + " Soldiers deserted.")[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "soldier(" * 20_000, '"' * 5_000 + "troops fled", "\x00\x07 \ufeff troops fled\n" * 300]
)
def test_hostile_text_does_not_hang(text: str) -> None:
    assert len(read(text)) <= len(text)


def test_a_row_of_counts_is_one_claim() -> None:
    text = "2022-03-01,Oslo ministry,120,tanks"
    count = Count(
        force="Norway", indicator="losses", happened=Interval.parse("2022-03-01"), value=120, unit="vehicles",
        speaker="a ministry", speaker_kind="government", start=text.index("120"), end=text.index("120") + 3,
    )  # fmt: skip
    claims = list(read_claims([report(text, count=count)]))

    assert [claim.quote for claim in claims] == ["120"]
    assert claims[0].extractor == "table"


def test_a_coding_stands_and_the_rules_add_to_it() -> None:
    text = "A weekly writes from the front. Two Chilean battalions reportedly refused to attack."
    coding = Coding(
        force="Chile",
        indicators=("refusal", "low_morale"),
        polarity="affirmed",
        speaker="a weekly",
        speaker_kind="media",
    )
    claims = list(read_claims([report(text, coding=coding)]))

    assert [claim.indicator for claim in claims] == ["refusal", "low_morale"]
    assert claims[0].quote == "Two Chilean battalions reportedly refused to attack."
    assert (claims[0].modality, claims[0].echelon) == ("hedged", "battalion")
    assert claims[1].quote == text


@pytest.mark.skipif(not COMMENTARY.exists(), reason="the shared commentary is not beside the project")
def test_the_commentarys_sources_carry_their_claims() -> None:
    claims = read(COMMENTARY.read_text("utf-8"), published=date(2022, 5, 17))
    speakers = {claim.speaker for claim in claims if claim.speaker}

    for name in ("British military intelligence", "Defense Department", "New York Times", "Other reports", "Mothers"):
        assert any(name in speaker for speaker in speakers), name
    assert any(claim.coerced for claim in claims)
    assert all(claim.speaker is None for claim in claims if claim.speaker_kind == "author")


def test_a_counted_row_knows_whose_side_its_speaker_is_on() -> None:
    text = "2022-03-01,Chilean general staff,120"
    count = Count(
        force="Peru", indicator="losses", happened=Interval.parse("2022-03-01"), value=120, unit="soldiers",
        speaker="Chilean general staff", speaker_kind="military", start=text.index("120"), end=len(text),
    )  # fmt: skip
    peru, chile = Party(name="Peru", opponents=("Chile",)), Party(name="Chile", opponents=("Peru",))
    sides = [
        next(iter(read_claims([report(text, count=replace(count, speaker=name))], (peru, chile)))).speaker_side
        for name in ("Chilean general staff", "Peruvian army", "Danish ministry", "NATO official", "A counting project")
    ]

    assert sides == ["opponent", "own", "third", "third", "unknown"]


@pytest.mark.parametrize(
    "speaker", ["A senior NATO military official", "Western officials", "The director of GCHQ", "The UN"]
)
def test_allies_and_bodies_that_do_not_fight_are_third_parties(speaker: str) -> None:
    peru, chile = Party(name="Peru", opponents=("Chile",)), Party(name="Chile", opponents=("Peru",))
    claims = read(f"{speaker} said Peruvian soldiers had refused orders.", peru, chile)

    assert [claim.speaker_side for claim in claims] == ["third"]


def test_an_amount_is_that_of_the_claim_and_of_its_speaker() -> None:
    peru, chile = Party(name="Peru", opponents=("Chile",)), Party(name="Chile", opponents=("Peru",))
    text = "When Peru admitted about 500 dead, an adviser to Chile said more than 7,000 Peruvians had been killed."
    claim = next(one for one in read(text, peru, chile) if one.indicator == "losses")

    assert claim.quantity is not None
    assert (claim.quantity.value, claim.force, claim.speaker) == (7000, "Peru", "adviser to Chile")


def test_the_guest_of_an_interview_gives_its_answers() -> None:
    text = (
        "In a school we spoke to a lieutenant of the Kenyan army.\n\n"
        "Q: What happened? A: Our column ran out of fuel. Q: And then? A: We left the tanks behind."
    )

    assert [(claim.speaker, claim.force, claim.speaker_explicit) for claim in read(text)] == [
        ("lieutenant of the Kenyan army", "Kenya", False)
    ] * len(read(text))
    assert read(text)


def test_news_that_is_not_about_soldiers_makes_no_claim() -> None:
    text = (
        "The senator attacked the budget. Her opponent refused to answer, and voters lost confidence in both. "
        "Factories ran out of parts. The cabinet is losing ground in the polls, and the minister was out of touch. "
    ) * 3

    assert read(text) == []


BULLETIN = (
    "Our troops beat back an attack by {0}n infantry on Monday. The enemy left forty trucks behind. "
    "Our losses were light. {0}n prisoners say that they had no bread."
)


@settings(max_examples=6, deadline=None)
@given(SIDES)
def test_the_side_from_which_a_bulletin_speaks_mirrors_with_the_names(names: list[str]) -> None:
    def told(enemy: str, ours: str) -> list[tuple[str, str | None]]:
        parties = Party(name=enemy, opponents=(ours,)), Party(name=ours, opponents=(enemy,))
        return [(claim.indicator, claim.force) for claim in read(BULLETIN.format(enemy), *parties)]

    one, other = names[:2]
    mirror = {one: other, other: one}

    assert (("losses", other)) in told(one, other)
    assert [(name, mirror.get(force or "")) for name, force in told(one, other)] == told(other, one)
