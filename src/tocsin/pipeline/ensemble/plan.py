"""What an ensemble is made of, and which of its pieces are done: the manifest beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, final

from numpy.typing import NDArray

from tocsin import __version__
from tocsin.errors import TocsinError
from tocsin.forces.tree import Layout
from tocsin.ids import canonical, document, sha256
from tocsin.parameters import parameters
from tocsin.pipeline.case import Case
from tocsin.pipeline.ensemble.piece import Columns, Piece
from tocsin.simulation import draws
from tocsin.store.series import read_ensemble, write_ensemble

TABLES: Final = ("forces", "formations", "units")
MANIFEST: Final = "manifest.json"
NAMES: Final = "names.parquet"
_SIZE: Final = 10
"""Runs of a piece, whose soldiers are held in memory together; more only where there would be too many files."""
_MOST: Final = 1_000
"""Pieces of an ensemble."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An ensemble that is to be: all that its rows depend on, and how it is cut."""

    case: str
    made_of: str
    """SHA-256 of the forces as the case knows them, and of every parameter."""
    seed: int
    runs: int
    days: int
    units: bool
    size: int
    """Runs of a piece; nothing in the rows depends on it."""
    tocsin: str = __version__

    @property
    def tables(self) -> Sequence[str]:
        """The tables of a piece; the last one is written last."""
        return TABLES if self.units else TABLES[:2]

    @property
    def pieces(self) -> list[range]:
        """The runs of each piece."""
        return [range(a, min(a + self.size, self.runs)) for a in range(0, self.runs, self.size)]


def plan(case: Case, *, runs: int, days: int, seed: int, units: bool, size: int | None = None) -> Plan:
    """Plan an ensemble of a case."""
    numbers = {
        name: one for name, one in parameters().items() if name.partition(".")[0] in {*draws.MECHANISMS, "forces"}
    }
    made_of = [case.start, case.parties, case.orders(case.as_of), numbers]
    return Plan(
        case=case.name,
        made_of=sha256(canonical(made_of).encode()),
        seed=seed,
        runs=runs,
        days=days,
        units=units,
        size=size or max(_SIZE, -(-runs // _MOST)),
    )


@final
class Shelf:
    """The folder of an ensemble: one Parquet file a piece and table, and the manifest."""

    def __init__(self, folder: Path, made: Plan) -> None:
        """Open the folder, or begin it; raise TocsinError where it holds another ensemble or cannot be written."""
        self.folder, self.plan = folder, made
        wanted = _manifest(made)
        try:
            if (folder / MANIFEST).exists():
                _compare(folder, json.loads((folder / MANIFEST).read_text(encoding="utf-8")), wanted)
                return
            for table in made.tables:
                (folder / table).mkdir(parents=True, exist_ok=True)
            _whole(folder / MANIFEST, lambda part: part.write_text(document(wanted), encoding="utf-8", newline="\n"))
        except (OSError, ValueError) as error:
            raise TocsinError(f"{folder} could not be used ({error}). Choose another folder with --out DIR.") from error

    def path(self, table: str, number: int) -> Path:
        """Return where a piece of a table lies."""
        return self.folder / table / _file(number)

    def missing(self) -> list[int]:
        """Return the numbers of the pieces that are not done."""
        last = self.plan.tables[-1]
        return [number for number in range(len(self.plan.pieces)) if not self.path(last, number).exists()]

    def put(self, number: int, tables: Mapping[str, Columns]) -> None:
        """Write the tables of a piece, each whole or not at all."""
        for table in self.plan.tables:
            _whole(self.path(table, number), partial(write_ensemble, columns=tables[table]))

    def name(self, units: Columns) -> None:
        """Write which unit has which number, once."""
        if not (self.folder / NAMES).exists():
            _whole(self.folder / NAMES, lambda part: write_ensemble(part, units))

    def read(self, table: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, NDArray[Any]]]:
        """Yield the pieces of a table in the order of their runs, never all at once."""
        for number in range(len(self.plan.pieces)):
            yield read_ensemble(self.path(table, number), columns)


def pieces(made: Plan, numbers: Sequence[int], where: Layout) -> Iterator[Piece]:
    """Yield the tasks of those pieces; every run has the parameters that it has in an ensemble of any other size."""
    wanted = set(numbers)
    drawn = draws.draw_in_pieces(made.seed, map(len, made.pieces), int(where.force.max()) + 1)
    for number, (runs, scores) in enumerate(zip(made.pieces, drawn, strict=True)):
        if number in wanted:
            yield Piece(
                number=number, runs=runs, scores=scores, where=where, seed=made.seed, days=made.days, units=made.units
            )


def _manifest(made: Plan) -> dict[str, Any]:
    cut = [
        {"piece": number, "first": runs.start, "runs": len(runs), "file": _file(number)}
        for number, runs in enumerate(made.pieces)
    ]
    return {**asdict(made), "tables": list(made.tables), "pieces": cut}


def _compare(folder: Path, found: Any, wanted: Mapping[str, Any]) -> None:
    """Refuse a folder that holds another ensemble: nothing that took hours is ever overwritten."""
    if not isinstance(found, dict):
        raise ValueError(f"{MANIFEST} is no manifest")
    differ = [name for name in wanted if found.get(name) != wanted[name]]
    if differ:
        raise TocsinError(
            f"{folder} holds another ensemble (it differs in: {', '.join(differ)}). "
            "Choose another folder with --out DIR, or remove that one."
        )


def _file(number: int) -> str:
    return f"{number:04}.parquet"


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, and put it in its place when it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
