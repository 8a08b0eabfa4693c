"""The `tocsin ledger` commands: is it sound, where does it end, and how to move it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app import options
from tocsin.app.options import session
from tocsin.app.terminal.endings import Exit, printable, say
from tocsin.app.terminal.progress import progress
from tocsin.app.work import look_into

if TYPE_CHECKING:
    from tocsin.store.audit import Fault, Verdict

ledger = typer.Typer(name="ledger", no_args_is_help=True, help="Verify, copy or note down the state of a ledger.")

FAULTS_SHOWN = 10
"""Faults printed one by one; what is wrong early is wrong from there on."""


@ledger.command(epilog="Example: tocsin ledger verify --head 5f0c... --ledger project.db")
def verify(
    context: typer.Context,
    *,
    head: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="A head noted down earlier, such as a brief prints: is it in this chain?"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")] = False,
    ledger: options.LedgerFile = None,
) -> None:
    """Find edits, insertions, gaps and cuts in a ledger; ends with 0 where it is sound and with 1 where it is not."""
    given = None if head is None else head.strip().lower()
    if given is not None and (len(given) != 64 or not set(given) <= set("0123456789abcdef")):
        raise typer.BadParameter(
            "it is no head: give the 64 hexadecimal digits that a brief prints.", param_hint="--head"
        )
    with look_into(session(context), ledger) as book:
        verdict = book.verify(given)
        name = book.name
    if as_json:
        say(json.dumps({"ledger": name, "sound": verdict.sound, **asdict(verdict)}, ensure_ascii=False, indent=1))
    else:
        _report(name, verdict)
    if not verdict.sound:
        raise typer.Exit(Exit.INPUT)


@ledger.command(epilog="Example: tocsin ledger head --ledger project.db")
def head(context: typer.Context, *, ledger: options.LedgerFile = None) -> None:
    """Print the head: a hash that stands for every row so far. Keep it elsewhere, and verify against it later."""
    with look_into(session(context), ledger) as book:
        say(book.head().link)


@ledger.command(epilog="Example: tocsin ledger copy project.db postgresql://analyst@db.example.org/tocsin")
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The ledger to copy: a file or an address.")],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="Where to: nothing there yet, or an earlier copy of the same ledger.")
    ],
) -> None:
    """Copy a ledger to a file or a database, with its times, hashes and chain; broken off, it goes on from there."""
    from tocsin.store.ledger import Ledger

    with Ledger(source, begin=False) as one, Ledger(target) as other:
        total = one.head().seq - other.head().seq
        with progress().stage("Copying the ledger", max(0, total)) as advance:
            copied = one.copy(other, advance)
        head = other.head()
        say(
            printable(
                f"{_many(copied, 'row')} copied from {one.name} to {other.name}, which now has the head\n{head.link}"
            )
        )


def _report(name: str, verdict: Verdict) -> None:
    """Print what was found, the worst first."""
    if verdict.sound:
        say(printable(f"Sound: {name}"))
    else:
        say(printable(f"Not sound: {name}"))
        for fault in verdict.faults[:FAULTS_SHOWN]:
            say(printable(f"  {_where(fault)}: {fault.what}"))
        if len(verdict.faults) > FAULTS_SHOWN:
            say(f"  and {len(verdict.faults) - FAULTS_SHOWN:,} more")
    erased = f", {verdict.erased:,} of them erased ({_many(verdict.tombstones, 'tombstone')})" if verdict.erased else ""
    say(f"{_many(verdict.rows, 'row')}{erased}")
    say(f"head {verdict.head.link}")
    if verdict.since is not None:
        say(f"{_many(verdict.since, 'row')} since the head that was given")


def _where(fault: Fault) -> str:
    return "the ledger" if fault.seq is None else f"row {fault.seq} ({fault.id})"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
