"""The page of scores keeps kinds apart, draws reliability, and lets nothing from outside act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from strategies import sealed_of
from tocsin.forecasts.resolution import Resolution
from tocsin.forecasts.scorecard import Judged, scorecard
from tocsin.products.scorecard import render


def scores(n: int, case: str = "a-war") -> dict[str, Any]:
    judged = []
    for number in range(n):
        _, forecast = sealed_of(as_of=date(2031, 3, 3) + timedelta(days=number), case=case, probability=number / n)
        outcome = "yes" if number % 3 == 0 else "no"
        came = Resolution(asked=forecast.asked, outcome=outcome, reason="r", by="b", known=forecast.closes)  # type: ignore[arg-type]
        judged.append(Judged(forecast=forecast, resolution=came, live=False))
    return {"schema": 1, "case": case, "seed": 1, **scorecard(judged, seed=1)}


@pytest.fixture(scope="module")
def page() -> str:
    return render(scores(24))


def test_both_kinds_stand_in_sections_of_their_own(page: str) -> None:
    past, live = page.index('id="retrospective"'), page.index('id="live"')

    assert past < page.index("<svg") < live
    assert page.count("<svg") == 1
    assert "too few to tell" in page[live:]


def test_the_curve_stands_as_a_table_too(page: str) -> None:
    assert "Came about" in page
    assert page.count("24 resolved, 0 void") == 1


def test_the_page_is_the_same_every_time(page: str) -> None:
    assert render(scores(24)) == page


def test_the_page_calls_nothing_and_the_name_of_a_case_is_text() -> None:
    page = render(scores(3, case="<script>alert(1)</script>"))

    assert "<script" not in page
    assert "&lt;script" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
