"""Write docs/reference/cli.md from the commands themselves; a test compares the two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from tocsin.app.cli import app

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"

HEAD = """# Command line

Written by `make reference` from the commands' own help; a test fails where the two differ.

Results go to stdout or to files, messages to stderr. On a terminal a long job shows a bar; in a pipe it
writes plain lines.

| exit code | means |
|--:|---|
| 0 | done |
| 1 | something in your input stopped the work; the message says how to mend it |
| 2 | wrong usage |
| 3 | the input was sound, but nothing was found in it |
| 70 | our fault: an apology, and the path of a trace to send us; it holds nothing of what was read |
| 130 | stopped by Ctrl-C; a line says what was kept |

`TOCSIN_LEDGER` in the environment names the ledger where `--ledger` is not given.
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(sections(typer.main.get_command(app), "tocsin", None))


def sections(command: Any, name: str, parent: Any) -> list[str]:
    """Return the section of a command, or those of a group's commands."""
    context = typer.Context(command, info_name=name.rsplit(maxsplit=1)[-1], parent=parent)
    inner = getattr(command, "commands", {})
    if inner:
        return [part for key, each in inner.items() for part in sections(each, f"{name} {key}", context)]
    lines = [f"\n## {name}\n", f"{command.help}\n"]
    usage = " ".join(command.collect_usage_pieces(context))
    lines += ["```text", f"{context.command_path} {usage}", "```\n"]
    lines += ["| | |", "|---|---|"]
    lines += [row(*record) for record in records(command, context)]
    if command.epilog:
        lines += ["", example(command.epilog)]
    return ["\n".join(lines) + "\n"]


def records(command: Any, context: Any) -> list[tuple[str, str]]:
    """Return name and help of each parameter, `--help` left out."""
    found = [parameter.get_help_record(context) for parameter in command.params if parameter.name != "help"]
    return [record for record in found if record]


def row(name: str, text: str) -> str:
    """Return one row of a table; a bar within it would end the cell."""
    return f"| `{name.replace('|', ' or ')}` | {text.replace('|', ' or ')} |"


def example(epilog: str) -> str:
    """Return the epilog with its command as code."""
    label, _, command = epilog.partition(": ")
    return f"{label}: `{command}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
