"""Fuzz one door, guided by coverage.

All of them: `make fuzz MINUTES=30`. One: python studies/fuzzing/fuzz.py DOOR -max_total_time=150

A door may answer with reports or with errors of its own, each one line. Anything else is a find: an exception, a
run of more than 10 seconds, more than 1 GB. What is found stays in .cache/fuzz/DOOR.
Options after the door go to libFuzzer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["tocsin", "feedparser", "pypdf", "warcio"]):
    import feedparser  # noqa: F401  instrumented here, used by the door
    import pypdf  # noqa: F401
    import warcio.archiveiterator  # noqa: F401

    from tocsin.errors import TocsinError, UnreadableReportError
    from tocsin.forces.order_of_battle.read import read_orders
    from tocsin.pipeline.case import read_case
    from tocsin.reports.formats.pdf import extract
    from tocsin.reports.intake.sources import read_sources
    from tocsin.reports.open import read_path

sys.path.insert(0, str(Path(__file__).parent))
from seeds import CASE, SEEDS, TABLE

from tocsin.dates import date

DAY = date(2022, 5, 17)
SUFFIX = {
    "text": ".txt",
    "markdown": ".md",
    "html": ".html",
    "jsonl": ".jsonl",
    "counts": ".csv",
    "feed": ".rss",
    "warc": ".warc.gz",
}
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
QUESTIONS = (
    '[[questions]]\nid = "q"\noutcome = "o"\ntext = "{force} in {days}"\nmeasure = "refusal"\nover = "any"\n'
    'threshold = 0.1\ndays = [30]\nresolution = "r"\nvoid = "v"\n'
)


def reports(suffix: str) -> Callable[[bytes], None]:
    """Return a target that reads its bytes as a file of reports."""
    path = FOLDER / f"input{suffix}"

    def target(data: bytes) -> None:
        path.write_bytes(data)
        for item in read_path(path, published=DAY):
            if isinstance(item, UnreadableReportError) and ("\n" in str(item) or not str(item).isprintable()):
                raise AssertionError(f"not one clear line: {str(item)!r}")

    return target


def pdf(data: bytes) -> None:
    """Read bytes as a PDF, in this process, so that its paths are seen."""
    found = extract(data)
    assert isinstance(found, str | tuple)


def refusing(read: Callable[[Path], object], name: str) -> Callable[[bytes], None]:
    """Return a target that reads a file which a door may refuse."""
    path = FOLDER / name
    path.parent.mkdir(exist_ok=True)

    def target(data: bytes) -> None:
        path.write_bytes(data)
        try:
            read(path)
        except TocsinError as error:
            if "\n" in str(error):
                raise AssertionError(f"not one clear line: {str(error)!r}") from error

    return target


def targets() -> dict[str, Callable[[bytes], None]]:
    """Return the target of every door."""
    case = FOLDER / "case"
    case.mkdir()
    (case / "order.csv").write_text(TABLE)
    (case / "questions.toml").write_text(QUESTIONS)
    (case / "case.toml").write_text(CASE)
    orders = refusing(lambda path: read_orders(path, known=DAY, warn=str), "orders/input")
    return {
        **{door: reports(suffix) for door, suffix in SUFFIX.items()},
        "pdf": pdf,
        "orders": orders,
        "scenario": orders,
        "sources": refusing(read_sources, "sources.toml"),
        "case": refusing(lambda path: read_case(str(path.parent)), "case/case.toml"),
    }


def main() -> None:
    """Begin with the seeds of the door and go on until told to stop."""
    door, *rest = sys.argv[1:]
    kept = Path(".cache/fuzz") / door
    (kept / "corpus").mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[door]()):
        (kept / "corpus" / f"seed-{number}").write_bytes(seed)
    limits = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=65536", f"-artifact_prefix={kept}/"]
    atheris.Setup([sys.argv[0], *limits, *rest, str(kept / "corpus")], targets()[door])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
