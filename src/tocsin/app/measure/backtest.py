"""The `tocsin backtest` commands: how well the project's methods would have done on what is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app.options import Shape
from tocsin.app.terminal.endings import say, tell
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import show
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.forecasts.battles.folds import Fold

backtest = typer.Typer(name="backtest", no_args_is_help=True, help="Test the methods on cases whose outcome is known.")


@backtest.callback()
def backtests() -> None:
    """Hold the commands of this group, also while there is only one."""


@backtest.command(epilog="Example: tocsin backtest battles --test my-battles.csv --predictions predictions.csv")
def battles(
    *,
    train: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV",
            help="Battles to learn from, in the columns of CDB90 (default: the table that comes with Tocsin).",
        ),
    ] = None,
    test: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV", help="Battles to predict (default: leave out one war of the training table at a time)."
        ),
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Write every prediction to this file.")
    ] = None,
    form: Annotated[Shape, typer.Option("--format", help="Scores as a table or as JSON.")] = Shape.TABLE,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="The same seed gives the same predictions.")] = 1,
) -> None:
    """Say when a side broke: a regression on battles, against simpler ones. `tocsin` here is not the simulator."""
    from tocsin.forecasts.battles.folds import apart, held_out
    from tocsin.inference.battles.table import SHIPPED, read_battles

    known = read_battles(train or SHIPPED)
    folds = list(held_out(known)) if test is None else [apart(known, read_battles(test))]
    if test is not None and len(folds[0].train) < len(known):
        tell(f"{len(known) - len(folds[0].train)} training battles are also, or partly, in the test and are left out.")
    _judge(folds, predictions, form, seed)


def _judge(folds: Sequence[Fold], predictions: Path | None, form: Shape, seed: int) -> None:
    """Predict the folds, write the predictions and print the scores."""
    from tocsin.forecasts.battles.backtest import backtest as run
    from tocsin.forecasts.battles.backtest import steps
    from tocsin.forecasts.battles.summary import TABLE_COLUMNS, summary, table_rows, write_predictions

    with progress().stage("Fitting and predicting", steps(len(folds))) as advance:
        found = run(folds, seed, advance)
    document = summary(found, seed)
    if predictions is not None:
        try:
            with predictions.open("w", encoding="utf-8", newline="") as stream:
                write_predictions(found, stream)
        except OSError as error:
            raise TocsinError(f"{predictions} cannot be written ({error.strerror}). Choose another place.") from error
    if form is Shape.JSON:
        say(json.dumps(document, indent=1, allow_nan=False))
    else:
        show(TABLE_COLUMNS, table_rows(document))
