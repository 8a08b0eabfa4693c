"""Times and amounts that sentences name."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.claims.rules.facts.happened import Times, moments
from tocsin.dates import Interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("They fled on 3 March 2021.", "2021-03-03"),
        ("They fled on March 3.", "2023-03-03"),
        ("They fled on December 24.", "2022-12-24"),
        ("In March they fled.", "2023-03-01/2023-03-31"),
        ("Since mid-March they have fled.", "2023-03-15/2023-06-15"),
        ("In late January they fled.", "2023-01-21/2023-01-31"),
        ("They fled last Tuesday.", "2023-06-13"),
        ("They fled yesterday.", "2023-06-14"),
        ("Last week they fled.", "2023-06-05/2023-06-11"),
        ("They fled in 1917.", "1917-01-01/1917-12-31"),
        ("They fled in the spring of 1917.", "1917-03-01/1917-05-31"),
        ("Over the past two weeks they fled.", "2023-06-01/2023-06-15"),
        ("They fled between March 3 and March 10.", "2023-03-03/2023-03-10"),
        ("They fled the next day.", "2023-05-02"),
    ],
)
def test_a_time_is_an_interval_against_the_reports_day(text: str, interval: str) -> None:
    times = Times(date(2023, 6, 15), Interval.parse("2023-05-01"))

    assert [Interval.parse(interval)] == [moment.interval for moment in moments(text, times)]


def test_a_sentence_without_a_time_has_none() -> None:
    assert list(moments("They may march on, and 40 men fell.", Times(date(2023, 6, 15), None))) == []
