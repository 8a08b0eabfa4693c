"""A list of sources: read strictly, and it fills in only what a report does not say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from seeds import SOURCES

from tocsin.claims.parties import Party
from tocsin.claims.read import read_claims
from tocsin.errors import CatalogueError
from tocsin.reports.intake.sources import read_sources
from tocsin.reports.open import read_path
from tocsin.reports.report import Report

NORTH = Party(name="Norland", aliases=(), demonyms=(), opponents=("Sudland",))
SOUTH = Party(name="Sudland", aliases=(), demonyms=(), opponents=("Norland",))


def listed(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, sources: str, name: str, head: str = "") -> Report:
    file = folder / "in" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{head}date: 2022-05-17\n\nNorland soldiers refused to fight.", encoding="utf-8")
    (report,) = read_path(folder / "in", sources=read_sources(listed(folder, sources)))
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize(
    ("name", "head"),
    [("paper/a.txt", ""), ("a.txt", "url: https://news.paper.example/a\n"), ("a.txt", "source: the paper\n")],
)
def test_a_source_is_recognised_by_folder_address_or_name(tmp_path: Path, name: str, head: str) -> None:
    (tmp_path / "in" / "paper").mkdir(parents=True)
    report = read(tmp_path, SOURCES, name, head)

    assert report.source.lower() == "the paper"
    assert report.standing is not None
    assert (report.standing.kind, report.standing.side, report.standing.lag) == ("media", "third", 1)


def test_a_pattern_recognises_files_and_what_a_report_says_itself_stays(tmp_path: Path) -> None:
    sources = '[[sources]]\nname = "Wire"\nfiles = ["*.txt"]\n'

    assert read(tmp_path, sources, "a.txt").source == "Wire"
    assert read(tmp_path, sources, "a.txt", "source: Other\n").source == "Other"
    assert read(tmp_path, sources, "a.txt").standing is None


@pytest.mark.parametrize(("side", "seen"), [("Norland", "own"), ("Sudland", "opponent"), ("third", "third")])
def test_what_a_source_says_itself_is_said_by_its_kind_and_from_its_side(tmp_path: Path, side: str, seen: str) -> None:
    sources = f'[[sources]]\nname = "Wire"\nkind = "government"\nside = "{side}"\nfiles = ["*"]\n'
    (claim,) = read_claims([read(tmp_path, sources, "a.txt")], (NORTH, SOUTH))

    assert (claim.speaker_kind, claim.speaker_side) == ("government", seen)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "[[sources]]"),
        ("sources = 3", "sources"),
        ('[[sources]]\nname = "a"\nkind = "wizard"', "kind"),
        ('[[sources]]\nname = "a"\nlag_days = -1', "lag_days"),
        ('[[sources]]\nname = "a"\nlanguages = ["english"]', "languages"),
        ('[[sources]]\nname = "a"\ncolour = "red"', "colour"),
        ("[[sources]]\nname = ", "no valid TOML"),
    ],
)
def test_a_faulty_list_costs_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=r"^[^\n]*$") as error:
        read_sources(listed(tmp_path, text))

    assert said in str(error.value)


def test_a_list_that_is_not_there_costs_one_line(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError):
        read_sources(tmp_path / "none.toml")


def test_a_report_in_another_language_or_withdrawn_makes_no_claim() -> None:
    text = "Norland soldiers refused to fight."
    kept = {"source": "a", "published": date(2022, 5, 1), "text": text, "original": "0" * 64, "format": "text"}

    assert list(read_claims([Report(**kept)]))  # type: ignore[arg-type]
    assert not list(read_claims([Report(**kept, language="uk"), Report(**kept, withdrawn=True)]))  # type: ignore[arg-type]
