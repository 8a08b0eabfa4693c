"""The brief as a reader and a browser get it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import war
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import TocsinError
from tocsin.pipeline.assess import assess
from tocsin.pipeline.progress import Silent
from tocsin.products import brief, figures, tables
from tocsin.products.brief import render
from tocsin.products.words import lint, phrase, sentences

Make = Callable[..., dict[str, Any]]
VOID = {"meta", "link", "br", "hr", "img", "input"}
INLINE = {"a", "abbr", "b", "code", "data", "i", "mark", "q", "span", "strong", "time"}


class Page(HTMLParser):
    """What the tests need to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, bool]] = []
        self.ours: list[str] = []
        self.marked: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        self._break(tag)
        if tag == "mark":
            self.marked.append("")
        if tag not in VOID:
            self.open.append((tag, "data-theirs" in named))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        if not self.open or self.open.pop()[0] != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        names = {tag for tag, _ in self.open}
        if "mark" in names:
            self.marked[-1] += data
        if not names & {"style", "svg", "script"} and not any(theirs for _, theirs in self.open):
            self.ours.append(data)

    def _break(self, tag: str) -> None:
        if tag not in INLINE:
            self.ours.append("\n")

    def values(self, name: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(name)) is not None]

    def sentences(self) -> Iterator[str]:
        blocks = re.sub(r"[ \t]*\n(?=\n)", "", "".join(self.ours))
        return sentences(blocks)


def render_undrawn(made: dict[str, Any]) -> str:
    """Render with empty drawings: they take nearly all the time, and the tests that need them draw them."""
    empty = "<svg></svg>"
    with patch.multiple(figures, bands=lambda _: empty, lanes=lambda *_, **__: empty, counts=lambda *_, **__: empty):
        return render(made)


def numbers(value: Any) -> set[float]:
    if isinstance(value, dict):
        return set().union(*(numbers(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(numbers(item) for item in value))
    return {float(value)} if isinstance(value, int | float) else set()


def sections(html: str) -> list[list[str]]:
    """The sections that each force gets, in order; forces alternate within a section."""
    found: dict[str, int] = {}
    for name in re.findall(r'data-section="([^"]+)"', html):
        found[name] = found.get(name, 0) + 1
    return [list(found), [str(count) for count in found.values()]]


@pytest.fixture(scope="module")
def assessment(make_assessment: Make) -> dict[str, Any]:
    return make_assessment()


@pytest.fixture(scope="module")
def html(assessment: dict[str, Any]) -> str:
    return render(assessment)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_page_is_well_formed_and_has_each_id_once(page: Page) -> None:
    ids = page.values("id")

    assert page.unbalanced == []
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert sum(tag == "h1" for tag, _ in page.tags) == 1


def test_nothing_is_fetched_and_links_leave_only_for_the_web(page: Page) -> None:
    for tag, attrs in page.tags:
        assert tag not in {"script", "img", "iframe", "link", "object", "embed", "base", "form"}
        assert not {"src", "srcset", "action", "background", "poster"} & set(attrs)
        assert not any(name.startswith("on") for name in attrs)
        target = attrs.get("href") or attrs.get("xlink:href")
        if target is not None and not target.startswith("#"):
            assert tag == "a"
            assert target.startswith(("https://", "http://"))
            assert attrs.get("rel") == "noopener noreferrer"


def test_style_and_drawings_name_nothing_outside(html: str) -> None:
    assert not re.search(r"url\(|@import|@font-face|src=", html)


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    ids = set(page.values("id"))

    assert {target[1:] for target in page.values("href") if target.startswith("#")} <= ids


def test_every_sentence_of_ours_keeps_the_rules_of_the_yardstick(page: Page) -> None:
    found = list(page.sentences())

    assert any("unlikely (" in sentence for sentence in found)
    assert any("confidence is" in sentence for sentence in found)
    assert [(sentence, faults) for sentence in found if (faults := lint(sentence))] == []


def test_we_never_call_a_report_confirmed_or_an_origin_independent(page: Page) -> None:
    assert [
        text for text in page.sentences() if re.search(r"\bconfirm|\bindependent|\bcorroborated\b", text, re.IGNORECASE)
    ] == []


def test_every_number_that_the_page_shows_as_data_is_in_the_assessment(page: Page, assessment: dict[str, Any]) -> None:
    shown = {float(attrs["value"] or "nan") for tag, attrs in page.tags if tag == "data"}

    assert len(shown) > 50
    assert shown <= numbers(assessment)


def test_every_probability_asked_for_is_shown_in_words_with_its_number(html: str, assessment: dict[str, Any]) -> None:
    text = re.sub(r"<[^>]+>", "", html)

    assert [
        q["id"] for q in assessment["questions"] if phrase(q["probability"], interval=q["interval"]) not in text
    ] == []


def test_both_forces_get_the_same_sections_in_the_order_of_the_file(html: str) -> None:
    names, counts = sections(html)

    assert {"2"} == set(counts)
    assert names[:5] == ["judgement", "state-strength", "state-morale", "state-cohesion", "state-refusal"]
    assert html.index(">Northland<") < html.index(">Southland<")


def test_every_claim_is_there_once_with_its_quote_marked(page: Page, assessment: dict[str, Any]) -> None:
    shown = [attrs["id"] for tag, attrs in page.tags if tag == "li" and attrs.get("class") == "claim"]

    assert sorted(claim["id"] for claim in assessment["claims"]) == sorted(filter(None, shown))
    assert sorted(claim["quote"] for claim in assessment["claims"]) == sorted(page.marked)


def test_observations_stand_in_order_of_weight(assessment: dict[str, Any]) -> None:
    claims = tables.claim_rows(assessment)
    for force in assessment["forces"]:
        rows = tables.observation_rows(assessment, force["name"], claims)
        weights = [row["weight"] for row in rows]

        assert sorted(weights, reverse=True) == weights
        assert len(rows) > 1


def test_a_contradiction_shows_both_sides(html: str, assessment: dict[str, Any]) -> None:
    torn = [row for row in assessment["assertions"] if row["affirmed"] and row["negated"]]

    assert torn
    assert len(torn) == html.count('class="contradiction"')
    assert "no tie found between them" in html


@pytest.mark.parametrize("thin", [(False, False), (True, False), (False, True), (True, True)])
def test_the_banner_stands_exactly_where_evidence_is_thin(make_assessment: Make, thin: tuple[bool, bool]) -> None:
    made = make_assessment(thin=thin, claims=8)
    made["forces"][0]["state"]["morale"]["thin"] = not thin[0]
    flags = [force["thin"] for force in made["forces"]]
    flags += [state["thin"] for force in made["forces"] for state in force["state"].values()]

    assert sum(flags) == render_undrawn(made).count('<p class="thin">The evidence is too thin to move this')


def test_the_page_is_the_same_every_time(html: str, make_assessment: Make) -> None:
    assert html == render(make_assessment())


def test_the_head_of_the_ledger_is_all_that_another_ledger_changes(make_assessment: Callable[..., Any]) -> None:
    made = make_assessment(claims=4)
    pages = [render(made, head=digit * 64).splitlines() for digit in "ab"]
    changed = [lines for lines in zip(*pages, strict=True) if lines[0] != lines[1]]

    assert len(changed) == 1
    assert "Head of the ledger" in changed[0][0]
    assert "a" * 64 in changed[0][0]


def test_the_page_stays_small_however_much_was_read(make_assessment: Make) -> None:
    made = make_assessment(claims=3000)
    for claim in made["claims"]:
        claim["sentence_text"] = claim["sentence_text"] + " More words." * 200

    html = render(made)

    assert len(html.encode()) < 3_000_000
    assert f"The {3000 - tables.CLAIMS_SHOWN} lightest claims are left out here" in html


def test_a_series_that_was_not_used_says_so(html: str) -> None:
    assert html.count("Not used; vintage: as published.") == 2
    assert html.count("Used; vintage: reconstructed.") == 2


def test_no_evidence_at_all_still_makes_a_page(make_assessment: Make) -> None:
    made = make_assessment(thin=(True, True), claims=0)
    made["series"], made["questions"] = [], []

    page = Page(render(made))

    assert page.unbalanced == []
    assert "".join(page.ours).count("No claim about this force was read.") == 2
    assert "".join(page.ours).count("Nothing read so far moved this judgement.") == 2


def test_an_assessment_of_another_schema_is_refused_with_advice() -> None:
    with pytest.raises(TocsinError, match="Make it again"):
        render({"schema": 99})


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "]]></svg><style>*{display:none}</style>",
    "\u202egnp.exe\u2066\x00\x1b[31m",
    "w" * 5000,
    "مرحبا بالعالم שלום",
    "\ud800",
    "' onmouseover='alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(make_assessment: Make, text: str) -> None:
    made = make_assessment(claims=6)
    plain_tags = [tag for tag, _ in Page(render_undrawn(made)).tags]
    made["title"] = made["case"] = text
    for claim in made["claims"]:
        claim.update(speaker=text, source=text, formation=text, hedges=[text], chain=[text], why=text, extractor=text)
        claim.update(quote=text, sentence_text=f"a {text} b", start=claim["sentence"]["start"] + 2)
        claim["quantity"] = {"text": text, "value": None, "low": None, "high": None, "unit": None}
        claim["grade"]["reasons"] = [text]
    for report in made["reports"]:
        report.update(title=text, source=text, url=f"javascript:{text}")
    for series in made["series"]:
        series.update(speaker=text, source=text, unit=text, indicator=text)
    old = [force["name"] for force in made["forces"]]
    renamed = json.loads(json.dumps(made).replace(json.dumps(old[0]), json.dumps(text)))

    html = render_undrawn(renamed)
    page = Page(html)

    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert sum(tag == "style" for tag, _ in page.tags) == 1
    assert page.unbalanced == []
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert not any("javascript:" in target.lower() for target in page.values("href"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", html)
    assert html.encode("utf-8")
    assert plain_tags.count("section") == [tag for tag, _ in page.tags].count("section")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    claims=st.integers(0, 40),
    thin=st.tuples(st.booleans(), st.booleans()),
    probability=st.floats(0, 1),
)
def test_any_assessment_makes_a_sound_page(
    make_assessment: Make, seed: int, claims: int, thin: tuple[bool, bool], probability: float
) -> None:
    made = make_assessment(seed=seed, claims=claims, thin=thin)
    made["questions"][0]["probability"] = made["questions"][-1]["probability"] = probability

    page = Page(render_undrawn(made))
    ids = page.values("id")

    assert page.unbalanced == []
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.values("href") if target.startswith("#")} <= set(ids)
    assert [fault for sentence in page.sentences() for fault in lint(sentence)] == []
    assert {float(attrs["value"] or "nan") for tag, attrs in page.tags if tag == "data"} <= numbers(made)


def test_exchanging_the_forces_exchanges_their_columns_and_nothing_else(make_assessment: Make) -> None:
    made = make_assessment(claims=20)
    turned = copy.deepcopy(made)
    turned["forces"].reverse()

    words, exchanged = (
        sorted(re.findall(r"[^\s<>]+", re.sub(r"force-\d", "", render_undrawn(one)))) for one in (made, turned)
    )

    assert words == exchanged


def test_a_weight_is_written_with_two_digits_that_count() -> None:
    assert [brief.nats(weight) for weight in (0.1234, 0.00004, 1.29)] == ["0.12", "less than 0.001", "1.3"]


def test_the_brief_of_a_real_assessment_keeps_all_rules(tmp_path: Path) -> None:
    folder = war.write(tmp_path)
    asked = {"with_dossier": True, "seed": 3, "threads": 1, "progress": Silent()}
    made = assess([folder / "loose"], case=str(folder), **asked).assessment

    html = render(made)
    page = Page(html)

    assert page.unbalanced == []
    assert len(html.encode()) < 3_000_000
    assert [(sentence, faults) for sentence in page.sentences() if (faults := lint(sentence))] == []
    assert {str(len(made["forces"]))} == set(sections(html)[1])
