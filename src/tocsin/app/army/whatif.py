"""`tocsin whatif`: what would protect the soldiers of a force, on the same luck with and without it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from tocsin.app import options
from tocsin.app.options import Shape, session
from tocsin.app.terminal.endings import printable, say
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import number, show
from tocsin.settings import cores

COLUMNS = ("force", "what", "without", "with", "difference", "its interval", "if drawn apart", "runs", "gain")


def whatif(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="The forces and priors to simulate.")],
    *,
    change: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A what-if, as listed without this option; may be given several times."),
    ] = None,
    side: Annotated[
        str | None, typer.Option(metavar="NAME", help="Change only this force (default: every force in turn).")
    ] = None,
    runs: Annotated[
        int | None, typer.Option(min=2, max=100_000, metavar="N", help="Simulated histories, each with and without.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3_650, metavar="D", help="How many days they go on.")] = None,
    form: Annotated[Shape, typer.Option("--format", help="A table to read, or JSON for a program.")] = Shape.TABLE,
    seed: options.Seed = None,
    threads: options.Threads = None,
) -> None:
    """Compare a force with itself if its soldiers were better protected: paired histories, from the priors alone."""
    if not change:
        _list(case, form)
        return
    from tocsin.pipeline.ensemble.whatif import whatif as compare

    settings = session(context).settings
    found = compare(
        case,
        changes=change,
        side=side,
        runs=runs or settings.runs,
        days=days or settings.days,
        seed=settings.seed if seed is None else seed,
        threads=threads or cores(),
        progress=progress(),
    )
    if form is Shape.JSON:
        say(json.dumps(found, ensure_ascii=True, indent=1))
    else:
        _print(found)


def _print(found: Mapping[str, Any]) -> None:
    say(printable(f"{found['case']}: {found['runs']} pairs of histories of {found['days']} days, seed {found['seed']}"))
    for name, of in found["whatifs"].items():
        say(printable(f"\n{name}: {of['title']}\nprotects {of['protects']}"))
        show(COLUMNS, _rows(of["forces"]))
    say(
        f"Intervals hold the mean difference at {found['level']:.0%}, by model and priors; nothing is validated.\n"
        "runs: those in which it differs; gain: how many times as many runs, drawn apart, would be as sharp."
    )


def _list(case: str, form: Shape) -> None:
    """Print the what-ifs that there are; a case that is not there is told first."""
    from tocsin.inference.whatif.catalogue import whatifs
    from tocsin.pipeline.case import read_case

    read_case(case)
    if form is Shape.JSON:
        say(json.dumps([_fields(each) for each in whatifs().values()], ensure_ascii=True, indent=1))
        return
    show(
        ("what-if", "what would be otherwise", "whom it protects", "changes"),
        (
            (each.name, each.title, each.protects, ", ".join(_said(change) for change in each.changes))
            for each in whatifs().values()
        ),
    )


def _said(change: Any) -> str:
    return (
        f"{change.parameter} = {change.set:g}" if change.scale is None else f"{change.parameter} times {change.scale:g}"
    )


def _fields(each: Any) -> dict[str, Any]:
    changes = [
        {"parameter": c.parameter, **({"set": c.set} if c.scale is None else {"scale": c.scale})} for c in each.changes
    ]
    return {
        "name": each.name,
        "title": each.title,
        "protects": each.protects,
        "changes": changes,
        "label": each.label,
        "reference": each.reference,
    }


def _rows(forces: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for force, outcomes in forces.items():
        for row in outcomes.values():
            yield (
                force,
                row["title"],
                number(row["without"]),
                number(row["with"]),
                _signed(row["difference"]),
                "no run differs" if row["interval"] is None else _between(row["interval"]),
                _between(row["unpaired"]),
                number(row["differing"]),
                "" if row["gain"] is None else number(row["gain"]),
            )


def _between(ends: tuple[float, float]) -> str:
    return f"{_signed(ends[0])} to {_signed(ends[1])}"


def _signed(amount: float) -> str:
    return f"+{number(amount)}" if amount > 0 else number(amount)
