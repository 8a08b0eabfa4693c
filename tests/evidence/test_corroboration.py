"""Reports that go back to one origin count once; captives' words carry nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

from strategies import claim_of
from tocsin.claims.claim import Claim
from tocsin.evidence.corroboration import independent_reports
from tocsin.reports.report import Report

DAY = date(2031, 3, 3)


def report(source: str, text: str) -> Report:
    return Report(source=source, published=DAY, text=text, original="0" * 64, format="text")


def claim(of: Report, origin: str | None = None, **changes: object) -> Claim:
    return replace(claim_of(of), **({"origin": origin, "speaker": of.source} | changes))  # type: ignore[arg-type]


ONE, TWO, THREE = report("Gazette", "They refuse."), report("Wire", "They will not go."), report("Post", "It is true.")


def sizes(reports: list[Report], claims: list[Claim]) -> list[int]:
    return sorted(len(group) for group in independent_reports(reports, claims))


def test_three_articles_with_one_source_are_one_origin() -> None:
    claims = [claim(each, "ministry bulletin of 3 March") for each in (ONE, TWO, THREE)]

    assert sizes([ONE, TWO, THREE], claims) == [3]


def test_without_a_tie_they_are_apart() -> None:
    assert sizes([ONE, TWO, THREE], [claim(each) for each in (ONE, TWO, THREE)]) == [1, 1, 1]


def test_a_report_tied_to_two_ties_them() -> None:
    claims = [claim(ONE, "a"), claim(TWO, "b"), claim(THREE, "a"), claim(THREE, "b", speaker="someone", start=1)]
    for order in permutations([ONE, TWO, THREE]):
        assert sizes(list(order), claims) == [3]


def test_reports_in_which_nothing_was_read_are_tied_by_publisher_and_words() -> None:
    again, copied = report("gazette", "Other words."), report("Echo", "they  refuse.")

    assert sizes([ONE, again, copied, TWO], []) == [1, 3]


def test_captives_words_carry_nothing() -> None:
    assert sizes([ONE, TWO], [claim(ONE, coerced=True), claim(TWO)]) == [1]
