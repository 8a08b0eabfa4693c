"""What the shipped cases say came of their questions names their own questions, forces and reports."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest

from strategies import sealed_of
from tocsin.pipeline.case import Case, names, read_case
from tocsin.pipeline.intake.read import gather
from tocsin.pipeline.progress import Silent
from tocsin.pipeline.record.outcomes import Shipped, read_outcomes
from tocsin.reports.report import Report

CASES = [case for case in map(read_case, names()) if case.outcomes]


def brought(case: Case) -> dict[str, Report]:
    assert case.reports
    found, _, _ = gather([case.reports], progress=Silent())
    return {report.url: report for report in found if report.url}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_outcomes_speak_of_the_case_alone(case: Case) -> None:
    assert case.outcomes
    known = brought(case)
    questions = {question.id: question for question in case.questions}
    for one in read_outcomes(case.outcomes, known):
        assert one.force in case.forces
        assert bool(questions[one.question].cuts) == (one.outcome == "amount") or one.outcome == "void"
        assert case.start <= one.first <= one.last <= max(report.published for report in known.values())
        if one.outcome == "no":
            assert min(known[url].published for url in one.reports) > one.last


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_outcome_is_hidden_by_one_before_it(case: Case) -> None:
    assert case.outcomes
    found = read_outcomes(case.outcomes, brought(case))
    for earlier, later in combinations(found, 2):
        same = (earlier.question, earlier.force) == (later.question, later.force)
        wider = earlier.outcome != "yes" and earlier.first <= later.first and later.last <= earlier.last
        assert not (same and wider), later


def shipped(outcome: str, first: date, last: date) -> Shipped:
    row = {"question": "q", "force": "F", "first": first, "last": last, "outcome": outcome, "reason": "r"}
    return Shipped.model_validate(row)


def test_what_came_about_did_so_in_every_window_that_holds_it_and_what_did_not_in_every_one_within() -> None:
    as_of = date(2031, 3, 3)
    _, forecast = sealed_of(as_of=as_of)
    opens, closes, day = forecast.opens, forecast.closes, timedelta(days=1)

    assert shipped("yes", opens, closes).covers(forecast)
    assert not shipped("yes", as_of, closes).covers(forecast)
    assert not shipped("yes", closes, closes + day).covers(forecast)
    assert shipped("no", opens, closes).covers(forecast)
    assert not shipped("no", opens + day, closes).covers(forecast)
    assert not shipped("void", opens, closes - day).covers(forecast)
