"""The options that commands share, and the session they run in."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, final

import typer

from tocsin.settings import Settings, read_settings


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One run of the command: its settings, and what it has kept so far."""

    settings: Settings = field(default_factory=lambda: read_settings(os.environ))
    kept: list[str] = field(default_factory=list)


def session(context: typer.Context) -> Session:
    """Return the session that `main` opened, or one of its own where the command is called otherwise."""
    found = context.obj
    return found if isinstance(found, Session) else Session()


def now() -> datetime:
    """Return the time by this computer's clock: the moment of recording, and nothing else."""
    return datetime.now(UTC)


def day(text: str) -> date:
    """Read YYYY-MM-DD and no other form; raise BadParameter otherwise."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.isoformat() != text:
        raise typer.BadParameter(f"{text!r} is no day. Write it as YYYY-MM-DD.")
    return read


def moment(text: str) -> datetime:
    """Read YYYY-MM-DD, which means the end of that day, or a time as ISO 8601 writes it; UTC where no zone stands."""
    try:
        if len(text) == len("YYYY-MM-DD"):
            return datetime.combine(day(text), time.max, UTC)
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no time. Write it as YYYY-MM-DD or YYYY-MM-DDThh:mm:ss.") from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)


class Outcome(StrEnum):
    """What may come of a question."""

    YES = "yes"
    NO = "no"
    AMOUNT = "amount"
    VOID = "void"
    DISPUTED = "disputed"


class ExportFormat(StrEnum):
    """In which format of others records are written."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    ANNOTATION = "annotation"
    PROV = "prov"
    RO_CRATE = "ro-crate"
    STIX = "stix"
    HUBVERSE = "hubverse"


class Shape(StrEnum):
    """How scores are printed."""

    TABLE = "table"
    JSON = "json"


class Format(StrEnum):
    """How `read` writes what it found."""

    JSONL = "jsonl"
    TABLE = "table"
    TEXT = "text"


class Crew(StrEnum):
    """Who does the runs of a simulation."""

    THREADS = "threads"
    RAY = "ray"


Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, or folders of files, of reports.")]
LedgerFile = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="Where records are kept: a file or postgresql://USER@HOST/NAME (default: tocsin.db in your data folder).",
    ),
]
ByModel = Annotated[
    bool,
    typer.Option(
        "--by-model", help="Let the language model of TOCSIN_LLM_URL and TOCSIN_LLM_MODEL read, not the rules."
    ),
]
UpTo = Annotated[
    int | None, typer.Option("--up-to", min=1, metavar="TOKENS", help="Most tokens to send to that model.")
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write the results.")]
Published = Annotated[
    date | None,
    typer.Option(parser=day, metavar="DATE", help="When they were published, for reports that do not say it."),
]
SourcesFile = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="A list of sources in TOML: who they are, where they stand."),
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=day,
        metavar="DATE",
        help="Judge by what was known by this day (default: the latest report's).",
    ),
]
Seed = Annotated[int | None, typer.Option(min=0, metavar="N", help="Seed of the random streams.")]
Threads = Annotated[
    int | None,
    typer.Option(min=1, max=256, metavar="N", help="Processor cores to use (default: all); the results are the same."),
]
Units = Annotated[bool, typer.Option("--units", help="Write every battalion by run and day, too; needs --out.")]
Trace = Annotated[
    bool, typer.Option("--trace", help="Follow one battalion and one soldier through one history instead.")
]
Battalion = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="With --trace: which battalion (default: drawn evenly).")
]
Soldier = Annotated[
    int | None, typer.Option(min=0, metavar="N", help="With --trace: which soldier of it (default: drawn).")
]
