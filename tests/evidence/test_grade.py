"""Proposed grades, with their reasons, and an analyst's own beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import counted, graded, said, traced
from strategies import claims
from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import join
from tocsin.evidence.grade import PROPOSED, Judgement, graders, in_force, judgements, propose
from tocsin.ids import plain
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


def test_many_origins_that_nobody_denies_agree() -> None:
    one = said("They refuse.")
    assert _digit(one, *_others(int(value("evidence.origins_for_1")) - 1)) == 1
    assert _digit(one, *_others(5), said("Nobody refuses.", source="b", polarity="negated")) == 2


def test_what_can_hardly_be_is_improbable() -> None:
    all_ = [said("A million gave up.", quantity=counted(1e6)), *_others(5)]
    origin = traced(all_)
    grades, _ = propose(all_, join(all_, origin), origin, sizes={"Norland": 2e5})
    assert grades[all_[0].id].credibility == 5
    assert "whole force" in grades[all_[0].id].reasons[-1]


JUDGED = Judgement(
    subject="a paper", claims=(), reliability="A", credibility=None, reasons=("knows",), grader="Ann", known=START
)


def test_an_analysts_grade_stands_beside_the_proposed_one_and_wins() -> None:
    one = said("They refuse.")
    proposed = graded([one])[one.id]
    mine = replace(JUDGED, subject=one.id, claims=(one.id,), reliability=None, credibility=2)
    counts = in_force(proposed, one, [JUDGED, mine])
    assert (counts.reliability, counts.credibility, counts.accuracy) == ("A", 2, value("reliability.A"))
    assert counts.grader == "Ann"
    assert in_force(proposed, one, [replace(JUDGED, subject="another")]) is proposed


def test_of_two_judgements_the_newer_counts_and_of_one_day_the_narrower() -> None:
    one = said("They refuse.")
    proposed = graded([one])[one.id]
    later = replace(JUDGED, reliability="E", known=START + timedelta(1))
    narrow = replace(JUDGED, subject=one.id, claims=(one.id,), reliability="C")
    assert in_force(proposed, one, [later, JUDGED]).reliability == "E"
    assert in_force(proposed, one, [narrow, JUDGED]).reliability == "C"


def test_agreement_of_graders_is_told_with_its_number() -> None:
    claims_ = [said(f"Version {n}.", source=f"paper {n}") for n in range(4)]
    given = [
        replace(JUDGED, subject=f"paper {n}", grader=who, reliability=letter)
        for who, letters in (("Ann", "ABCD"), ("Ben", "ABDD"))
        for n, letter in enumerate(letters)
    ]
    found = {row.graders: row for row in graders(claims_, graded(claims_), given)["reliability"]}
    assert set(found) == {("Ann", "Ben"), ("Ann", PROPOSED), ("Ben", PROPOSED)}
    assert (found["Ann", "Ben"].n, found["Ann", "Ben"].same) == (4, 0.75)
    assert 0.8 < (found["Ann", "Ben"].kappa or 0) < 1.0
    assert graders(claims_, graded(claims_), [])["credibility"] == []


def test_judgements_come_back_from_what_a_ledger_keeps() -> None:
    one = said("They refuse.")
    kept = [plain(JUDGED), plain(graded([one])[one.id])]
    assert judgements(kept) == [JUDGED]


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
        assert 1 <= grade.credibility <= 6
        assert 0.0 < grade.accuracy < 1.0
        assert grade.grader == PROPOSED
        assert claim.published <= grade.known <= max(c.published for c in all_)
