"""Repetitions are counted once; what merely looks alike is not a repetition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import counted, said, together, traced
from strategies import claims
from tocsin.claims.claim import Claim


def test_the_same_text_in_two_papers_is_one_origin() -> None:
    assert together(said("They refuse to go.", source="one"), said("They  refuse to GO!", source="two", day=30))


def test_other_words_in_two_papers_are_two_origins() -> None:
    assert not together(said("They refuse to go.", source="one"), said("Men stayed in barracks.", source="two"))


def test_the_same_oldest_source_is_one_origin() -> None:
    far = said("Men stayed in barracks.", source="two", day=30, origin="a lawyer")
    assert together(said("They refuse to go.", source="one", origin="a lawyer"), far)


def test_a_lineage_that_is_not_recorded_ties_nothing() -> None:
    one, other = (said(text, source=text, origin="unrecorded: a channel") for text in ("They refuse.", "They stay."))
    assert not together(one, other)


@pytest.mark.parametrize(("gap", "one"), [(0, True), (1, True), (6, True), (7, False), (30, False)])
@pytest.mark.parametrize("day", range(7))
def test_the_same_speaker_and_point_within_a_week_are_one_origin(day: int, gap: int, one: bool) -> None:
    first = said("They refuse.", source="one", speaker="The Staff", day=day)
    second = said("Men will not go.", source="two", speaker="the staff", day=day + gap)
    assert together(first, second) == one


def test_who_says_the_same_every_day_is_not_one_origin_for_ever() -> None:
    daily = [said(f"Day {day}: they refuse.", source=f"paper {day}", speaker="Staff", day=day) for day in range(21)]
    assert len(set(traced(daily).values())) == 3


def test_another_speaker_is_another_origin() -> None:
    assert not together(
        said("They refuse.", source="a", speaker="x"), said("Men will not go.", source="b", speaker="y")
    )


def test_a_denial_is_not_a_copy() -> None:
    denied = said("They do not refuse.", source="two", speaker="Staff", polarity="negated")
    assert not together(said("They refuse.", source="one", speaker="Staff"), denied)


@pytest.mark.parametrize("other", [{"force": "Sudland"}, {"indicator": "losses"}])
def test_another_point_of_the_same_speaker_is_another_origin(other: dict[str, str]) -> None:
    first = said("They refuse.", source="one", speaker="Staff")
    assert not together(first, said("Men will not go.", **{"source": "two", "speaker": "Staff", **other}))


def test_what_one_speaker_says_in_one_report_is_one_origin() -> None:
    first = said("They refuse and are tired.", speaker="Staff")
    assert together(first, replace(first, indicator="low_morale"))
    assert not together(first, replace(first, indicator="low_morale", speaker="a mother"))


def test_rows_of_a_table_are_not_copies_of_each_other() -> None:
    rows = [
        said(f"losses; {week}", source="Oryx", speaker="Oryx", day=7 * week, extractor="table", quantity=counted(9))
        for week in range(1, 4)
    ]
    assert len(set(traced(rows).values())) == 3


@settings(max_examples=60)
@given(st.lists(claims(START, 40), max_size=8, unique_by=lambda c: c.id), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_no_tie(said_: list[Claim], chance: object) -> None:
    turned = list(said_)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, other = traced(said_), traced(turned)
    for a in said_:
        assert {b.id for b in said_ if one[b.id] == one[a.id]} == {b.id for b in said_ if other[b.id] == other[a.id]}


def test_every_claim_has_an_origin_named_by_its_first() -> None:
    first, copy = said("They refuse.", source="one"), said("They refuse.", source="two")
    assert traced([first, copy])[copy.id] == traced([first])[first.id]
    assert traced([]) == {}
