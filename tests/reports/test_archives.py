"""PDF, feeds and web archives: what comes out of each, and what comes of broken ones."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from seeds import ATOM, PAGE, RSS, pdf, record

from tocsin.errors import UnreadableReportError
from tocsin.reports.formats import pdf as pages
from tocsin.reports.open import read_path
from tocsin.reports.report import Report

DAY = date(2022, 5, 17)
WORDS = "date: 2022-05-17\n\nThe officers of two battalions refused their orders."


def read(folder: Path, name: str, content: bytes) -> tuple[list[Report], list[str], list[str]]:
    path, warnings = folder / name, list[str]()
    path.write_bytes(content)
    items = list(read_path(path, warn=warnings.append))
    errors = [str(item) for item in items if isinstance(item, UnreadableReportError)]
    return [item for item in items if isinstance(item, Report)], errors, warnings


def test_a_pdf_gives_its_words_and_the_date_they_give(tmp_path: Path) -> None:
    (report,), errors, _ = read(tmp_path, "a.pdf", pdf(WORDS))

    assert not errors
    assert (report.format, report.published) == ("pdf", DAY)
    assert report.text == "The officers of two battalions refused their orders."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(WORDS, password="x"), "locked with a password"),  # noqa: S106
        (pdf(""), "hold no text"),
        (pdf(WORDS)[:400], "broken PDF"),
        (b"no pdf at all", "broken PDF"),
        (pdf("No date here."), "no date of publication"),
    ],
)
def test_a_pdf_that_cannot_be_read_costs_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    reports, (error,), _ = read(tmp_path, "a.pdf", content)

    assert not reports
    assert said in error
    assert "\n" not in error


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PATIENCE", 0.0)

    _, (error,), _ = read(tmp_path, "a.pdf", pdf(WORDS))

    assert "not read within" in error


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_LETTERS", 3)

    found = pages.extract(pdf(WORDS))

    assert isinstance(found, str)
    assert "more than 500 pages" in found


def test_each_entry_of_a_feed_is_a_report_with_its_own_id_and_address(tmp_path: Path) -> None:
    (report,), _, _ = read(tmp_path, "a.rss", RSS.encode())

    assert (report.source, report.published, report.title) == ("Wire", DAY, "Orders & refusal")
    assert (report.url, report.given, report.text) == ("https://wire.example/1", "a1", "They refused.")


def test_an_entry_was_not_known_before_its_last_change(tmp_path: Path) -> None:
    (report,), _, _ = read(tmp_path, "a.atom", ATOM.encode())

    assert report.published == date(2022, 5, 18)


def test_a_bad_entry_costs_one_line_and_the_others_go_through(tmp_path: Path) -> None:
    content = RSS.replace("<item>", "<item><title>No date</title></item><item>", 1)
    reports, errors, _ = read(tmp_path, "a.xml", content.encode())

    assert len(reports) == len(errors) == 1
    assert "entry 1: no date" in errors[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_defines_entities_is_refused_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>' + RSS.partition("?>")[2]
    reports, (error,), _ = read(tmp_path, "a.rss", bomb.encode(encoding))

    assert not reports
    assert "entities" in error


@pytest.mark.parametrize("tags", ["<item>" * 2_001, "<x:entry>" * 2_001, "<a>" * 40_001])
def test_a_feed_of_too_many_entries_or_tags_is_refused_before_it_is_parsed(tmp_path: Path, tags: str) -> None:
    reports, (error,), _ = read(tmp_path, "a.rss", f"<rss><channel>{tags}".encode())

    assert not reports
    assert "Cut it into several feeds" in error


def test_a_feed_never_opens_an_address(tmp_path: Path) -> None:
    reports, (error,), _ = read(tmp_path, "a.rss", b"http://127.0.0.1:9/feed.rss")

    assert not reports
    assert "no feed" in error


def test_a_page_of_an_archive_has_the_records_address_and_its_own_date(tmp_path: Path) -> None:
    (report,), errors, _ = read(tmp_path, "a.warc.gz", gzip.compress(record(PAGE.encode())))

    assert not errors
    assert (report.url, report.published, report.format) == ("https://paper.example/a", DAY, "html")


def test_a_page_that_an_archive_fetched_again_with_other_words_was_not_known_before(tmp_path: Path) -> None:
    later = record(PAGE.replace("two", "ten").encode(), day="2022-06-01T00:00:00Z")
    reports, _, _ = read(tmp_path, "a.warc", record(PAGE.encode()) + later)

    assert [report.published for report in reports] == [DAY, date(2022, 6, 1)]


def test_no_name_in_an_archive_becomes_a_path(tmp_path: Path) -> None:
    names = (
        "../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://a.example/../../../x",
        "https://a.example/%00",
    )
    content = b"".join(record(PAGE.encode(), address=name) for name in names)
    reports, _, warnings = read(tmp_path, "a.warc", content)

    assert [path.name for path in tmp_path.iterdir()] == ["a.warc"]
    assert {report.url for report in reports} <= {"https://a.example/../../../x", "https://a.example/%00", None}
    assert all(report.text.startswith("Orders") or "officers" in report.text for report in reports)
    assert "passed over" in warnings[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: " + b"a" * 300_000, "too long"),
        (gzip.compress(record(b"<html>" + b"\0" * 90_000_000)), "far more than its size"),
        (record(PAGE.encode()).replace(b"2022-05-20T10", b"someday-x-T10"), "WARC-Date is no day"),
        (b"no archive\x1b[31m", "no WARC"),
        (gzip.compress(gzip.compress(record(PAGE.encode()))), "after record 0"),
        (record(PAGE.encode()).replace(b"200 OK", b"404 No"), "no page of text"),
        (record(b"<html>" + b"x" * 2_000_001), "more than 2 MB"),
        (gzip.compress(record(PAGE.encode()))[:400], "breaks off"),
    ],
)
def test_an_archive_that_cannot_be_read_costs_one_line(
    tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reports, errors, _ = read(tmp_path, "a.warc", content)

    assert not reports
    assert any(said in error for error in errors)
    assert all(error.isprintable() for error in errors)
    assert capsys.readouterr().err == ""
