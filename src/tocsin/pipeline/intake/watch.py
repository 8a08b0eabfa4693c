"""Watch a folder: what comes into it is added once it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tocsin.errors import TocsinError

PAUSE = 1.0
"""Seconds between two looks; a file that is the same at both is whole."""
UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", "~")
"""How names end that programs give to files they are still writing."""
DEEPEST = 40
"""Folders within folders that are watched."""

Look = tuple[int, int]
"""Size and time of change of a file."""


def whole_files(folder: Path, *, once: bool, wait: Callable[[], object]) -> Iterator[list[Path]]:
    """Yield the files of `folder` and the folders in it, some at a time, as soon as they are whole.

    A file that grows or changes is waited for, and yielded anew when it changed later. `wait` returns after a
    pause, or when something changed. With `once` the iteration ends when all that is there was yielded.
    Raises TocsinError where there is no such folder, or where it goes away.
    """
    before: dict[Path, Look] = {}
    done: dict[Path, Look] = {}
    while True:
        now = _look(folder)
        whole = sorted(path for path, look in now.items() if before.get(path) == look != done.get(path))
        if whole:
            yield whole
            done |= {path: now[path] for path in whole}
        if once and all(done.get(path) == look for path, look in now.items()):
            return
        done = {path: look for path, look in done.items() if path in now}
        before = now
        wait()


def changes(folder: Path) -> Callable[[], object]:
    """Return a `wait` for `whole_files`: it listens to the system, and looks every PAUSE seconds in any case."""
    from watchfiles import watch  # noqa: PLC0415  only watching needs it

    stream = watch(
        folder,
        watch_filter=None,
        rust_timeout=int(PAUSE * 1000),
        yield_on_timeout=True,
        debounce=int(PAUSE * 1000),
        step=int(PAUSE * 1000),
        raise_interrupt=True,
        ignore_permission_denied=True,
    )
    return lambda: next(stream)


def _look(folder: Path) -> dict[Path, Look]:
    """Say of every ordinary file what it looks like now; hidden ones, unfinished ones and links are passed over."""
    if not folder.is_dir():
        raise TocsinError(f"{folder} is no folder, or not any more. Give a folder to watch.")
    found: dict[Path, Look] = {}
    waiting = [(folder, 0)]
    while waiting:
        at, depth = waiting.pop()
        try:
            entries = list(os.scandir(at))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower().endswith(UNFINISHED):
                continue
            _note(entry, depth, found, waiting)
    return found


def _note(entry: os.DirEntry[str], depth: int, found: dict[Path, Look], waiting: list[tuple[Path, int]]) -> None:
    try:
        if entry.is_dir(follow_symlinks=False):
            if depth < DEEPEST:
                waiting.append((Path(entry.path), depth + 1))
        elif entry.is_file(follow_symlinks=False):
            state = entry.stat(follow_symlinks=False)
            found[Path(entry.path)] = (state.st_size, state.st_mtime_ns)
    except OSError:  # it went away while we looked
        return
