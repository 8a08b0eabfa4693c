"""How a command ends: exit codes, and what the user is told when it did not go well."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from traceback import extract_tb, format_list
from typing import Any, Final
from unicodedata import category

from tocsin import __version__
from tocsin.errors import NothingFoundError, TocsinError

HARMLESS: Final = "\n\t\u200c\u200d"
"""New line, tab, and the two marks that some scripts need within a word."""


class Exit(IntEnum):
    """What the exit code says to a script."""

    DONE = 0
    INPUT = 1
    USAGE = 2
    NOTHING = 3
    FAULT = 70
    STOPPED = 130


def end(command: Callable[[], object], *, kept: Sequence[str], logs: Path) -> int:
    """Run `command` and return its exit code; nothing that goes wrong shows a bare trace.

    `kept` is what the command has kept so far, for whoever stops it; `logs` is where a trace goes when
    the fault is ours.
    """
    try:
        command()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else Exit.DONE
        if code == Exit.STOPPED:
            tell("Stopped. Kept: " + "; ".join(kept) + "." if kept else "Stopped. Nothing of this run was kept.")
        return code
    except TocsinError as error:
        tell(printable(str(error)))
        return Exit.NOTHING if isinstance(error, NothingFoundError) else Exit.INPUT
    except Exception as error:  # noqa: BLE001  the last door: whatever comes here is our own fault
        tell(f"Sorry, this is a fault of Tocsin's own ({type(error).__name__}). {log(error, logs)}")
        return Exit.FAULT
    return Exit.DONE


def say(result: str) -> None:
    """Print a result on stdout, exactly: every character goes through as it is."""
    sys.stdout.write(f"{result}\n")


def tell(message: str) -> None:
    """Print a message for the user, on stderr."""
    sys.stderr.write(f"{message}\n")


def printable(text: str) -> str:
    """Replace control characters, one for one, so that nothing read from a file can steer the terminal."""
    return "".join("\ufffd" if steers(char) else char for char in text)


def steers(char: str) -> bool:
    """Whether a character moves the cursor, turns the writing round or breaks the line; new lines and tabs may."""
    return category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and char not in HARMLESS


def json_line(value: Any) -> str:
    """Write `value` as one line of JSON; what could break the line or steer a terminal is escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(f"\\u{ord(char):04x}" if steers(char) and ord(char) < 0x10000 else char for char in written)


def log(error: BaseException, logs: Path) -> str:
    """Write where the error arose to a new file in `logs` and return a sentence that says where it is.

    Neither the error's message nor any variable is written: both may quote what was read.
    """
    moment = datetime.now(UTC)
    path = logs / f"fault-{moment:%Y%m%dT%H%M%S%f}.log"
    head = f"tocsin {__version__}, python {platform.python_version()}, {platform.system()}, {moment:%Y-%m-%d %H:%M} UTC"
    try:
        logs.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([head, *_trace(error)]), encoding="utf-8")
    except OSError as failure:
        return f"Its trace could not be written to {logs} ({failure.strerror}). Please report what you did."
    return f"Please report it with the trace in {path}; that holds nothing of what was read."


def _trace(error: BaseException) -> Iterator[str]:
    """Yield the kinds of the error and of its causes, each with its frames, the latest first."""
    cause: BaseException | None = error
    while cause is not None:
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        yield "".join(format_list(extract_tb(cause.__traceback__)))
        cause = cause.__cause__ or cause.__context__
