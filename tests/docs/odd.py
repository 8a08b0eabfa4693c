"""Write docs/reference/odd.md, the ODD description of the simulated army, from code and catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import odd_prose as prose
from numbers_page import row

from tocsin.forces import soldiers
from tocsin.forces.state import COMMAND, COURSES, LEVELS, UNIT
from tocsin.parameters import parameters
from tocsin.simulation.desk.records import MEASURES
from tocsin.simulation.draws import MECHANISMS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "odd.md"
SOURCE = ROOT / "src" / "tocsin"
DAY = SOURCE / "simulation" / "day"
KERNEL = SOURCE / "simulation" / "kernel.py"


def page() -> str:
    """Return the whole page."""
    parts = [
        prose.HEAD,
        prose.PURPOSE,
        *entities(),
        *schedule(),
        prose.CONCEPTS,
        *observation(),
        *initialization(),
        prose.INPUT,
        *submodels(),
        *numbers(),
    ]
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def entities() -> Iterator[str]:
    """Yield section 2: entities, state variables, scales."""
    yield prose.ENTITIES
    yield "### Soldiers"
    yield docstring(SOURCE / "forces" / "soldiers.py")
    for name in ("TYPES", "ATTACHMENTS", "PRESENT_OR_AWAY", "GONE", "VEHICLES", "VEHICLE_FATES", "LAYERS"):
        yield (
            f"* `{name}`: {', '.join(getattr(soldiers, name))}. {noted('forces/soldiers.py', name)}".rstrip(". ") + "."
        )
    for title, name, record in (("Units", "UNIT", UNIT), ("Forces: head and home", "COMMAND", COMMAND)):
        yield f"### {title}\n\n{fields(record, noted('forces/state.py', name))}"
    yield f"What an independent unit may do: {', '.join(COURSES[1:])}. Reports rise through at most {LEVELS} levels."
    yield prose.SCALES


def schedule() -> Iterator[str]:
    """Yield section 3: the processes of a day, in the order in which the kernel calls them."""
    yield prose.OVERVIEW
    yield "\n".join(
        f"{number}. `{module}.{name}`: {first_sentence(docs(module)[name])}"
        for number, (module, name) in enumerate(called(), 1)
    )
    yield prose.ORDER


def observation() -> Iterator[str]:
    """Yield what is written down: measures and events."""
    yield f"### Measures\n\n{fields(MEASURES, noted('simulation/desk/records.py', 'MEASURES'))}"
    events = [name.lower().replace("_", " ") for name in together("BREAK")]
    causes = [name.lower() for name in together("FIREPOWER")]
    yield f"### Events\n\n{', '.join(events)}. A break has a cause: {', '.join(causes)}."
    yield docstring(SOURCE / "simulation" / "desk" / "journal.py")


def initialization() -> Iterator[str]:
    """Yield section 5."""
    yield prose.INITIALIZATION
    muster = SOURCE / "simulation" / "engines" / "muster.py"
    for name in ("muster", "settle", "fill", "begin_unit"):
        yield f"* `{name}`: {text_of(functions(muster)[name])}"
    yield docstring(SOURCE / "forces" / "tree.py")


def submodels() -> Iterator[str]:
    """Yield section 7: each mechanism of a day, with the functions it has and the parameters it reads."""
    yield prose.SUBMODELS
    for module in days_modules():
        path = DAY / f"{module}.py"
        yield f"### {module.capitalize()}\n\n{docstring(path)}"
        yield "\n".join(f"* `{name}`: {text_of(node)}" for name, node in functions(path).items())
        read = ", ".join(f"`{name}`" for name in read_by(path))
        yield f"Parameters: {read}." if read else "It has no parameters of its own."


def numbers() -> Iterator[str]:
    """Yield the tables of parameters."""
    yield prose.NUMBERS
    for mechanism in (*MECHANISMS, "forces"):
        rows = "".join(row(p) for p in parameters().values() if p.name.startswith(f"{mechanism}."))
        yield (
            f"### `{mechanism}.toml`\n\n| name | meaning | unit | value or prior | range | label | reference |\n"
            f"|---|---|---|--:|---|---|---|\n{rows}"
        )


def days_modules() -> list[str]:
    """The mechanisms of a day in the order in which the first function of each is called."""
    return list(dict.fromkeys(module for module, _ in called() if module != "evening"))


@cache
def called() -> tuple[tuple[str, str], ...]:
    """Module and name of each mechanism that a day calls, in order, each where it comes first."""
    tree = ast.parse(KERNEL.read_text(encoding="utf-8"))
    origin = {
        alias.name: str(node.module).rpartition(".")[2]
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and re.search(r"simulation\.(day\.|evening$)", str(node.module))
        for alias in node.names
    }
    local = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    found: dict[tuple[str, str], None] = {}

    def follow(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            follow(child)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in origin:
                found.setdefault((origin[node.func.id], node.func.id))
            elif node.func.id in local:
                follow_all(local[node.func.id].body)

    def follow_all(body: list[ast.stmt]) -> None:
        for statement in body:
            follow(statement)

    days = next(node for node in local["advance"].body if isinstance(node, ast.For))
    follow_all(days.body)
    return tuple(found)


def docs(module: str) -> dict[str, str]:
    """Docstrings of a mechanism's functions."""
    path = SOURCE / "simulation" / "evening.py" if module == "evening" else DAY / f"{module}.py"
    return {name: text_of(node) for name, node in functions(path).items()}


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """Public functions of a module, in their order."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")}


def text_of(node: ast.FunctionDef) -> str:
    """What a function says of itself, in one paragraph, its list of arguments left out."""
    doc = (ast.get_docstring(node) or "").partition("\nParameters\n")[0]
    return " ".join(doc.split())


def docstring(path: Path) -> str:
    """What a module says of itself."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def noted(module: str, name: str) -> str:
    """What stands below a constant in a module."""
    body = ast.parse((SOURCE / module).read_text(encoding="utf-8")).body
    for node, after in pairwise(body):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Name) and t.id == name for t in targets) and isinstance(after, ast.Expr):
            return str(ast.literal_eval(after.value)).strip()
    return ""


def together(name: str) -> list[str]:
    """Names that `codes` numbers in one line with `name`."""
    tree = ast.parse((SOURCE / "simulation" / "desk" / "codes.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            names = [target.id for target in node.targets[0].elts if isinstance(target, ast.Name)]
            if name in names:
                return names
    raise LookupError(name)


def read_by(path: Path) -> list[str]:
    """Names of the parameters that a module reads, in the order of the catalogue."""
    named = {n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)}
    return [name for name in parameters() if name in named]


def fields(record: np.dtype[Any], note: str = "") -> str:
    """A table of the fields of a record, with what the note below it says of each."""
    meanings = dict(re.findall(r"(\w+) : ([^;]+?)(?:;|\.?$)", " ".join(note.split())))
    lines = ["| field | type | of | meaning |", "|---|---|---|---|"]
    for name in record.names or ():
        kind = record[name]
        many = " by ".join(map(str, kind.shape)) or "one"
        lines.append(f"| `{name}` | {kind.base.name} | {many} | {meanings.get(name, '')} |")
    return "\n".join(lines)


def first_sentence(text: str) -> str:
    """The first sentence of a docstring."""
    return re.split(r"(?<=[.])\s", text)[0]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
