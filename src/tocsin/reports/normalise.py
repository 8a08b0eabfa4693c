"""The one place where bytes become text: decoding, line ends, look-alike characters.

What is done, in this order:

1. Decoding: a byte order mark decides; else UTF-8; else the charset the page declares; else Windows-1252,
   only where nothing speaks against it. Otherwise the file is refused: letters are never guessed.
2. Line ends of all kinds become one line feed; a paragraph separator becomes two.
3. Soft hyphens, zero-width characters, marks of writing direction and control characters go; tabs stay.
4. No-break and other odd spaces become a space; the Latin ligatures (fi, fl, ffi ...) become their letters.
5. Unicode's composed form (NFC): one letter, one code point where there is one.
6. Spaces at the ends of lines go; more than one empty line becomes one; the ends of the text are trimmed.

Words broken at the end of a line are left as they are. All offsets in Tocsin refer to what comes out here,
after private persons have been redacted.
"""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata

from tocsin.errors import UnreadableReportError

MAGIC = {
    b"%PDF": "PDF in a file of another name",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
}
"""First bytes of files that people drop in by mistake."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSETS = re.compile(
    r"(?:utf-?8|us-ascii|iso-?8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|macintosh)", re.IGNORECASE
)
_SPOILT_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FOREIGN = re.compile(rb"[\x80-\xff]{3}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]{3,2000}")

_TABLE: dict[int, str | None] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x061C, 0x180E, 0xFEFF])
_TABLE |= dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC)]
)
_TABLE |= dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_TABLE |= {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n\n"}
_TABLE |= dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_TABLE |= dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))


def decode(name: str, data: bytes, *, declared: str | None = None) -> str:
    """Turn the bytes of a file into characters; raise UnreadableReportError where that would be a guess."""
    refuse_binary(name, data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError:
                raise UnreadableReportError(name, f"spoilt {encoding.upper()}", "Save it as UTF-8.") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    encoding = declared if declared and _CHARSETS.fullmatch(declared) else "cp1252"
    if encoding == declared or _western(data):
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            return data.decode(encoding)
    reason = f"byte {broken + 1} is no valid UTF-8, and the file does not say what else it is"
    raise UnreadableReportError(name, reason, "Save it as UTF-8.")


def refuse_binary(name: str, data: bytes) -> None:
    """Raise UnreadableReportError where bytes are no text at all; the first few thousand are enough to tell."""
    for first, kind in MAGIC.items():
        if data.startswith(first):
            raise UnreadableReportError(name, f"{kind} is not read yet", "Save its words as text (.txt) in UTF-8.")
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        raise UnreadableReportError(name, "binary data, not text", "Save its words as text (.txt) in UTF-8.")


def normalise(text: str) -> str:
    r"""Write a text in the one form that is stored; doing it twice changes nothing.

    >>> normalise("The of\ufb01cers\u00a0re\u00adfused.\r\n")
    'The officers refused.'
    """
    text = text.replace("\r\n", "\n").translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def one_line(text: str) -> str:
    """Write a name or a title in the stored form, on one line, each run of spaces as one."""
    return " ".join(normalise(text).split())


def web_address(text: str | None) -> str | None:
    """Return an http or https address, or None where the text is anything else."""
    stripped = (text or "").strip()
    return stripped if _ADDRESS.fullmatch(stripped) else None


def _western(data: bytes) -> bool:
    """Whether single high bytes stand alone among plain letters, as they do in Western European text."""
    high = sum(byte >= 0x80 for byte in data)
    return high * 10 <= len(data) and not _FOREIGN.search(data) and not _SPOILT_UTF8.search(data)
