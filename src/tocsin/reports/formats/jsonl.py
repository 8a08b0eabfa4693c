"""JSON Lines: one report a line, with what an analyst coded about it where he did."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from tocsin.dates import Interval
from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.formats.lines import decode_line, numbered, refuse_unknown_indicator
from tocsin.reports.formats.text import refuse_wordless
from tocsin.reports.normalise import normalise, one_line
from tocsin.reports.published import read_day, settle
from tocsin.reports.redact import public_address, public_id, redact_together
from tocsin.reports.report import PRIVATE_KINDS, READ, Coding, Report, SpeakerKind

ORIGIN_REMARK = re.compile(r" ?\(echo[^()]{0,200}\)$")
"""A note at the end of an origin that says the report repeats it; not part of the origin's name."""
MOST_UNREAD = 100
"""Names of unknown fields that are remembered."""
_SAME = {"publisher": "source", "note": "text"}


class Line(BaseModel):
    """One line as it must be; fields that are not here are left out before."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str | None = None
    published: date | None = None
    source: str
    url: str | None = None
    title: str | None = None
    text: str
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    about: str | None = None
    indicators: tuple[str, ...] = ()
    polarity: Literal["affirmed", "negated"] | None = None
    happened: Interval | None = None
    origin: str | None = None
    echo_of: str | None = None
    page_date: str | None = None
    checked: str | None = None
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    withdrawn: bool = False

    @field_validator("published", mode="before")
    @classmethod
    def _published(cls, value: object) -> date | None:
        day = read_day(value) if isinstance(value, str) else None
        if day is None and value is not None and value != "":
            raise ValueError("write a day as YYYY-MM-DD")
        return day

    @field_validator("happened", mode="before")
    @classmethod
    def _happened(cls, value: object) -> Interval | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise ValueError("write YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD")
        return Interval.parse(value)

    @field_validator("indicators", mode="before")
    @classmethod
    def _indicators(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


def read_jsonl(
    name: str, path: Path, *, published: date | None, warn: Callable[[str], None]
) -> Iterator[Report | UnreadableReportError]:
    """Yield a report or a complaint for each line; raise UnreadableReportError where the file is no text at all.

    `echo_of` names an earlier line by its `id`; the echo takes over that line's origin, so that both count as
    one. A line without a date gets `published`.
    """
    unread: dict[str, None] = {}
    origins: dict[str, str | None] = {}
    for number, raw in numbered(name, path):
        place = f"{name}, line {number}"
        try:
            line = _line(place, decode_line(place, raw), unread)
            origin = _origin(place, line, origins, warn)
            if line.id is not None:
                origins[line.id] = origin
            day = settle(place, line.published, published, warn)
            report = _report(place, line, origin, sha256(raw or b""), day)
            if line.id is not None and report.coding is not None:
                origins[line.id] = report.coding.origin
            yield report
        except UnreadableReportError as error:
            yield error
    if unread:
        warn(f"{name}: fields that Tocsin does not know were left out: {', '.join(list(unread)[:10])}.")


def _line(place: str, text: str, unread: dict[str, None]) -> Line:
    """Read one JSON object strictly; note the names of fields that are not known."""
    try:
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableReportError(place, "no valid JSON", "Write one JSON object a line.") from None
    if not isinstance(found, dict):
        raise UnreadableReportError(place, "no JSON object", "Write one JSON object a line.")
    fields: dict[str, Any] = {}
    for key, value in found.items():
        known = _SAME.get(key, key)
        if known in Line.model_fields:
            fields.setdefault(known, value)
        elif len(unread) < MOST_UNREAD:
            unread.setdefault(one_line(key)[:40])
    if fields.get("withdrawn") is True:
        fields["text"] = ""
    try:
        return Line.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = str(first["loc"][0]) if first["loc"] else "the line"
        raise UnreadableReportError(
            place, f"{where}: {first['msg'][:200]}", "Mend the line; the others were read."
        ) from None


def _origin(place: str, line: Line, origins: dict[str, str | None], warn: Callable[[str], None]) -> str | None:
    """Name the oldest source; None where the line says that nobody recorded it."""
    if line.echo_of is not None and line.echo_of in origins:
        return origins[line.echo_of]
    if line.echo_of is not None:
        warn(f"{place}: no earlier line has the id that echo_of names; its own origin was kept.")
    origin = ORIGIN_REMARK.sub("", one_line(line.origin or ""))
    return None if origin == "" or origin.startswith("unrecorded") else origin


def _report(place: str, line: Line, origin: str | None, original: str, published: date) -> Report:
    speaker = one_line(line.speaker or "")
    text, source, title, speaker, force, origin = redact_together(
        [
            normalise(line.text),
            *map(one_line, (line.source, line.title or "", speaker, line.about or "", origin or "")),
        ],
        person=speaker if line.speaker_kind in PRIVATE_KINDS else "",
    )
    if not line.withdrawn:
        refuse_wordless(place, text)
    refuse_wordless(f"{place}, source", source)
    return Report(
        source=source,
        published=published,
        text=text,
        original=original,
        format="jsonl",
        title=title or None,
        url=public_address(line.url),
        given=public_id(line.id),
        language=None if line.language == READ else line.language,
        withdrawn=line.withdrawn,
        coding=_coding(place, line, speaker=speaker, force=force, origin=origin or None),
    )


def _coding(place: str, line: Line, *, speaker: str, force: str, origin: str | None) -> Coding | None:
    """Return what the analyst coded, or None where he did not; half a coding or a wrong indicator is refused."""
    if line.about is None and not line.indicators and line.polarity is None:
        return None
    needed = (line.about, line.indicators, line.polarity, line.speaker, line.speaker_kind)
    missing = [
        field
        for field, value in zip(("about", "indicators", "polarity", "speaker", "speaker_kind"), needed, strict=True)
        if not value
    ]
    if missing or not (line.about and line.polarity and line.speaker and line.speaker_kind):
        raise UnreadableReportError(place, f"half a coding: {', '.join(missing)} missing", "Give all of it or none.")
    names = tuple(map(one_line, line.indicators))
    for name in names:
        refuse_unknown_indicator(place, name, "Mend the line; the others were read.")
    return Coding(
        force=force,
        indicators=names,
        polarity=line.polarity,
        speaker=speaker,
        speaker_kind=line.speaker_kind,
        happened=line.happened,
        origin=origin,
    )


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
