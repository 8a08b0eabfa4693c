"""When it happened: explicit, relative and vague times of a sentence as intervals, against the report's date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import final

from tocsin.claims.lexicon.words import read
from tocsin.dates import Interval

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_MONTHS = {name: n for n, name in enumerate(MONTHS, 1)}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_DAYS = {
    name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_SMALL = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_SMALL |= {
    "a": 1,
    "an": 1,
    "several": 3,
    "few": 3,
    "couple": 2,
    "past": 1,
    "twenty": 20,
    "thirty": 30,
    "fifteen": 15,
    "forty": 40,
    "sixty": 60,
}
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
)  # fmt: skip
_FEASTS = {
    "christmas": (12, 25), "new year": (1, 1), "candlemas": (2, 2), "michaelmas": (9, 29), "martinmas": (11, 11),
    "all saints": (11, 1), "st john": (6, 24), "midsummer": (6, 24), "twelfth night": (1, 5), "epiphany": (1, 6),
}  # fmt: skip
_MOVING = {"easter": 0, "whitsun": 49, "pentecost": 49, "good": -2, "palm": -7}
"""Days after Easter Sunday."""
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


@final
@dataclass(frozen=True, slots=True)
class Times:
    """From which days relative phrases are reckoned."""

    published: date
    anchor: Interval | None
    """The last time that the report named, for `the next day`."""


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a sentence names, and the characters [start, end) of the sentence that name it."""

    start: int
    end: int
    interval: Interval


_Reader = Callable[[re.Match[str], Times], Interval | None]


def _month(year: int, month: int) -> Interval:
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _number(text: str) -> int:
    word = text.lower().replace("a few", "few").replace("a couple of", "couple").replace("couple of", "couple").strip()
    return int(word) if word.isdigit() else _SMALL.get(word, 1)


def _span(unit: str, n: int) -> timedelta:
    days = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30.44, "year": 365.25}[
        unit.lower()
    ]
    return timedelta(days=round(days * n))


def _month_number(found: re.Match[str], group: str = "month") -> int:
    name = found[group].lower().rstrip(".")
    return _MONTHS[name] if name in _MONTHS else _MONTHS[name[:3]]


def _latest_year(times: Times, month: int, day: int = 1) -> int:
    """The year of the last such day no later than the report, or than the year that the report is about."""
    reference = times.anchor.end if times.anchor and (times.published - times.anchor.end).days > 400 else None
    if reference is not None:
        return reference.year
    year = times.published.year
    return year if (month, day) <= (times.published.month, times.published.day) else year - 1


def _date(found: re.Match[str], times: Times) -> Interval | None:
    month, day = _month_number(found), int(found["day"])
    year = int(found["year"]) if found.groupdict().get("year") else _latest_year(times, month, day)
    first = _day(year, month, day)
    if first is None:
        return None
    last = _day(year, month, int(found["last"])) if found.groupdict().get("last") else None
    return Interval(first, last if last and last > first else first)


def _range(found: re.Match[str], times: Times) -> Interval | None:
    first, last = _month_number(found), _month_number(found, "month2")
    year2 = int(found["year"]) if found["year"] else _latest_year(times, last, int(found["day2"] or 1))
    year1 = year2 if first <= last else year2 - 1
    start = _day(year1, first, int(found["day"] or 1))
    end = _day(year2, last, int(found["day2"] or monthrange(year2, last)[1]))
    return Interval(start, end) if start and end and start <= end else None


def _in_month(found: re.Match[str], times: Times) -> Interval | None:
    month = _month_number(found)
    year = int(found["year"]) if found["year"] else _latest_year(times, month)
    whole = _month(year, month)
    part = (found["part"] or "").lower().strip(" -")
    if part.startswith("mid"):
        return Interval(date(year, month, 15), date(year, month, 20))
    if part.startswith(("early", "start", "beginning", "first", "the first")):
        return Interval(whole.start, date(year, month, 10))
    if part.startswith(("late", "end", "the end")):
        return Interval(date(year, month, 21), whole.end)
    return whole


def _whole_year(found: re.Match[str], _times: Times) -> Interval | None:
    year = int(found["year"])
    part = (found["part"] or "").lower()
    if part.startswith("early"):
        return Interval(date(year, 1, 1), date(year, 4, 30))
    if part.startswith("mid"):
        return Interval(date(year, 5, 1), date(year, 8, 31))
    if part.startswith("late"):
        return Interval(date(year, 9, 1), date(year, 12, 31))
    return Interval(date(year, 1, 1), date(year, 12, 31))


def _season(found: re.Match[str], times: Times) -> Interval | None:
    first, last = _SEASONS[found["season"].lower()]
    year = int(found["year"]) if found["year"] else None
    if year is None:
        reference = (
            times.anchor.end if times.anchor and (times.published - times.anchor.end).days > 400 else times.published
        )
        year = reference.year if reference.month >= first else reference.year - 1
        if (found["which"] or "").lower() == "last" and reference.year == year and reference.month <= last:
            year -= 1
    if found["season"].lower() == "winter":
        return Interval(date(year, 12, 1), _month(year + 1, 2).end)
    return Interval(date(year, first, 1), _month(year, last).end)


def _weekday(found: re.Match[str], times: Times) -> Interval | None:
    back = (times.published.weekday() - _DAYS[found["weekday"].lower()]) % 7
    if (found["which"] or "").lower() == "last" and back == 0:
        back = 7
    day = times.published - timedelta(days=back)
    return Interval(day, day)


def _ago(found: re.Match[str], times: Times) -> Interval | None:
    span = _span(found["unit"], _number(found["n"]))
    day = times.published - span
    return _about(day, found["unit"])


def _about(day: date, unit: str) -> Interval:
    slack = {"week": 3, "fortnight": 3, "month": 15, "year": 90}.get(unit.lower(), 0)
    return Interval(day - timedelta(days=slack), day + timedelta(days=slack))


def _past(found: re.Match[str], times: Times) -> Interval | None:
    n = _number(found["n"]) if found["n"] else 1
    return Interval(times.published - _span(found["unit"], n), times.published)


def _relative_period(found: re.Match[str], times: Times) -> Interval | None:
    which, unit, day = found["which"].lower(), found["unit"].lower(), times.published
    earlier = which in {"last", "previous"}
    if unit == "week":
        monday = day - timedelta(days=day.weekday() + (7 if earlier else 0))
        return Interval(monday, monday + timedelta(days=6))
    if unit == "month":
        month, year = (day.month - 1 or 12, day.year - (day.month == 1)) if earlier else (day.month, day.year)
        return _month(year, month)
    if unit == "year":
        year = day.year - 1 if earlier else day.year
        return Interval(date(year, 1, 1), date(year, 12, 31))
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7 or (7 if earlier else 0))
        return Interval(saturday, saturday + timedelta(days=1))
    return Interval(day - timedelta(days=1), day)


def _near_day(found: re.Match[str], times: Times) -> Interval | None:
    word, day = found.group().lower(), times.published
    if word.startswith(("yesterday", "last night")):
        return Interval(day - timedelta(days=1), day - timedelta(days=1) if word.startswith("yesterday") else day)
    if word.startswith("the day before yesterday"):
        return Interval(day - timedelta(days=2), day - timedelta(days=2))
    return Interval(day - timedelta(days=1), day) if word.startswith("overnight") else Interval(day, day)


def _shifted(found: re.Match[str], times: Times) -> Interval | None:
    """`the next day`, `two weeks earlier`, `that night`: reckoned from the last time named."""
    if times.anchor is None:
        return None
    word = found.group().lower()
    n = _number(found["n"]) if found.groupdict().get("n") else 1
    unit = found.groupdict().get("unit") or "day"
    step = _span(unit, n)
    if re.search(r"earlier|before|previous", word):
        return _about(times.anchor.start - step, unit)
    if re.search(r"later|after|next|following", word):
        return _about(times.anchor.end + step, unit)
    return times.anchor


def _day_of_month(found: re.Match[str], times: Times) -> Interval | None:
    """`On the 24th`: the last such day no later than the report, or the one of the month that the report is about."""
    word = found["nth"].lower()
    number = int(re.sub(r"\D", "", word)) if word[0].isdigit() else _ORDINALS.index(word) + 1
    old = times.anchor is not None and (times.published - times.anchor.end).days > 40
    reference = times.anchor.end if times.anchor and old else times.published
    month, year = reference.month, reference.year
    back = (found.groupdict().get("of") or "").lower() == "last" or (not old and number > reference.day)
    if back:
        month, year = (month - 1, year) if month > 1 else (12, year - 1)
    day = _day(year, month, number)
    return Interval(day, day) if day else None


def _feast(found: re.Match[str], times: Times) -> Interval | None:
    """A feast of the church's year, the last one no later than the report."""
    name = found["feast"].lower().replace("\u2019", "'")
    month, number = next((when for key, when in _FEASTS.items() if name.startswith(key)), (0, 0))
    if name.endswith("eve"):
        month, number = (12, number - 1 or 31)
    year = int(found["year"]) if found["year"] else _latest_year(times, month or 4, number or 1)
    day = date(year, month, number) if month else _easter(year) + timedelta(days=_MOVING[name.split()[0]])
    return Interval(day, day)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weekend(_found: re.Match[str], times: Times) -> Interval | None:
    saturday = times.published - timedelta(days=(times.published.weekday() - 5) % 7)
    return Interval(saturday, saturday + timedelta(days=1))


def _iso(found: re.Match[str], _times: Times) -> Interval | None:
    year, month = int(found["year"]), int(found["mm"])
    day = _day(year, month, int(found["dd"])) if 1 <= month <= 12 and year else None
    return Interval(day, day) if day else None


_BY_NAME: dict[str, _Reader] = {
    "range": _range,
    "iso": _iso,
    "date": _date,
    "in_month": _in_month,
    "season": _season,
    "whole_year": _whole_year,
    "weekday": _weekday,
    "near_day": _near_day,
    "ago": _ago,
    "past": _past,
    "relative_period": _relative_period,
    "shifted": _shifted,
    "day_of_month": _day_of_month,
    "feast": _feast,
    "weekend": _weekend,
}


@cache
def _readers() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """The catalogue's patterns of times with their readers, the most exact first."""
    table = read("times")
    parts = dict(table["parts"])
    parts["M2"] = parts["M"].removeprefix("(?P<month>").removesuffix(")")
    found = []
    for row in table["times"]:
        pattern = row["pattern"]
        for name, part in parts.items():
            pattern = pattern.replace("{" + name + "}", part)
        found.append((re.compile(pattern, re.IGNORECASE if row["any_case"] else 0), _BY_NAME[row["reader"]]))
    return tuple(found)


def moments(text: str, times: Times) -> Iterator[Moment]:
    """Yield the times that a sentence names, each stretch of characters once, the most exact reading first."""
    taken: list[tuple[int, int]] = []
    for pattern, reader in _readers():
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            interval = reader(found, times)
            if interval is None:
                continue
            taken.append(found.span())
            yield Moment(found.start(), found.end(), _bounded(text, found.start(), interval, times))


def _bounded(text: str, start: int, interval: Interval, times: Times) -> Interval:
    """Stretch `since` to the report's day; cut what runs past it, unless all of it lies ahead."""
    before = text[max(0, start - 20) : start + 6].lower()
    stretched = "since" in before or ("from" in before and "onward" in text.lower())
    if stretched and interval.start <= times.published:
        return Interval(interval.start, times.published)
    return interval.until(times.published) or interval
