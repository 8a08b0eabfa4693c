"""The words of probability, and the check that every sentence of ours passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UnknownNameError
from tocsin.products.words import lint, percent, phrase, sentences, share, word, yardstick

probabilities = st.floats(0, 1)


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.0, "less than 1 in 100"),
        (0.0099, "less than 1 in 100"),
        (0.01, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (0.99, "more than 99 in 100"),
        (1.0, "more than 99 in 100"),
    ],
)
def test_a_band_holds_its_lower_edge_and_not_its_upper(probability: float, expected: str) -> None:
    actual = word(probability)

    assert expected == actual


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.06, "remote chance"),
        (0.09, "highly unlikely"),
        (0.21, "highly unlikely"),
        (0.24, "unlikely"),
        (0.375, "unlikely"),
    ],
)
def test_a_gap_in_the_british_yardstick_takes_the_nearest_band_and_the_lower_at_a_tie(
    probability: float, expected: str
) -> None:
    actual = word(probability, scale="phia")

    assert expected == actual


@given(probabilities, probabilities, st.sampled_from(["icd203", "phia"]))
def test_a_higher_probability_never_takes_a_lower_word(one: float, other: float, scale: str) -> None:
    order = [band.word for band in yardstick(scale).bands]
    low, high = sorted((one, other))

    assert order.index(word(low, scale=scale)) <= order.index(word(high, scale=scale))


@given(probabilities, st.sampled_from(["icd203", "phia"]))
def test_a_phrase_of_ours_passes_the_check(probability: float, scale: str) -> None:
    assert lint(f"This is {phrase(probability, scale=scale)} within 30 days.") == []


@given(probabilities)
def test_the_number_in_brackets_is_never_none_or_all(probability: float) -> None:
    assert percent(probability) not in {"0%", "100%"}


@given(probabilities)
def test_a_share_written_out_is_the_share_to_within_half_a_percent(value: float) -> None:
    assert abs(float(share(value).rstrip("%")) / 100 - value) <= 0.005 + 1e-12


@pytest.mark.parametrize("probability", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_has_no_word(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        word(probability)


def test_an_unknown_yardstick_is_answered_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="icd203, phia"):
        yardstick("../icd203")


@pytest.mark.parametrize(
    "sentence",
    [
        "A collapse is likely.",
        "A collapse is probably near.",
        "There is a realistic possibility of it.",
        "It is Very Unlikely to hold.",
        "It is likely (as we said before).",
    ],
)
def test_a_word_without_its_number_is_a_fault(sentence: str) -> None:
    assert ["no number" in fault for fault in lint(sentence)] == [True]


def test_likelihood_and_confidence_in_one_sentence_are_a_fault() -> None:
    faults = lint("We hold with low confidence that it is likely (60%).")

    assert faults == ["likelihood and confidence share a sentence"]


def test_a_semicolon_does_not_part_likelihood_from_confidence() -> None:
    (sentence,) = sentences("It is likely (60%); our confidence is low.")

    assert lint(sentence)


def test_plain_prose_and_a_band_in_brackets_pass() -> None:
    for sentence in sentences(
        "Our confidence is low. It is likely (55 to 80%). More than one source spoke, at 3.1% of them."
    ):
        assert lint(sentence) == []
