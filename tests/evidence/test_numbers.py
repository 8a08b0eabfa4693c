"""No number with a meaning hides in the code that weighs evidence: it stands in the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tocsin.parameters import CATALOGUE

SOURCE = CATALOGUE.parent
HASHING = {"kernel.py", "keys.py"}
"""Bits of keys in `evidence/origins/texts`; they weigh nothing."""
WEIGHING = [
    *(path for path in sorted((SOURCE / "evidence").rglob("*.py")) if path.name not in HASHING),
    SOURCE / "inference" / "observe.py",
]
ARITHMETIC = {0, 1, 2, 4, 0.5, -1, -0.5, 1e-12, 1e-9, 1e-6}
"""Halves, squares, quarter-free bounds that keep a logarithm finite, and the places of a list."""


def _numbers(path: Path) -> Iterator[tuple[int, float]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    numerical = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node.func) in NUMERICAL
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node not in numerical:
            yield node.lineno, float(node.value)


NUMERICAL = {"linspace", "geomspace", "clip", "quantile", "ppf", "maximum", "array"}
"""Grids, guards of logarithms and the two ends of an interval are no model."""


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


SETTLED = {7.0, 6.0, 3.0, 5.0, 60.0, 200.0, 400.0, 30.0, 1e-3, 100.0, 10.0, 120.0, 1000.0, 1900.0, 4000.0, 1e18}
"""Days of a week, digits of a grade, draws and rounds: bounds of a computation, each explained in its place."""


def test_every_number_of_the_model_stands_in_the_catalogue() -> None:
    bare = {
        f"{path.relative_to(SOURCE)}:{line} {number}"
        for path in WEIGHING
        for line, number in _numbers(path)
        if number not in ARITHMETIC | SETTLED
    }
    assert bare == set()
