"""Web pages: the words of the article, and what the page's metadata say of it. Nothing in a page is ever run."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.formats.text import UNKNOWN, Captured, host, refuse_wordless
from tocsin.reports.normalise import decode, normalise, one_line
from tocsin.reports.published import read_day, read_head, settle
from tocsin.reports.redact import public_address, redact_together
from tocsin.reports.report import Report

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset=[\"']?([\w-]{1,20})", re.IGNORECASE)
_DATES = (
    "article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "citation_publication_date", "parsely-pub-date", "publishdate", "publish-date", "pubdate",
    "publication_date", "sailthru.date", "date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_SOURCES = ("og:site_name", "dc.publisher", "citation_publisher", "publisher", "application-name")
_URLS = ("og:url", "canonical")
_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr")
_DEEPEST = 6
_LONGEST_LINKED_DATA = 200_000


def read_html(
    name: str,
    data: bytes,
    *,
    published: date | None,
    warn: Callable[[str], None],
    captured: Captured | None = None,
    charset: str | None = None,
) -> Report:
    """Read one page; raise UnreadableReportError, or UndatedReportError where no date is found or given.

    The date comes from the page's metadata, else from a dated line at the top of its words; the file's own
    time, the address and the clock are never asked. `captured` and `charset` are what an archive recorded.
    """
    declared = _CHARSET.search(data[:4096])
    page = decode(name, data, declared=charset or (declared[1].decode("ascii") if declared else None))
    try:
        words, meta = _parse(page)
    except Exception as error:  # noqa: BLE001  a parser of hostile pages may fail in any way; one line, not a stop
        raise UnreadableReportError(
            name, f"no HTML that can be read ({type(error).__name__})", "Save the page as text."
        ) from None
    head = read_head(normalise(words))
    own = next((day for key in _DATES if key in meta and (day := read_day(meta[key]))), None)
    addresses = (captured.url if captured else None, *(meta.get(key) for key in _URLS), head.url)
    url = next((url for address in addresses if (url := public_address(address))), None)
    source = next((meta[key] for key in _SOURCES if key in meta), head.source or "")
    title = next((meta[key] for key in (*_TITLES, "title") if key in meta), head.title or "")
    body, source, title = redact_together([normalise(words) if own else head.body, one_line(source), one_line(title)])
    refuse_wordless(name, body)
    unread = next((one_line(meta[key])[:40] for key in _DATES if key in meta), head.unread)
    day = captured.known(own or head.published) if captured else own or head.published
    return Report(
        source=source or host(url) or UNKNOWN,
        published=settle(name, day, published, warn, unread=unread),
        text=body,
        original=sha256(data),
        format="html",
        title=title or None,
        url=url,
    )


def words_of(fragment: str) -> str:
    """Return the words of a piece of HTML, a line for each block; scripts and styles go, nothing is run.

    Raises ValueError where no parser can make anything of it.
    """
    import trafilatura  # noqa: PLC0415  slow to load; only pages need it

    try:
        tree: Any = trafilatura.load_html(f"<html><body><div>{fragment}</div></body></html>")
        for element in list(tree.iter()):
            if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
                element.drop_tree()
            elif element.tag in _BLOCKS:
                element.tail = f"\n{element.tail or ''}"
        return str(tree.text_content())
    except Exception as error:
        raise ValueError("no HTML that can be read") from error


def _parse(page: str) -> tuple[str, dict[str, str]]:
    """Return the article's words and the page's metadata, keys in small letters."""
    import trafilatura  # noqa: PLC0415  slow to load; only pages need it

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    tree = trafilatura.load_html(page)
    if tree is None:
        raise ValueError("no tree")
    meta = dict(_metadata(tree))
    words = trafilatura.extract(page, fast=True, include_comments=False, include_tables=True, output_format="txt")
    return words or trafilatura.html2txt(page) or "", meta


def _metadata(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield key and value of what a page says of itself; what stands later in this list is trusted more."""
    for element in tree.xpath("//title")[:1]:
        yield "title", str(element.text_content())
    for element in tree.xpath("//time[@pubdate or @itemprop='datePublished']")[:1]:
        yield "datepublished", str(element.get("datetime") or element.text_content())
    for script in tree.xpath("//script[@type='application/ld+json']")[:10]:
        yield from _linked_data(str(script.text_content())[:_LONGEST_LINKED_DATA])
    for element in tree.xpath("//link[@rel='canonical']")[:1]:
        yield "canonical", str(element.get("href") or "")
    for element in reversed(tree.xpath("//meta[@content]")[:500]):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and element.get("content").strip():
            yield str(key).strip().lower(), str(element.get("content"))


def _linked_data(script: str) -> Iterator[tuple[str, str]]:
    """Yield date, headline and publisher from a page's JSON-LD."""
    try:
        found: list[tuple[Any, int]] = [(json.loads(script), 0)]
    except (ValueError, RecursionError):
        return
    while found:
        node, depth = found.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(node, list):
            found += [(item, depth + 1) for item in node[:100]]
        elif isinstance(node, dict):
            publisher = node.get("publisher")
            named = publisher.get("name") if isinstance(publisher, dict) else publisher
            given = {"datepublished": node.get("datePublished"), "headline": node.get("headline"), "publisher": named}
            yield from ((key, value) for key, value in given.items() if isinstance(value, str) and value.strip())
            found += (
                [(item, depth + 1) for item in node.get("@graph", ())] if isinstance(node.get("@graph"), list) else []
            )
