"""Remake the figures of docs/explanation/civil-violence.md between its marks.

Usage: python studies/epstein/make.py [--beside RUNS]

Writes the table of the three rounding rules; with --beside also runs Mesa's published example beside ours,
RUNS worlds of it (60 take some minutes), and compares them.
"""

import argparse
from pathlib import Path

import numpy as np
from beside import compared
from civil_violence import Setting, run
from kernel import FLOOR, NEAREST, PRINTED
from numpy.typing import NDArray

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "civil-violence.md"
STEPS, DROPPED, SEEDS = 3_000, 200, 10
OUTBURST = 50
"""Active citizens from which on an outburst is counted."""
RULES = {"as printed": PRINTED, "to the nearest": NEAREST, "down": FLOOR}


def outbursts(active: NDArray[np.int32]) -> NDArray[np.int64]:
    """Steps at which an outburst begins."""
    hot = active > OUTBURST
    return np.flatnonzero(hot[1:] & ~hot[:-1]) + 1


def row(name: str, rule: int, *, euclidean: bool, leaves: bool) -> str:
    worlds = [
        run(Setting(rounding=rule, euclidean=euclidean, leaves=leaves), STEPS, seed)[DROPPED:]
        for seed in range(1, SEEDS + 1)
    ]
    starts = [outbursts(active) for active in worlds]
    waits = np.concatenate([np.diff(one) for one in starts])
    cells = [
        name,
        "circle" if euclidean else "diamond",
        "moves first, leaves" if leaves else "decides first, stays",
        _range([active.mean() for active in worlds], ".1f"),
        _range([active.max() for active in worlds], ".0f"),
        _range([one.size for one in starts], ".0f"),
        f"{waits.mean():.0f} ± {waits.std():.0f}" if waits.size else "none",
    ]
    return "| " + " | ".join(cells) + " |"


def _range(values: list[float], form: str) -> str:
    return f"{min(values):{form}} to {max(values):{form}}"


def table() -> str:
    head = ["ratio rounded", "sight", "order; the arrested", "mean active", "most active", "outbursts", "steps between"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for euclidean in (False, True):
        for name, rule in RULES.items():
            lines += [row(name, rule, euclidean=euclidean, leaves=leaves) for leaves in (False, True)]
    return "\n".join(lines)


def put(mark: str, text: str) -> None:
    """Put `text` between the marks of a part of the page."""
    start, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    page = PAGE.read_text("utf-8")
    before, after = page.partition(start)[0], page.partition(end)[2]
    PAGE.write_text(f"{before}{start}\n\n{text}\n\n{end}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--beside", type=int, metavar="RUNS", default=0)
    asked = parser.parse_args()
    put("table", table())
    if asked.beside:
        put("beside", compared(asked.beside))


if __name__ == "__main__":
    main()
