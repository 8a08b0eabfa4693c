"""Identifiers follow from content alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ids import canonical, content_id, plain, sha256

words = st.text(st.characters(codec="utf-8"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@dataclass(frozen=True)
class Record:
    day: date
    parts: tuple[int, ...]


@given(st.dictionaries(words, values, max_size=4))
def test_the_order_of_keys_changes_no_id(content: dict[str, object]) -> None:
    turned = dict(reversed(content.items()))
    assert content_id("record", content) == content_id("record", turned)


@given(st.lists(words, unique=True))
def test_the_order_of_a_set_changes_no_id(content: list[str]) -> None:
    assert canonical(set(content)) == canonical(frozenset(reversed(content)))


@given(values, values)
def test_different_content_has_different_ids(one: object, other: object) -> None:
    assert (content_id("record", one) == content_id("record", other)) == (canonical(one) == canonical(other))


def test_a_kind_is_part_of_the_id() -> None:
    assert content_id("report", "x") != content_id("claim", "x")
    assert content_id("report", "x").startswith("report-")


def test_records_dates_and_tuples_are_written_as_json_knows_them() -> None:
    assert plain(Record(day=date(2031, 3, 3), parts=(1, 2))) == {"day": "2031-03-03", "parts": [1, 2]}


def test_what_is_no_number_has_no_id() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_the_hash_is_the_known_one() -> None:
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
