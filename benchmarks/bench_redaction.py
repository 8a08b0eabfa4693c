"""How fast reports are redacted at the door: made-up pages of 200 words, one process."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from tocsin.reports.redact import redact

PAGE = """
The Norland defence ministry said on Tuesday that two battalions had refused orders to attack near the river.
Private Ivan Petrov and his mother Olga agreed. Officers of the Sudland army denied that any of its units had
surrendered. "We had no fuel and no bread for a week," a soldier of the 4th Rifle Regiment said. His company had lost a
third of its men since March, he added. Mothers of conscripts gathered in front of the ministry and asked where
their sons were. According to an aid group, men who tried to leave were beaten. President Marat Orlov was silent.
"""


def test_a_hundred_reports(benchmark: BenchmarkFixture) -> None:
    pages = [f"{number}. {PAGE * 2}" for number in range(100)]
    redact(pages[0])  # reads the lists

    shown = benchmark.pedantic(lambda: list(map(redact, pages)), rounds=3)

    words = sum(len(page.split()) for page in pages)
    benchmark.extra_info["reports of 200 words a second"] = round(words / 200 / benchmark.stats["mean"])
    assert all("Petrov" not in page and "Orlov" in page for page in shown)
