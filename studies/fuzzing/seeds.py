"""Seeds for the fuzzers, made by code: small sound files of every door, and nasty ones."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator

HEAD = "source: The Paper\nurl: https://paper.example/a\ntitle: Orders\ndate: 2022-05-17\n\n"
TEXT = HEAD + "Pvt. Ivan Petrov fled.\n\nTwo battalions refused orders, the ministry said."
PAGE = (
    "<!DOCTYPE html><html><head><title>Orders</title>"
    '<meta property="article:published_time" content="2022-05-17T08:00:00+02:00"><meta charset="utf-8">'
    '<script type="application/ld+json">{"datePublished": "2022-05-17", "publisher": {"name": "P"}}</script></head>'
    "<body><article><h1>Orders</h1><p>The officers of two battalions refused their orders on Monday, the ministry "
    "said in a statement.</p><p>Soldiers walked away.</p></article></body></html>"
)
LINE = {
    "id": "n1",
    "published": "2022-05-17",
    "source": "Paper",
    "url": "https://paper.example/a",
    "text": "They fled.",
}
CODING = {
    "about": "North",
    "indicators": ["refusal"],
    "polarity": "affirmed",
    "speaker": "a man",
    "speaker_kind": "ngo",
}
COUNTS = (
    "known,start,end,force,indicator,value,of,unit,speaker,speaker_kind,source,vintage\n"
    "2022-05-17,2022-05-10,2022-05-16,North,abandonment,33,99,vehicles,Watchers,ngo,The Watch,as_published\n"
)
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire</title><item><guid>a1</guid>'
    "<title>Orders &amp; refusal</title><link>https://wire.example/1</link><pubDate>Tue, 17 May 2022 08:00:00 GMT"
    "</pubDate><description>&lt;p&gt;They &lt;b&gt;refused&lt;/b&gt;.&lt;/p&gt;</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>urn:1</id><title>T</title>'
    '<link href="https://wire.example/2"/><published>2022-05-17T08:00:00Z</published>'
    '<updated>2022-05-18T08:00:00Z</updated><content type="html">&lt;p&gt;They fled.&lt;/p&gt;</content></entry></feed>'
)
TABLE = "known,force,unit,echelon,branch,parent,strength\n2031-04-01,Norland,1st Brigade,brigade,armor,1st Corps,2000\n"
LISTING = {
    "orders": [
        {
            "force": "Norland",
            "known": "2031-04-01",
            "units": [{"name": "1st Brigade", "echelon": "brigade", "branch": "armor", "parent": None, "strength": 9}],
        }
    ]
}
UNIT = {"id": "u", "name": "1st Company", "sidc": "10031000151211000000", "personnel": [{"name": "all", "count": 90}]}
SCENARIO = {
    "type": "ORBAT-mapper",
    "version": "2.2.0",
    "startTime": "2031-04-01T00:00:00Z",
    "sides": [
        {
            "name": "Norland",
            "standardIdentity": "3",
            "groups": [
                {
                    "name": "Army",
                    "subUnits": [{"id": "b", "name": "1st", "sidc": "10031000181205000000", "subUnits": [UNIT]}],
                }
            ],
        }
    ],
}
SOURCES = (
    '[[sources]]\nname = "The Paper"\nkind = "media"\nside = "third"\nlanguages = ["en"]\ninterest = "none"\n'
    'lag_days = 1\ndomains = ["paper.example"]\nfolders = ["paper"]\nfiles = ["*.rss"]\n'
)
CASE = (
    'name = "a"\ntitle = "A"\nstart = 2031-04-01\nas_of = 2031-05-01\nretrospective = false\nabout = "b"\n'
    'attribution = []\n[[forces]]\nname = "Norland"\nopponents = []\nposture = "attack"\n'
    '[files]\norder_of_battle = "order.csv"\nquestions = "questions.toml"\n'
)


def pdf(words: str, *, password: str | None = None) -> bytes:
    """Make a PDF with these words, locked where a password is given."""
    from fpdf import FPDF  # noqa: PLC0415

    made = FPDF()
    if password:
        made.set_encryption(owner_password=password, user_password=password)
    made.add_page()
    made.set_font("Helvetica", size=12)
    if words:
        made.multi_cell(0, 8, words)
    return bytes(made.output())


def record(
    body: bytes, *, address: str = "https://paper.example/a", day: str = "2022-05-20T10:00:00Z", headers: str = ""
) -> bytes:
    """Make one record of a web archive that holds a page."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {day}\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def _zipped(*records: bytes) -> bytes:
    out = io.BytesIO()
    for one in records:
        out.write(gzip.compress(one, mtime=0))
    return out.getvalue()


def _pdfs() -> Iterator[bytes]:
    words = "date: 2022-05-17\n\nThe officers refused their orders."
    yield from (pdf(words), pdf(""), pdf(words, password="x"), pdf(words)[:700])  # noqa: S106


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "text": lambda: [TEXT.encode(), TEXT.encode("utf-16"), b"KYIV, May 17, 2022 (Agency) - They fled.\n"],
    "markdown": lambda: [(b"---\ndate: 2022-05-17\n---\n# A\n\n[b](https://c.example) <!-- d --> *e* `f`")],
    "html": lambda: [PAGE.encode(), b"<html><time datetime='2022-05-17' pubdate></time><p>They fled."],
    "jsonl": lambda: [
        json.dumps(LINE).encode(),
        json.dumps(LINE | CODING).encode() + b"\n" + json.dumps(LINE).encode(),
    ],
    "counts": lambda: [COUNTS.encode(), COUNTS.replace(",", ";").encode()],
    "pdf": lambda: list(_pdfs()),
    "feed": lambda: [RSS.encode(), ATOM.encode()],
    "warc": lambda: [
        record(PAGE.encode()),
        _zipped(record(PAGE.encode()), record(PAGE.replace("two", "ten").encode())),
    ],
    "orders": lambda: [TABLE.encode(), json.dumps(LISTING).encode()],
    "scenario": lambda: [json.dumps(SCENARIO).encode()],
    "sources": lambda: [SOURCES.encode()],
    "case": lambda: [CASE.encode()],
}
"""For each door the sound files that a fuzzer begins with."""
