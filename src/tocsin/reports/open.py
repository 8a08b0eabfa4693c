"""The door: from files and folders to reports, and one clear line for each thing that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from pathlib import Path

from tocsin.errors import UnreadableReportError
from tocsin.reports.formats.counts import read_counts
from tocsin.reports.formats.feed import LARGEST_FEED, read_feed
from tocsin.reports.formats.html import read_html
from tocsin.reports.formats.jsonl import read_jsonl
from tocsin.reports.formats.lines import patiently
from tocsin.reports.formats.pdf import read_pdf
from tocsin.reports.formats.text import read_text
from tocsin.reports.formats.warc import read_warc
from tocsin.reports.intake.receive import receive
from tocsin.reports.intake.sources import Sources
from tocsin.reports.normalise import refuse_binary
from tocsin.reports.quarantine import held_back
from tocsin.reports.redact import safe_line, safe_name
from tocsin.reports.report import Report

LARGEST_DOCUMENT = 2_000_000
"""Bytes of a file that is one report (text, Markdown, HTML): some 300,000 words, more than any report."""
LARGEST_TABLE = 512_000_000
"""Bytes of a file with one report a line, or of a web archive, which are read as streams."""
LARGEST_PDF = 20_000_000
"""Bytes of a PDF."""
DEEPEST = 40
"""Folders within folders that are entered."""

PAGES = (".html", ".htm", ".xhtml")
TEXTS = (".txt", ".text", ".md", ".markdown", "")
LINES = (".jsonl", ".ndjson", ".csv", ".tsv")
FEEDS = (".rss", ".atom", ".xml", ".rdf")
ARCHIVES = (".warc", ".warc.gz")

Warn = Callable[[str], None]


def read_path(
    path: Path,
    *,
    published: date | None = None,
    warn: Warn | None = None,
    sources: Sources | None = None,
    released: Container[str] | None = frozenset(),
) -> Iterator[Report | UnreadableReportError]:
    """Yield the reports of a file, or of a folder and the folders in it, sorted by their names.

    What cannot be read is yielded as an error with one clear line, never raised, and the rest goes through.
    `published` fills in where a report gives no date of its own; `warn` gets a line for each thing that was
    left out or set aside without harm; `sources` fills in what reports do not say of who issued them. Hidden
    files are passed over; symbolic links are not followed out of the folder, nor into folders.

    A report that cannot be redacted safely comes out as a QuarantinedReportError, unless the hash of its original is
    among `released`; with None all are let in. Names of persons are withheld in every message.
    """
    tell = warn or _silent
    for found in _read_all(path, published, lambda line: tell(safe_line(line)), sources or Sources()):
        if isinstance(found, Report):
            free = released is None or found.original in released
            held = None if free else held_back(found.title or found.source, found)
            yield held or found
        else:
            yield found.without_names(safe_line)


def _read_all(
    path: Path, published: date | None, tell: Warn, known: Sources
) -> Iterator[Report | UnreadableReportError]:
    """Yield all that is found under a path."""
    if not os.path.isdir(path):  # noqa: PTH112  unlike Path.is_dir it never raises
        yield from _received(_read_file(path, _shown(path.name), published, tell), path.name, known)
        return
    root = Path(os.path.realpath(path))
    files = sorted(_walk(path, root, tell), key=lambda file: file.relative_to(path).parts)
    for number, file in enumerate(files, 1):
        name = file.relative_to(path).as_posix()
        yield from _received(_read_file(file, _shown(name, number), published, tell), name, known)
    if not files:
        yield UnreadableReportError(
            _shown(path.name), "there are no files in this folder", "Give a folder with reports."
        )


def _received(
    items: Iterable[Report | UnreadableReportError], file: str, sources: Sources
) -> Iterator[Report | UnreadableReportError]:
    """Let each report of a file through `receive`."""
    for item in items:
        yield receive(item, file=file, sources=sources) if isinstance(item, Report) else item


def _silent(_: str) -> None:
    """Tell nobody."""


def _walk(folder: Path, root: Path, warn: Warn) -> Iterator[Path]:
    """Find the files of a folder; folders that cannot be entered are told of."""

    def told(error: OSError) -> None:
        warn(f"{_printable(str(error.filename))}: this folder cannot be entered ({error.strerror}).")

    for at, folders, names in os.walk(folder, onerror=told):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if folders and len(Path(at).relative_to(folder).parts) >= DEEPEST:
            warn(f"{_printable(at)[:80]} ...: folders that lie deeper than {DEEPEST} were not entered.")
            folders.clear()
        for name in names:
            file = Path(at) / name
            if name.startswith("."):
                continue
            if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(root):
                shown = _printable(file.relative_to(folder).as_posix())
                warn(f"{shown}: a link that leads out of the folder; not followed.")
                continue
            yield file


def _read_file(file: Path, name: str, published: date | None, warn: Warn) -> Iterator[Report | UnreadableReportError]:
    """Read one file; whatever is wrong with it comes out as one line."""
    try:
        size = _size(file, name)
        suffix = file.suffix.lower()
        if suffix in LINES:
            _refuse_large(name, size, LARGEST_TABLE, "Cut it into several files.")
            read = read_jsonl if suffix in LINES[:2] else read_counts
            yield from patiently(name, read(name, file, published=published, warn=warn))
        elif file.name.lower().endswith(ARCHIVES):
            _refuse_large(name, size, LARGEST_TABLE, "Cut it into several files.")
            yield from patiently(name, read_warc(name, file, published=published, warn=warn))
        elif suffix in FEEDS:
            _refuse_large(name, size, LARGEST_FEED, "Cut it into several feeds.")
            data = file.read_bytes()
            yield from patiently(name, read_feed(name, data, published=published, warn=warn))
        elif suffix == ".pdf":
            _refuse_large(name, size, LARGEST_PDF, "Save its words as text (.txt).")
            yield read_pdf(name, file.read_bytes(), published=published, warn=warn)
        else:
            yield _document(file, name, size, published, warn)
    except UnreadableReportError as error:
        yield error
    except OSError as error:
        yield UnreadableReportError(
            name, f"it cannot be opened ({error.strerror})", "Check the path and its permissions."
        )


def _size(file: Path, name: str) -> int:
    """Return a file's size; raise UnreadableReportError where it is missing, empty or no file."""
    if not file.exists():
        raise UnreadableReportError(name, "there is no such file or folder", "Check the path.")
    if not file.is_file():
        raise UnreadableReportError(name, "this is no ordinary file", "Give a file or a folder.")
    size = file.stat().st_size
    if size == 0:
        raise UnreadableReportError(name, "the file is empty", "Leave it out, or put its text in.")
    return size


def _document(file: Path, name: str, size: int, published: date | None, warn: Warn) -> Report:
    """Read a file that is one report, by its suffix, or as a page where its first words say so."""
    suffix = file.suffix.lower()
    with file.open("rb") as stream:
        start = stream.read(4096)
        refuse_binary(name, start)
        if suffix not in (*PAGES, *TEXTS):
            remedy = "Tocsin reads .txt, .md, .html, .pdf, .rss, .atom, .warc, .jsonl and .csv."
            raise UnreadableReportError(name, f"files of the kind {_printable(suffix)} are not read", remedy)
        _refuse_large(name, size, LARGEST_DOCUMENT, "Cut it into its single reports.")
        data = start + stream.read(LARGEST_DOCUMENT)
    opening = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:14].lower()
    if suffix in PAGES or opening.startswith((b"<!doctype html", b"<html")):
        return read_html(name, data, published=published, warn=warn)
    return read_text(name, data, published=published, warn=warn, markdown=suffix in {".md", ".markdown"})


def _refuse_large(name: str, size: int, limit: int, remedy: str) -> None:
    if size > limit:
        reason = f"{size / 1e6:.1f} MB, more than the {limit / 1e6:.0f} MB that such a file may have"
        raise UnreadableReportError(name, reason, remedy)


def _shown(name: str, number: int | None = None) -> str:
    """Write a file's name for a message; where a person is withheld in it, its number says which it is."""
    shown = safe_name(_printable(name))
    return shown if number is None or shown == _printable(name) else f"{shown} (file {number} of the folder)"


def _printable(name: str) -> str:
    """Write a file's name so that it cannot play tricks on a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
