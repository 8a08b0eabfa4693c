"""What-if: how a force of a case would fare if something that protects its soldiers were otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tocsin.errors import TocsinError, UnknownNameError
from tocsin.forces.tree import Resolution, layout
from tocsin.inference.whatif.catalogue import Outcome, outcomes, whatifs
from tocsin.inference.whatif.compare import Bench, bench
from tocsin.inference.whatif.paired import Difference
from tocsin.parameters import value
from tocsin.pipeline.case import read_case
from tocsin.pipeline.progress import Progress


def whatif(
    case: str,
    *,
    changes: Sequence[str],
    side: str | None,
    runs: int,
    days: int,
    seed: int,
    threads: int,
    progress: Progress,
) -> dict[str, Any]:
    """Simulate `runs` histories without and, for each change and force, with it, on the same draws and luck.

    Each change is made to one force at a time (`side`, or every force in turn) and compared with no change at all.
    """
    known = whatifs()
    if runs < 2 or days < 1:
        raise TocsinError("A what-if needs at least two runs and one day: --runs 2 or more, --days 1 or more.")
    setting = read_case(case)
    forces = list(setting.forces)
    sides = forces if side is None else [side]
    for kind, names, there in (("what-if", changes, list(known)), ("force", sides, forces)):
        for name in names:
            if name not in there:
                raise UnknownNameError(kind, name, there)
    opponents = [party.opponents for party in setting.parties]
    where = layout(setting.orders(setting.as_of), opponents, Resolution.BATTALION)
    measured, level = outcomes(), value("inference.whatif_level")
    whole = bench(where, measured, runs=runs, seed=seed, days=days, threads=threads)
    _compile(whole, progress)
    found: dict[str, Any] = {}
    with progress.stage("Simulating", runs * days * (1 + len(set(changes)) * len(sides))) as tick:
        without = whole.outcomes_of(whole.drawn, tick)
        for name in dict.fromkeys(changes):
            found[name] = {"title": known[name].title, "protects": known[name].protects, "forces": {}}
            for force in sides:
                compared = whole.compare(known[name], forces.index(force), without, level=level, done=tick)
                found[name]["forces"][force] = _written(compared, measured)
    return {"case": setting.name, "runs": runs, "days": days, "seed": seed, "level": level, "whatifs": found}


def _compile(whole: Bench, progress: Progress) -> None:
    with progress.stage("Getting ready (the first time on a machine, this compiles for about a minute)", 1) as tick:
        replace(whole, drawn=whole.drawn[:1], days=1).outcomes_of(whole.drawn[:1], tick)


def _written(compared: Mapping[str, Difference], measured: Mapping[str, Outcome]) -> dict[str, Any]:
    return {
        name: {
            "title": measured[name].title,
            "without": _short(row.without),
            "with": _short(row.changed),
            "difference": _short(row.difference),
            "interval": None if row.interval is None else [_short(end) for end in row.interval],
            "unpaired": [_short(end) for end in row.unpaired],
            "differing": row.differing,
            "gain": None if row.gain is None else _short(row.gain),
        }
        for name, row in compared.items()
    }


def _short(number: float) -> float:
    return float(f"{number:.4g}")
