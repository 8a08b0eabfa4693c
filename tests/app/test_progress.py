"""Progress: plain lines in a pipe, a bar on a terminal, safe from any thread."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tocsin.app.terminal.progress import Lines
from tocsin.pipeline.progress import Progress, Silent


def test_a_stage_of_known_length_speaks_at_each_quarter() -> None:
    stream = io.StringIO()
    with Lines(stream).stage("reading", 8) as advance:
        for _ in range(8):
            advance()

    assert stream.getvalue().splitlines() == [
        "reading ...",
        "reading: 2 of 8",
        "reading: 4 of 8",
        "reading: 6 of 8",
        "reading: done (8)",
    ]


def test_a_stage_that_fails_is_not_called_done() -> None:
    stream = io.StringIO()
    with pytest.raises(OSError), Lines(stream).stage("reading", None):
        raise OSError

    assert stream.getvalue() == "reading ...\n"


def test_threads_count_together() -> None:
    stream = io.StringIO()
    with Lines(stream).stage("running", 1000) as advance, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: advance(), range(1000)))

    assert stream.getvalue().endswith("running: done (1000)\n")


def test_silent_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    quiet: Progress = Silent()
    with quiet.stage("running", 3) as advance:
        advance(3)

    assert capsys.readouterr() == ("", "")


BAR = """
from tocsin.app.terminal.progress import progress
watch = progress()
with watch.stage('outer', 2) as advance:
    with watch.stage('inner', None) as tick:
        tick()
    advance(2)
"""


def test_a_terminal_gets_a_bar_even_for_a_stage_within_a_stage() -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, "-c", BAR], stderr=theirs, stdout=subprocess.PIPE, check=True)
    os.close(theirs)
    shown = os.read(ours, 1_000_000)
    os.close(ours)

    assert b"outer" in shown
    assert b"inner" in shown
    assert b"\x1b[" in shown
    assert done.stdout == b""
