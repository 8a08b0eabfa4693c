"""What is heavy is loaded only by the command that needs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "numba",
    "spacy",
    "sqlalchemy",
    "alembic",
    "pyarrow",
    "altair",
    "jax",
    "trafilatura",
    "pydantic",
    "numpy",
    "scipy",
}

PROBE = """
import sys
from tocsin.app.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print("\\n", *{name.partition(".")[0] for name in sys.modules})
"""


def loaded(*arguments: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    assert loaded("--help") & HEAVY == set()


COMMANDS = ("demo", "read", "assess", "simulate", "doctor", "list", "show", "erase", "ledger", "add")
ARMY = ("whatif", "parameters")
DOORS = ("watch", "orbat")
FORECASTS = ("forecast", "resolve", "score", "replay", "diff", "export")


@pytest.mark.parametrize("command", [*COMMANDS, *ARMY, *DOORS, *FORECASTS])
def test_the_help_of_a_command_loads_only_what_typer_parses_with(command: str) -> None:
    assert loaded(command, "--help") & HEAVY <= {"pydantic"}


def test_the_package_alone_loads_nothing_of_others() -> None:
    probe = "import sys, tocsin; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert set(ran.stdout.split()) & (HEAVY | {"typer", "rich"}) == set()
