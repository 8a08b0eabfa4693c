"""Tables on stdout: claims and summaries."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tocsin.app.terminal.endings import printable

PIPE_WIDTH = 160
"""Columns of a table that goes into a file or another program."""

CLAIM_COLUMNS = ("published", "speaker", "kind", "force", "indicator", "says", "quote")


def claim_rows(lines: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Yield a row of CLAIM_COLUMNS for each claim's line."""
    for line in lines:
        says = line["polarity"] if line["modality"] == "asserted" else f"{line['polarity']}, {line['modality']}"
        speaker = line["speaker"] or ("(the author)" if line["speaker_kind"] == "author" else "(unknown)")
        fields = (
            line["published"],
            speaker,
            line["speaker_kind"],
            line["force"] or "(unknown)",
            line["indicator"],
            says,
        )
        yield (*fields, " ".join(line["quote"].split()))


SIMULATION_COLUMNS = ("force", "when", "what", "5 %", "middle", "95 %")


def simulation_rows(summary: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield a row of SIMULATION_COLUMNS for each quantity of each force."""
    for force, moments in summary["forces"].items():
        for moment, quantities in moments.items():
            for quantity, band in quantities.items():
                numbers = (number(band[name]) for name in ("q05", "q50", "q95"))
                yield (force, moment, quantity.replace("_", " "), *numbers)


def number(value: float) -> str:
    """Write a number as a reader can use it.

    >>> number(0.59834), number(14320.0), number(0)
    ('0.598', '14,320', '0')
    """
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def one_line(text: str, longest: int) -> str:
    r"""Write a text as one line of at most `longest` characters.

    >>> one_line("They   refused\nall orders.", 14)
    'They refused …'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def show(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; what was read can't steer the terminal, the first column stays whole, and no word is cut off."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    heads = (Column(name, overflow="fold", no_wrap=not i) for i, name in enumerate(columns))
    table = Table(*heads, box=SIMPLE)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)
