"""Web archives (WARC): the pages in them, each through the door for pages, with the address and day of its record.

Everything is read as a stream and bounded: what a record holds, what it unfolds to, how long its headers are.
No name in an archive ever becomes a path.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.formats.html import read_html
from tocsin.reports.formats.text import Captured, read_text
from tocsin.reports.normalise import one_line
from tocsin.reports.report import Report

LARGEST_PAGE = 2_000_000
"""Bytes of one page."""
LONGEST_HEADERS = 256_000
"""Bytes of the lines that stand before one page."""
MOST_UNFOLDED = 2_000_000_000
"""Bytes that one archive may unfold to."""
UNFOLDING = 50
"""How many times its size an archive may unfold to, beyond the first 64 MB: pages seldom pass 10."""

_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset=[\"']?([\w-]{1,20})", re.IGNORECASE)


class _TooMuchError(Exception):
    """More than an archive may hold."""


def read_warc(
    name: str, path: Path, *, published: date | None, warn: Callable[[str], None]
) -> Iterator[Report | UnreadableReportError]:
    """Yield a report or a complaint for each page of an archive; what is no page is counted and passed over."""
    passed = pages = 0
    seen: dict[str, str] = {}
    with path.open("rb") as file:
        for number, record in _records(name, file):
            place = f"{name}, record {number}"
            pages += 1
            try:
                if isinstance(record, UnreadableReportError):
                    yield record
                elif (kind := _kind(record)) is None:
                    pages -= 1
                    passed += record.rec_type in {"response", "resource"}
                else:
                    yield _page(place, record, kind, seen, published, warn)
            except UnreadableReportError as error:
                yield error
    if pages == 0:
        yield UnreadableReportError(name, "no page of text in it", "Give an archive of web pages.")
    if passed:
        warn(f"{name}: {passed} records that are no pages of text were passed over.")


def _records(name: str, file: Any) -> Iterator[tuple[int, Any]]:
    """Yield the records with their numbers; where the archive breaks off, one complaint, and no more."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  only archives need it

    number, told = 0, False
    archive = ArchiveIterator(file)
    archive.reader = reader = _bounded(file)
    try:
        while True:
            reader.headers = 0
            with contextlib.redirect_stderr(io.StringIO()):  # it would print what it finds
                record = next(archive, None)
            if record is None:
                break
            number += 1
            yield number, record
    except Exception as error:  # noqa: BLE001  a parser of hostile files may fail in any way
        told = True
        own = isinstance(error, _TooMuchError)
        reason = str(error) if own else f"no WARC that can be read from here ({type(error).__name__})"
        yield number, UnreadableReportError(f"{name}, after record {number}", reason, "The rest was not read.")
    if number == 0 and not told:
        yield 0, UnreadableReportError(name, "no record of a web archive in it", "Give a .warc or .warc.gz file.")


def _bounded(file: Any) -> Any:
    """Return the library's reader of `file` with bounds on its lines and on what it unfolds."""
    from warcio.bufferedreaders import DecompressingBufferedReader  # noqa: PLC0415

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]
        headers = 0
        unfolded = 0

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or LONGEST_HEADERS, LONGEST_HEADERS))
            self.headers += len(line)
            if self.headers > LONGEST_HEADERS:
                raise _TooMuchError("the headers of a record are too long")
            return line

        def _process_read(self, data: bytes) -> None:
            super()._process_read(data)
            self.unfolded += self.buff_size if data else 0
            if self.unfolded > min(MOST_UNFOLDED, 64_000_000 + UNFOLDING * file.tell()):
                raise _TooMuchError("it unfolds to far more than its size")

    return Bounded(file)


def _kind(record: Any) -> str | None:
    """The kind of text that a record holds, or None where it is no page, or no whole one."""
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if record.rec_type not in {"response", "resource"} or status != "200":
        return None
    headers = record.http_headers or record.rec_headers
    kind = str(headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind if kind in {*_PAGES, "text/plain"} else None


def _page(
    place: str, record: Any, kind: str, seen: dict[str, str], published: date | None, warn: Callable[[str], None]
) -> Report:
    """Read one page; a page that the archive fetched before, with other words, was not known before this record."""
    try:
        data: bytes = record.content_stream().read(LARGEST_PAGE + 1)
        broken = len(data) <= LARGEST_PAGE and record.raw_stream.limit > 0 and not record.raw_stream.read(1)
    except _TooMuchError:
        raise
    except Exception as error:  # noqa: BLE001  a parser of hostile files may fail in any way
        raise UnreadableReportError(place, f"broken page ({type(error).__name__})", "The others were read.") from None
    if broken:
        raise UnreadableReportError(place, "the archive breaks off within this page", "Fetch the archive again.")
    if len(data) > LARGEST_PAGE:
        raise UnreadableReportError(place, f"a page of more than {LARGEST_PAGE / 1e6:.0f} MB", "The others were read.")
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    digest = sha256(data)
    before = seen.setdefault(address, digest)
    captured = Captured(url=address, day=_day(place, record), changed=before != digest)
    if kind == "text/plain":
        return read_text(place, data, published=published, warn=warn, captured=captured)
    headers = record.http_headers or record.rec_headers
    charset = _CHARSET.search(str(headers.get_header("Content-Type") or ""))
    return read_html(
        place, data, published=published, warn=warn, captured=captured, charset=charset[1] if charset else None
    )


def _day(place: str, record: Any) -> date:
    """The day on which a record was fetched, in UTC."""
    told = str(record.rec_headers.get_header("WARC-Date") or "")
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        shown = one_line(told)[:40]
        raise UnreadableReportError(place, f"WARC-Date is no day: {shown!r}", "The others were read.") from None
