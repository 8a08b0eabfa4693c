"""A watched folder: a file is taken when it is whole, once, and again when it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tocsin.errors import TocsinError
from tocsin.pipeline.intake.watch import changes, whole_files


def script(*steps: Callable[[], object]) -> Callable[[], object]:
    """Return a `wait` that does one step at each pause and stops the watching after the last."""
    left: Iterator[Callable[[], object]] = iter(steps)

    def wait() -> None:
        step = next(left, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    return wait


def taken(folder: Path, *steps: Callable[[], object]) -> list[list[str]]:
    found: list[list[str]] = []
    with pytest.raises(KeyboardInterrupt):
        found.extend([path.name for path in paths] for paths in whole_files(folder, once=False, wait=script(*steps)))
    return found


def nothing() -> None:
    """Let a pause pass."""


def test_a_file_that_grows_is_taken_when_it_stays_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"

    assert taken(tmp_path, lambda: file.write_text("a"), lambda: file.write_text("ab"), nothing, nothing) == [["a.txt"]]


def test_a_file_that_changes_later_is_taken_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a")

    assert taken(tmp_path, nothing, lambda: file.write_text("abc"), nothing) == [["a.txt"], ["a.txt"]]


def test_hidden_and_unfinished_files_and_links_are_passed_over(tmp_path: Path) -> None:
    for name in (".hidden", "a.part", "b.crdownload", "c.txt~"):
        (tmp_path / name).write_text("a")
    (tmp_path / "link.txt").symlink_to("/etc/passwd")

    assert taken(tmp_path, nothing, nothing) == []


def test_once_ends_when_everything_that_is_there_was_taken(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.txt").write_text("a")

    assert [len(paths) for paths in whole_files(tmp_path, once=True, wait=nothing)] == [1]
    assert list(whole_files(tmp_path / "inner" / "..", once=True, wait=nothing))


def test_a_folder_that_goes_away_ends_it_with_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    with pytest.raises(TocsinError, match="no folder"):
        list(whole_files(gone, once=False, wait=gone.rmdir))


def test_the_real_wait_comes_back_without_any_change(tmp_path: Path) -> None:
    wait = changes(tmp_path)
    (tmp_path / "a.txt").write_text("a")

    assert wait() is not None
