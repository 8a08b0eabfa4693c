"""A user's mistake has one kind of error, and a message that says what to do."""

from __future__ import annotations

import pytest

from tocsin import errors
from tocsin.errors import TocsinError

RAISED = [
    (errors.UndatedReportError("a.txt"), "--published YYYY-MM-DD"),
    (errors.UnreadableReportError("a.bin", "no text", "Save it as text."), "Save it as text."),
    (errors.UngroundedClaimError("report-1", 3, 9), "3 to 9"),
    (errors.CatalogueError("losses.rate", "needs a label"), "losses.rate: needs a label"),
    (errors.UnknownNameError("case", "x", ["a", "b"]), "There are: a, b."),
    (errors.MissingExtraError("battles", "The study"), "pip install 'tocsin[battles]'"),
]


@pytest.mark.parametrize(("error", "says"), RAISED, ids=lambda x: type(x).__name__)
def test_a_message_says_what_is_wrong_and_what_to_do(error: TocsinError, says: str) -> None:
    assert isinstance(error, TocsinError)
    assert says in str(error)


def test_every_error_of_a_user_is_of_one_tree() -> None:
    raised = [thing for name, thing in vars(errors).items() if name.endswith("Error")]
    assert len(raised) >= 9
    assert all(issubclass(thing, TocsinError) for thing in raised)
