"""The `tocsin validate` command: how like armies of the past the simulated army is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from tocsin.app.options import Seed, Shape, Threads
from tocsin.app.terminal.endings import say
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import number, show
from tocsin.settings import cores


def validate(
    *,
    pattern: Annotated[
        list[str] | None,
        typer.Option("--pattern", metavar="NAME", help="Look for this pattern alone, such as V7; may be repeated."),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A fifth of the runs: a first look, not a verdict.")] = False,
    form: Annotated[Shape, typer.Option("--format", help="Figures as a table or as JSON.")] = Shape.TABLE,
    seed: Seed = None,
    threads: Threads = None,
) -> None:
    """Look for patterns of armies of the past in the simulated army, and hold each figure against its band."""
    from tocsin.inference.patterns.document import chosen, document

    names = chosen(pattern or [])
    with progress().stage("Looking for patterns", len(names)) as advance:
        found = document(names, quick=quick, seed=1 if seed is None else seed, threads=threads or cores(), done=advance)
    if form is Shape.JSON:
        say(json.dumps(found, indent=1, allow_nan=False))
        return
    show(("pattern", "half", "figure", "value", "band", "holds"), (_pattern_row(row) for row in found["figures"]))
    if found["judged"]:
        say(f"{found['held']} of {found['judged']} figures lie in their bands, which are older than any fit.")
        say("Those that do not are findings and no error: docs/explanation/validation.md says why.")


def _pattern_row(row: Mapping[str, Any]) -> Sequence[str]:
    value = "none" if row["value"] is None else number(row["value"])
    verdict = "NO"
    if row["holds"] is None:
        value, verdict = "", f"see {row['shown_by']}"
    elif row["holds"]:
        verdict = "yes"
    between = f"{number(row['low'])} to {number(row['high'])}"
    return (row["pattern"], row["half"], f"{row['title']}: {row['meaning']}", value, between, verdict)
