"""Event time, knowledge time, and the rule that keeps the second from leaking.

Three times stand apart: `happened` (the event), `known` (publication of this version) and
`recorded` (entered our ledger). A question asked as of a day sees only what was known by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self, final


@final
@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A closed interval of days, `start` to `end`, both included.

    >>> Interval.parse("2022-02-24/2022-05-15").days
    81
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"an interval must not end ({self.end}) before it starts ({self.start})")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY-MM-DD` or `YYYY-MM-DD/YYYY-MM-DD`; raise ValueError on anything else."""
        first, slash, last = text.partition("/")
        return cls(_day(first), _day(last if slash else first))

    @property
    def days(self) -> int:
        """How many days the interval holds."""
        return (self.end - self.start).days + 1

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def until(self, day: date) -> Interval | None:
        """The part that had happened by `day`, or None where it had not begun."""
        return Interval(self.start, min(self.end, day)) if self.start <= day else None


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:  # weeks and days without hyphens are ISO too
        raise ValueError(f"not written as YYYY-MM-DD: {text!r}")
    return day


def visible(known: date, as_of: date) -> bool:
    """Whether what became known on one day may be used in a judgement as of another."""
    return known <= as_of


def weeks(start: date, end: date) -> list[Interval]:
    """Cut `start` to `end` into weeks from `start` on; the last one may be shorter.

    >>> [week.days for week in weeks(date(2022, 2, 24), date(2022, 3, 5))]
    [7, 3]
    """
    cut = []
    while start <= end:
        last = min(start + timedelta(days=6), end)
        cut.append(Interval(start, last))
        start = last + timedelta(days=1)
    return cut
