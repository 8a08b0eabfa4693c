"""The `tocsin evaluate` commands: how well Tocsin reads, measured on what people marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app.options import ByModel, Shape, session
from tocsin.app.terminal.endings import printable, say
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import show
from tocsin.app.work import model_endpoint
from tocsin.errors import NothingFoundError, TocsinError

if TYPE_CHECKING:
    from tocsin.claims.evaluation.compare import Comparison
    from tocsin.claims.evaluation.score import Figure, Scores
    from tocsin.claims.read import Extractor

evaluate = typer.Typer(name="evaluate", no_args_is_help=True, help="Measure how well Tocsin reads.")


@evaluate.callback()
def evaluations() -> None:
    """Hold the commands of this group, also while there is only one."""


@evaluate.command(epilog="Example: tocsin evaluate claims gold.jsonl --errors 40")
def claims(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Reports with every claim marked, as JSON Lines.")],
    *,
    form: Annotated[Shape, typer.Option("--format", help="Scores as tables or as JSON.")] = Shape.TABLE,
    errors: Annotated[
        int, typer.Option(min=0, metavar="N", help="Print up to N errors of each kind, with their sentences.")
    ] = 0,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Print figures alone: for a set that nobody should have seen.")
    ] = False,
    alone: Annotated[
        bool, typer.Option("--without-parties", help="Do not tell the reader who fights, as a case would.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Seed of the resampling.")] = 1,
    by_model: ByModel = False,
) -> None:
    """Read the reports of GOLD as `tocsin read` would, and compare the claims with those that are marked."""
    if errors and no_text:
        raise typer.BadParameter("--errors prints sentences and --no-text forbids it. Leave one out.")
    from tocsin.claims.evaluation.score import document, score

    compared = _compared(gold, _model(context) if by_model else None, alone=alone)
    scores = score(compared, seed)
    if form is Shape.JSON:
        shown = document(scores)
        say(json.dumps(shown | {"errors": list(_errors(compared, errors))} if errors else shown, indent=1))
        return
    _tables(scores)
    for error in _errors(compared, errors):
        fields = [f"{name}: {value}" for name, value in error.items() if name != "sentence"]
        say(printable(f"\n{'  '.join(fields)}\n    {' '.join(str(error['sentence']).split())}"))


def _model(context: typer.Context) -> Extractor:
    """The language model of the settings, as a reader."""
    from tocsin.claims.llm.endpoint import connect
    from tocsin.claims.llm.reader import ModelReader

    endpoint = model_endpoint(session(context))
    return ModelReader(ask=connect(endpoint), name=endpoint.model)


def _compared(gold: Path, reader: Extractor | None, *, alone: bool) -> list[Comparison]:
    """Read and compare every report of a file."""
    from tocsin.claims.evaluation.compare import compare
    from tocsin.claims.evaluation.gold import read_gold
    from tocsin.claims.evaluation.placing import sides, stored
    from tocsin.claims.read import read_claims

    try:
        marked = list(read_gold(gold))
    except OSError as error:
        raise TocsinError(f"{gold} cannot be opened ({error.strerror}). Check the path.") from error
    if not marked:
        raise NothingFoundError(f"{gold.name} holds no report.")
    compared = []
    with progress().stage("Reading and comparing", len(marked)) as advance:
        for one in marked:
            report = stored(one)
            compared.append(
                compare(one, report, list(read_claims([report], () if alone else sides(one), reader=reader)))
            )
            advance()
    return compared


def _tables(scores: Scores) -> None:
    columns = ("what", "value", "95 % from", "to", "claims")
    show(columns, (_row(name, figure) for name, figure in scores.figures.items()))
    rows = (
        (
            row.indicator,
            str(row.right),
            str(row.false),
            str(row.missed),
            _f1(row.right, row.false, row.missed),
            ", ".join(f"{name} {count}" for name, count in row.instead.items()),
        )
        for row in scores.rows
    )
    show(("indicator", "right", "false", "missed", "F1", "where missed, found instead"), rows)
    show(("field of a matched claim", *columns[1:]), (_row(name, figure) for name, figure in scores.fields.items()))


def _row(name: str, figure: Figure) -> Sequence[str]:
    return (name, f"{figure.value:.3f}", f"{figure.low:.3f}", f"{figure.high:.3f}", str(figure.count))


def _f1(right: int, false: int, missed: int) -> str:
    whole = 2 * right + false + missed
    return f"{2 * right / whole:.2f}" if whole else ""


def _errors(compared: Sequence[Comparison], most: int) -> Iterator[dict[str, str | None]]:
    """Yield up to `most` errors of each kind, in the order of the reports."""
    seen: dict[str, int] = {}
    for one in compared:
        for error in _errors_of(one):
            kind = str(error["error"])
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] <= most:
                yield error


def _errors_of(one: Comparison) -> Iterator[dict[str, str | None]]:
    from tocsin.claims.evaluation.compare import judge, values

    for marked, instead in one.missed:
        yield {
            "error": "missed",
            "report": one.report,
            "marked": marked.indicator,
            "found": instead,
            "sentence": marked.sentence,
        }
    for claim in one.false:
        sentence = one.text[claim.sentence.start : claim.sentence.end]
        yield {
            "error": "false",
            "report": one.report,
            "found": claim.indicator,
            "by": claim.quote,
            "sentence": sentence,
        }
    for marked, claim in one.pairs:
        for field, right in judge(marked, claim):
            if not right:
                wanted, found = values(field, marked, claim)
                yield {
                    "error": field,
                    "report": one.report,
                    "indicator": marked.indicator,
                    "marked": wanted,
                    "found": found,
                    "sentence": marked.sentence,
                }
