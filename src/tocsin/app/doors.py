"""`tocsin add`, `tocsin watch`, `tocsin orbat`: what comes in, kept or looked at without being judged."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app import options
from tocsin.app.options import Session, now, session
from tocsin.app.terminal.endings import printable, say
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import number, show
from tocsin.app.work import open_ledger, warn
from tocsin.errors import NothingFoundError, TocsinError

if TYPE_CHECKING:
    from tocsin.pipeline.intake.add import Added

doors = typer.Typer()
ORDER_COLUMNS = ("known", "force", "unit", "echelon", "branch", "parent", "strength")


class OrderShape(StrEnum):
    """How an order of battle is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@doors.command(epilog="Example: tocsin add reports/ feed.rss --sources sources.toml")
def add(
    context: typer.Context,
    paths: options.Paths,
    *,
    published: options.Published = None,
    sources: options.SourcesFile = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Put reports into the ledger without reading claims in them; say what became of them."""
    from tocsin.pipeline.intake.add import Added, add
    from tocsin.pipeline.intake.read import listed_sources
    from tocsin.pipeline.intake.shelf import Shelf

    run, total = session(context), Added()
    listed = listed_sources(sources, None)
    with open_ledger(run, ledger) as book:
        total = add(
            paths,
            book,
            shelf=Shelf(book),
            published=published,
            sources=listed,
            clock=now,
            tell=_tell,
            kept=_noting(run, book.name),
            progress=progress(),
        )
    say("\n".join(_summary(total)))
    if not total.kept and not total.known:
        if total.not_read:
            raise TocsinError("Nothing could be read.")
        raise NothingFoundError("There was nothing to read in what was given.")


@doors.command(epilog="Example: tocsin watch inbox/ --sources sources.toml")
def watch(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to watch, with those in it.")],
    *,
    once: Annotated[bool, typer.Option("--once", help="Add what is there, then stop.")] = False,
    published: options.Published = None,
    sources: options.SourcesFile = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Add each report that comes into a folder, once its file is whole, until stopped with Ctrl-C."""
    from tocsin.pipeline.intake.add import Added, add
    from tocsin.pipeline.intake.read import listed_sources
    from tocsin.pipeline.intake.shelf import Shelf
    from tocsin.pipeline.intake.watch import changes, whole_files
    from tocsin.pipeline.progress import Silent

    if not folder.is_dir():
        raise TocsinError(f"{folder} is no folder. Give a folder to watch.")
    run, total = session(context), Added()
    listed = listed_sources(sources, None)
    with open_ledger(run, ledger) as book:
        shelf = Shelf(book)
        _tell(f"Watching {folder}; stop with Ctrl-C." if not once else f"Looking through {folder} ...")
        for paths in whole_files(folder, once=once, wait=changes(folder)):
            found = add(
                paths,
                book,
                shelf=shelf,
                published=published,
                sources=listed,
                clock=now,
                tell=_tell,
                kept=_noting(run, book.name, total),
                progress=Silent(),
            )
            total = total.plus(found)
            say(f"{len(paths)} files: " + ", ".join(_parts(found)))
    say("\n".join(_summary(total)))


@doors.command(epilog="Example: tocsin orbat scenario.json --format csv > order_of_battle.csv")
def orbat(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, JSON, or a scenario of ORBAT-Mapper.")],
    *,
    known: Annotated[
        date | None,
        typer.Option(parser=options.day, metavar="DATE", help="When it was known, where a scenario does not say."),
    ] = None,
    form: Annotated[
        OrderShape, typer.Option("--format", help="A table to read, or a file that a case can name.")
    ] = OrderShape.TABLE,
) -> None:
    """Check an order of battle and print the units that Tocsin reads in it."""
    from tocsin.forces.order_of_battle.listing import listing
    from tocsin.forces.order_of_battle.read import read_orders
    from tocsin.forces.order_of_battle.table import write_table

    orders = read_orders(file, known=known, warn=_tell)
    if form is OrderShape.CSV:
        say(write_table(orders).removesuffix("\n"))
    elif form is OrderShape.JSON:
        say(json.dumps(listing(orders), ensure_ascii=True, indent=1))
    else:
        show(
            ORDER_COLUMNS,
            (
                (
                    order.known.isoformat(),
                    order.force,
                    unit.name,
                    unit.echelon,
                    unit.branch,
                    unit.parent or "",
                    "" if unit.strength is None else number(unit.strength),
                )
                for order in orders
                for unit in order.units
            ),
        )
        for order in orders:
            say(printable(f"{order.force}, {order.known}: {len(order.units)} units, {order.establishment:,} by rule"))


def _tell(line: str) -> None:
    warn([line])


def _noting(run: Session, ledger: str, before: Added | None = None) -> Callable[[Added], None]:
    """Return what notes, for whoever stops us, how many reports are on the disk by now."""
    earlier = before.kept if before else 0

    def note(result: Added) -> None:
        run.kept[:] = [f"{earlier + result.kept} new reports in the ledger {ledger}"]

    return note


def _parts(result: Added) -> Sequence[str]:
    """Return what became of the reports, in words with their numbers."""
    aside = result.set_aside.total()
    parts = {
        "added": result.added,
        "known": result.known,
        "new versions": result.versions,
        "set aside": aside,
        "not read": result.not_read,
    }
    return [f"{count} {what}" for what, count in parts.items() if count] or ["nothing new"]


def _summary(result: Added) -> Sequence[str]:
    """Return the lines that a command ends with."""
    from tocsin.reports.intake.language import name_of

    rows = [
        ("added", result.added, "new in the ledger"),
        ("known", result.known, "the ledger held them already"),
        ("new version", result.versions, "of reports that it held; both are kept"),
        ("set aside", result.set_aside.total(), _languages(result, name_of)),
        ("not read", result.not_read, "files, lines or entries; see above" if result.not_read else ""),
    ]
    return [f"{what:<12}{count:>9,}  {about}".rstrip() for what, count, about in rows]


def _languages(result: Added, name_of: Callable[[str], str]) -> str:
    """Say which languages were set aside."""
    named = ", ".join(f"{count} {name_of(code)}" for code, count in sorted(result.set_aside.items()))
    return f"among them, kept with the text and not read for claims: {named}" if named else ""
