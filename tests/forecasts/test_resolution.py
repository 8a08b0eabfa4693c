"""What may be recorded of a question, when, and on what; and which word counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import get_args

import pytest

from strategies import sealed_of
from tocsin.errors import TocsinError
from tocsin.forecasts.resolution import OUTCOMES, Outcome, Resolution, history, settle, unfit
from tocsin.parameters import value

AS_OF = date(2031, 3, 3)
_, FORECAST = sealed_of(as_of=AS_OF)
CLOSES = date(2031, 4, 2)
AFTER = CLOSES + timedelta(days=1)
LATE = CLOSES + timedelta(days=int(value("forecasts.lag")) + 1)
NOW = datetime(2031, 5, 1, tzinfo=UTC)


def judge(wanted: Outcome, origins: int, today: date, reason: str = "because") -> tuple[Outcome, str]:
    return settle(FORECAST, wanted, origins=origins, reason=reason, today=today)


def test_the_window_is_the_days_after_the_as_of_day() -> None:
    assert (FORECAST.opens, FORECAST.closes) == (AS_OF + timedelta(days=1), CLOSES)


@pytest.mark.parametrize("today", [AS_OF + timedelta(days=1), CLOSES])
def test_a_window_that_has_not_ended_cannot_resolve_no(today: date) -> None:
    with pytest.raises(TocsinError, match="window runs until 2031-04-02"):
        judge("no", 3, today)


def test_what_came_about_can_be_told_before_the_window_ends() -> None:
    assert judge("yes", 2, AS_OF + timedelta(days=1)) == ("yes", "because")


@pytest.mark.parametrize("wanted", OUTCOMES[:2])
def test_two_origins_carry_an_outcome(wanted: Outcome) -> None:
    assert judge(wanted, 2, AFTER) == (wanted, "because")


@pytest.mark.parametrize("wanted", OUTCOMES[:2])
def test_fewer_are_waited_for_and_then_void(wanted: Outcome) -> None:
    with pytest.raises(TocsinError, match="1 of 2 origins"):
        judge(wanted, 1, AFTER)
    assert judge(wanted, 1, LATE)[0] == "void"
    assert f"{wanted} was proposed, on 1 of 2 origins" in judge(wanted, 1, LATE)[1]


def test_nothing_is_said_before_the_window_opens() -> None:
    for wanted in get_args(Outcome):
        with pytest.raises(TocsinError):
            judge(wanted, 5, AS_OF)


@pytest.mark.parametrize("wanted", ["void", "disputed"])
def test_void_and_disputed_need_a_reason_and_no_origins(wanted: Outcome) -> None:
    assert judge(wanted, 0, AFTER) == (wanted, "because")
    with pytest.raises(TocsinError, match="--reason"):
        judge(wanted, 5, AFTER, reason="")


def test_each_question_takes_its_own_kind_of_answer() -> None:
    amount = replace(FORECAST, cuts=(0.1,))
    with pytest.raises(TocsinError, match="how much"):
        settle(amount, "yes", origins=2, reason="", today=AFTER)
    with pytest.raises(TocsinError, match="whether"):
        judge("amount", 2, AFTER)
    assert settle(amount, "amount", origins=2, reason="", today=AFTER)[0] == "amount"


@pytest.mark.parametrize(
    ("outcome", "published", "fits"),
    [
        ("yes", AS_OF, False),
        ("yes", AS_OF + timedelta(days=1), True),
        ("no", CLOSES, False),
        ("no", AFTER, True),
        ("amount", CLOSES, False),
        ("disputed", CLOSES, True),
    ],
)
def test_a_report_must_be_new_and_of_what_did_not_happen_after_the_window(
    outcome: Outcome, published: date, fits: bool
) -> None:
    assert (unfit(FORECAST, outcome, published) is None) is fits


def said(outcome: Outcome, follows: Resolution | None = None) -> Resolution:
    name = follows.id if follows else None
    return Resolution(asked=FORECAST.asked, outcome=outcome, reason="r", by="b", follows=name, known=AFTER)


def test_the_last_word_counts_whatever_the_order_of_reading() -> None:
    first = said("yes")
    second = said("no", first)
    third = said("yes", second)
    assert len({first.id, second.id, third.id}) == 3
    for order in permutations([(first, NOW), (second, NOW), (third, NOW)]):
        assert history(order) == [first, second, third]
    assert history([(third, NOW + timedelta(days=1)), (said("void"), NOW + timedelta(days=2))])[-1].outcome == "void"
