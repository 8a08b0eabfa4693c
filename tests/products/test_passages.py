"""Words of others: cut at the right characters, cleaned, and linked only where it is safe."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.products.passages import CONTEXT, anchor, clean, link, passage


@given(st.text(max_size=900), st.data())
def test_the_quote_is_marked_where_the_claim_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offset = data.draw(st.integers(0, 10_000))
    claim = {"sentence_text": text, "quote": text[start:end], "start": offset + start, "sentence": {"start": offset}}

    cut = passage(claim)

    assert text[start:end] == cut.quote
    assert text[max(0, start - CONTEXT // 4) : start].rpartition(" ")[2] in cut.before or len(text[:start]) > CONTEXT
    assert len(cut.before) <= CONTEXT + 2
    assert len(cut.after) <= CONTEXT + 2


def test_a_quote_that_is_not_in_its_sentence_stands_alone() -> None:
    cut = passage({"sentence_text": "One thing.", "quote": "another", "start": 3, "sentence": {"start": 0}})

    assert (cut.before, cut.quote, cut.after) == ("", "another", "")


@given(st.text(st.characters(), max_size=200))
def test_no_character_that_steers_a_page_survives(text: str) -> None:
    kept = clean(text)

    assert not {"Cc", "Cs"} & {unicodedata.category(character) for character in kept}
    assert not any(0x202A <= ord(character) <= 0x202E or 0x2066 <= ord(character) <= 0x2069 for character in kept)
    assert clean(kept) == kept


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "https://",
        "https://example.org/\u202egnp.exe",
        'https://example.org/"onmouseover="x',
        "http://[broken",
        "",
        None,
    ],
)
def test_an_address_that_is_not_plainly_of_the_web_is_not_linked(url: str | None) -> None:
    assert link(url) is None


@given(st.text(max_size=60))
def test_whatever_is_linked_is_of_the_web(text: str) -> None:
    for candidate in (text, f"https://{text}"):
        assert (linked := link(candidate)) is None or urlsplit(linked).scheme in {"http", "https"}


@given(st.text(max_size=60))
def test_an_anchor_needs_no_escaping(text: str) -> None:
    assert all(character.isascii() and (character.isalnum() or character in "-_") for character in anchor(text))
