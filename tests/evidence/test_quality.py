"""Quality of the evidence is said apart from any probability, and never called high."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import said, traced
from strategies import claims
from tocsin.claims.claim import Claim
from tocsin.evidence.quality import Quality, quality
from tocsin.parameters import value


def _judged(*all_: Claim) -> Quality:
    return quality(all_, traced(all_))


def _many(number: int, side: str) -> list[Claim]:
    return [said(f"Version {n} of {side}.", source=f"{side} {n}", speaker_side=side) for n in range(number)]


ENOUGH = int(value("evidence.origins_for_moderate"))


def test_many_origins_that_do_not_gain_are_moderate_evidence() -> None:
    judged = _judged(*_many(ENOUGH, "third"))
    assert (judged.grade, judged.origins) == ("moderate", ENOUGH)


def test_few_origins_are_low_evidence() -> None:
    judged = _judged(*_many(ENOUGH - 1, "third"))
    assert judged.grade == "low"
    assert "few origins" in judged.reasons


def test_many_origins_that_gain_by_what_they_say_are_low_evidence() -> None:
    judged = _judged(*_many(3 * ENOUGH, "opponent"))
    assert judged.grade == "low"
    assert any("gain" in reason for reason in judged.reasons)


def test_speakers_of_unknown_side_are_not_taken_for_disinterested_ones() -> None:
    assert _judged(*_many(3 * ENOUGH, "unknown")).grade == "low"
    assert _judged(*_many(ENOUGH, "own")).grade == "moderate"


def test_copies_are_one_origin() -> None:
    copies = [said("They refuse.", source=f"paper {n}", speaker_side="third") for n in range(2 * ENOUGH)]
    assert (_judged(*copies).grade, _judged(*copies).origins) == ("low", 1)


def test_hedges_are_counted() -> None:
    assert any("hedged" in reason for reason in _judged(said("Perhaps.", modality="hedged")).reasons)


def test_no_evidence_is_low_evidence() -> None:
    assert (_judged().grade, _judged().origins) == ("low", 0)


@settings(max_examples=60)
@given(st.lists(claims(START, 40), max_size=12, unique_by=lambda c: c.id))
def test_evidence_is_never_called_high_and_coverage_is_never_claimed(all_: list[Claim]) -> None:
    judged = _judged(*all_)
    assert judged.grade in {"low", "moderate"}
    assert judged.origins <= len(all_)
    assert any("not known" in reason for reason in judged.reasons)
