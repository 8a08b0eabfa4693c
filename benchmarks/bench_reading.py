"""How fast reports are read: made-up pages of wire copy, one process."""

from __future__ import annotations

from datetime import date

from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.claims.read import read_claims
from tocsin.reports.report import Report

PAGE = """
The Norland defence ministry said on Tuesday that two battalions had refused orders to attack near the river.
Officers of the Sudland army denied that any of its units had surrendered. "We had no fuel and no bread for a
week," a soldier of the 4th Rifle Regiment said. His company had lost a third of its men since March, he
added. Mothers of conscripts gathered in front of the ministry and asked where their sons were. According to
an aid group, men who tried to leave were beaten.
"""


def test_twenty_pages(benchmark: BenchmarkFixture) -> None:
    pages = [
        Report(
            source="Wire", published=date(2031, 4, 1), text=f"{number}. {PAGE * 8}", original="0" * 64, format="text"
        )
        for number in range(20)
    ]
    list(read_claims(pages[:1]))  # loads the model

    claims = benchmark.pedantic(lambda: list(read_claims(pages)), rounds=2)

    words = sum(len(page.text.split()) for page in pages)
    benchmark.extra_info["words a second"] = round(words / benchmark.stats["mean"])
    assert claims
