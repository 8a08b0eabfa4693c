"""`tocsin replay` and `tocsin diff`: what was said then, and what is said otherwise now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.app import options
from tocsin.app.files import write_json, write_text
from tocsin.app.options import Session, Shape, session
from tocsin.app.record.tables import CHANGE_COLUMNS, change_rows
from tocsin.app.terminal.endings import printable, say, tell
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import show
from tocsin.app.work import look_into
from tocsin.settings import cores

if TYPE_CHECKING:
    from tocsin.pipeline.record.replay import Replayed
    from tocsin.store.ledger import Ledger


def replay(
    context: typer.Context,
    *,
    case: Annotated[str, typer.Option(metavar="CASE", help="The case that was judged.")],
    as_of: Annotated[
        date, typer.Option("--as-of", parser=options.day, metavar="DATE", help="As of which day it was judged.")
    ],
    recorded: Annotated[
        datetime | None,
        typer.Option(
            parser=options.moment,
            metavar="TIME",
            help="Use only what the ledger held at this moment (UTC), or at the end of this day (default: now).",
        ),
    ] = None,
    side: Annotated[str | None, typer.Option(metavar="NAME", help="Only this force (default: all).")] = None,
    out: options.Out = Path("replay"),
    seed: options.Seed = None,
    threads: options.Threads = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Give the assessment that was given of a day, or would have been, from the ledger alone."""
    from tocsin.pipeline.record.replay import replay as again

    run = session(context)
    with look_into(run, ledger) as book:
        made = again(
            book,
            case,
            as_of=as_of,
            recorded=recorded,
            side=side,
            seed=run.settings.seed if seed is None else seed,
            threads=threads or cores(),
            progress=progress(),
        )
    _write(run, made, out)


def _write(run: Session, made: Replayed, out: Path) -> None:
    from tocsin.products.brief import render

    for path in (
        write_json(out / "assessment.json", made.assessment),
        write_text(out / "brief.html", render(made.assessment)),
    ):
        run.kept.append(str(path))
        say(str(path))
    say(_verdict(made))
    for line in made.changes:
        say(printable(f"  {line}"))


def _verdict(made: Replayed) -> str:
    if made.given is None or made.recorded is None:
        return "No assessment of that day had been given by then; this is the one that would have been."
    name = f"{made.given.id}, sealed {made.recorded:%Y-%m-%d %H:%M} UTC"
    if made.identical:
        return f"Identical, byte for byte, to the one given: {name}."
    if made.changes:
        return f"Not identical to the one given ({name}), for what makes it has changed since:"
    return f"Not identical to the one given ({name}), though nothing that makes it has changed: another machine?"


def diff(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="An assessment.json, or the id of an assessment or forecast.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The one to compare it with.")],
    *,
    form: Annotated[Shape, typer.Option("--format", help="As tables or as JSON.")] = Shape.TABLE,
    case: Annotated[
        str | None, typer.Option(metavar="CASE", help="The folder of the case, where it is none that is shipped.")
    ] = None,
    threads: options.Threads = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Say what changed between two assessments, and which claims did it; sealed ones are made again first."""
    from tocsin.pipeline.record.diff import diff as compare
    from tocsin.pipeline.record.diff import read_assessment

    run = session(context)
    files = [name for name in (a, b) if Path(name).is_file() or name.endswith(".json")]
    if len(files) == 2:
        found = compare(*(read_assessment(Path(name)) for name in files))
    else:
        with look_into(run, ledger) as book:
            pair = [
                read_assessment(Path(name)) if name in files else _sealed(book, name, case, threads) for name in (a, b)
            ]
        found = compare(*pair)
    if form is Shape.JSON:
        say(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _print(found)


def _sealed(book: Ledger, name: str, case: str | None, threads: int | None) -> dict[str, Any]:
    from tocsin.pipeline.record.replay import replay_sealed

    made = replay_sealed(book, name, case=case, threads=threads or cores(), progress=progress())
    if not made.identical:
        tell(f"{name} could not be made again as it was given:")
        for line in made.changes:
            tell(printable(f"  {line}"))
    return made.assessment


def _print(found: Mapping[str, Any]) -> None:
    heads = [f"{found[side]['case']} as of {found[side]['as_of']}" for side in ("a", "b")]
    say(printable(f"A: {heads[0]}\nB: {heads[1]}"))
    if found["made"]:
        say(f"Made differently: {', '.join(found['made'])}.")
    rows = list(change_rows(found))
    if rows:
        show(CHANGE_COLUMNS, rows)
    for side, name in (("only_a", "A"), ("only_b", "B")):
        for report in found["reports"][side]:
            say(printable(f"Only {name} has {report['id']}: {report['source'] or 'unknown'}, {report['published']}"))
            for claim in found["claims"][side]:
                if claim["report"] == report["id"]:
                    say(_claim(claim))
    for claim in found["claims"]["changed"]:
        fields = [name for name in claim["changes"] if name != "weight"]
        if fields:
            say(f"Changed ({', '.join(fields)}):\n{_claim(claim)}")
    if not rows and not any(found["claims"].values()):
        say("Nothing that is shown has changed.")


def _claim(claim: Mapping[str, Any]) -> str:
    says = f"{claim['force'] or 'unknown force'}, {claim['indicator']} {claim['polarity']}"
    weight = f"; {claim['weight']:.3g} nats" if "weight" in claim else ""
    return printable(f"  {claim['id']} {says}{weight}: {' '.join(claim['quote'].split())}")
