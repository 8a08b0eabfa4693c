"""Intervals of days, and who may know what when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import days
from tocsin.dates import Interval, visible, weeks

lengths = st.integers(0, 400)


@given(days, lengths)
def test_weeks_cut_a_time_without_gap_or_overlap(start: date, length: int) -> None:
    end = start + timedelta(length)
    cut = weeks(start, end)
    assert [start + timedelta(n) for n in range(length + 1)] == [
        week.start + timedelta(n) for week in cut for n in range(week.days)
    ]
    assert all(week.days == 7 for week in cut[:-1])


@given(days, lengths, days, lengths)
def test_two_intervals_overlap_when_they_share_a_day(a: date, m: int, b: date, n: int) -> None:
    one, other = Interval(a, a + timedelta(m)), Interval(b, b + timedelta(n))
    shared = max(a, b) <= min(one.end, other.end)
    assert one.overlaps(other) == other.overlaps(one) == shared


@given(days, lengths, days)
def test_what_had_happened_by_a_day_ends_by_that_day(start: date, length: int, day: date) -> None:
    whole = Interval(start, start + timedelta(length))
    part = whole.until(day)
    assert (part is None) == (day < start)
    if part is not None:
        assert part == Interval(start, min(whole.end, day))


@given(days, lengths)
def test_an_interval_reads_what_it_is_written_as(start: date, length: int) -> None:
    end = start + timedelta(length)
    assert Interval.parse(f"{start}/{end}") == Interval(start, end)
    assert Interval.parse(f"{start}").days == 1


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2031-03-03/", "/2031-03-03", "2031-02-30", "20310303", "2031-W10-1", "2031-3-3"),
        *("2031-03-04/2031-03-03", "2031-03-01/2031-03-02/2031-03-03", "2031-03-01 "),
    ],
)
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|day|before|YYYY"):
        Interval.parse(text)


def test_an_interval_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Interval(date(2031, 3, 4), date(2031, 3, 3))


@given(days, days)
def test_only_what_was_known_by_the_day_is_visible(known: date, as_of: date) -> None:
    assert visible(known, as_of) == (known <= as_of)
