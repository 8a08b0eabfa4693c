"""Copies of every kind share an origin; what merely tells of the same event does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telling import DENIAL, FORT, RETOLD, RUMOUR, SKIFF, START, item, together, traced
from tocsin.evidence.origins.item import Item
from tocsin.evidence.origins.trace import trace

FOOTER = "\n\nSubscribe to our newsletter and support our work. All rights reserved."
HOUSE = "\n\nThe house of Merle prints every evening but one and answers to nobody at all."


def test_a_reprint_is_one_origin_whatever_is_put_around_it() -> None:
    found = traced(item("a", FORT), item("b", "(Special) " + FORT + " Our readers may judge.", hour=2))

    assert together(found, "a", "b")
    assert [(e.child, e.parent, e.kind) for e in found.edges] == [("b", "a", "reprint")]


def test_an_excerpt_is_one_origin() -> None:
    part = FORT.split(". ")[1]
    around = f"Letters of the week keep coming. One line from the strait: {part}. We wish the cooks well and go on."

    assert together(traced(item("a", FORT), item("b", around, hour=30)), "a", "b")


def test_swapped_digits_are_a_copy_with_an_error() -> None:
    wrong = FORT.replace("418", "481").replace("190", "109")
    found = traced(item("a", FORT), item("b", wrong, hour=5))

    assert together(found, "a", "b")
    assert found.edges[0].kind == "transcription"
    assert "became" in found.edges[0].evidence


def test_a_telling_in_other_words_is_one_origin_and_another_witness_is_not() -> None:
    found = traced(item("a", FORT), item("b", SKIFF, hour=24), item("c", RETOLD, hour=50))

    assert together(found, "a", "c")
    assert not together(found, "a", "b")


def test_a_citation_without_a_copied_word_is_one_origin() -> None:
    cites = (
        "Freight through the strait will cost a third more from Monday, three carriers said. The guns of Ostrava Fort "
        "now belong to the militia and, as Tamu Radio reported, have 190 rounds. Fishermen are passing freely."
    )
    found = traced(item("a", FORT, publisher="Tamu Radio"), item("b", cites, hour=40))

    assert together(found, "a", "b")
    assert found.edges[0].kind == "citation"


def test_a_denial_is_an_origin_of_its_own_and_answers_what_it_denies() -> None:
    found = traced(item("a", FORT), item("b", DENIAL, hour=20))

    assert not together(found, "a", "b")
    assert found.origin["b"] == "b"
    assert [(e.child, e.parent, e.kind) for e in found.edges] == [("b", "a", "denial")]


def test_a_rumour_has_no_recorded_lineage() -> None:
    found = traced(item("a", FORT), item("b", RUMOUR, hour=60))

    assert found.origin["b"] == "unrecorded"


def test_two_papers_that_give_one_series_differently_shifted_are_one_origin() -> None:
    censor = (
        "The Prosecutor General's Office opened 6,988 cases of unauthorised leaving in 2022, including 347 in January "
        "and February, and 17,658 in 2023, it said in reply to a request. In 2024 there were 67,840, and from January "
        "to July 2025 another 110,511."
    )
    babel = (
        "Prosecutors registered 347 cases for absence without leave in 2022, 6,641 in 2023, 67,840 in 2024 and "
        "110,511 in the first seven months of 2025, 185,339 in all, the Prosecutor General's Office told reporters."
    )

    assert together(traced(item("censor", censor), item("babel", babel, hour=3)), "censor", "babel")


@pytest.mark.parametrize("footer", [FOOTER, HOUSE])
def test_a_footer_ties_nothing(footer: str) -> None:
    texts = [FORT, SKIFF, RUMOUR]
    found = traced(*(item(f"i{n}", text + footer, hour=n, publisher="Merle") for n, text in enumerate(texts)))

    assert len({found.origin["i0"], found.origin["i1"], found.origin["i2"]}) == 3


def test_a_form_that_is_filled_in_daily_is_a_new_origin_every_day() -> None:
    form = (
        "Morning summary of the southern sector, the desk said. Enemy sorties: {}. Rounds fired by our batteries: {}. "
        "Enemy dead counted before the wire: {}. Own wounded: {}. Visibility was poor. No ground was lost or gained."
    )
    days = [item("a", form.format(14, 5220, 61, 22)), item("b", form.format(37, 3870, 18, 95), hour=24)]

    assert not together(traced(*days), "a", "b")


def test_the_order_of_items_changes_nothing() -> None:
    items = [item("a", FORT), item("b", SKIFF), item("c", RETOLD, hour=9), item("d", DENIAL, hour=9)]

    assert len({repr(trace(list(turned))) for turned in permutations(items)}) == 1


def test_other_publishers_names_change_no_tie() -> None:
    items = [item(n, t, hour=h) for h, (n, t) in enumerate(zip("abcd", (FORT, SKIFF, RETOLD, DENIAL), strict=True))]
    renamed = [replace(one, publisher=f"Paper {one.publisher.upper()}{one.publisher}x") for one in items]

    assert trace(items) == trace(renamed)


def test_a_deleted_copy_changes_no_count() -> None:
    items = [item("a", FORT), item("b", SKIFF, hour=1), item("c", RUMOUR, hour=30), item("d", DENIAL, hour=20)]
    copies = [item("a2", "(Wire) " + FORT, hour=4), item("a3", FORT.replace("418", "481"), hour=8)]
    whole, part = trace([*items, *copies]), trace(items)

    assert {name: whole.origin[name] for name in part.origin} == dict(part.origin)
    for one in part.events:
        same = next(event for event in whole.events if one.items[0] in event.items)
        assert (same.origins, same.low, same.high) == (one.origins, one.low, one.high)
        assert same.n_eff == pytest.approx(one.n_eff, abs=0.01)


def test_what_is_missing_does_no_harm() -> None:
    bare = [Item(id="a", text=FORT), Item(id="b", text=FORT), Item(id="c", text=""), Item(id="d", text="?")]
    found = trace(bare)

    assert together(found, "a", "b")
    assert trace([]).events == ()
    assert set(found.origin) == {"a", "b", "c", "d"}


def test_a_recorded_source_is_one_origin() -> None:
    items = [Item(id="a", text=SKIFF, source="a lawyer"), Item(id="b", text=RUMOUR, source="a lawyer")]

    assert set(trace(items).origin.values()) == {"source: a lawyer"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6), st.lists(st.text(max_size=20), max_size=6))
def test_any_text_can_be_traced(texts: list[str], names: list[str]) -> None:
    items = [
        Item(id=f"\x1b[31m{n}", text=text, publisher=name, published=START, title=text[:30], url=f"http://{name}")
        for n, (text, name) in enumerate(zip(texts, names, strict=False))
    ]
    found = trace(items)

    assert sorted(found.origin) == sorted(one.id for one in items)
    assert sorted(name for event in found.events for name in event.items) == sorted(found.origin)
    assert all(1 <= event.low <= event.origins <= event.high <= len(event.items) for event in found.events)


def test_a_very_long_text_is_bounded() -> None:
    rng = Random(3)  # noqa: S311
    words = ["".join(rng.choices("abcdefgh", k=6)) for _ in range(40_000)]
    found = traced(item("a", " ".join(words)), item("b", " ".join(words[:30_000]), hour=1))

    assert together(found, "a", "b")
