"""The `tocsin origins` command: which reports go back to one origin, and how many origins there are."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app.options import LedgerFile, Shape, session
from tocsin.app.terminal.endings import say
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import show
from tocsin.app.work import open_ledger, warn
from tocsin.errors import NothingFoundError, TocsinError

if TYPE_CHECKING:
    from tocsin.evidence.origins.item import Item, Lineage
    from tocsin.store.ledger import Ledger


def origins(
    context: typer.Context,
    items: Annotated[
        Path | None,
        typer.Argument(metavar="[ITEMS]", help="Items, one JSON object a line (default: the reports in the ledger)."),
    ] = None,
    *,
    form: Annotated[Shape, typer.Option("--format", help="A table or JSON.")] = Shape.JSON,
    ledger: LedgerFile = None,
) -> None:
    """Say which reports share an origin, by which ties, and how many origins each event has."""
    from tocsin.evidence.origins.trace import trace

    if items is None:
        with open_ledger(session(context), ledger) as book:
            found = _kept(book)
    else:
        found = _read(items)
    with progress().stage("Tracing origins", len(found)) as advance:
        lineage = trace(found)
        advance(len(found))
    if form is Shape.JSON:
        say(json.dumps(_document(lineage), indent=1))
    else:
        _tables(lineage)


def _read(path: Path) -> list[Item]:
    """Read the file; tell of lines that could not be read, and go on."""
    from tocsin.evidence.origins.item import Item
    from tocsin.evidence.origins.read import read_items
    from tocsin.reports.formats.lines import MOST_COMPLAINTS

    try:
        with progress().stage("Reading items", None) as advance:
            found, problems = [], []
            for one in read_items(path.name, path):
                if isinstance(one, Item):
                    found.append(one)
                    advance()
                else:
                    problems.append(str(one))
    except OSError as error:
        raise TocsinError(f"{path} cannot be opened ({error.strerror}). Check the path.") from error
    warn(problems[:MOST_COMPLAINTS])
    if len(problems) > MOST_COMPLAINTS:
        warn(
            [f"{path.name}: {len(problems) - MOST_COMPLAINTS} more lines could not be read. Mend the ones above first."]
        )
    if not found and problems:
        raise TocsinError("Nothing could be read.")
    if not found:
        raise NothingFoundError(f"{path.name} holds no item.")
    return found


def _kept(book: Ledger) -> list[Item]:
    """The reports of the ledger as items; what was erased is left out."""
    from tocsin.evidence.origins.read import item_of_report

    rows = book.records("report", as_of=date.max)
    found = [item_of_report(row.id, row.body) for row in rows if row.body is not None]
    if not found:
        raise NothingFoundError("The ledger holds no report. Give a file of items, or keep reports with tocsin read.")
    return found


def _document(lineage: Lineage) -> dict[str, object]:
    edges = [
        {"from": e.child, "to": e.parent, "kind": e.kind, "evidence": e.evidence, "weight": e.weight}
        for e in lineage.edges
    ]
    events = [
        {"items": list(e.items), "origins": e.origins, "low": e.low, "high": e.high, "n_eff": e.n_eff}
        for e in lineage.events
    ]
    return {"origin": dict(lineage.origin), "edges": edges, "events": events}


def _tables(lineage: Lineage) -> None:
    rows = []
    for event in lineage.events:
        names = Counter(lineage.origin[item] for item in event.items)
        between = f"{event.low} to {event.high}"
        leading = ", ".join(f"{name} ({count})" for name, count in names.most_common(5))
        rows.append((str(len(event.items)), str(event.origins), between, f"{event.n_eff:.2f}", leading))
    show(("items", "origins", "with 80 %", "weigh as", "reported by"), rows)
    show(
        ("item", "goes back to", "as", "weight", "because"),
        ((e.child, e.parent, e.kind, f"{e.weight:.2f}", e.evidence) for e in lineage.edges),
    )
