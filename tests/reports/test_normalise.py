"""Normalising: one form for each text, and no guess at its letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UnreadableReportError
from tocsin.reports.normalise import decode, normalise, one_line, web_address

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]))


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


@given(ANY_TEXT)
def test_a_normalised_text_can_be_written_and_holds_no_hidden_characters(text: str) -> None:
    stored = normalise(text)

    assert stored.encode("utf-8").decode("utf-8") == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert not [letter for letter in stored if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]


@given(ANY_TEXT)
def test_a_text_grows_by_no_more_than_its_ligatures_and_letters_in_parts(text: str) -> None:
    assert len(normalise(text)) <= 3 * len(text)


@given(st.text(alphabet="abc XYZ.,!?\n"))
def test_plain_words_come_through_as_they_are(text: str) -> None:
    assert normalise(text).split() == text.split()


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("of\ufb01cers \ufb02ed the \ufb03x", "officers fled the ffix"),
        ("sol\u00addiers re\u200bfused\ufeff", "soldiers refused"),
        ("12\u00a0000\u202fmen", "12 000 men"),
        ("cafe\u0301", "café"),
        ("a\x00b\x1b[31mc\x9dd", "ab[31mcd"),
        ("\u202eevil\u202c order", "evil order"),
        ("one  \n\n\n\n two", "one\n\n two"),
        ("\ud800 alone", "\N{REPLACEMENT CHARACTER} alone"),
    ],
)
def test_odd_characters_become_plain_ones(raw: str, stored: str) -> None:
    assert normalise(raw) == stored


def test_a_title_is_one_line() -> None:
    assert one_line("  A\n title\u00a0\r\n here ") == "A title here"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_read(encoding: str) -> None:
    assert decode("a.txt", "Солдаты отказались".encode(encoding)) == "Солдаты отказались"


def test_a_declared_charset_is_believed_where_utf8_fails() -> None:
    assert decode("a.html", "Солдаты".encode("cp1251"), declared="windows-1251") == "Солдаты"


def test_single_western_letters_are_read_as_windows_1252() -> None:
    assert decode("a.txt", "The caf\u00e9\u2019s officers refused their orders".encode("cp1252")).startswith(
        "The caf\u00e9\u2019s"
    )


@pytest.mark.parametrize(
    "data",
    [
        "Солдаты отказались".encode("cp1251"),
        "café".encode() + b" of a hundred refused orders \xff",
        b"\xff\xfe\x00",
        b"abc\x00def",
        b"%PDF-1.7 text",
        b"PK\x03\x04 text",
        b"\x89PNG text",
    ],
)
def test_what_would_be_a_guess_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableReportError) as caught:
        decode("a.txt", data)

    assert str(caught.value).startswith("a.txt: ")
    assert "\n" not in str(caught.value)


def test_a_declared_charset_that_is_no_text_encoding_is_not_used() -> None:
    with pytest.raises(UnreadableReportError):
        decode("a.html", b"\xff\xff\xff\xff", declared="zlib_codec")


@given(st.binary())
def test_bytes_become_text_or_one_clear_error(data: bytes) -> None:
    try:
        assert isinstance(decode("a.txt", data), str)
    except UnreadableReportError as error:
        assert error.remedy


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.b/c", "https://a.b/<script>", "https://a b", "", None]
)
def test_only_web_addresses_are_kept(address: str | None) -> None:
    assert web_address(address) is None


def test_a_web_address_is_kept_as_it_is() -> None:
    assert web_address(" https://example.org/2022/05/17?x=1 ") == "https://example.org/2022/05/17?x=1"
