"""The bundled dossiers: their form, their two sides, their dates, and that they can be made again."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

from tocsin.claims.claim import Echelon, SpeakerKind
from tocsin.dates import Interval
from tocsin.reports.report import Vintage

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "src/tocsin/catalog/cases").glob("*/case.toml"))
CASE = ROOT / "src/tocsin/catalog/cases/ukraine-2022"
SHARED = ROOT.parent / "shared"
REPORT_FIELDS = {"id", "published", "publisher", "url", "text", "speaker", "speaker_kind", "about", "indicators"}
REPORT_FIELDS |= {"polarity", "happened", "origin"}
CODEBOOK = {
    "mutiny",
    "information_control",
    "regime_instability",
    "losses",
    "low_morale",
    "desertion",
    "captured",
    "supply_shortage",
    "opponent_offensive",
    "suppression",
    "pay_arrears",
    "poor_leadership",
    "concession",
    "reinforcement",
    "refusal",
    "surrender",
    "poor_training",
    "offensive_failure",
    "family_protest",
    "combat_ineffective",
    "disintegration",
    "coercion",
    "sabotage",
    "no_adaptation",
    "defection",
    "abandonment",
}

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public tables are not beside the project")


def case() -> dict[str, Any]:
    return tomllib.loads((CASE / "case.toml").read_text("utf-8"))


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def reports() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASE / "reports.jsonl").read_text("utf-8").splitlines()]


def series() -> list[dict[str, str]]:
    return [row for name in case()["files"]["series"] for row in rows(CASE / name)]


def forces() -> set[str]:
    return {force["name"] for force in case()["forces"]}


def test_a_case_names_two_forces_that_oppose_each_other() -> None:
    assert CASES
    for path in CASES:
        named = {force["name"]: set(force["opponents"]) for force in tomllib.loads(path.read_text("utf-8"))["forces"]}

        assert len(named) >= 2
        assert all(opponents <= named.keys() - {name} for name, opponents in named.items())


def test_every_series_and_report_file_of_the_case_is_there() -> None:
    files = case()["files"]

    assert all((CASE / name).is_file() for name in [files["order_of_battle"], files["reports"], *files["series"]])


def test_every_report_has_its_fields_with_allowed_values() -> None:
    for report in reports():
        assert report.keys() >= REPORT_FIELDS
        assert report.keys() <= REPORT_FIELDS | {"title", "echo_of", "page_date"}
        assert report["speaker_kind"] in get_args(SpeakerKind)
        assert report["about"] in forces()
        assert report["polarity"] in {"affirmed", "negated"}
        assert set(report["indicators"]) <= CODEBOOK
        assert report["url"].startswith(("https://", "http://"))
        assert date.fromisoformat(report["published"]) >= case()["start"]
        assert report["happened"] is None or Interval.parse(report["happened"])
        assert len(report["text"]) > 40


def test_no_two_reports_share_an_id_or_a_text() -> None:
    assert (
        len(reports()) == len({report["id"] for report in reports()}) == len({report["text"] for report in reports()})
    )


def test_both_sides_are_reported_on_by_own_and_opposing_mouths() -> None:
    about = {name: [report["polarity"] for report in reports() if report["about"] == name] for name in forces()}

    assert all(len(polarities) >= 40 and set(polarities) == {"affirmed", "negated"} for polarities in about.values())


def test_an_echo_comes_later_and_shares_its_origin() -> None:
    by_id = {report["id"]: report for report in reports()}
    echoes = [report for report in reports() if "echo_of" in report]

    assert len(echoes) >= 10
    for echo in echoes:
        assert echo["origin"] == by_id[echo["echo_of"]]["origin"]
        assert echo["published"] >= by_id[echo["echo_of"]]["published"]
        assert echo["polarity"] == by_id[echo["echo_of"]]["polarity"]


def test_words_of_prisoners_are_marked_as_such() -> None:
    held = [report["speaker_kind"] for report in reports() if "prisoner" in report["speaker"]]

    assert held
    assert set(held) == {"prisoner"}


def test_no_row_of_a_series_was_known_before_it_ended() -> None:
    for row in series():
        happened = Interval(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))

        assert happened.end <= date.fromisoformat(row["known"])
        assert happened.start >= case()["start"]


def test_every_row_of_a_series_has_allowed_values() -> None:
    for row in series():
        assert row["force"] in forces()
        assert row["indicator"] in CODEBOOK
        assert row["unit"] in {"vehicles", "soldiers", "km2"}
        assert row["speaker_kind"] in get_args(SpeakerKind)
        assert row["vintage"] in get_args(Vintage)
        assert float(row["value"]) >= 0
        assert not row["of"] or float(row["value"]) <= float(row["of"])


def test_later_states_of_a_list_are_marked_final_and_nothing_else_is() -> None:
    final = {name for name in case()["files"]["series"] for row in rows(CASE / name) if row["vintage"] == "final"}

    assert final == {"series/named_dead.csv"}
    assert {row["vintage"] for row in rows(CASE / "series/named_dead.csv")} == {"final"}


def test_the_recorded_losses_of_a_force_never_overlap() -> None:
    for force in forces():
        losses = [
            row for row in rows(CASE / "series/losses.csv") if (row["force"], row["indicator"]) == (force, "losses")
        ]

        assert all(one["end"] < two["start"] for one, two in pairwise(losses))


def test_weeks_without_records_have_no_row() -> None:
    ends = {date.fromisoformat(row["end"]) for row in rows(CASE / "series/losses.csv")}

    assert not {day for day in ends if date(2022, 6, 13) <= day <= date(2022, 6, 25)}


def test_the_order_of_battle_holds_fighting_units_of_both_sides_once_a_snapshot() -> None:
    units = list(rows(CASE / "order_of_battle.csv"))
    keys = [(row["known"], row["force"], row["unit"]) for row in units]

    assert len(keys) == len(set(keys))
    assert {row["force"] for row in units} == forces()
    assert {row["echelon"] for row in units} <= set(get_args(Echelon))
    assert not [row for row in units if "Headquarters" in row.values()]
    assert {row["battalion_groups"] for row in units if row["force"] == "Ukraine"} == {""}


def test_no_address_of_a_picture_of_a_loss_is_shipped() -> None:
    assert not [path for path in CASE.glob("**/*.csv") if "http" in path.read_text("utf-8")]


@needs_shared
def test_the_tables_are_made_again_byte_for_byte(tmp_path: Path) -> None:
    script = ROOT / "studies/ukraine_2022/build_case.py"
    data = SHARED / "data/ukraine-2022"
    subprocess.run([sys.executable, script, "--data", data, "--out", tmp_path], check=True)

    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.glob("**/*.csv")}
    shipped = {path.relative_to(CASE): path.read_bytes() for path in CASE.glob("**/*.csv")}
    assert made == shipped


@needs_shared
def test_every_recorded_loss_is_counted_once() -> None:
    recorded = list(rows(SHARED / "data/ukraine-2022/equipment_losses.csv"))
    for force in forces():
        counted = [row for row in rows(CASE / "series/losses.csv") if row["force"] == force]
        own = [row["status"] for row in recorded if row["country"] == force]

        assert sum(int(row["value"]) for row in counted if row["indicator"] == "losses") == len(own)
        assert sum(int(row["value"]) for row in counted if row["indicator"] == "abandonment") == len(
            [status for status in own if status in {"abandoned", "captured"}]
        )


@needs_shared
def test_every_note_was_carried_over_with_its_address_and_date() -> None:
    notes = [json.loads(line) for line in (SHARED / "reports/ukraine-2022.jsonl").read_text("utf-8").splitlines()]

    assert [(note["id"], note["published"], note["url"], note["note"]) for note in notes] == [
        (report["id"], report["published"], report["url"], report["text"]) for report in reports()
    ]
