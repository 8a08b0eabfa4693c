"""Claims that propose the same thing are joined, and what denies it stands beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import counted, days, said, traced
from strategies import FORCES, claims
from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import Assertion, join, relevant_day, week_of


def _join(*given_: Claim) -> list[Assertion]:
    return join(given_, traced(given_))


def test_affirmations_and_denials_of_the_same_days_stand_in_one_assertion() -> None:
    yes, no = said("They refuse.", day=1), said("Nobody refuses.", source="b", polarity="negated", day=5)
    (joined,) = _join(yes, no)
    assert (joined.affirmed, joined.negated, joined.origins) == ((yes.id,), (no.id,), 2)
    assert joined.known == no.published
    assert joined.happened == days(-1, 1)


def test_copies_count_as_one_origin() -> None:
    (joined,) = _join(said("They refuse.", source="a"), said("They refuse.", source="b"))
    assert (len(joined.affirmed), joined.origins) == (2, 1)


def test_another_force_formation_indicator_or_time_is_another_assertion() -> None:
    first = said("They refuse.")
    others = [
        said("They refuse there.", force="Sudland"),
        said("They refuse here.", formation="64th"),
        said("They are tired.", indicator="low_morale"),
        said("They refuse again.", day=10),
    ]
    assert len(_join(first, *others)) == 5


def test_a_claim_about_nobody_in_particular_stays_out() -> None:
    assert _join(said("Soldiers refuse.", force=None)) == []


def test_the_days_are_those_of_the_event_not_of_the_report() -> None:
    (joined,) = _join(said("They refused.", day=20, happened=days(2, 4)))
    assert joined.happened == days(2, 4)


def test_all_members_share_the_days_of_an_assertion_so_that_no_chain_spans_a_war() -> None:
    chain = [said(f"Again {n}.", source=f"p{n}", day=40, happened=days(4 * n, 4 * n + 5)) for n in range(6)]
    joined = _join(*chain)
    assert len(joined) == 3
    assert all(len(a.affirmed) == 2 for a in joined)


@pytest.mark.parametrize(("other", "together"), [(110, True), (130, False), (90, True), (75, False)])
def test_numbers_join_only_where_they_are_compatible(other: int, together: bool) -> None:
    one = said("A hundred refused.", quantity=counted(100))
    two = said("Others refused.", source="b", quantity=counted(other))
    assert (len(_join(one, two)) == 1) == together


def test_numbers_of_other_units_and_totals_of_other_weeks_are_other_assertions() -> None:
    first = said("Losses.", day=6, indicator="losses", quantity=counted(1000), happened=days(0, 6))
    unit = said("Lost vehicles.", day=6, indicator="losses", quantity=counted(1000, "vehicles"), happened=days(0, 6))
    later = said("More losses.", day=13, indicator="losses", quantity=counted(1010), happened=days(0, 13))
    assert len(_join(first, unit, later)) == 3


def test_a_claim_without_a_number_joins_one_with_a_number() -> None:
    assert len(_join(said("A hundred refused.", quantity=counted(100)), said("Some refused.", source="b"))) == 1


@settings(max_examples=60)
@given(st.lists(claims(START, 40), max_size=8, unique_by=lambda c: c.id), st.randoms(use_true_random=False))
def test_the_order_of_reading_joins_the_same_claims(all_: list[Claim], chance: Random) -> None:
    turned = list(all_)
    chance.shuffle(turned)
    one, other = ({(frozenset(a.affirmed), frozenset(a.negated)) for a in _join(*given_)} for given_ in (all_, turned))
    assert one == other


@settings(max_examples=60)
@given(st.lists(claims(START, 40), max_size=8, unique_by=lambda c: c.id))
def test_renaming_the_forces_joins_the_same_claims(all_: list[Claim]) -> None:
    other = dict(zip((*FORCES, None), (*reversed(FORCES), None), strict=True))
    place = {c.id: n for n, c in enumerate(all_)}
    mirrored = [replace(c, force=other[c.force]) for c in all_]
    turned = {c.id: n for n, c in enumerate(mirrored)}
    plain = [sorted(place[c] for c in (*a.affirmed, *a.negated)) for a in _join(*all_)]
    assert plain == [sorted(turned[c] for c in (*a.affirmed, *a.negated)) for a in _join(*mirrored)]


def test_what_is_foretold_counts_on_the_day_of_publication() -> None:
    assert relevant_day(said("They will lose many.", day=3, happened=days(0, 9))) == START + timedelta(3)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_weeks_are_counted_from_the_start_in_both_directions(start: date, offset: int) -> None:
    week = week_of(start + timedelta(offset), start)
    assert week.days == 7
    assert (week.start - start).days % 7 == 0
    assert week.start <= start + timedelta(offset) <= week.end


@settings(max_examples=60)
@given(st.lists(claims(START, 40), max_size=8, unique_by=lambda c: c.id))
def test_every_claim_of_a_known_force_stands_in_exactly_one_assertion(all_: list[Claim]) -> None:
    joined = _join(*all_)
    assert sorted(c for a in joined for c in (*a.affirmed, *a.negated)) == sorted(c.id for c in all_ if c.force)
    assert all(1 <= a.origins <= len(a.affirmed) + len(a.negated) for a in joined)
