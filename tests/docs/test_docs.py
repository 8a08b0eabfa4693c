"""The documentation cannot drift from what it describes."""

from __future__ import annotations

import re
from pathlib import Path

import numbers_page
import odd
import pytest
import typer
from command_line import PAGE, page

from tocsin import __version__
from tocsin.app.cli import app

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NAV = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
MADE = sorted(set(re.findall(r"`make ([a-z]+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))))
PAGES = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}


def test_the_page_of_the_command_line_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make reference`"


def test_the_page_of_the_reporting_numbers_is_what_the_catalogue_says() -> None:
    assert numbers_page.PAGE.read_text(encoding="utf-8") == numbers_page.page(), "run `make reference`"


def test_the_description_of_the_army_is_what_code_and_catalogue_say() -> None:
    assert odd.PAGE.read_text(encoding="utf-8") == odd.page(), "run `make reference`"


def test_the_description_of_the_army_leaves_out_no_mechanism_and_no_function() -> None:
    mechanisms = {path.stem for path in odd.DAY.glob("*.py")} - {"__init__"}
    undocumented = [
        n for path in odd.DAY.glob("*.py") for n, node in odd.functions(path).items() if not odd.text_of(node)
    ]

    assert set(odd.days_modules()) == mechanisms
    assert odd.days_modules()[0] == "command"
    assert undocumented == []
    assert "|  |" not in odd.PAGE.read_text(encoding="utf-8").partition("## Parameters")[0], "a field without a meaning"


@pytest.mark.parametrize("name", sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_documented(name: str) -> None:
    assert f"## tocsin {name}" in PAGE.read_text(encoding="utf-8")


def test_every_page_is_in_the_navigation_and_every_entry_has_its_page() -> None:
    assert NAV == PAGES


def test_every_term_of_the_glossary_stands_once() -> None:
    terms = re.findall(r"^\| \*\*(.+?)\*\* \|", (DOCS / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert len(terms) > 40
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("target", MADE)
def test_what_contributors_are_told_to_make_can_be_made(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_version_is_the_same_wherever_it_stands() -> None:
    project = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    citation = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)

    assert project
    assert citation
    assert project[1] == citation[1] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
