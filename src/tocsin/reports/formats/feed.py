"""RSS and Atom: one report an entry. Only the bytes of the file are read; no address in it is ever opened."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.formats.html import words_of
from tocsin.reports.formats.text import UNKNOWN, host, refuse_wordless
from tocsin.reports.normalise import decode, normalise, one_line
from tocsin.reports.published import settle
from tocsin.reports.redact import public_address, public_id, redact_together
from tocsin.reports.report import Report

LARGEST_FEED = 4_000_000
"""Bytes of one feed."""
MOST_ENTRIES = 2_000
"""Entries of one feed."""
MOST_TAGS = 40_000
"""Tags of one feed, counted before it is parsed: the parser's time grows with them, and with their depth."""

_DECLARED = re.compile(r"^<\?xml[^<>]{0,200}?encoding=[\"']([\w-]{1,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^<>]{0,300}\?>", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b", re.IGNORECASE)
_ENTITIES = re.compile(r"<!(?:ENTITY|DOCTYPE[^<>]{0,10000}\[)", re.IGNORECASE)


def read_feed(
    name: str, data: bytes, *, published: date | None, warn: Callable[[str], None]
) -> Iterator[Report | UnreadableReportError]:
    """Yield a report or a complaint for each entry; raise UnreadableReportError where the file is no feed.

    The day is that on which the entry was last changed, where the feed says so, else that of its publication:
    its words as they stand were not known before.
    """
    feed = _parse(name, data)
    entries = feed.get("entries") or []
    if not entries:
        raise UnreadableReportError(name, "no feed with entries in it", "Tocsin reads RSS and Atom.")
    publisher = _string(feed.get("feed"), "title")
    for number, entry in enumerate(entries, 1):
        place = f"{name}, entry {number}"
        try:
            yield _report(place, entry, publisher, sha256(data), published, warn)
        except UnreadableReportError as error:
            yield error


def _parse(name: str, data: bytes) -> Mapping[str, Any]:
    """Parse a feed whose bytes define nothing of their own, so that nothing can unfold in it."""
    import feedparser  # noqa: PLC0415  only feeds need it

    declared = _DECLARED.match(data[:300].decode("ascii", "replace"))
    page = decode(name, data, declared=declared[1] if declared else None)
    if _ENTITIES.search(page):
        raise UnreadableReportError(name, "it defines entities of its own, which are not read", "Leave it out.")
    if page.count("<") > MOST_TAGS or len(_ENTRY.findall(page)) > MOST_ENTRIES:
        reason = f"more than {MOST_ENTRIES:,} entries or {MOST_TAGS:,} tags"
        raise UnreadableReportError(name, reason, "Cut it into several feeds.")
    plain = _DECLARATION.sub("", page).encode("utf-8", "replace")
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + plain.lstrip()),
            sanitize_html=False,  # words alone are kept, and no address is opened
            resolve_relative_uris=False,
        )
    except Exception as error:  # noqa: BLE001  a parser of hostile files may fail in any way
        raise UnreadableReportError(
            name, f"no feed that can be read ({type(error).__name__})", "Save its entries as text."
        ) from None
    return found


def _report(
    place: str, entry: Any, publisher: str, original: str, published: date | None, warn: Callable[[str], None]
) -> Report:
    url = public_address(_string(entry, "link"))
    named = _string(entry.get("source"), "title") or publisher
    words = [_words(place, _string(entry, "title")), _words(place, _content(entry))]
    title, text, source = redact_together([one_line(words[0]), normalise(words[1] or words[0]), one_line(named)])
    refuse_wordless(place, text)
    return Report(
        source=source or host(url) or UNKNOWN,
        published=settle(place, _day(entry), published, warn),
        text=text,
        original=original,
        format="feed",
        title=title or None,
        url=url,
        given=public_id(_string(entry, "id")),
    )


def _content(entry: Any) -> str:
    """The longest of what an entry says: its content, where it has one, or its summary."""
    contents = entry.get("content")
    found = [_string(one, "value") for one in contents[:20]] if isinstance(contents, list) else []
    return max([*found, _string(entry, "summary")], key=len)


def _words(place: str, markup: str) -> str:
    if "<" not in markup and "&" not in markup:
        return markup
    try:
        return words_of(markup)
    except ValueError:
        raise UnreadableReportError(place, "no HTML that can be read", "The other entries were read.") from None


def _day(entry: Any) -> date | None:
    """The last day that the entry gives, in UTC; None where it gives none."""
    days, fields = [], dict(entry)  # the library's own look-up would take one day for the other
    for key in ("published_parsed", "updated_parsed"):
        with contextlib.suppress(KeyError, TypeError, ValueError, OverflowError):
            days.append(date(*fields[key][:3]))
    return max(days, default=None)


def _string(fields: Any, key: str) -> str:
    found = fields.get(key) if isinstance(fields, Mapping) else None
    return found if isinstance(found, str) else ""
