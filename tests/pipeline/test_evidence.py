"""Evidence through the whole thread: copies, origins, judgements, silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import war

from tocsin import parameters
from tocsin.errors import CatalogueError
from tocsin.evidence.grade import Judgement
from tocsin.pipeline.assess import assess
from tocsin.pipeline.case import read_case
from tocsin.pipeline.progress import Silent

WATCH = """known,start,end,force,indicator,probability,sources,one_feed,speaker_kind,reference
2031-03-03,2031-03-03,2031-04-20,Sudland,refusal,0.9,3,false,ngo,made up
"""


@pytest.fixture(autouse=True)
def few_particles(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(parameters.parameters())
    for name in ("inference.particles", "inference.prior_particles"):
        known[name] = replace(known[name], value=60.0)
    monkeypatch.setattr(parameters, "parameters", lambda: known)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield war.write(tmp_path / "war")


def _assessed(folder: Path, **changes: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {"with_dossier": True, "seed": 3, "threads": 1, "progress": Silent()}
    return assess([folder / "loose"], case=str(folder), **(asked | changes)).assessment


def _apart(one: dict[str, Any], other: dict[str, Any]) -> float:
    """The largest difference of any posterior quantile between two assessments."""
    return max(
        abs(a["state"][name]["posterior"][q] - b["state"][name]["posterior"][q])
        for a, b in zip(one["forces"], other["forces"], strict=True)
        for name in a["state"]
        for q in ("q05", "q50", "q95")
    )


def _tell(folder: Path, name: str, day: str, text: str, source: str) -> None:
    (folder / "loose" / f"{name}.txt").write_text(f"date: {day}\nsource: {source}\n\n{text}\n", encoding="utf-8")


STORY = "Soldiers of three Sudland brigades refused orders and surrendered, the Norland general staff said."


def test_deleting_a_copy_changes_no_posterior_and_deleting_an_origin_does(folder: Path) -> None:
    bare = _assessed(folder)
    _tell(folder, "story", "2031-04-10", STORY, "The Herald")
    once = _assessed(folder)
    for number in range(3):
        _tell(folder, f"copy{number}", f"2031-04-1{number + 1}", STORY, f"Paper {number}")
    copied = _assessed(folder)

    assert _apart(copied, once) <= 0.01
    assert _apart(once, bare) > 0.01


def test_an_analysts_grade_wins_from_its_day_on_and_is_shown_beside_the_proposed_one(folder: Path) -> None:
    _tell(folder, "story", "2031-04-10", STORY, "The Herald")
    plain = _assessed(folder)
    mine = next(c for c in plain["claims"] if c["source"] == "The Herald")
    given = Judgement(
        subject="The Herald", claims=(), reliability="A", credibility=None, reasons=("an old hand",),
        grader="Ann", known=date(2031, 4, 1),
    )  # fmt: skip
    judged = _assessed(folder, judgements=[given])
    shown = next(c for c in judged["claims"] if c["id"] == mine["id"])

    assert mine["judgement"] is None
    assert shown["grade"] == mine["grade"]
    assert (shown["judgement"]["reliability"], shown["judgement"]["grader"]) == ("A", "Ann")
    assert _apart(plain, judged) > 0
    assert judged["agreement"]["reliability"][0]["graders"] == ["Ann", "tocsin"]
    assert judged["provenance"]["judgements"] == [given.id]
    late = _assessed(folder, judgements=[replace(given, known=date(2031, 5, 1))])
    assert _apart(plain, late) == 0.0


def _watched(folder: Path, table: str = WATCH) -> Path:
    (folder / "coverage.csv").write_text(table)
    case = (folder / "case.toml").read_text()
    (folder / "case.toml").write_text(case.replace("[files]", '[files]\ncoverage = "coverage.csv"'))
    return folder


def test_silence_counts_where_a_case_says_who_watched(folder: Path) -> None:
    before = _assessed(folder)
    after = _assessed(_watched(folder))
    seen = [o for o in after["observations"] if o["kind"] == "coverage"]

    assert "counts for nothing" in before["forces"][1]["evidence"]["silence"]
    assert len(seen) == 7
    assert {o["value"] for o in seen} == {0.0}
    assert "refusal" in after["forces"][1]["evidence"]["silence"]
    assert _apart(before, after) > 0.0


@pytest.mark.parametrize(
    ("old", "new"), [("Sudland,refusal", "Westland,refusal"), ("refusal", "boredom"), ("0.9", "1.9"), (",ngo", ",spy")]
)
def test_a_table_of_coverage_that_says_nothing_sound_is_refused(old: str, new: str, folder: Path) -> None:
    with pytest.raises(CatalogueError):
        read_case(str(_watched(folder, WATCH.replace(old, new))))


def test_a_campaign_moves_a_posterior_no_more_than_one_report(folder: Path) -> None:
    bare = _assessed(folder)
    _tell(folder, "story", "2031-04-06", STORY, "The Herald")
    one = _assessed(folder)
    spun: Callable[[int], str] = lambda n: STORY.replace("Soldiers", ("Men", "Troops", "Fighters")[n % 3])  # noqa: E731
    for number in range(6):
        _tell(folder, f"spun{number}", f"2031-04-{7 + number:02}", spun(number), f"Paper {number}")

    assert _apart(_assessed(folder), bare) <= 1.2 * _apart(one, bare)


def test_the_data_say_how_each_assertion_stands_and_what_series_will_come_to(folder: Path) -> None:
    found = json.loads(json.dumps(_assessed(folder)))

    assert all(a["affirmed_origins"] + a["negated_origins"] >= 1 for a in found["assertions"])
    assert all(a["balance"] is None or 0.0 <= a["balance"] <= 1.0 for a in found["assertions"])
    assert all(o["origins_interval"][0] <= o["origins_interval"][1] <= o["origins"] for o in found["observations"])
    assert {force["name"] for force in found["forces"] if force["left_behind"]} == {"Norland"}
