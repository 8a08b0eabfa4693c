"""PDF: the words of its pages, taken out in a process of its own, because a hostile file can keep a parser busy."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection

from tocsin.errors import UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports.formats.text import UNKNOWN, host, refuse_wordless
from tocsin.reports.normalise import normalise, one_line
from tocsin.reports.published import read_head, settle
from tocsin.reports.redact import public_address, redact_together
from tocsin.reports.report import Report

MOST_PAGES = 500
"""Pages of one report."""
MOST_LETTERS = 2_000_000
"""Characters of the words of one report."""
PATIENCE = 8.0
"""Seconds that one file may take."""
MEMORY = 800_000_000
"""Bytes that the process may use, where the system can bound it."""

_SAVE = "Save its words as text (.txt)."


class _RefusedError(Exception):
    """Why a file is not read, in words for the user."""


def read_pdf(name: str, data: bytes, *, published: date | None, warn: Callable[[str], None]) -> Report:
    """Read one report; raise UnreadableReportError, or UndatedReportError where no date is found or given.

    The day on which a file was made is not taken for the day on which it was published.
    """
    found = _apart(data)
    if isinstance(found, str):
        raise UnreadableReportError(name, found, _SAVE)
    title, words = found
    if not any(letter.isalnum() for letter in words):
        raise UnreadableReportError(name, "its pages hold no text: pictures of pages, it seems", _SAVE)
    head = read_head(normalise(words))
    body, source, title = redact_together([head.body, one_line(head.source or ""), one_line(head.title or title)])
    refuse_wordless(name, body)
    url = public_address(head.url)
    return Report(
        source=source or host(url) or UNKNOWN,
        published=settle(name, head.published, published, warn, unread=head.unread),
        text=body,
        original=sha256(data),
        format="pdf",
        title=title or None,
        url=url,
    )


def extract(data: bytes) -> tuple[str, str] | str:
    """Return the title and the words of a PDF, or in words why there are none; nothing in it is run.

    Bounds the pages and the words, not the time: `read_pdf` does that.
    """
    from pypdf import PdfReader  # noqa: PLC0415  only PDF needs it
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _RefusedError("it is locked with a password")
        words: list[str] = []
        letters = 0
        for number, page in enumerate(reader.pages):
            words.append(page.extract_text())
            letters += len(words[-1])
            if number >= MOST_PAGES or letters > MOST_LETTERS:
                raise _RefusedError(f"more than {MOST_PAGES} pages or {MOST_LETTERS / 1e6:.0f} million characters")
        told = reader.metadata.title if reader.metadata else None
        return (told if isinstance(told, str) else ""), "\n".join(words)
    except _RefusedError as refused:
        return str(refused)
    except (DependencyError, FileNotDecryptedError):
        return "it is locked with a password"
    except MemoryError:
        return "it needs more memory than a report may"
    except (PyPdfError, Exception) as error:  # noqa: BLE001  a parser of hostile files may fail in any way
        return f"broken PDF ({type(error).__name__})"


def _apart(data: bytes) -> tuple[str, str] | str:
    """Call `extract` in a process that is ended when it takes too long or too much."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    worker = context.Process(target=_work, args=(theirs,), daemon=True)
    worker.start()
    theirs.close()
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            ours.send_bytes(data)
        ready = ours.poll(PATIENCE)
        found: tuple[str, str] | str = ours.recv() if ready else f"not read within {PATIENCE:.0f} seconds"
    except (EOFError, ConnectionResetError):
        found = "the parser gave up on it"
    finally:
        worker.kill()
        worker.join()
        ours.close()
    return found


def _work(pipe: Connection) -> None:
    """Serve one file: bytes in, `extract`'s answer out."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows cannot bound memory so
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pipe.send(extract(pipe.recv_bytes()))
