"""The door: every file becomes reports or one clear line each, whatever is in it."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.dates import Interval
from tocsin.errors import UndatedReportError, UnreadableReportError
from tocsin.ids import sha256
from tocsin.reports import open as door
from tocsin.reports.formats import lines
from tocsin.reports.open import read_path
from tocsin.reports.report import Report

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared/reports"
DAY = date(2022, 5, 17)
HEADER = "known,start,end,force,indicator,value,of,unit,speaker,speaker_kind,source,vintage\n"
ROW = "2022-05-17,2022-05-10,2022-05-16,North,abandonment,33,99,vehicles,Watchers,ngo,The Watch,as_published\n"
PAGE = """<!DOCTYPE html><html><head><title>Orders | Paper</title>
<meta property="og:title" content="Orders refused"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2022-05-17T08:00:00+02:00">
<link rel="canonical" href="https://paper.example/orders"><script>document.write("run")</script></head>
<body><nav>Home News Sport</nav><article><h1>Orders refused</h1>
<p>The officers of two battalions refused their orders on Monday, the ministry said in a statement to this paper.</p>
<p>Soldiers walked away from their vehicles, and commanders could not say where they had gone
or whether they would return.</p>
</article><footer>All rights reserved</footer></body></html>"""


def read(path: Path, **options: Any) -> tuple[list[Report], list[UnreadableReportError]]:
    items = list(read_path(path, **options))
    return [item for item in items if isinstance(item, Report)], [
        item for item in items if not isinstance(item, Report)
    ]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_becomes_a_report_with_its_head_read(tmp_path: Path) -> None:
    head = "source: The Paper\nurl: https://paper.example/a\ntitle: Orders\ndate: 2022-05-17\n\n"
    content = head + "Pvt. Ivan Petrov \ufb02ed.\r\n"
    (report,), errors = read(written(tmp_path, "a.txt", content))

    assert not errors
    assert (report.source, report.published, report.title, report.url) == (
        "The Paper",
        DAY,
        "Orders",
        "https://paper.example/a",
    )
    assert report.text == "Pvt. [name withheld] fled."
    assert report.original == sha256(content.encode())


def test_markdown_loses_its_marks_and_keeps_its_words(tmp_path: Path) -> None:
    content = "---\ndate: 2022-05-17\n---\n# Orders\n\nThe **officers** [refused](https://a.example/b) "
    content += "`orders`.<!-- no -->\n\n> They _left_."
    (report,), _ = read(written(tmp_path, "a.md", content))

    assert report.format == "markdown"
    assert report.text == "Orders\n\nThe officers refused orders.\n\nThey left."


def test_a_page_gives_its_article_and_metadata_and_runs_nothing(tmp_path: Path) -> None:
    (report,), errors = read(written(tmp_path, "a.html", PAGE))

    assert not errors
    assert (report.source, report.published, report.title) == ("The Paper", DAY, "Orders refused")
    assert report.url == "https://paper.example/orders"
    assert "walked away from their vehicles" in report.text
    assert "<" not in report.text
    assert "run" not in report.text.split()


def test_a_page_under_another_suffix_is_known_by_its_first_words(tmp_path: Path) -> None:
    (report,), _ = read(written(tmp_path, "a.txt", PAGE))

    assert report.format == "html"


@pytest.mark.parametrize(
    "data",
    [
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2022-05-17T10:00"}]}</script>',
        '<meta name="DC.date.issued" content="2022-05-17">',
        '<time itemprop="datePublished" datetime="2022-05-17">May</time>',
    ],
)
def test_a_pages_date_is_found_in_its_metadata(tmp_path: Path, data: str) -> None:
    content = f"<html><head>{data}</head><body><p>{'The officers refused their orders again. ' * 9}</p></body></html>"
    (report,), _ = read(written(tmp_path, "a.html", content))

    assert report.published == DAY


def test_a_page_without_a_date_gets_none_from_its_words_or_the_clock(tmp_path: Path) -> None:
    content = f"<html><body><p>{'In 2021 and on 3 May 2022 the officers refused. ' * 9}</p></body></html>"
    _, (error,) = read(written(tmp_path, "a.html", content))

    assert isinstance(error, UndatedReportError)


def test_a_given_date_fills_in_and_never_overrides(tmp_path: Path) -> None:
    told: list[str] = []
    (undated,), _ = read(written(tmp_path, "a.txt", "They refused."), published=DAY, warn=told.append)
    assert not told
    (dated,), _ = read(written(tmp_path, "b.txt", "date: 2022-05-01\nThey refused."), published=DAY, warn=told.append)

    assert (undated.published, dated.published) == (DAY, date(2022, 5, 1))
    assert len(told) == 1


def test_one_bad_file_among_many_costs_one_line(tmp_path: Path) -> None:
    for number in range(100):
        written(tmp_path, f"{number:03}.txt", f"date: 2022-05-17\nReport {number}.")
    written(tmp_path, "050.txt", b"\x00\x01junk\xff")

    reports, (error,) = read(tmp_path)
    assert len(reports) == 99
    assert error.name == "050.txt"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.txt", b" \n "),
        ("a.txt", b"date: 2022-05-17\n\n"),
        ("a.txt", b"\x00\xff" * 50),
        ("a.pdf", b"%PDF-1.7"),
        ("a.txt", b"%PDF-1.7"),
        ("a.docx", b"PK\x03\x04"),
        ("a.toml", b"a = 1"),
        ("a.csv", b"one,two\n1,2\n"),
        ("a.csv", b"%PDF-1.7"),
        ("a.jsonl", b"\x00\x01"),
        ("a.jsonl", b"[]"),
        ("a.html", b"<html></html>"),
        ("a.json", b"{}"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line_with_a_remedy(tmp_path: Path, name: str, content: bytes) -> None:
    reports, errors = read(written(tmp_path, name, content), published=DAY)

    assert not reports
    (error,) = errors
    assert error.name.startswith(name)
    assert error.remedy
    assert "\n" not in str(error)


def test_a_missing_path_an_empty_folder_and_a_pipe_cost_one_line_each(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty").mkdir()

    for path in (tmp_path / "none.txt", tmp_path / "empty", tmp_path / "pipe.txt", tmp_path / ("x" * 300)):
        reports, errors = read(path)
        assert not reports
        assert len(errors) == 1


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LARGEST_DOCUMENT", 1000)
    _, (error,) = read(written(tmp_path, "a.txt", "date: 2022-05-17\n" + "word " * 1000))

    assert "MB" in str(error)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 300)
    good = ROW if name == "a.csv" else json.dumps({"published": "2022-05-17", "source": "x", "text": "good"}) + "\n"
    reports, (error,) = read(written(tmp_path, name, (HEADER if name == "a.csv" else "") + "a" * 5000 + "\n" + good))

    assert len(reports) == 1
    assert "longer than" in str(error)


def test_a_folder_is_read_in_the_order_of_names_without_hidden_files_and_links_that_leave(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "b").mkdir(parents=True)
    (inside / ".git").mkdir()
    outside = written(tmp_path, "secret.txt", "date: 2022-05-17\nsecret")
    for name in ("c.txt", "a.txt", "b/x.txt", ".hidden.txt", ".git/y.txt"):
        written(inside, name, f"date: 2022-05-17\n{name}")
    (inside / "link.txt").symlink_to(outside)
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "away").symlink_to(tmp_path, target_is_directory=True)
    told: list[str] = []

    reports, errors = read(inside, warn=told.append)
    assert [report.text for report in reports] == ["a.txt", "b/x.txt", "c.txt"]
    assert [error.name for error in errors] == ["loop.txt"]
    assert len(told) == 1


def test_a_files_name_cannot_play_tricks_on_a_terminal(tmp_path: Path) -> None:
    _, (error,) = read(written(tmp_path, "a\x1b[31m\n.txt", b""))

    assert error.name == "a?[31m?.txt"


def test_the_same_report_twice_has_the_same_id(tmp_path: Path) -> None:
    (one,), _ = read(written(tmp_path, "a.txt", "date: 2022-05-17\nThey refused."))
    (two,), _ = read(written(tmp_path, "b.txt", "date: 2022-05-17\r\n\r\nThey refused.\r\n"))

    assert one.id == two.id
    assert one.original != two.original


def test_each_json_line_is_read_or_named_by_its_number(tmp_path: Path) -> None:
    good = {
        "published": "2022-05-17",
        "publisher": "The Paper",
        "note": "They refused.",
        "url": "javascript:x",
        "odd": 1,
    }
    content = "\ufeff" + json.dumps(good) + "\n{bad\n\n[1]\n" + json.dumps({"source": "x", "text": "no day"}) + "\n"
    content += (
        json.dumps({**good, "published": 1652745600}) + "\n" + "[" * 5000 + "\n" + json.dumps({**good, "more": 1})
    )
    told: list[str] = []

    reports, errors = read(written(tmp_path, "a.jsonl", content), warn=told.append)
    assert [report.text for report in reports] == ["They refused."] * 2
    assert [error.name for error in errors] == [f"a.jsonl, line {number}" for number in (2, 4, 5, 6, 7)]
    assert reports[0].url is None
    assert reports[0].original == sha256(json.dumps(good).encode())
    assert len(told) == 1
    assert "odd, more" in told[0]


def test_a_coding_travels_whole_or_is_refused(tmp_path: Path) -> None:
    line = {
        "published": "2022-05-17",
        "source": "x",
        "text": "They refused.",
        "about": "North",
        "indicators": ["refusal"],
    }
    whole = {**line, "polarity": "affirmed", "speaker": "Pvt. Ivan Petrov", "speaker_kind": "soldier"}
    whole |= {"happened": "2022-05-01/2022-05-16", "origin": "a call (echo, altered)"}
    content = "\n".join(map(json.dumps, (line, whole, {**whole, "speaker_kind": "king"}, {**whole, "happened": "May"})))

    (report,), errors = read(written(tmp_path, "a.jsonl", content))
    assert report.coding is not None
    assert report.coding.happened == Interval(date(2022, 5, 1), date(2022, 5, 16))
    assert report.coding.speaker == "Pvt. [name withheld]"
    assert report.coding.origin == "a call"
    assert ["polarity" in str(errors[0]), "speaker_kind" in str(errors[1]), "happened" in str(errors[2])] == [True] * 3


PRIVATE = {
    "published": "2022-05-17",
    "source": "blog of Olga Petrova, mother of Ivan",
    "title": "Olga Petrova speaks",
    "text": "Her son's unit refused.",
    "about": "North",
    "indicators": ["refusal"],
    "polarity": "affirmed",
    "speaker": "Olga Petrova, mother of Private Ivan Petrov",
    "speaker_kind": "relative",
    "origin": "a call with Olga Petrova",
}


def test_no_stored_string_of_a_json_line_names_a_private_person(tmp_path: Path) -> None:
    (report,), errors = read(written(tmp_path, "a.jsonl", json.dumps(PRIVATE)))

    assert not errors
    assert report.source == "blog of [name withheld], mother of [name withheld]"
    assert report.title == "[name withheld] speaks"
    assert report.coding is not None
    assert report.coding.speaker == "[name withheld], mother of Private [name withheld]"
    assert report.coding.origin == "a call with [name withheld]"


def test_no_header_of_a_text_and_no_metadata_of_a_page_names_a_private_person(tmp_path: Path) -> None:
    head = "source: blog of Olga Petrova, mother of Ivan\ntitle: Olga Petrova speaks\ndate: 2022-05-17\n\nThey refused."
    page = PAGE.replace("The Paper", "Blog of Olga Petrova, mother of Ivan").replace(
        '"Orders refused"', '"Olga Petrova"'
    )
    for name, content in (("a.txt", head), ("a.md", head), ("a.html", page)):
        (report,), errors = read(written(tmp_path, name, content))
        assert not errors
        assert "Petrova" not in f"{report.source} {report.title} {report.text}"


def test_no_row_of_counts_names_a_private_person(tmp_path: Path) -> None:
    row = ROW.replace("Watchers,ngo,The Watch", "Olga Petrova,relative,Blog of Olga Petrova")
    (report,), errors = read(written(tmp_path, "a.csv", HEADER + row))

    assert not errors
    assert "Petrova" not in repr(report)
    assert report.count is not None
    assert report.text[report.count.start : report.count.end] == "33"


def test_a_wrong_indicator_costs_its_line_and_names_it(tmp_path: Path) -> None:
    bad = [{**PRIVATE, "indicators": ["nope"]}, {**PRIVATE, "indicators": ["refusal", "Refusal"]}]
    bad.append({**PRIVATE, "speaker_kind": "nope"})
    content = "\n".join(map(json.dumps, (PRIVATE, *bad, PRIVATE)))
    reports, errors = read(written(tmp_path, "a.jsonl", content))
    assert len(reports) == 2
    assert [error.name for error in errors] == [f"a.jsonl, line {number}" for number in (2, 3, 4)]
    assert "'nope'" in str(errors[0])
    assert "abandonment" in str(errors[0])

    rows = HEADER + ROW + ROW.replace("abandonment", "nope") + ROW.replace("ngo", "nope") + ROW
    reports, errors = read(written(tmp_path, "a.csv", rows))
    assert len(reports) == 2
    assert [error.name for error in errors] == ["a.csv, line 3", "a.csv, line 4"]
    assert "'nope'" in str(errors[0])


@pytest.mark.parametrize(
    ("name", "content", "day"),
    [
        ("a.txt", "date: 2022-02-30\nThey refused.", "2022-02-30"),
        ("a.txt", "date: 05/06/2022\nThey refused.", "05/06/2022"),
        ("a.txt", "Orders refused\nPublished 31.04.2022\nThey refused.", "31.04.2022"),
        ("a.md", "---\ndate: 2022-13-01\n---\nThey refused.", "2022-13-01"),
        ("a.html", PAGE.replace("2022-05-17T08:00:00+02:00", "2022-02-30"), "2022-02-30"),
    ],
)
def test_a_date_that_is_no_day_is_named(tmp_path: Path, name: str, content: str, day: str) -> None:
    told: list[str] = []
    path = written(tmp_path, name, content)
    _, (error,) = read(path)
    (report,), _ = read(path, published=DAY, warn=told.append)

    assert f"{day} is no day; write YYYY-MM-DD" in str(error)
    assert report.published == DAY
    assert day in told[0]


def test_an_echo_takes_over_the_origin_of_what_it_repeats(tmp_path: Path) -> None:
    line = {
        "published": "2022-05-17",
        "source": "x",
        "text": "They refused.",
        "about": "North",
        "indicators": ["refusal"],
    }
    line |= {"polarity": "affirmed", "speaker": "an official", "speaker_kind": "official"}
    first = {**line, "id": "1", "origin": "a briefing"}
    second = {**line, "id": "2", "source": "y", "origin": "a paper", "echo_of": "1"}
    third = {**line, "id": "3", "source": "z", "echo_of": "2"}
    lost = {**line, "id": "4", "source": "w", "origin": "unrecorded (pictures)", "echo_of": "9"}
    told: list[str] = []

    reports, _ = read(
        written(tmp_path, "a.jsonl", "\n".join(map(json.dumps, (first, second, third, lost)))), warn=told.append
    )
    assert [report.coding and report.coding.origin for report in reports] == ["a briefing"] * 3 + [None]
    assert len(told) == 1


def test_the_number_of_a_row_is_a_quote_with_characters(tmp_path: Path) -> None:
    (report,), errors = read(written(tmp_path, "a.csv", HEADER + ROW))

    assert not errors
    count = report.count
    assert count is not None
    assert report.text[count.start : count.end] == "33"
    assert (count.value, count.of, count.unit, count.force, count.speaker_kind) == (33, 99, "vehicles", "North", "ngo")
    assert (report.source, report.published, report.vintage) == ("The Watch", DAY, "as_published")
    assert report.original == sha256(ROW.strip().encode())


@given(value=st.integers(0, 10**9), source=st.sampled_from(["33", "value: 7", "A;B", "x" * 50]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_quote_is_the_value_whatever_stands_before_it(tmp_path: Path, value: int, source: str) -> None:
    row = f"2022-05-17,2022-05-10,2022-05-16,North,losses,{value},,soldiers,,,{source},final\n"
    (report,), _ = read(written(tmp_path, "a.csv", HEADER + row))

    assert report.count is not None
    assert report.text[report.count.start : report.count.end] == str(value)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("value", '"1,026"'), ("value", '"10,5"'), ("value", "1 026"), ("value", "-3"), ("value", "nan"),
        ("value", "1e9"), ("value", "many"), ("value", ""), ("value", "100"), ("value", "\u0663"), ("of", "0"),
        ("known", "2022-05-15"), ("known", "17/05/2022"), ("start", "2022-02-30"), ("start", "2022-05-18"),
        ("end", ""), ("speaker_kind", "king"), ("vintage", "today"), ("force", ""), ("source", '"open'),
    ],
)  # fmt: skip
def test_a_bad_cell_costs_its_row_and_names_it(tmp_path: Path, column: str, cell: str) -> None:
    cells = dict(zip(HEADER.strip().split(","), ROW.strip().split(","), strict=True)) | {column: cell}
    content = HEADER + ROW + ",".join(cells.values()) + "\n" + ROW.replace("33", "34")

    reports, (error,) = read(written(tmp_path, "a.csv", content))
    assert len(reports) == 2
    assert error.name == "a.csv, line 3"


def test_a_table_with_many_bad_rows_names_some_and_counts_the_rest(tmp_path: Path) -> None:
    reports, errors = read(written(tmp_path, "a.csv", HEADER + "bad\n" * 500 + ROW))

    assert len(reports) == 1
    assert len(errors) == lines.MOST_COMPLAINTS + 1
    assert "480 more" in str(errors[-1])


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_with_semicolons_or_tabs_are_read(tmp_path: Path, delimiter: str) -> None:
    (report,), _ = read(written(tmp_path, "a.csv", ("\ufeff" + HEADER + ROW).replace(",", delimiter)))

    assert report.count is not None


def test_the_bundled_dossier_is_read_whole() -> None:
    case = ROOT / "src/tocsin/catalog/cases/ukraine-2022"
    notes, bad_notes = read(case / "reports.jsonl")
    counts, bad_counts = read(case / "series")

    assert not bad_notes + bad_counts
    assert len({note.id for note in notes}) == len(notes) == 110
    assert all(note.coding for note in notes)
    assert all(row.count and row.published >= row.count.happened.end for row in counts)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the given reports are not beside the project")
def test_the_given_notes_and_commentary_are_read_as_they_are() -> None:
    notes, errors = read(SHARED / "ukraine-2022.jsonl")
    (commentary,), _ = read(SHARED / "2022-05-17-commentary.txt")

    assert not errors
    assert len(notes) == 110
    assert commentary.published == DAY
    assert commentary.text.startswith("The Russians have lost")


SUFFIXES = st.sampled_from([".txt", ".md", ".html", ".jsonl", ".csv", ".tsv", "", ".pdf"])
STARTS = st.sampled_from(
    ["", "date: 2022-05-17\n", HEADER, HEADER + ROW, '{"published": "2022-05-17", "text": ', "<html>", "---\n"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(suffix=SUFFIXES, start=STARTS, rest=st.binary(max_size=300) | st.text(max_size=300))
def test_nothing_that_a_file_holds_is_raised(tmp_path: Path, suffix: str, start: str, rest: bytes | str) -> None:
    data = start.encode() + (rest if isinstance(rest, bytes) else rest.encode("utf-8", "replace"))
    path = written(tmp_path, f"fuzz{suffix}", data)

    for item in read_path(path, published=DAY):
        if isinstance(item, Report):
            assert item.text.strip()
        else:
            assert isinstance(item, UnreadableReportError)
            assert "\n" not in str(item)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
)
FIELDS = st.sampled_from(
    [
        "id",
        "published",
        "source",
        "url",
        "title",
        "text",
        "speaker",
        "speaker_kind",
        "about",
        "indicators",
        "polarity",
        "happened",
        "origin",
        "echo_of",
        "note",
        "publisher",
        "page_date",
        "other",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(FIELDS, JSON | st.sampled_from(["2022-05-17", "affirmed", "soldier"]), max_size=12))
def test_no_json_object_is_too_odd_for_the_door(tmp_path: Path, line: dict[str, Any]) -> None:
    path = written(tmp_path, "fuzz.jsonl", json.dumps(line))

    assert len(list(read_path(path, published=DAY))) == 1
