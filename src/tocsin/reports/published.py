"""When a text was published, as it says itself: header lines, front matter, a dateline. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import final

from tocsin.errors import UndatedReportError, UnreadableReportError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DAY = (
    r"(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}[0-9:.Z+-]{0,20})?"
    r"|(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})"
    rf"|{_WEEKDAY}(?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<m1>{_MONTH}),? (?P<y1>[0-9]{{4}})"
    rf"|{_WEEKDAY}(?P<m2>{_MONTH}) (?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>[0-9]{{4}}))(?![0-9])"
)
_DATE = re.compile(_DAY, re.IGNORECASE)
_DATED = re.compile(rf"(?:date|published|publication date|posted)(?: on)?(?: ?: ?| ){_DAY}[.,;]?(?: |$)", re.IGNORECASE)
_ALONE = re.compile(rf"{_DAY}(?:,? (?:at )?[0-9]{{1,2}}[:.][0-9]{{2}}[ \w.]{{0,12}})?", re.IGNORECASE)
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ .'\u2019-]{1,40}(?:, [A-ZÀ-Þ][\w .]{1,30})?"
_DATELINE = re.compile(rf"{_PLACE}, (?i:{_DAY}) ?(?:\([\w /,.-]{{1,40}}\) ?)?[-\u2013\u2014:]")
_FIELD = re.compile(
    r"(source|publisher|url|link|title|headline|date|published|publication date)[ \t]{0,3}:[ \t]*(.*)", re.IGNORECASE
)
_FIGURES = r"[0-9]{1,5}[./-][0-9]{1,2}[./-][0-9]{1,4}"
_DATE_LIKE = re.compile(
    rf"(?:date|published|publication date|posted)(?: on)?(?: ?: ?| )({_FIGURES})(?![\w/-])|({_FIGURES})$", re.IGNORECASE
)
_SAME = {"publisher": "source", "link": "url", "headline": "title", "published": "date", "publication date": "date"}

LINES_OF_HEADER = 10
"""How many lines from the top a date may stand; further down it is part of the story."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A text, and what its head said about it."""

    body: str
    published: date | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None
    unread: str | None = None
    """What stands where the date should and is no day: `2022-02-30`, `05/06/2022`."""


def read_day(text: str) -> date | None:
    """Read a day that stands alone, or None where there is none or it could be read in two ways.

    >>> read_day("Tuesday, 17 May 2022")
    datetime.date(2022, 5, 17)
    """
    match = _DATE.match(text.strip()[:60])
    return _day(match) if match else None


def read_head(text: str) -> Headed:
    """Take the head off a text in its stored form: front matter, `key: value` lines, `date 2022-05-17`."""
    fields: dict[str, str] = {}
    body = _front_matter(text, fields)
    body = _header_lines(body, fields)
    day = read_day(fields.get("date", ""))
    if day is None:
        day, body = _dated_line(body)
    return Headed(
        body=body.strip(),
        published=day,
        source=fields.get("source"),
        url=fields.get("url"),
        title=fields.get("title"),
        unread=None if day else (fields.get("date") or _no_day(body)),
    )


def settle(
    name: str, own: date | None, given: date | None, warn: Callable[[str], None], *, unread: str | None = None
) -> date:
    """Decide on a date: the file's own wins over the one given; raise UndatedReportError where there is neither.

    `unread` is what the file gives for a date and is none; it is named in the error, or told of where a date was given.
    """
    if own is None and unread:
        reason = f"{unread[:40]} is no day; write YYYY-MM-DD"
        if given is None:
            raise UnreadableReportError(name, reason, "Mend the date, or give one with --published YYYY-MM-DD.")
        warn(f"{name}: {reason}; --published {given} was used.")
    if own and given and own != given:
        warn(f"{name}: it says itself that it was published on {own}; --published {given} was not used.")
    day = own or given
    if day is None:
        raise UndatedReportError(name)
    return day


def _front_matter(text: str, fields: dict[str, str]) -> str:
    """Read the flat `key: value` lines between two lines of dashes at the very top."""
    if not text.startswith("---\n"):
        return text
    head, closed, body = text[4:].partition("\n---")
    if not closed or len(head) > 10_000 or not (body == "" or body.startswith("\n")):
        return text
    for line in head.split("\n"):
        _field(line, fields)
    return body.lstrip("\n")


def _header_lines(text: str, fields: dict[str, str]) -> str:
    """Read `key: value` lines from the top, up to the first line that is none."""
    rest = text
    while rest:
        line, _, below = rest.partition("\n")
        known = _FIELD.fullmatch(line)
        if not known or (_SAME.get(known[1].lower(), known[1].lower()) == "date" and not _whole_date(known[2])):
            break
        _field(line, fields)
        rest = below
    return rest.lstrip("\n")


def _field(line: str, fields: dict[str, str]) -> None:
    """Keep the first value of a known field."""
    known = _FIELD.fullmatch(line.strip())
    if known and known[2].strip():
        key = known[1].lower()
        fields.setdefault(_SAME.get(key, key), known[2].strip().strip("\"'"))


def _whole_date(value: str) -> bool:
    """Whether a date field holds a date and nothing more; else the text goes on in the same line."""
    return bool(_ALONE.fullmatch(value.strip().strip("\"'")))


def _dated_line(text: str) -> tuple[date | None, str]:
    """Find `date 2022-05-17`, a line that is only a date, or a dateline with its year, near the top."""
    at = 0
    for _ in range(LINES_OF_HEADER):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        start = at + len(line) - len(line.lstrip())
        for pattern, keep in ((_DATED, False), (_ALONE, False), (_DATELINE, True)):
            match = pattern.match(text, start, min(end, start + 200))
            if match is None or (pattern is _ALONE and match.end() != end):
                continue
            day = _day(match)
            if day:
                below = text[match.end() :].lstrip(" ")
                return day, text if keep else text[:start] + below.removeprefix("\n")
        if end == len(text):
            break
        at = end + 1
    return None, text


def _no_day(text: str) -> str | None:
    """Find figures near the top that stand where a date should and are none that can be read."""
    for line in text.split("\n", LINES_OF_HEADER)[:LINES_OF_HEADER]:
        match = _DATE_LIKE.match(line.strip()[:120])
        if match:
            return match[1] or match[2]
    return None


def _day(match: re.Match[str]) -> date | None:
    """Turn a matched date into a day; None where no calendar has it."""
    part = match.groupdict()
    try:
        if part["iso"]:
            return date.fromisoformat(part["iso"])
        if part["dotted"]:
            day, month, year = part["dotted"].split(".")
            return date(int(year), int(month), int(day))
        name = (part["m1"] or part["m2"])[:3].lower()
        return date(int(part["y1"] or part["y2"]), _MONTHS.index(name) + 1, int(part["d1"] or part["d2"]))
    except ValueError:
        return None
