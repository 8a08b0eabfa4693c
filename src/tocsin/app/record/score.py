"""`tocsin score`: how good the forecasts were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.app import options
from tocsin.app.files import write_json, write_text
from tocsin.app.options import Session, Shape, session
from tocsin.app.record.tables import (
    LISTING_COLUMNS,
    RELIABILITY_COLUMNS,
    SCORE_COLUMNS,
    counts,
    listing_rows,
    reliability_rows,
    score_rows,
)
from tocsin.app.terminal.endings import say, tell
from tocsin.app.terminal.tables import show
from tocsin.app.work import look_into

if TYPE_CHECKING:
    from tocsin.store.ledger import Ledger

KINDS = ("retrospective", "live")


def score(
    context: typer.Context,
    *,
    case: Annotated[
        str | None, typer.Option(metavar="CASE", help="Only forecasts of this case (default: all).")
    ] = None,
    past: Annotated[
        bool | None,
        typer.Option(
            "--retrospective/--live", help="Only these (default: both, in tables of their own; they are never mixed)."
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List the forecasts with their windows and outcomes instead.")
    ] = False,
    form: Annotated[Shape, typer.Option("--format", help="As tables or as JSON.")] = Shape.TABLE,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write scores.json and scores.html, with the diagrams, here.")
    ] = None,
    seed: options.Seed = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Score the sealed forecasts against what came about and against their baselines."""
    run = session(context)
    kind = None if past is None else KINDS[not past]
    with look_into(run, ledger) as book:
        if listed:
            _list(book, case, kind, form)
        else:
            _score(run, book, case, kind, form, out, run.settings.seed if seed is None else seed)


def _list(book: Ledger, case: str | None, kind: str | None, form: Shape) -> None:
    from tocsin.pipeline.record.score import listing

    rows = [one for one in listing(book, case=case) if kind in (None, one["kind"])]
    if form is Shape.JSON:
        say(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        show(LISTING_COLUMNS, listing_rows(rows))


def _score(
    run: Session, book: Ledger, case: str | None, kind: str | None, form: Shape, out: Path | None, seed: int
) -> None:
    from tocsin.pipeline.record.score import score as judge

    found = judge(book, case=case, seed=seed)
    shown = {name: found[name] for name in KINDS if kind in (None, name)}
    document = {name: value for name, value in found.items() if name not in KINDS or name in shown}
    if form is Shape.JSON:
        say(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print(shown)
    if out is not None:
        from tocsin.products.scorecard import render

        for path in (write_json(out / "scores.json", document), write_text(out / "scores.html", render(document))):
            run.kept.append(str(path))
            tell(str(path))


def _print(tables: Mapping[str, Any]) -> None:
    for name, table in tables.items():
        if not table["questions"]:
            say(f"{name.capitalize()}: nothing sealed.")
            continue
        say(counts(name, table))
        for what, asked in (("whether", "Yes or no"), ("how_much", "How much")):
            found = table[what]
            if found["verdict"]:
                say(f"{asked}: {found['n']} resolved, {found['verdict']}.")
                continue
            came = f", of which {found['came_about']} came about" if "came_about" in found else ""
            say(f"{asked}: {found['n']} resolved{came}; intervals over {found['clusters']} {found['intervals_over']}s.")
            if found.get("caution"):
                say(found["caution"])
            show(SCORE_COLUMNS, score_rows(found["scores"]))
            if "reliability" in found:
                show(RELIABILITY_COLUMNS, reliability_rows(found["reliability"]))
