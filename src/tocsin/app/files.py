"""Write results to files: whole or not at all, never half."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tocsin.errors import TocsinError
from tocsin.ids import document


def write(path: Path, write_to: Callable[[Path], object]) -> Path:
    """Let `write_to` fill a file beside `path`, then put it in its place; raise TocsinError where that fails."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_to(part)
        part.replace(path)
    except OSError as error:
        raise TocsinError(
            f"{path} could not be written ({error.strerror or error}). Choose another folder with --out DIR."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return path


def write_text(path: Path, text: str) -> Path:
    """Write `text` as UTF-8 with plain line ends, the same bytes on every system."""
    return write(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))


def write_json(path: Path, value: Any) -> Path:
    """Write `value` as indented JSON, in the order of its keys."""
    return write_text(path, document(value))
