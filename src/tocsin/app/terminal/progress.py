"""Progress on stderr: a moving bar on a terminal, plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TextIO, final

from tocsin.pipeline.progress import Advance, Progress

PARTS = 4
"""A plain stage of known length speaks up after each quarter."""


def progress() -> Progress:
    """Return the progress that suits where stderr goes."""
    return Bars() if sys.stderr.isatty() else Lines(sys.stderr)


@final
class Lines:
    """Plain lines: one when a stage begins, a few on the way, one when it is done."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = Lock()

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]:
        """Open a stage of `total` parts."""
        done = 0

        def advance(n: int = 1) -> None:
            nonlocal done
            with self._lock:
                before, done = done, done + n
                if total and done < total and done * PARTS // total > before * PARTS // total:
                    self._say(f"{name}: {done} of {total}")

        self._say(f"{name} ...")
        yield advance
        self._say(f"{name}: done" + (f" ({done})" if done else ""))

    def _say(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()


@final
class Bars:
    """A bar for each stage; a stage inside another gets a bar below it."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]:
        """Open a stage of `total` parts."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Display

        name_column = TextColumn("{task.description}", markup=False)
        counts = [] if total is None else [MofNCompleteColumn()]
        columns = (SpinnerColumn(), name_column, BarColumn(), TimeElapsedColumn(), *counts)
        with Display(*columns, console=Console(stderr=True)) as display:
            task = display.add_task(name, total=total)

            def advance(n: int = 1) -> None:
                display.advance(task, n)

            yield advance
            if total is None:
                display.update(task, total=1, completed=1)
