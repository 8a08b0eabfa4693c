"""`tocsin parameters`: every number with a meaning, with its value or prior and where it comes from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.app.options import Shape
from tocsin.app.terminal.endings import say
from tocsin.app.terminal.tables import show
from tocsin.errors import UnknownNameError

if TYPE_CHECKING:
    from tocsin.parameters import Parameter

COLUMNS = ("name", "value or prior", "unit", "range", "label", "meaning", "reference")


def parameters(
    *,
    mechanism: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only those of one mechanism, such as refusal (default: all).")
    ] = None,
    form: Annotated[Shape, typer.Option("--format", help="A table to read, or JSON for a program.")] = Shape.TABLE,
) -> None:
    """List parameters: value or prior, unit, range, label (S source, C computed, M memory, A assumption), reference."""
    from tocsin.parameters import parameters as catalogue

    known = list(dict.fromkeys(name.partition(".")[0] for name in catalogue()))
    if mechanism is not None and mechanism not in known:
        raise UnknownNameError("mechanism", mechanism, known)
    chosen = [p for p in catalogue().values() if mechanism in {None, p.name.partition(".")[0]}]
    if form is Shape.JSON:
        say(json.dumps([_fields(p) for p in chosen], ensure_ascii=True, indent=1))
    else:
        show(COLUMNS, (_row(p) for p in chosen))


def _row(p: Parameter) -> tuple[str, ...]:
    return (p.name, p.stated, p.unit, f"{p.low:g} to {p.high:g}", p.label, p.meaning, p.reference)


def _fields(p: Parameter) -> dict[str, Any]:
    given = {"value": p.fixed} if p.prior is None else {"prior": {p.prior.family: dict(p.prior.named)}}
    return {
        "name": p.name,
        "symbol": p.symbol,
        "meaning": p.meaning,
        "unit": p.unit,
        **given,
        "range": [p.low, p.high],
        "label": p.label,
        "reference": p.reference,
    }
