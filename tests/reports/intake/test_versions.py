"""Versions of one report: kept apart, told apart, and only the newest one known is judged."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from strategies import reports
from tocsin.ids import canonical, content_id
from tocsin.reports.intake.versions import key_of, newest
from tocsin.reports.report import Coding, Report, Standing

DAY = date(2022, 5, 17)


def made(text: str = "They fled.", **fields: object) -> Report:
    given = {"source": "Paper", "published": DAY, "original": "0" * 64, "format": "jsonl", **fields}
    return Report(text=text, **given)  # type: ignore[arg-type]


@given(reports())
def test_a_report_that_holds_none_of_the_newer_fields_keeps_its_id_and_its_digest(report: Report) -> None:
    content = (report.source, report.published, report.text, report.coding, report.count, report.vintage)

    assert report.id == content_id("report", content)
    assert not {"given", "language", "withdrawn", "replaces", "standing"} & set(canonical(report).split('"'))


def test_newer_fields_that_are_set_stand_in_the_canonical_form() -> None:
    report = made(given="n1", language="uk", standing=Standing(kind="media"), withdrawn=True)

    assert '"given":"n1"' in canonical(report)
    assert report.id != made(given="n2", withdrawn=True).id
    assert made(given="n1").id == made().id


def test_the_newest_version_is_kept_and_a_withdrawn_report_goes() -> None:
    first = made(url="https://paper.example/a")
    second = made("They held.", url="https://paper.example/a", published=date(2022, 5, 18))
    gone = made("", url="https://paper.example/a", published=date(2022, 5, 19), withdrawn=True)
    other = made("Others fled.", url="https://paper.example/b")

    assert newest([second, first, other]) == [second, other]
    assert newest([first, second, gone, other]) == [other]


def test_of_one_day_the_version_that_names_the_other_is_the_newer() -> None:
    first = made(given="n1")
    second = made("They held.", given="n1", replaces=first.id)

    assert newest([first, second]) == newest([second, first]) == [second]


def test_notes_on_one_page_are_no_versions_of_each_other_but_those_of_one_id_are() -> None:
    coding = Coding(force="North", indicators=("refusal",), polarity="affirmed", speaker="a", speaker_kind="ngo")
    notes = [made(f"{number}.", url="https://paper.example/a", coding=coding) for number in range(3)]

    assert newest(notes) == notes
    assert key_of(made(given="n1", coding=coding)) == key_of(made("Other.", given="n1", coding=coding))


@given(st.permutations([0, 1, 2, 3]))
def test_the_order_in_which_versions_come_changes_nothing(order: list[int]) -> None:
    versions = [made(f"{number}.", given="n1", published=date(2022, 5, 17 + number)) for number in range(4)]

    assert newest([versions[number] for number in order]) == [versions[3]]
