"""The rows of the page: questions worded once, bars that may be compared, scales that hold all they show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.products import tables

Make = Callable[..., dict[str, Any]]


def point(start: str, end: str, value: float, of: float | None = None) -> dict[str, Any]:
    return {"start": start, "end": end, "value": value, "of": of}


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2031-03-01", "2031-03-07", "1 to 7 March 2031"),
        ("2031-02-24", "2031-03-02", "24 February to 2 March 2031"),
        ("2030-12-30", "2031-01-05", "30 December 2030 to 5 January 2031"),
        ("2031-03-01", "2031-03-01", "1 March 2031"),
        (None, None, "date not given"),
    ],
)
def test_an_interval_is_written_without_saying_twice_what_both_ends_share(
    start: str | None, end: str | None, expected: str
) -> None:
    actual = tables.span(start, end)

    assert expected == actual


def test_a_question_is_worded_once_for_all_its_horizons(make_assessment: Make) -> None:
    groups = tables.question_groups(make_assessment(), "Northland")

    assert [group["question"] for group in groups][1] == "Will refusals be reported from five or more battalions?"
    assert [[horizon["days"] for horizon in group["horizons"]] for group in groups] == [[30, 90, 180]] * len(groups)


def test_questions_that_differ_in_more_than_days_keep_their_words(make_assessment: Make) -> None:
    made = make_assessment()
    mine = [question for question in made["questions"] if question["id"] == "regime"]
    mine[1]["question"] = "Will something else happen?"

    groups = tables.question_groups(made, "Northland")

    assert groups[-1]["question"] == mine[0]["question"]


def test_bars_of_unequal_length_show_counts_a_week() -> None:
    rows = tables.bars([point("2031-03-03", "2031-03-16", 20, 40), point("2031-03-17", "2031-03-23", 10, 20)])

    assert [(row["value"], row["of"]) for row in rows] == [(10, 20), (10, 20)]


def test_totals_that_run_on_from_one_day_stand_beside_each_other() -> None:
    points = [point("2031-03-03", "2031-03-09", 20), point("2031-03-03", "2031-03-16", 50)]

    rows = tables.bars(points)

    assert [(row["start"], row["end"], row["value"]) for row in rows] == [
        ("2031-03-03", "2031-03-10", 20),
        ("2031-03-10", "2031-03-17", 50),
    ]


@given(st.integers(1, 400), st.integers(2, 30))
def test_thinned_rows_keep_both_ends_and_stay_few(length: int, most: int) -> None:
    rows = [(START + timedelta(days=step)).isoformat() for step in range(length)]

    kept = tables.thinned(rows, most=most)

    assert (kept[0], kept[-1]) == (rows[0], rows[-1])
    assert len(kept) <= most + 1
    assert kept == sorted(set(kept))


@pytest.mark.parametrize("factor", [0.0, 0.003, 0.2, 1.0, 1.3])
def test_a_scale_holds_every_quantile_of_every_force(make_assessment: Make, factor: float) -> None:
    made = make_assessment()
    made["forces"][1]["outlook"]["refusal"]["q95"] = [factor] * len(made["forces"][1]["outlook"]["days"])

    rows = {row["name"]: row for row in tables.variable_rows(made)}

    assert factor <= rows["refusal"]["top"] <= max(1.3, 2 * factor)
    assert rows["strength"]["top"] == 1.0
    assert (rows["strength"]["percent"], rows["morale"]["percent"]) == (True, False)


START = date(2031, 3, 3)
