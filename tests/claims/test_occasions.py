"""Which times, amounts and units a report names: what the encoder may choose from."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.claims.parties import gazetteer
from tocsin.claims.rules.facts.occasions import BACK, near, occasions
from tocsin.claims.rules.facts.quantities import amounts
from tocsin.claims.rules.facts.units import echelons
from tocsin.claims.text.parsing import Sentence, sentences
from tocsin.dates import Interval

THURSDAY = date(2023, 6, 15)


def parsed(text: str) -> list[Sentence]:
    return list(sentences(text, gazetteer()))


def day(text: str, published: date = THURSDAY) -> Interval | None:
    return next(iter(occasions(parsed(text), published).values()), None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("On the 12th two companies left their post.", date(2023, 6, 12), date(2023, 6, 12)),
        ("On the 24th two companies left their post.", date(2023, 5, 24), date(2023, 5, 24)),
        ("They were shelled on the night of the eighth.", date(2023, 6, 8), date(2023, 6, 8)),
        ("Nobody has been paid since Christmas.", date(2022, 12, 25), THURSDAY),
        ("The battalion broke over the weekend.", date(2023, 6, 10), date(2023, 6, 11)),
        ("TWO SHIPS WERE LOST ON WEDNESDAY.", date(2023, 6, 14), date(2023, 6, 14)),
        ("The garrison gave up on Easter Sunday.", date(2023, 4, 9), date(2023, 4, 9)),
    ],
)
def test_times_are_reckoned_from_the_reports_day(text: str, first: date, last: date) -> None:
    assert day(text) == Interval(first, last)


def test_a_time_leads_on_to_the_next_and_is_near_for_a_few_sentences() -> None:
    named = occasions(parsed("They marched on 3 May. The next day they broke. " + "It rained. " * 5), THURSDAY)

    assert Interval(date(2023, 5, 4), date(2023, 5, 4)) in named.values()
    assert near(named, 1) == sorted(named)
    assert near(named, 2 + BACK) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Twelve hundred were led away.", 1200, "soldiers"),
        ("A sergeant refused to go.", 1, "soldiers"),
        ("A platoon went over.", 1, "platoons"),
        ("Half of the men were sick.", 0.5, "share"),
        ("They lost at least 40 tanks.", 40, "vehicles"),
    ],
)
def test_amounts_are_found_with_what_they_count(text: str, value: float, unit: str | None) -> None:
    found = amounts(parsed(text)[0].tokens, lambda first, _: first.text)

    assert [(one.quantity.value, one.quantity.unit) for one in found] == [(value, unit)]


def test_a_bare_role_counts_nobody() -> None:
    assert amounts(parsed("The captain refused to go.")[0].tokens, lambda first, _: first.text) == []


def test_echelons_are_found_with_their_places() -> None:
    assert echelons(parsed("A brigade and two of its battalions withdrew.")[0].tokens) == [
        (1, "brigade"),
        (6, "battalion"),
    ]
