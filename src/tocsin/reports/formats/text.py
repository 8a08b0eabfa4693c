"""Plain text and Markdown: one file, one report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import final
from urllib.parse import urlsplit

from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.normalise import decode, normalise, one_line
from tocsin.reports.published import read_head, settle
from tocsin.reports.redact import public_address, redact_together
from tocsin.reports.report import Report

UNKNOWN = "unknown"
"""The source of a report that does not say who issued it."""

_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)")
_LEAD = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[*+-][ \t]+)", re.MULTILINE)
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|`")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What an archive recorded when it fetched a document."""

    url: str | None
    day: date
    changed: bool = False
    """Whether the archive holds an earlier state of it that differs: then this one was not known before `day`."""

    def known(self, own: date | None) -> date:
        """When this state became known: on the day that it gives itself, and not after it was fetched."""
        return self.day if own is None or self.changed else min(own, self.day)


def read_text(
    name: str,
    data: bytes,
    *,
    published: date | None,
    warn: Callable[[str], None],
    markdown: bool = False,
    captured: Captured | None = None,
) -> Report:
    """Read one report; raise UnreadableReportError, or UndatedReportError where no date is found or given."""
    text = normalise(decode(name, data))
    head = read_head(normalise(plain(text)) if markdown else text)
    body, source, title = redact_together([head.body, one_line(head.source or ""), one_line(head.title or "")])
    refuse_wordless(name, body)
    url = (public_address(captured.url) if captured else None) or public_address(head.url)
    own = captured.known(head.published) if captured else head.published
    return Report(
        source=source or host(url) or UNKNOWN,
        published=settle(name, own, published, warn, unread=head.unread),
        text=body,
        original=sha256(data),
        format="markdown" if markdown else "text",
        title=title or None,
        url=url,
    )


def plain(markdown: str) -> str:
    """Take Markdown's marks off its words: links keep their words, pictures and comments go."""
    before, *parts = markdown.split("<!--")
    shown = before + "".join(part.partition("-->")[2] if "-->" in part else "<!--" + part for part in parts)
    text = _IMAGE.sub("", shown)
    return _EMPHASIS.sub("", _LEAD.sub("", _LINK.sub(r"\1", text)))


def host(url: str | None) -> str | None:
    """Return the host of an address, without `www.`, as a publisher's name of last resort."""
    if url is None:
        return None
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def refuse_wordless(name: str, text: str) -> None:
    """Raise UnreadableReportError where a text holds no letter and no digit."""
    if not any(letter.isalnum() for letter in text):
        raise UnreadableReportError(name, "there are no words in it", "Give a file with text.")
