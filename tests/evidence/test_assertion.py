"""Claims about the same thing in the same week are joined."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import days, said, traced
from strategies import claims
from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import Assertion, join, relevant_day, week_of


def _join(*given_: Claim) -> list[Assertion]:
    return join(given_, traced(given_), start=START)


def test_affirmations_and_denials_of_a_week_stand_in_one_assertion() -> None:
    yes, no = said("They refuse.", day=1), said("Nobody refuses.", source="b", polarity="negated", day=5)
    (joined,) = _join(yes, no)
    assert (joined.affirmed, joined.negated, joined.origins) == ((yes.id,), (no.id,), 2)
    assert joined.known == no.published
    assert joined.happened == days(0, 6)


def test_copies_count_as_one_origin() -> None:
    (joined,) = _join(said("They refuse.", source="a"), said("They refuse.", source="b"))
    assert (len(joined.affirmed), joined.origins) == (2, 1)


def test_another_force_formation_indicator_or_week_is_another_assertion() -> None:
    first = said("They refuse.")
    others = [
        said("They refuse there.", force="Sudland"),
        said("They refuse here.", formation="64th"),
        said("They are tired.", indicator="low_morale"),
        said("They refuse again.", day=7),
    ]
    assert len(_join(first, *others)) == 5


def test_a_claim_about_nobody_in_particular_stays_out() -> None:
    assert _join(said("Soldiers refuse.", force=None)) == []


def test_the_week_is_that_of_the_event_not_of_the_report() -> None:
    (joined,) = _join(said("They refused.", day=20, happened=days(2, 4)))
    assert joined.happened == days(0, 6)


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
