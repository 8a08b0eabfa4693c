"""The `tocsin` command: one subcommand a verb of the pipeline. Each parses, calls and prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from tocsin import __version__
from tocsin.app import options
from tocsin.app.army.parameters import parameters
from tocsin.app.army.whatif import whatif
from tocsin.app.doors import doors
from tocsin.app.ledger.care import ledger as care
from tocsin.app.ledger.grade import grade
from tocsin.app.ledger.origins import origins
from tocsin.app.ledger.quarantine import quarantine
from tocsin.app.ledger.records import records
from tocsin.app.measure.backtest import backtest
from tocsin.app.measure.evaluate import evaluate
from tocsin.app.measure.validate import validate
from tocsin.app.options import Format, session
from tocsin.app.record.export import export, import_records
from tocsin.app.record.forecast import forecast, resolve
from tocsin.app.record.replay import diff, replay
from tocsin.app.record.score import score
from tocsin.app.terminal.endings import Exit, end, say
from tocsin.app.terminal.tables import show
from tocsin.app.work import assess_and_write, read_and_print, simulate_and_print, trace_and_print

app = typer.Typer(
    name="tocsin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read what is said about an armed force, and see how near it may be to breaking and what may follow.",
    epilog="Begin with: tocsin demo",
)


app.add_typer(doors)
app.add_typer(backtest)
app.add_typer(evaluate)
app.command(epilog="Example: tocsin origins items.jsonl --format table")(origins)
app.command(
    epilog='Example: tocsin grade "The Gazette" --reliability B --by "A. Analyst" --reason "borne out in March"'
)(grade)
app.add_typer(quarantine)
app.add_typer(records)
app.add_typer(care)
app.command(epilog="Example: tocsin validate --pattern V7 --quick")(validate)


@app.callback(invoke_without_command=True)
def tocsin(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Hold what belongs to the command as a whole."""
    if version:
        typer.echo(f"tocsin {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), nl=False)
        raise typer.Exit


@app.command(epilog="Example: tocsin demo --out demo")
def demo(
    context: typer.Context,
    out: options.Out = Path("demo"),
    seed: options.Seed = None,
    threads: options.Threads = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Assess the bundled dossier: write brief.html and assessment.json, print the headlines."""
    run = session(context)
    assess_and_write(
        run, [], case=run.settings.demo_case, with_dossier=True, out=out, seed=seed, threads=threads, ledger=ledger
    )


@app.command(epilog="Example: tocsin read notes/ article.html --published 2022-05-17 --format table")
def read(
    context: typer.Context,
    paths: options.Paths,
    *,
    form: Annotated[
        Format, typer.Option("--format", help="Claims as JSON Lines or as a table, or the stored text of the reports.")
    ] = Format.JSONL,
    published: options.Published = None,
    case: Annotated[str | None, typer.Option(metavar="CASE", help="Whose forces to look for.")] = None,
    sources: options.SourcesFile = None,
    by_model: options.ByModel = False,
    up_to: options.UpTo = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Read reports: who claims what about which force, with the characters that say so."""
    read_and_print(
        session(context),
        paths,
        form=form,
        published=published,
        case=case,
        sources=sources,
        by_model=by_model,
        up_to=up_to,
        ledger=ledger,
    )


@app.command(epilog="Example: tocsin assess article.txt --case ukraine-2022 --with-dossier --out assessment")
def assess(
    context: typer.Context,
    paths: options.Paths,
    case: Annotated[str, typer.Option(metavar="CASE", help="The forces, priors and questions to judge by.")],
    *,
    with_dossier: Annotated[
        bool, typer.Option("--with-dossier", help="Use the case's own reports too, not only yours.")
    ] = False,
    as_of: options.AsOf = None,
    side: Annotated[str | None, typer.Option(metavar="NAME", help="Only this force (default: all).")] = None,
    published: options.Published = None,
    sources: options.SourcesFile = None,
    out: options.Out = Path("assessment"),
    seed: options.Seed = None,
    threads: options.Threads = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Go from reports to a brief: claims, evidence, the state of each force, forecasts."""
    assess_and_write(
        session(context),
        paths,
        case=case,
        with_dossier=with_dossier,
        as_of=as_of,
        side=side,
        published=published,
        sources=sources,
        out=out,
        seed=seed,
        threads=threads,
        ledger=ledger,
    )


app.command(epilog="Example: tocsin forecast --case ukraine-2022 --with-dossier --as-of 2022-04-30")(forecast)
app.command(epilog="Example: tocsin resolve --case ukraine-2022")(resolve)
app.command(epilog="Example: tocsin score --case ukraine-2022 --out scores")(score)
app.command(epilog="Example: tocsin replay --case ukraine-2022 --as-of 2022-05-17 --out replay")(replay)
app.command(epilog="Example: tocsin diff before/assessment.json after/assessment.json")(diff)
app.command(epilog="Example: tocsin export --format annotation --out exported")(export)
app.command("import", epilog="Example: tocsin import exported/records.json --ledger another.db")(import_records)


@app.command(epilog="Example: tocsin simulate ukraine-2022 --runs 200 --days 90 --out futures")
def simulate(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The forces and priors to simulate.")],
    *,
    runs: Annotated[int | None, typer.Option(min=1, max=100_000, metavar="N", help="Simulated histories.")] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3_650, metavar="D", help="How many days they go on.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write simulation.json, simulation.html and ensemble/ here.")
    ] = None,
    units: options.Units = False,
    crew: Annotated[
        options.Crew, typer.Option("--on", help="Who does the runs; the results are the same.")
    ] = options.Crew.THREADS,
    trace: options.Trace = False,
    battalion: options.Battalion = None,
    soldier: options.Soldier = None,
    seed: options.Seed = None,
    threads: options.Threads = None,
    ledger: options.LedgerFile = None,  # noqa: ARG001  taken as everywhere; there is nothing to keep
) -> None:
    """Simulate futures of a case without any evidence, from the priors alone.

    Stopped half-way, the same command goes on from the pieces in DIR/ensemble.
    """
    if units and out is None:
        raise typer.BadParameter("it needs a place to write to: --out DIR.", param_hint="--units")
    if trace:
        trace_and_print(session(context), case, days=days, out=out, seed=seed, unit=battalion, soldier=soldier)
        return
    if battalion is not None or soldier is not None:
        raise typer.BadParameter("it says whom to follow: add --trace.", param_hint="--battalion, --soldier")
    simulate_and_print(
        session(context),
        case,
        runs=runs,
        days=days,
        out=out,
        units=units,
        on_ray=crew is options.Crew.RAY,
        seed=seed,
        threads=threads,
    )


app.command(epilog="Example: tocsin whatif ukraine-2022 --change pay --change blocking --runs 200 --days 90")(whatif)
app.command(epilog="Example: tocsin parameters --mechanism refusal")(parameters)


@app.command(epilog="Example: tocsin doctor --json")
def doctor(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")] = False,
    ledger: options.LedgerFile = None,
) -> None:
    """Say what is installed, what is missing, and how to get it."""
    from tocsin.app.measure.doctor import examine

    settings = session(context).settings
    checks = list(examine(settings, ledger or settings.ledger))
    if as_json:
        say(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        marks = ("missing", "ok")
        show(("", "what", "found", "to mend it"), ((marks[c.good], c.name, c.found, c.remedy or "") for c in checks))
    if any(check.needed and not check.good for check in checks):
        raise typer.Exit(Exit.INPUT)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code: 0 done, 1 input, 2 usage, 3 nothing found, 70 our fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    run = options.Session()
    command = typer.main.get_command(app)
    sys.exit(
        end(
            lambda: command.main(arguments, prog_name="tocsin", obj=run),
            kept=run.kept,
            logs=run.settings.logs,
        )
    )
