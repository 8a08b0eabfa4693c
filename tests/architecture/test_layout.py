"""The tree keeps its sizes, and its contracts name every package there is."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tocsin"
MODULES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted(path.parent for path in SOURCE.rglob("__init__.py"))

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_CLASS = 200
MOST_ENTRIES = 10
MEDIAN_MODULE = 130
PUBLIC_NAMES = 20

Node = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def code_length(node: Node) -> int:
    """Count the lines of a function or class from its `def` on, decorators and docstring left out."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(node.body) > 1
    doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or 0) - node.lineno + 1 - doc


def nodes(kinds: type | tuple[type, ...]) -> Iterator[tuple[str, Node]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                yield f"{name(path)}:{node.name}", node  # type: ignore[attr-defined,misc]


def contracts() -> list[dict[str, object]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(config["tool"]["importlinter"]["contracts"])


def test_no_module_is_too_long() -> None:
    assert {name(path): lines(path) for path in MODULES if lines(path) > LONGEST_MODULE} == {}


def test_modules_are_short_as_a_rule() -> None:
    assert median(lines(path) for path in MODULES if path.name != "__init__.py") <= MEDIAN_MODULE


def test_no_function_is_too_long() -> None:
    functions = nodes((ast.FunctionDef, ast.AsyncFunctionDef))

    assert {at: n for at, node in functions if (n := code_length(node)) > LONGEST_FUNCTION} == {}


def test_no_class_is_too_long() -> None:
    assert {at: n for at, node in nodes(ast.ClassDef) if (n := code_length(node)) > LONGEST_CLASS} == {}


def test_no_package_holds_too_much() -> None:
    below_root = [package for package in PACKAGES if package != SOURCE]
    entries = {
        name(package): sum(not path.name.startswith("__") for path in package.iterdir()) for package in below_root
    }

    assert {package: n for package, n in entries.items() if n > MOST_ENTRIES} == {}


def test_no_package_is_named_for_a_drawer() -> None:
    drawers = {"utils", "util", "common", "core", "helpers", "managers", "misc", "lib", "base"}

    assert [name(path) for path in MODULES if drawers & {path.stem, path.parent.name}] == []


def test_the_catalogue_holds_no_python() -> None:
    assert list((SOURCE / "catalog").rglob("*.py")) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_begins_by_saying_what_it_is_for(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert doc
    assert doc.splitlines()[0].endswith((".", ":", "?"))


def test_the_package_has_few_public_names() -> None:
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    imported = [alias for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]

    assert len(imported) <= PUBLIC_NAMES


def test_contracts_that_name_packages_leave_none_out() -> None:
    there = {path.stem for path in SOURCE.iterdir() if path.suffix == ".py"} | {
        package.name for package in PACKAGES if package.parent == SOURCE
    }
    allowed = {
        "Only the store speaks to databases": {"store"},
        "Settings are read only where people and stages meet": {
            *("app", "pipeline", "settings"),
            *("cells", "dates", "errors", "ids", "parameters"),  # they lie below it or beside it
        },
    }
    for contract in contracts():
        if contract["name"] in allowed:
            named = {str(module).removeprefix("tocsin.") for module in contract["source_modules"]}  # type: ignore[attr-defined]

            assert there - {"__init__", "__main__"} - named == allowed[str(contract["name"])]


def imports(path: Path) -> set[str]:
    """Return the full names that a module imports; of `from a import b` both `a` and `a.b`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_a_kernel_and_what_it_rests_on_import_only_numpy_and_numba() -> None:
    modules = {".".join(("tocsin", *path.relative_to(SOURCE).with_suffix("").parts)): path for path in MODULES}
    open_ends = [module for module in modules if module.endswith(".kernel")]
    seen: set[str] = set()
    others: set[str] = set()
    while open_ends:
        module = open_ends.pop()
        seen.add(module)
        imported = imports(modules[module])
        open_ends += [found for found in imported if found in modules and found not in seen]
        others |= {found.partition(".")[0] for found in imported} - {"tocsin"}

    assert seen
    assert others <= {"__future__", "math", "typing", "numpy", "numba"}


def test_the_environment_is_read_only_in_app_and_pipeline() -> None:
    readers = [
        name(path)
        for path in MODULES
        if path.relative_to(SOURCE).parts[0] not in {"app", "pipeline"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]

    assert readers == []
