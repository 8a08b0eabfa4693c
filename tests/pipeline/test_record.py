"""Sealing, resolving, replaying and comparing, through a real ledger and the whole chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import war

from tocsin import parameters
from tocsin.errors import CatalogueError, NothingFoundError, TocsinError
from tocsin.forecasts.forecast import Assessment, Forecast
from tocsin.ids import document, sha256
from tocsin.pipeline.assess import AssessResult, assess
from tocsin.pipeline.case import read_case
from tocsin.pipeline.intake.read import gather
from tocsin.pipeline.progress import Silent
from tocsin.pipeline.record.diff import diff
from tocsin.pipeline.record.replay import replay, replay_sealed
from tocsin.pipeline.record.resolve import Judgement, resolve, resolve_case
from tocsin.pipeline.record.score import listing, score
from tocsin.pipeline.record.sealed import resolutions, sealed
from tocsin.store.ledger import Ledger

THEN = datetime(2031, 4, 19, 12, tzinfo=UTC)
LATER = THEN + timedelta(days=400)
DAY = date(2031, 4, 18)

AMOUNT = """
[[questions]]
id = "losses"
outcome = "killed and wounded"
text = "How many of {force} within {days} days?"
measure = "casualties"
over = "total"
per = true
cuts = [0.01, 0.1]
days = [30]
resolution = "Two counts agree."
void = "There are none."
"""


@pytest.fixture(autouse=True)
def few_particles(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(parameters.parameters())
    for name in ("inference.particles", "inference.prior_particles"):
        known[name] = replace(known[name], value=60.0)
    monkeypatch.setattr(parameters, "parameters", lambda: known)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = war.write(tmp_path / "war")
    questions = made / "questions.toml"
    questions.write_text(questions.read_text() + AMOUNT)
    return made


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "tocsin.db") as opened:
        yield opened


def seal(folder: Path, ledger: Ledger, when: datetime = THEN, **changes: Any) -> AssessResult:
    asked: dict[str, Any] = {"with_dossier": True, "as_of": DAY, "seed": 3, "threads": 1, "progress": Silent()}
    result = assess([folder / "loose"], case=str(folder), **(asked | changes))
    ledger.append(result.records, recorded=when)
    return result


def bring(ledger: Ledger, folder: Path, *texts: str, when: datetime = LATER) -> list[str]:
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"outcome-{number}.txt"
        path.write_text(text)
        paths.append(path)
    found, problems, _ = gather(paths, progress=Silent())
    assert not problems
    ledger.append(found, recorded=when)
    return [report.id for report in found]


AFTER = (
    "date: 2031-06-01\nsource: Gazette\n\nThe leader of Norland opened parliament.\n",
    "date: 2031-06-02\nsource: Wire\n\nNorland held a parade before its president.\n",
)


def test_what_is_sealed_holds_the_question_the_baselines_and_what_it_rests_on(folder: Path, ledger: Ledger) -> None:
    result = seal(folder, ledger)
    forecasts = [one.forecast for one in sealed(ledger)]
    (basis,) = [record for record in result.records if isinstance(record, Assessment)]

    assert len(forecasts) == 6
    for forecast in forecasts:
        baselines = [answer.by for answer in forecast.baselines]
        assert baselines[:2] == ["without reports", "persistence"]
        assert ("base rate" in baselines) == (forecast.question == "regime-falls")
        assert forecast.force in forecast.text
        assert forecast.resolution
        assert forecast.void
        assert forecast.basis == basis.id
        for answer in (forecast.answer, *forecast.baselines):
            assert (answer.probability is None) == bool(forecast.cuts)
            assert not forecast.cuts or sum(answer.shares) == pytest.approx(1)
            assert list(answer.quantiles) == sorted(answer.quantiles)
    assert basis.seed == 3
    assert basis.reports == tuple(report["id"] for report in result.assessment["reports"])
    assert {"catalogue", "parameters", "versions", "case"} <= set(basis.made)
    assert basis.digest == sha256(document(result.assessment).encode())


def test_sealing_the_same_again_changes_nothing(folder: Path, ledger: Ledger) -> None:
    seal(folder, ledger)
    first = sealed(ledger)
    seal(folder, ledger, LATER)

    assert sealed(ledger) == first
    assert {one.recorded for one in first} == {THEN}


def test_the_clock_and_the_case_say_what_is_live(folder: Path, ledger: Ledger) -> None:
    case = folder / "case.toml"
    case.write_text(case.read_text().replace("retrospective = true", "retrospective = false"))
    seal(folder, ledger)
    seal(folder, ledger, LATER, as_of=date(2031, 4, 19))

    assert {(one.forecast.as_of, one.live) for one in sealed(ledger)} == {(DAY, True), (date(2031, 4, 19), False)}


def fallen(ledger: Ledger) -> Forecast:
    return next(one.forecast for one in sealed(ledger) if one.forecast.question == "regime-falls")


def test_an_outcome_rests_on_two_origins_and_is_followed_not_overwritten(folder: Path, ledger: Ledger) -> None:
    seal(folder, ledger)
    reports = bring(ledger, folder, *AFTER)
    forecast = fallen(ledger)
    said = Judgement(outcome="no", by="an analyst")
    first = resolve(ledger, forecast.id, said, reports, now=LATER, progress=Silent())
    again = resolve(ledger, forecast.asked, said, reports, now=LATER, progress=Silent())
    doubt = Judgement(outcome="disputed", by="another", reason="the parade was filmed earlier")
    second = resolve(ledger, forecast.id, doubt, reports, now=LATER + timedelta(days=1), progress=Silent())

    assert (first.resolution.outcome, first.resolution.origins, first.new) == ("no", 2, True)
    assert not again.new
    assert second.resolution.follows == first.resolution.id
    assert [one.outcome for one in resolutions(ledger)[forecast.asked]] == ["no", "disputed"]
    assert {row["outcome"] for row in listing(ledger, case=None)} == {"pending", "disputed"}


def test_two_articles_with_one_text_are_one_origin_and_void(folder: Path, ledger: Ledger) -> None:
    seal(folder, ledger)
    text = AFTER[0]
    reports = bring(ledger, folder, text, text.replace("2031-06-01", "2031-06-03"))
    found = resolve(ledger, fallen(ledger).id, Judgement(outcome="no", by="a"), reports, now=LATER, progress=Silent())

    assert (found.resolution.outcome, found.resolution.origins) == ("void", 1)


def test_reports_of_the_time_before_carry_nothing(folder: Path, ledger: Ledger) -> None:
    seal(folder, ledger)
    old = bring(ledger, folder, AFTER[0].replace("2031-06-01", "2031-05-01"), AFTER[1])
    found = resolve(ledger, fallen(ledger).id, Judgement(outcome="no", by="a"), old, now=LATER, progress=Silent())

    assert found.resolution.outcome == "void"
    assert "Gazette of 2031-05-01 was published before the window had ended" in found.resolution.reason


def test_what_the_ledger_does_not_hold_is_named(folder: Path, ledger: Ledger) -> None:
    with pytest.raises(TocsinError, match="holds no forecast"):
        resolve(ledger, "forecast-0", Judgement(outcome="no", by="a"), [], now=LATER, progress=Silent())
    with pytest.raises(NothingFoundError, match="holds no forecast"):
        score(ledger, case=None, seed=1)
    seal(folder, ledger)
    with pytest.raises(TocsinError, match="holds no report 'report-0'"):
        resolve(ledger, fallen(ledger).id, Judgement(outcome="no", by="a"), ["report-0"], now=LATER, progress=Silent())


OUTCOMES = """
[[outcomes]]
question = "regime-falls"
force = "Norland"
first = 2031-03-03
last = 2031-03-31
outcome = "no"
reports = ["https://example.org/3", "https://example.org/5"]
reason = "Both go on as before."

[[outcomes]]
question = "ineffective"
force = "Norland"
first = 2031-03-20
last = 2031-03-20
outcome = "yes"
reports = ["https://example.org/2"]
reason = "One says so."
"""


def test_a_case_of_the_past_brings_what_came_of_its_questions(folder: Path, ledger: Ledger) -> None:
    (folder / "outcomes.toml").write_text(OUTCOMES)
    case = folder / "case.toml"
    case.write_text(case.read_text() + 'outcomes = "outcomes.toml"\n')
    early = date(2031, 3, 8)
    (folder / "loose" / "early.txt").write_text("date: 2031-03-05\n\nNorland soldiers refused orders, an aide said.\n")
    questions = folder / "questions.toml"
    questions.write_text(questions.read_text().replace("days = [30]", "days = [14, 90]"))
    seal(folder, ledger, as_of=early)
    found, pending = resolve_case(ledger, str(folder), now=LATER, progress=Silent())
    again, _ = resolve_case(ledger, str(folder), now=LATER, progress=Silent())
    said = {(one.forecast.question, one.forecast.force, one.forecast.days): one.resolution.outcome for one in found}

    assert said == {
        ("regime-falls", "Norland", 14): "no",
        ("ineffective", "Norland", 14): "void",  # proposed on one report
        ("ineffective", "Norland", 90): "void",
    }
    assert pending == 12 - 3
    assert not any(one.new for one in again)


def test_outcomes_that_rest_on_unknown_reports_are_refused(folder: Path, ledger: Ledger) -> None:
    (folder / "outcomes.toml").write_text(OUTCOMES.replace("org/5", "org/55"))
    case = folder / "case.toml"
    case.write_text(case.read_text() + 'outcomes = "outcomes.toml"\n')
    seal(folder, ledger)
    with pytest.raises(CatalogueError, match="org/55"):
        resolve_case(ledger, str(folder), now=LATER, progress=Silent())


def test_replay_gives_the_bytes_that_were_given_whatever_came_later(folder: Path, ledger: Ledger) -> None:
    given = seal(folder, ledger).assessment
    late = "date: 2031-04-10\n\nNorland soldiers mutinied and shot their officers, the ministry of Sudland said.\n"
    (folder / "loose" / "late.txt").write_text(late)
    other = seal(folder, ledger, LATER).assessment
    asked: dict[str, Any] = {"as_of": DAY, "seed": 99, "threads": 1, "progress": Silent()}
    then = replay(ledger, str(folder), recorded=THEN, **asked)
    now = replay(ledger, str(folder), **asked)

    assert document(other) != document(given)
    assert document(then.assessment) == document(given)
    assert document(now.assessment) == document(other)
    assert (then.identical, then.changes, then.recorded) == (True, (), THEN)
    basis = given["provenance"]["assessment"]
    one = given["questions"][0]["forecast"]
    for name in (basis, one):
        made = replay_sealed(ledger, name, case=str(folder), threads=1, progress=Silent())
        assert document(made.assessment) == document(given)


def test_what_was_never_given_is_made_of_what_was_recorded_by_then(folder: Path, ledger: Ledger) -> None:
    result = seal(folder, ledger)
    reports = [record for record in result.records if record.id.startswith("report-")]
    with Ledger(folder / "reports-only.db") as bare:
        bare.append(reports, recorded=THEN)
        bring(bare, folder, AFTER[0].replace("2031-06-01", "2031-04-01"), when=LATER)
        asked: dict[str, Any] = {"as_of": DAY, "recorded": THEN, "seed": 3, "threads": 1, "progress": Silent()}
        made = replay(bare, str(folder), **asked)
        with pytest.raises(NothingFoundError):
            replay(bare, str(folder), **{**asked, "recorded": THEN - timedelta(days=1)})

    assert made.given is None
    assert {report["id"] for report in made.assessment["reports"]} == {report.id for report in reports}


def test_replay_says_what_is_no_longer_as_it_was(folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    seal(folder, ledger)
    known = dict(parameters.parameters())
    known["inference.particles"] = replace(known["inference.particles"], value=70.0)
    monkeypatch.setattr(parameters, "parameters", lambda: known)
    monkeypatch.setattr("tocsin.pipeline.assess.parameters", lambda: known)
    made = replay(ledger, str(folder), as_of=DAY, seed=3, threads=1, progress=Silent())

    assert made.identical is False
    assert "particles: then 60, now 70" in made.changes
    assert any(line.startswith("parameters hash: then") for line in made.changes)


def test_diff_names_the_report_that_was_added_and_its_claims(folder: Path, ledger: Ledger) -> None:
    before = seal(folder, ledger).assessment
    late = "date: 2031-04-10\n\nNorland soldiers mutinied, the ministry of Sudland said.\n"
    (folder / "loose" / "late.txt").write_text(late)
    after = seal(folder, ledger).assessment
    found = diff(before, after)
    (added,) = found["reports"]["only_b"]

    assert found["reports"]["only_a"] == found["claims"]["only_a"] == found["made"] == []
    assert {claim["report"] for claim in found["claims"]["only_b"]} == {added["id"]}
    assert found["observations"]
    assert {claim for row in found["observations"] for claim in row["claims"]["only_b"]} <= {
        claim["id"] for claim in found["claims"]["only_b"]
    }
    changes = [row["change"] for row in found["observations"]]
    assert changes == sorted(changes, key=lambda change: -abs(change))


def test_diff_backwards_is_the_mirror(folder: Path, ledger: Ledger) -> None:
    one = seal(folder, ledger).assessment
    other = seal(folder, ledger, with_dossier=False, seed=4).assessment
    there, back = diff(one, other), diff(other, one)

    assert there["reports"]["only_a"] == back["reports"]["only_b"]
    assert there["claims"]["only_b"] == back["claims"]["only_a"]
    assert [row["change"] for row in there["state"]] == pytest.approx([-row["change"] for row in back["state"]])
    assert diff(one, one) | {"a": 0, "b": 0} == {
        "a": 0,
        "b": 0,
        "made": [],
        "state": [],
        "forecasts": [],
        "reports": {"only_a": [], "only_b": []},
        "claims": {"only_a": [], "only_b": [], "changed": []},
        "observations": [],
    }


def test_a_ledger_without_its_forecasts_is_nothing_to_resolve(folder: Path, ledger: Ledger) -> None:
    (folder / "outcomes.toml").write_text(OUTCOMES)
    case = folder / "case.toml"
    case.write_text(case.read_text() + 'outcomes = "outcomes.toml"\n')
    with pytest.raises(NothingFoundError, match="small-war"):
        resolve_case(ledger, str(folder), now=LATER, progress=Silent())


def test_a_case_without_outcomes_says_what_to_do(folder: Path, ledger: Ledger) -> None:
    assert read_case(str(folder)).outcomes is None
    with pytest.raises(TocsinError, match="one by one"):
        resolve_case(ledger, str(folder), now=LATER, progress=Silent())
