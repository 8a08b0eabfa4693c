"""Scoring claims against gold: the edge is strict, sentences are found after redaction, counts are right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin.app.cli import app
from tocsin.claims.claim import Quantity
from tocsin.claims.evaluation.compare import compare, judge, same_amount, same_force, same_speaker
from tocsin.claims.evaluation.gold import Amount, read_gold
from tocsin.claims.evaluation.placing import places, sides, stored
from tocsin.claims.evaluation.score import document, score
from tocsin.claims.read import read_claims
from tocsin.errors import TocsinError, UnreadableReportError

TEXT = (
    "Two Kenyan soldiers deserted on Monday, Sgt. John Mwangi said. "
    "The Kenyan army is well fed. The price of maize fell. Kenyan conscripts hum."
)


def marked(sentence: str, indicator: str, **more: Any) -> dict[str, Any]:
    plain = {
        "sentence": sentence, "indicator": indicator, "polarity": "affirmed", "modality": "asserted", "force": "Kenya",
        "speaker": None, "speaker_kind": "author", "speaker_how": "author", "happened": None, "echelon": None,
        "quantity": None,
    }  # fmt: skip
    return plain | more


def line(**more: Any) -> dict[str, Any]:
    claims = [
        marked(
            "Two Kenyan soldiers deserted on Monday, Sgt. John Mwangi said.",
            "desertion",
            speaker="Sgt. John Mwangi",
            speaker_kind="soldier",
            speaker_how="explicit",
            happened=["2023-06-12", "2023-06-12"],
            quantity={"value": 2, "low": 2, "high": 2, "unit": "soldiers"},
        ),
        marked("The Kenyan army is well fed.", "supply_shortage", polarity="affirmed", echelon="army"),
        marked("Kenyan conscripts hum.", "low_morale", polarity="negated"),
    ]
    one = {"id": "g1", "published": "2023-06-15", "style": "wire", "parties": ["Kenya"], "text": TEXT, "claims": claims}
    return one | more


def write(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", line())


def test_claims_are_matched_by_sentence_and_indicator(gold: Path) -> None:
    one = next(read_gold(gold))
    report = stored(one)
    found = compare(one, report, list(read_claims([report], sides(one))))

    assert [pair[0].indicator for pair in found.pairs] == ["desertion", "supply_shortage"]
    assert [(miss.indicator, instead) for miss, instead in found.missed] == [("low_morale", None)]
    assert found.false == ()


def test_fields_are_judged_on_matched_pairs(gold: Path) -> None:
    one = next(read_gold(gold))
    report = stored(one)
    pairs = compare(one, report, list(read_claims([report], sides(one)))).pairs

    assert all(right for _, right in judge(*pairs[0]))
    assert dict(judge(*pairs[1]))["polarity"] is False


def test_a_marked_sentence_is_found_after_redaction(gold: Path) -> None:
    one = next(read_gold(gold))
    report = stored(one)
    first, second, _ = places(one, report)

    assert "Mwangi" not in report.text
    assert report.text[first.start : first.end].startswith("Two Kenyan soldiers deserted")
    assert report.text[second.start : second.end] == "The Kenyan army is well fed."


def test_scores_count_each_pair_once_and_repeat_exactly(gold: Path) -> None:
    one = next(read_gold(gold))
    report = stored(one)
    compared = [compare(one, report, list(read_claims([report], sides(one))))]
    shown = document(score(compared, 1))

    assert shown["claims"]["precision"]["value"] == 1
    assert shown["claims"]["recall"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert shown["claims"]["micro F1"]["value"] == pytest.approx(0.8)
    assert shown["claims"]["macro F1"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert shown == document(score(compared, 1))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"published": "June 2023"}, "published"),
        ({"mood": "bad"}, "mood"),
        ({"claims": [marked("The price of maize fell.", "hunger")]}, "no indicator"),
        ({"claims": [marked("The price of maize fell.", "losses", polarity="maybe")]}, "polarity"),
    ],
)
def test_a_line_that_is_not_gold_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = write(tmp_path / "gold.jsonl", line(), line(**change))

    with pytest.raises(UnreadableReportError, match="line 2") as caught:
        list(read_gold(path))
    assert says in str(caught.value)


def test_a_sentence_that_the_text_does_not_have_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", line(claims=[marked("Nobody said this.", "losses")]))
    one = next(read_gold(path))

    with pytest.raises(TocsinError, match="word for word"):
        places(one, stored(one))


def test_speakers_forces_and_amounts_are_compared_with_sense() -> None:
    assert same_speaker("a British officer", "British officer")
    assert not same_speaker("the ministry", "two officers")
    assert not same_speaker(None, "the ministry")
    assert same_force("Britain", "United Kingdom")
    assert not same_force("Kenya", None)
    two = Amount(value=2, low=2, high=2, unit="officers")
    assert same_amount(two, Quantity(text="two", value=2, low=2, high=2, unit="soldiers"))
    assert not same_amount(two, Quantity(text="two", value=2, low=2, high=2, unit="vehicles"))
    assert not same_amount(two, None)


def test_the_command_prints_figures_errors_and_json(gold: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    table = runner.invoke(app, ["evaluate", "claims", str(gold), "--errors", "5"])
    figures = runner.invoke(app, ["evaluate", "claims", str(gold), "--no-text", "--format", "json"])

    assert table.exit_code == 0, table.output
    assert "Kenyan conscripts hum." in table.stdout
    assert json.loads(figures.stdout)["claims"]["micro F1"]["count"] == 3
    assert "hum" not in figures.stdout


def test_figures_alone_and_errors_are_not_asked_for_at_once(gold: Path) -> None:
    assert CliRunner().invoke(app, ["evaluate", "claims", str(gold), "--errors", "5", "--no-text"]).exit_code == 2
