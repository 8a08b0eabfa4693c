"""Proposed grades: the letter by the speaker's kind, the digit by what else is said."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import graded, said
from strategies import claims
from tocsin.claims.claim import Claim
from tocsin.evidence.grade import PROPOSED
from tocsin.parameters import value
from tocsin.reports.report import SpeakerKind


def _digit(of: Claim, *others: Claim) -> int:
    return graded([of, *others])[of.id].credibility


def _others(number: int, **more: object) -> list[Claim]:
    return [said(f"Version {n}.", source=f"paper {n}", **more) for n in range(number)]


def test_one_origin_is_possible_and_three_are_likely() -> None:
    one = said("They refuse.")
    assert _digit(one) == _digit(one, *_others(1)) == 3
    assert _digit(one, *_others(2)) == 2


def test_copies_do_not_raise_a_grade() -> None:
    copies = [said("They refuse.", source=f"paper {n}") for n in range(6)]
    assert graded(copies)[copies[0].id].credibility == 3


def test_as_many_origins_on_the_other_side_make_it_doubtful() -> None:
    one, denial = said("They refuse."), said("Nobody refuses.", source="b", polarity="negated")
    assert _digit(one, denial) == 4
    assert _digit(denial, one) == 4
    assert _digit(one, denial, *_others(1)) == 3
    assert _digit(denial, one, *_others(1)) == 4


def test_words_spoken_in_captivity_cannot_be_judged() -> None:
    captive = said("We refused.", speaker_kind="prisoner", coerced=True)
    assert _digit(captive, *_others(5)) == 6
    assert graded([captive])[captive.id].reliability == "E"


@pytest.mark.parametrize("mute", [{"coerced": True}, {"modality": "hypothetical"}])
def test_words_of_captives_and_of_what_might_be_neither_support_nor_oppose(mute: dict[str, object]) -> None:
    one = said("They refuse.")
    assert _digit(one, *_others(5, **mute)) == 3
    assert _digit(one, *_others(5, polarity="negated", **mute)) == 3


def test_what_might_be_cannot_be_judged() -> None:
    assert _digit(said("They may refuse.", modality="hypothetical")) == 6


def test_a_claim_about_nobody_in_particular_cannot_be_judged() -> None:
    assert _digit(said("Soldiers refuse.", force=None)) == 6


@pytest.mark.parametrize("kind", get_args(SpeakerKind))
def test_every_kind_of_speaker_has_a_letter_with_a_reason_and_an_accuracy(kind: SpeakerKind) -> None:
    one = said("They refuse.", speaker_kind=kind)
    grade = graded([one])[one.id]
    assert grade.reliability in "ABCDEF"
    assert all(grade.reasons)
    assert 0.0 <= value(f"reliability.{grade.reliability}") <= 1.0


def test_better_letters_stand_for_better_accuracy() -> None:
    accuracy = [value(f"reliability.{letter}") for letter in "ABCDE"]
    assert accuracy == sorted(accuracy, reverse=True)


@settings(max_examples=60)
@given(st.lists(claims(START, 40), max_size=8, unique_by=lambda c: c.id))
def test_every_claim_is_graded_once_and_knows_nothing_of_the_future(all_: list[Claim]) -> None:
    grades = graded(all_)
    assert set(grades) == {c.id for c in all_}
    for claim in all_:
        grade = grades[claim.id]
        assert grade.claim == claim.id
        assert 2 <= grade.credibility <= 6
        assert grade.grader == PROPOSED
        assert claim.published <= grade.known <= max(c.published for c in all_)
