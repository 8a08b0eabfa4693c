"""CSV of dated counts: each row is a report of its own, and its number a quote with characters."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar, get_args

from tocsin.dates import Interval
from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.formats.lines import decode_line, numbered, refuse_unknown_indicator
from tocsin.reports.normalise import one_line
from tocsin.reports.published import settle
from tocsin.reports.redact import redact_together
from tocsin.reports.report import PRIVATE_KINDS, Count, Report, SpeakerKind, Vintage

NEEDED = ("known", "start", "end", "force", "indicator", "value", "unit", "source", "vintage")
OPTIONAL = ("of", "speaker", "speaker_kind")
SHOWN = ("source", "speaker", "force", "indicator", "value", "of", "unit", "start", "end", "known")
"""The cells that make up the text of a row's report, in this order."""

_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_Allowed = TypeVar("_Allowed", bound=str)
_REMEDY = "Mend the row; the others were read."


def read_counts(
    name: str, path: Path, *, published: date | None, warn: Callable[[str], None]
) -> Iterator[Report | UnreadableReportError]:
    """Yield a report or a complaint for each row; raise UnreadableReportError where the table is none of counts."""
    lines = numbered(name, path)
    _, first = next(lines, (0, b""))
    header = decode_line(f"{name}, line 1", first)
    delimiter = max(",;\t", key=header.count)
    columns = [cell.strip().lower() for cell in _cells(f"{name}, line 1", header, delimiter)]
    missing = [column for column in NEEDED if column not in columns]
    if missing or len(set(columns)) < len(columns):
        reason = f"no column {', '.join(missing)}" if missing else "two columns of the same name"
        raise UnreadableReportError(
            name, reason, f"A table of counts has the columns {', '.join((*NEEDED, *OPTIONAL))}."
        )
    others = [one_line(column)[:40] for column in columns if column not in {*NEEDED, *OPTIONAL}]
    if others:
        warn(f"{name}: columns that Tocsin does not know were left out: {', '.join(others[:10])}.")
    for number, raw in lines:
        place = f"{name}, line {number}"
        try:
            cells = _cells(place, decode_line(place, raw), delimiter)
            if len(cells) != len(columns):
                reason = f"{len(cells)} cells where the header has {len(columns)}"
                raise UnreadableReportError(place, reason, _REMEDY)
            yield _report(place, dict(zip(columns, map(one_line, cells), strict=True)), raw or b"", published, warn)
        except UnreadableReportError as error:
            yield error


def _cells(place: str, line: str, delimiter: str) -> list[str]:
    """Cut one line into cells; a cell cannot run over a line's end."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        raise UnreadableReportError(place, "no valid CSV", _REMEDY) from None


def _report(
    place: str, row: Mapping[str, str], raw: bytes, published: date | None, warn: Callable[[str], None]
) -> Report:
    known = settle(place, _day(place, row, "known") if row["known"] else None, published, warn)
    happened = _happened(place, row, known)
    value = _number(place, row, "value")
    whole = _number(place, row, "of") if row.get("of") else None
    if whole is not None and (value > whole or whole == 0):
        raise UnreadableReportError(place, f"value {row['value']} is more than a part of {row['of']}", _REMEDY)
    _refuse_incomplete(place, row)
    kind = _one_of(place, row, "speaker_kind", get_args(SpeakerKind)) if row.get("speaker_kind") else "unknown"
    named = row.get("speaker", "")
    source, speaker, force, unit = redact_together(
        [row["source"], named, row["force"], row["unit"]], person=named if kind in PRIVATE_KINDS else ""
    )
    speaker = speaker or source
    shown = {**row, "source": source, "speaker": speaker, "force": force, "unit": unit, "known": known.isoformat()}
    text, start = _write(shown)
    return Report(
        source=source,
        published=known,
        text=text,
        original=sha256(raw),
        format="counts",
        vintage=_one_of(place, row, "vintage", get_args(Vintage)),
        count=Count(
            force=force,
            indicator=row["indicator"],
            happened=happened,
            value=value,
            of=whole,
            unit=unit,
            speaker=speaker,
            speaker_kind=kind,
            start=start,
            end=start + len(row["value"]),
        ),
    )


def _refuse_incomplete(place: str, row: Mapping[str, str]) -> None:
    """Raise UnreadableReportError where a cell that is needed is empty or the indicator is none."""
    for column in ("force", "indicator", "unit", "source"):
        if not row[column]:
            raise UnreadableReportError(place, f"{column} is empty", _REMEDY)
    refuse_unknown_indicator(place, row["indicator"], _REMEDY)


def _write(row: Mapping[str, str]) -> tuple[str, int]:
    """Write a row as `column: cell; ...` and say where its value begins."""
    text, start = "", 0
    for column in SHOWN:
        if row.get(column):
            text += f"{'; ' if text else ''}{column}: "
            start = len(text) if column == "value" else start
            text += row[column]
    return text, start


def _happened(place: str, row: Mapping[str, str], known: date) -> Interval:
    start, end = _day(place, row, "start"), _day(place, row, "end")
    if not start <= end <= known:
        reason = f"start {start}, end {end} and known {known} do not follow each other"
        raise UnreadableReportError(place, reason, _REMEDY)
    return Interval(start, end)


def _day(place: str, row: Mapping[str, str], column: str) -> date:
    try:
        if _DAY.fullmatch(row[column]):
            return date.fromisoformat(row[column])
    except ValueError:
        pass
    raise UnreadableReportError(place, f"{column} is no day: {row[column][:40]!r}", "Write it as YYYY-MM-DD.")


def _number(place: str, row: Mapping[str, str], column: str) -> float:
    if not _NUMBER.fullmatch(row[column]):
        remedy = "Write it like 1234 or 1234.5: no sign, no thousands mark, a point for decimals."
        raise UnreadableReportError(place, f"{column} is no count: {row[column][:40]!r}", remedy)
    return float(row[column])


def _one_of(place: str, row: Mapping[str, str], column: str, allowed: tuple[_Allowed, ...]) -> _Allowed:
    for one in allowed:
        if row[column] == one:
            return one
    reason = f"{column} is {row[column][:40]!r}"
    raise UnreadableReportError(place, reason, f"Write one of {', '.join(allowed)}.")
