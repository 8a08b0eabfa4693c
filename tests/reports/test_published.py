"""Dates of publication: what a text says of itself at its head, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UndatedReportError
from tocsin.reports.published import read_day, read_head, settle

DAY = date(2022, 5, 17)


@pytest.mark.parametrize(
    "head",
    [
        "date: 2022-05-17\n",
        "Date: 2022-05-17T10:30:00Z\n\n",
        "date 2022-05-17 ",
        "Published: 17 May 2022\n",
        "published on May 17, 2022\n",
        "PUBLISHED: Tuesday, 17 May 2022\n",
        "Published 17.05.2022\n",
        "17 May 2022\n",
        "Tue, May 17th, 2022, 10:30 GMT\n",
        "source: The Paper\ntitle: Orders refused\ndate: 2022-05-17\n\n",
        "---\ndate: '2022-05-17'\nlayout: post\n---\n",
        "Publication date: 17 Sept. 2022\n".replace("Sept.", "May"),
    ],
)
def test_a_date_at_the_head_is_read_and_kept_out_of_the_text(head: str) -> None:
    found = read_head(head + "The officers refused.")

    assert found.published == DAY
    assert found.body == "The officers refused."


def test_a_dateline_is_read_and_stays() -> None:
    text = "KYIV, Ukraine, May 17, 2022 (Agency) - The officers refused."

    assert read_head(text).published == DAY
    assert read_head(text).body == text


def test_a_headline_above_the_date_stays() -> None:
    found = read_head("Orders refused\nBy our own correspondent\nPublished 17 May 2022\n\nThe officers refused.")

    assert found.published == DAY
    assert found.body == "Orders refused\nBy our own correspondent\n\nThe officers refused."


def test_all_fields_of_a_head_are_read() -> None:
    found = read_head(
        "Source: The Paper\nURL: https://a.org/b\nTitle: 'Orders'\nPublished: 2022-05-17\n\nText: it says."
    )

    assert (found.source, found.url, found.title, found.body) == (
        "The Paper",
        "https://a.org/b",
        "Orders",
        "Text: it says.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The officers refused on 17 May 2022.",
        "KYIV, May 17 (Agency) - The year is missing.",
        "Published: 05/06/2022\nTwo readings.",
        "date: 2022-02-30\nNo such day.",
        "The date 2022-05-17 is in the middle of a line.",
        "\n".join(["A line."] * 12 + ["date: 2022-05-17"]),
        "Published: yesterday\nNo day.",
        "date: 99999-05-17\n",
        "",
    ],
)
def test_no_date_is_guessed(text: str) -> None:
    assert read_head(text).published is None


def test_dashes_without_an_end_are_no_front_matter() -> None:
    assert read_head("---\ndate: 2022-05-17\nThe text goes on").body.startswith("---")


@given(st.text())
def test_any_text_has_a_head_that_can_be_read(text: str) -> None:
    assert len(read_head(text).body) <= len(text)


@given(st.dates(min_value=date(1600, 1, 1)))
def test_a_day_is_read_back_from_the_ways_it_is_written(day: date) -> None:
    months = "January February March April May June July August September October November December".split()  # noqa: SIM905
    month = months[day.month - 1]

    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day} {month} {day.year:04}") == day
    assert read_day(f"{month[:3]}. {day.day}, {day.year:04}") == day


def test_a_files_own_date_wins_and_that_is_said() -> None:
    told: list[str] = []

    assert settle("a.txt", DAY, date(2022, 6, 1), told.append) == DAY
    assert "2022-05-17" in told[0]
    assert "2022-06-01" in told[0]


def test_a_given_date_fills_in_without_a_word() -> None:
    told: list[str] = []

    assert settle("a.txt", None, DAY, told.append) == DAY
    assert not told


def test_a_report_without_any_date_is_refused_with_the_remedy() -> None:
    with pytest.raises(UndatedReportError, match="--published YYYY-MM-DD"):
        settle("a.txt", None, None, print)
