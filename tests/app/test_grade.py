"""`tocsin grade`: an analyst's grade goes into the ledger, beside what was proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from saying import said, traced
from tocsin.evidence.assertion import join
from tocsin.evidence.grade import judgements
from tocsin.ids import sha256
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

ONE = said("They refuse.", source="The Gazette", speaker="Norland Staff")
(ASSERTION,) = join([ONE], traced([ONE]))
GIVEN = ("--by", "Ann", "--reason", "an old hand")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    place = tmp_path / "book.db"
    report = Report(
        source="The Gazette", published=ONE.published, text="They refuse.", original=sha256(b""), format="text"
    )
    with Ledger(place) as ledger:
        ledger.append([report, ONE, ASSERTION], recorded=datetime(2031, 3, 9, tzinfo=UTC))
    return place


def _kept(place: Path) -> list[Any]:
    with Ledger(place) as ledger:
        return judgements(row.body for row in ledger.records("grade", as_of=date.max) if row.body)


def test_a_source_is_graded_by_either_of_its_names(run: Callable[..., Any], book: Path) -> None:
    for number, name in enumerate(("the gazette", "Norland Staff"), start=1):
        ran = run("grade", name, "--reliability", "b", *GIVEN, "--known", "2031-03-10", "--ledger", str(book))
        assert (ran.code, "as of 2031-03-10 or later" in ran.out) == (0, True)
        assert len(_kept(book)) == number
    (first, *_) = _kept(book)
    assert (first.reliability, first.credibility, first.claims, first.reasons) == ("B", None, (), ("an old hand",))


@pytest.mark.parametrize("subject", [ONE.id, ASSERTION.id])
def test_a_claim_and_an_assertion_are_graded_on_both_axes(run: Callable[..., Any], book: Path, subject: str) -> None:
    ran = run("grade", subject, "--reliability", "C", "--credibility", "2", *GIVEN, "--ledger", str(book))
    assert ran.code == 0
    (given,) = _kept(book)
    assert (given.claims, given.reliability, given.credibility, given.grader) == ((ONE.id,), "C", 2, "Ann")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("Nobody", "--reliability", "B", *GIVEN), 3, "knows no source"),
        (("The Gazette", "--credibility", "2", *GIVEN), 2, "credibility belongs"),
        (("The Gazette", *GIVEN), 2, "give --reliability"),
        (("The Gazette", "--reliability", "B", "--by", " ", "--reason", "x"), 2, "--by needs"),
        (("The Gazette", "--reliability", "B", "--by", "tocsin", "--reason", "x"), 2, "--by needs"),
        (("The Gazette", "--reliability", "Q", *GIVEN), 2, "--reliability"),
        (("The Gazette", "--credibility", "9", *GIVEN), 2, "--credibility"),
    ],
)
def test_what_cannot_be_is_told(
    run: Callable[..., Any], book: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    ran = run("grade", *arguments, "--ledger", str(book))
    assert ran.code == code
    assert says in ran.err
    assert _kept(book) == []
