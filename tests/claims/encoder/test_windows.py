"""A report in windows: every sentence is read once as new, none is lost, and names do not matter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.claims.encoder.windows import LONGEST_WINDOW, Line, Sides, lines, windows
from tocsin.claims.parties import Party
from tocsin.claims.rules.who.discourse import begin
from tocsin.claims.rules.who.sides import sides
from tocsin.claims.text.parsing import sentences

NOBODY = Sides(names=(), groups=(), home=None)


@given(st.lists(st.integers(1, 150), max_size=60))
def test_each_sentence_is_new_in_just_one_window_and_whole_in_it(lengths: list[int]) -> None:
    listed = [Line(tuple(range(1000, 1000 + length)), tuple(range(length))) for length in lengths]

    made = list(windows(listed, NOBODY))

    new = [number for window in made for number, _, _ in window.lines if number >= window.new]
    assert new == list(range(len(lengths)))
    for window in made:
        assert all(window.pieces[start:end] == listed[number].pieces for number, start, end in window.lines)
        assert len(window.pieces) <= LONGEST_WINDOW + 150


def test_a_window_says_where_a_sentence_begins_or_that_it_does_not_hold_it() -> None:
    listed = [Line((2000,) * 100, tuple(range(100))) for _ in range(8)]

    first, *_, last = windows(listed, NOBODY)

    assert first.at(0) == first.body
    assert first.at(7) is None
    assert last.at(7) is not None


def seen(text: str, *parties: str) -> list[Line]:
    discourse = begin(text, tuple(Party(name=name) for name in parties))
    return lines(list(sentences(text, discourse.names)), sides(text, discourse))


def test_two_armies_look_alike_to_the_encoder() -> None:
    text = "{0} lost a battalion on Tuesday. {1} troops had not been paid, and the {0} command said so."

    assert seen(text.format("Mali", "Chadian"), "Mali", "Chad") == seen(text.format("Chad", "Malian"), "Mali", "Chad")


def test_sides_come_in_the_order_in_which_the_report_names_them() -> None:
    text = "Chad attacked at dawn. Mali held the bridge."
    discourse = begin(text, (Party(name="Mali"), Party(name="Chad"), Party(name="Niger")))

    assert sides(text, discourse).names == ("Chad", "Mali", "Niger")
