"""Files of one record a line: read line by line, so that neither a long file nor a long line fills the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tocsin.errors import UnreadableReportError
from tocsin.indicators import indicators
from tocsin.reports.normalise import refuse_binary
from tocsin.reports.report import Report

LONGEST_LINE = 1 << 20
"""Bytes of one record; what is longer is refused."""
MOST_COMPLAINTS = 20
"""Bad lines of one file that are named; of the others only the number is given."""


def numbered(name: str, path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number, without its end; None for one that is too long."""
    with path.open("rb") as file:
        refuse_binary(name, file.read(4096))
        file.seek(0)
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            rest = line
            while not rest.endswith(b"\n") and (rest := file.readline(LONGEST_LINE)):
                whole = False
            if not whole:
                yield number, None
            elif line.strip():
                yield number, line.rstrip(b"\r\n")


def decode_line(place: str, line: bytes | None) -> str:
    """Turn a line into characters; raise UnreadableReportError where it is too long or no UTF-8."""
    if line is None:
        size = f"{LONGEST_LINE / 1e6:.0f} MB"
        raise UnreadableReportError(place, f"longer than {size}", "Give a long document a file of its own.")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableReportError(
            place, f"byte {error.start + 1} is no valid UTF-8", "Save the file as UTF-8."
        ) from None


def refuse_unknown_indicator(place: str, name: str, remedy: str) -> None:
    """Raise UnreadableReportError where the codebook has no indicator of that name."""
    if name not in indicators():
        reason = f"no indicator is called {name[:40]!r}; there are {', '.join(indicators())}"
        raise UnreadableReportError(place, reason, remedy)


def patiently(name: str, items: Iterable[Report | UnreadableReportError]) -> Iterator[Report | UnreadableReportError]:
    """Pass on all reports, the first complaints, and how many more there were."""
    complaints = 0
    for item in items:
        complaints += isinstance(item, UnreadableReportError)
        if isinstance(item, Report) or complaints <= MOST_COMPLAINTS:
            yield item
    if complaints > MOST_COMPLAINTS:
        more = complaints - MOST_COMPLAINTS
        yield UnreadableReportError(name, f"{more} more lines could not be read", "Mend the ones above first.")
