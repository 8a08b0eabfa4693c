"""`tocsin forecast` and `tocsin resolve`: seal what is expected, record what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app import options
from tocsin.app.options import Outcome, now, session
from tocsin.app.record.tables import FORECAST_COLUMNS, RESOLUTION_COLUMNS, forecast_rows, resolution_rows
from tocsin.app.terminal.endings import printable, say
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import show
from tocsin.app.work import keep, look_into, open_ledger, warn
from tocsin.settings import cores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.pipeline.record.sealed import Sealed


def forecast(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]", help="Files, or folders of files, of reports.")
    ] = None,
    *,
    case: Annotated[str, typer.Option(metavar="CASE", help="The forces, priors and questions to judge by.")],
    with_dossier: Annotated[
        bool, typer.Option("--with-dossier", help="Use the case's own reports too, not only yours.")
    ] = False,
    as_of: options.AsOf = None,
    published: options.Published = None,
    seed: options.Seed = None,
    threads: options.Threads = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Answer every question of a case and seal the answers, each with its baselines and all that it rests on."""
    from tocsin.pipeline.assess import assess
    from tocsin.pipeline.record.sealed import sealed

    run = session(context)
    with open_ledger(run, ledger) as book:
        result = assess(
            paths or [],
            case=case,
            with_dossier=with_dossier,
            as_of=as_of,
            seed=run.settings.seed if seed is None else seed,
            threads=threads or cores(),
            published=published,
            progress=progress(),
        )
        warn([*result.warnings, *result.problems])
        moment = now()
        keep(run, book, result.records, recorded=moment)
        mine = {str(record.id) for record in result.records if str(record.id).startswith("forecast-")}
        found = [one for one in sealed(book) if one.forecast.id in mine]
    show(FORECAST_COLUMNS, forecast_rows(found))
    say(printable(_sealed(found, new=sum(one.recorded == moment for one in found))))


def _sealed(found: Sequence[Sealed], *, new: int) -> str:
    kind = "live" if found[0].live else "retrospective"
    when = f"{found[0].recorded:%Y-%m-%d %H:%M} UTC"
    began = f"{new} forecasts sealed" if new else f"Nothing new: the same was sealed before, on {when}"
    return f"{began}, {kind}, as of {found[0].forecast.as_of}. They rest on {found[0].forecast.basis}."


def resolve(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[FORECAST]", help="The id of a forecast, or of its question.")
    ] = None,
    *,
    outcome: Annotated[Outcome | None, typer.Option(help="What came of it.")] = None,
    amount: Annotated[float | None, typer.Option(metavar="NUMBER", help="How much, where that is asked.")] = None,
    report: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A report that the outcome rests on; give it again for more.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="WHO", help="Who judges.")] = "not said",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; needed for void and disputed.")] = "",
    case: Annotated[
        str | None, typer.Option(metavar="CASE", help="Instead: record the outcomes that a case of the past brings.")
    ] = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Record what came of a question, on reports of two origins at least; a later word never wipes an earlier one."""
    if (name is None) == (case is None):
        raise typer.BadParameter("Give the id of a forecast, or --case CASE, and not both.")
    if name is not None and outcome is None:
        raise typer.BadParameter("Say with --outcome what came of it.")
    from tocsin.pipeline.record.resolve import Judgement, resolve_case
    from tocsin.pipeline.record.resolve import resolve as settle

    with look_into(session(context), ledger) as book:
        if case is not None:
            found, pending = resolve_case(book, case, now=now(), progress=progress())
        else:
            judgement = Judgement(outcome=str(outcome), amount=amount, by=by, reason=reason)  # type: ignore[arg-type]
            found, pending = [settle(book, str(name), judgement, report or [], now=now(), progress=progress())], 0
    show(RESOLUTION_COLUMNS, resolution_rows(found))
    new = sum(one.new for one in found)
    left = f" {pending} windows are left open." if pending else ""
    say(f"{new} recorded, {len(found) - new} as recorded before.{left}")
