"""`tocsin export` and `tocsin import`: records in the formats of others, and records that were exported."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tocsin.app import options
from tocsin.app.files import write, write_text
from tocsin.app.options import ExportFormat, now, session
from tocsin.app.terminal.endings import printable, say
from tocsin.app.work import look_into, open_ledger


def export(
    context: typer.Context,
    *,
    form: Annotated[
        ExportFormat,
        typer.Option(
            "--format",
            help="Records as json; claims as csv, parquet, W3C annotation or STIX 2.1; PROV-JSON; an RO-Crate of all "
            "these; forecasts as a hubverse hub.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write to; it is made.")],
    case: Annotated[
        str | None, typer.Option(metavar="CASE", help="Only forecasts of this case (hubverse; default: all).")
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option("--as-of", parser=options.day, metavar="DATE", help="Only what was known by this day."),
    ] = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Write what the ledger holds in a format of others."""
    from tocsin.pipeline.record.export import exported, write_claims

    run = session(context)
    written: list[Path] = []
    with look_into(run, ledger) as book:
        if form is ExportFormat.PARQUET:
            written.append(write(out / "claims.parquet", lambda part: write_claims(part, book, as_of or date.max)))
        else:
            files = exported(book, form.value, as_of=as_of or date.max, case=case)
            written += [write_text(out / name, text) for name, text in files.items()]
    for path in written:
        run.kept.append(str(path))
        say(printable(str(path)))


def import_records(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A records.json that `tocsin export` wrote.")],
    *,
    ledger: options.LedgerFile = None,
) -> None:
    """Take exported records into a ledger; their ids and hashes must be those of their content."""
    from tocsin.pipeline.record.take import imported

    run = session(context)
    records = imported(path)
    with open_ledger(run, ledger) as book:
        added = book.append(records, recorded=now())
        run.kept.append(f"{added} new records in the ledger {book.name}")
        say(printable(f"{len(records)} records read, {added} of them new in {book.name}"))
