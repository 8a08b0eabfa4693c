"""Properties of the whole thread, from files to forecasts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import war

from tocsin import parameters
from tocsin.errors import NothingFoundError, TocsinError, UnknownNameError
from tocsin.ids import canonical
from tocsin.pipeline.assess import AssessResult, assess
from tocsin.pipeline.progress import Silent
from tocsin.products.brief import render
from tocsin.simulation.simulate import MEASURES


@pytest.fixture(autouse=True)
def few_particles(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(parameters.parameters())
    for name in ("inference.particles", "inference.prior_particles"):
        known[name] = replace(known[name], value=60.0)
    monkeypatch.setattr(parameters, "parameters", lambda: known)


def judge(folder: Path, **changes: Any) -> AssessResult:
    asked: dict[str, Any] = {"with_dossier": True, "seed": 3, "threads": 1, "progress": Silent()}
    return assess([folder / "loose"], case=str(folder), **(asked | changes))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield war.write(tmp_path / "war")


def test_every_claim_has_its_characters_in_the_stored_text(folder: Path) -> None:
    result = judge(folder)
    texts = {record.id: record.text for record in result.records if record.id.startswith("report-")}

    assert result.assessment["claims"]
    for claim in result.assessment["claims"]:
        assert texts[claim["report"]][claim["start"] : claim["end"]] == claim["quote"]


def test_threads_change_no_byte(folder: Path) -> None:
    assert canonical(judge(folder, threads=1).assessment) == canonical(judge(folder, threads=2).assessment)


def test_another_seed_is_another_assessment(folder: Path) -> None:
    assert judge(folder, seed=3).assessment["forces"] != judge(folder, seed=4).assessment["forces"]


def test_what_became_known_later_changes_nothing(folder: Path) -> None:
    day = date(2031, 4, 18)
    before = judge(folder, as_of=day).assessment
    (folder / "loose" / "later.txt").write_text("date: 2031-04-19\n\nNorland soldiers mutinied, an aide said.\n")

    assert canonical(before) == canonical(judge(folder, as_of=day).assessment)


def test_the_day_is_that_of_the_latest_report_given(folder: Path) -> None:
    assert judge(folder).assessment["as_of"] == "2031-04-18"


def test_the_dossier_enters_only_when_asked_for(folder: Path) -> None:
    without = judge(folder, with_dossier=False).assessment

    assert len(without["reports"]) == len(judge(folder).assessment["reports"]) - len(war.NOTES)


def test_renaming_the_sides_mirrors_everything(tmp_path: Path) -> None:
    here = judge(war.write(tmp_path / "war")).assessment
    there = judge(war.write(tmp_path / "mirror", mirrored=True)).assessment

    assert _nameless(there) == _nameless(json.loads(war.swapped(json.dumps(here))))


def _nameless(assessment: dict[str, Any]) -> Any:
    """Drop what is a hash of names and texts; everything else must mirror."""
    kept = {key: value for key, value in assessment.items() if key != "provenance"}
    return json.loads(
        re.sub(r"(report|claim|assertion|observation|origin|forecast)-[0-9a-f]{16}", r"\1", json.dumps(kept))
    )


def _standing_still(state: Any, where: Any, drawn: Any, *, days: int, **_: Any) -> Any:
    seen = np.zeros((drawn.shape[0], days, drawn.shape[1]), dtype=MEASURES)
    seen["strength"] = 1.0
    return state, seen


@pytest.mark.parametrize(
    ("stage", "target", "empty"),
    [
        ("reading", "tocsin.pipeline.assess.claims_of", lambda *_: []),
        ("grades", "tocsin.evidence.observe._worth", lambda *_: 1.0),
        ("copies", "tocsin.pipeline.weigh.origins", lambda claims, _: {claim.id: claim.id for claim in claims}),
        ("observations", "tocsin.pipeline.weigh.observe", lambda *_, **__: []),
        ("order of battle", "tocsin.forces.tree.establishment", lambda _: 1000),
        ("simulation", "tocsin.inference.model.simulate.advance", _standing_still),
        ("filter", "tocsin.inference.filter.absorb", lambda _, __, biases: np.zeros(len(biases))),
    ],
)
def test_each_stage_bears_on_the_posterior(
    stage: str, target: str, empty: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stage == "copies":
        _repeat(folder)
    whole = judge(folder).assessment["forces"]
    monkeypatch.setattr(target, empty)

    assert _posteriors(judge(folder).assessment["forces"]) != _posteriors(whole)


def _repeat(folder: Path) -> None:
    for number in range(6):
        text = (folder / "loose" / "refusals.txt").read_text()
        (folder / "loose" / f"copy{number}.txt").write_text(text.replace("date:", f"source: Paper {number}\ndate:"))


def _posteriors(forces: list[dict[str, Any]]) -> list[Any]:
    return [state["posterior"] for force in forces for state in force["state"].values()]


def test_one_side_can_be_shown_alone(folder: Path) -> None:
    both, one = judge(folder).assessment, judge(folder, side="Sudland").assessment

    assert [force["name"] for force in one["forces"]] == ["Sudland"]
    assert one["forces"] == both["forces"][1:]
    assert {question["force"] for question in one["questions"]} == {"Sudland"}


def test_an_unknown_side_names_the_known_ones(folder: Path) -> None:
    with pytest.raises(UnknownNameError, match="Norland, Sudland"):
        judge(folder, side="Westland")


def test_a_day_before_the_war_is_refused(folder: Path) -> None:
    with pytest.raises(TocsinError, match="from 2031-03-03 to"):
        judge(folder, as_of=date(2030, 1, 1))


def test_reports_that_are_all_later_are_nothing(folder: Path) -> None:
    with pytest.raises(NothingFoundError):
        judge(folder, as_of=date(2031, 3, 4))


def test_a_bad_report_costs_one_line(folder: Path) -> None:
    (folder / "loose" / "undated.txt").write_text("Nobody says when.\n")
    result = judge(folder)

    assert [line for line in result.problems if "undated.txt" in line]
    assert canonical(result.assessment) == canonical(judge(war.write(folder)).assessment)


def test_probabilities_stand_beside_base_rates_and_words(folder: Path) -> None:
    for question in judge(folder).assessment["questions"]:
        low, high = question["interval"]

        assert low <= question["probability"] <= high
        assert question["words"]
        assert (question["base_rate"] is None) == (question["id"] == "ineffective")


def test_a_claim_about_an_army_outside_the_case_is_shown_and_not_weighed(folder: Path) -> None:
    before = judge(folder).assessment["forces"]
    (folder / "loose" / "west.txt").write_text(
        "date: 2031-04-15\n\nBelgian soldiers refused orders, the Wire reported.\n"
    )
    after = judge(folder).assessment
    stranger = [claim for claim in after["claims"] if claim["force"] == "Belgium"]

    assert after["forces"] == before
    assert stranger
    assert {claim["used"] for claim in stranger} == {False}


def test_the_order_of_paths_changes_no_byte(folder: Path) -> None:
    paths = sorted((folder / "loose").iterdir())
    asked: dict[str, Any] = {"case": str(folder), "with_dossier": True, "seed": 3, "threads": 1, "progress": Silent()}
    one, other = (assess(order, **asked).assessment for order in (paths, paths[::-1]))

    assert canonical(one) == canonical(other)


def test_a_report_given_that_was_not_known_yet_is_named(folder: Path) -> None:
    result = judge(folder, as_of=date(2031, 4, 16))

    assert [line for line in result.warnings if "2031-04-18" in line and "not used" in line]


def test_a_day_years_after_the_war_is_refused(folder: Path) -> None:
    with pytest.raises(TocsinError, match="lies outside the case"):
        judge(folder, as_of=date(9999, 12, 31))


def test_a_brief_shows_no_planted_name_and_says_what_was_held_back(folder: Path) -> None:
    text = "date: 2031-04-18\nsource: Blog of {n}\ntitle: {n} speaks\n\nNorland soldiers mutinied, {n} said."
    (folder / "loose" / "Ivan Petrov.txt").write_text(text.format(n="Ivan Petrov"))
    names = ("Ivan Petrov", "Oleg Sidorov", "Pavel Kuzmin", "Denis Gusev", "Anton Belov")
    (folder / "loose" / "list.txt").write_text("date: 2031-04-18\n\n" + "\n".join(names))
    result = judge(folder)
    shown = canonical(result.assessment) + render(result.assessment) + canonical(result.records)

    assert "petrov" not in (shown + "".join(result.problems + result.warnings)).lower()
    assert any("1 report was held back" in line for line in result.warnings)
    assert any(record.id.startswith("quarantine-") for record in result.records)
