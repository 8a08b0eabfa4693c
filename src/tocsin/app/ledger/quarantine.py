"""`tocsin quarantine`: what was held back, and letting it in by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.app import options
from tocsin.app.options import session
from tocsin.app.terminal.endings import say
from tocsin.app.terminal.tables import show
from tocsin.app.work import keep, open_ledger
from tocsin.errors import NothingFoundError

quarantine = typer.Typer(
    name="quarantine",
    help="List the reports that were held back because persons in them could not be withheld safely.",
    epilog="Example: tocsin quarantine",
)


@quarantine.callback(invoke_without_command=True)
def listing(context: typer.Context, *, ledger: options.LedgerFile = None) -> None:
    """List what was held back, and why; nothing of its text is kept."""
    if context.invoked_subcommand is not None:
        return
    from tocsin.pipeline.intake.release import held

    with open_ledger(session(context), ledger) as book:
        rows = [
            (
                one.id,
                one.published.isoformat(),
                one.source,
                "released" if one.released else "held",
                "; ".join(one.reasons),
            )
            for one in held(book)
        ]
    if not rows:
        raise NothingFoundError("Nothing is in quarantine.")
    show(("id", "published", "source", "state", "why"), rows)


@quarantine.command(epilog='Example: tocsin quarantine release quarantine-01ab letter.txt --by "N.N." --reason "read"')
def release(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Which one, as `tocsin quarantine` names it.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The original file, unchanged: its hash must match.")],
    *,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who decides it.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it may enter.")],
    redacted: Annotated[
        Path | None,
        typer.Option(
            "--redacted", metavar="FILE", help="Your own redacted text, to be let in instead of the original's."
        ),
    ] = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Let a quarantined report in: redacted as far as possible, or as your own redacted file has it."""
    from tocsin.pipeline.intake.release import release as let_in

    run = session(context)
    with open_ledger(run, ledger) as book:
        report, records = let_in(book, name, file, by=by, reason=reason, redacted=redacted)
        keep(run, book, records)
    say(f"{name} was let in as {report.id}, with {len(records) - 2} claims.")
