"""`tocsin list`, `show` and `erase`: what a ledger holds, one record of it, and taking one out."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from tocsin.app import options
from tocsin.app.options import Shape, now, session
from tocsin.app.terminal.endings import json_line, printable, say, tell
from tocsin.app.terminal.tables import CLAIM_COLUMNS, claim_rows, one_line, show
from tocsin.app.work import look_into
from tocsin.errors import NothingFoundError, TocsinError
from tocsin.store.entry import KINDS

if TYPE_CHECKING:
    from tocsin.store.entry import Row
    from tocsin.store.ledger import Ledger

records = typer.Typer()

COLUMNS = ("id", "known", "source", "about", "")
ABOUT: Final = ("title", "quote", "question", "indicator", "reason", "text")
"""What says best what a record is about, the best first."""
LONGEST = 80
"""Characters of it in a table."""


class Listing(StrEnum):
    """How records are listed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


Name = Annotated[str, typer.Argument(metavar="ID", help="A record's id, or as much of its beginning as fits no other.")]


@records.command("list", epilog="Example: tocsin list --kind claim --force Ukraine --limit 20")
def list_records(
    context: typer.Context,
    *,
    kind: Annotated[str, typer.Option(metavar="KIND", help=f"One of {', '.join(KINDS)}.")] = "report",
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this source issued.")] = None,
    force: Annotated[str | None, typer.Option(metavar="NAME", help="Only what is about this force.")] = None,
    as_of: Annotated[
        date | None,
        typer.Option("--as-of", parser=options.day, metavar="DATE", help="Only what was known by this day."),
    ] = None,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="How many, the newest first; 0 lists all.")] = 100,
    form: Annotated[Listing, typer.Option("--format", help="A table, JSON, or JSON Lines.")] = Listing.TABLE,
    ledger: options.LedgerFile = None,
) -> None:
    """List what the ledger holds, the newest first; erased and withdrawn records are marked."""
    if kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is no kind of record. There are: {', '.join(KINDS)}.", param_hint="--kind")
    with look_into(session(context), ledger) as book:
        most = limit + 1 if limit else None  # one more, to know whether there are more
        found = book.latest(kind, as_of=as_of or date.max, limit=most, source=source, force=force)
        count = _print(map(_summary, islice(found, limit or None)), form)
        more = limit and next(found, None) is not None
    if not count:
        raise NothingFoundError("The ledger holds nothing of the kind.")
    if more:
        tell(f"The newest {limit} are listed. For more, give --limit N.")


@records.command("show", epilog="Example: tocsin show report-3826")
def show_record(
    context: typer.Context,
    name: Name,
    *,
    form: Annotated[Shape, typer.Option("--format", help="To read, or as JSON.")] = Shape.TABLE,
    ledger: options.LedgerFile = None,
) -> None:
    """Show one record: a report with its text and its claims, anything else with its fields."""
    with look_into(session(context), ledger) as book:
        row = book.find(name)
        within = [found for found in book.within(row.id) if found.body is not None]
        stone = _tombstone(book, row) if row.body is None else None
    if form is Shape.JSON:
        say(json_line({**_whole(row), "tombstone": stone, "within": [_whole(found) for found in within]}))
    else:
        _print_record(row, within, stone)


@records.command("erase", epilog='Example: tocsin erase report-382632c74f3e60e5 --reason "asked for by the person"')
def erase_record(
    context: typer.Context,
    name: Name,
    *,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why. It stays in the ledger, so repeat nothing of what is erased.")
    ],
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who erases (default: your login name).")] = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Blank a record and all that was read in it; its hash stays, and a tombstone says who did it, when and why."""
    if not reason.strip():
        raise typer.BadParameter("say why, in a few words.", param_hint="--reason")
    run = session(context)
    with look_into(run, ledger) as book:
        row = book.find(name)
        if row.id != name:
            raise TocsinError(f"What is erased does not come back. Give the whole id: {row.id}")
        stone = book.erase(row.id, reason=reason.strip(), who=by or _login(), recorded=now())
    if stone is None:
        say(f"{row.id} was erased before. Its old bytes are gone from {printable(book.name)}.")
        return
    run.kept.append(f"the tombstone {stone.id}")
    within = f", and with it {len(stone.erased) - 1} of what was read in it" if len(stone.erased) > 1 else ""
    say(f"Erased {row.id}{within}. Tombstone: {stone.id}")
    tell("Copies, backups, briefs and exports made before still hold it, and so may a server's own logs.")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise TocsinError("Your login name cannot be found. Say who erases with --by NAME.") from error


def _summary(row: Row) -> dict[str, Any]:
    """Return what a list says of a record."""
    body = row.body or {}
    about = next((body[name] for name in ABOUT if isinstance(body.get(name), str)), None)
    return {
        "id": row.id,
        "kind": row.kind,
        "known": row.known.isoformat(),
        "recorded": row.recorded.isoformat(),
        "report": row.report,
        "source": body.get("source"),
        "about": None if about is None else one_line(about, LONGEST),
        "erased": row.body is None,
        "withdrawn": bool(body.get("withdrawn")),
    }


def _print(summaries: Iterator[dict[str, Any]], form: Listing) -> int:
    """Print the summaries and return how many there were."""
    if form is Listing.JSONL:
        count = 0
        for count, summary in enumerate(summaries, start=1):  # noqa: B007  the last one counts
            say(json_line(summary))
        return count
    whole = list(summaries)
    if form is Listing.JSON:
        say("[" + ",\n ".join(map(json_line, whole)) + "]")
    elif whole:
        show(COLUMNS, map(_cells, whole))
    return len(whole)


def _cells(summary: Mapping[str, Any]) -> tuple[str, ...]:
    mark = "erased" if summary["erased"] else "withdrawn" if summary["withdrawn"] else ""
    return (summary["id"], summary["known"], summary["source"] or "", summary["about"] or "", mark)


def _whole(row: Row) -> dict[str, Any]:
    times = {"known": row.known.isoformat(), "recorded": row.recorded.isoformat()}
    return {"id": row.id, "kind": row.kind, **times, "report": row.report, "body": row.body}


def _tombstone(book: Ledger, row: Row) -> dict[str, Any] | None:
    """Find what says that a record was erased."""
    stones = (found.body for found in book.records("tombstone", as_of=date.max))
    return next((body for body in stones if body and row.id in body["erased"]), None)


def _print_record(row: Row, within: Iterable[Row], stone: Mapping[str, Any] | None) -> None:
    say(f"{row.id}\n  known {row.known}, recorded {row.recorded:%Y-%m-%d %H:%M:%S} UTC")
    if row.report:
        say(f"  read in {row.report}")
    if row.body is None:
        why = f"on {stone['known']} by {stone['who']}: {stone['reason']}" if stone else "without a tombstone"
        say(printable(f"  erased {why}"))
        return
    text = row.body.get("text")
    for name, value in row.body.items():
        if name not in {"id", "text", "report"} and value not in (None, [], False):
            say(printable(f"  {name}: {value if isinstance(value, str) else json_line(value)}"))
    if isinstance(text, str):
        say("")
        say(printable(text) if sys.stdout.isatty() else text)
    claims = [found.body for found in within if found.kind == "claim" and found.body]
    if claims:
        show(CLAIM_COLUMNS, claim_rows(claims))
