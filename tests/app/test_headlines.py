"""Headlines keep the rules of probability words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.app.terminal.headlines import headlines
from tocsin.products.words import lint, sentences, word

QUANTILES = {"q05": 0.6, "q50": 0.7, "q95": 0.8}


@given(st.floats(0, 1), st.booleans(), st.sampled_from([30, 90, 180]))
def test_a_word_of_probability_has_its_number_and_never_meets_confidence(p: float, thin: bool, days: int) -> None:
    state = {"label": "Strength", "prior": QUANTILES, "posterior": QUANTILES, "thin": thin}
    question = {"force": "F", "days": days, "question": "Will it break?", "outcome": "it breaks", "probability": p}
    question |= {
        "interval": [p / 2, (1 + p) / 2],
        "base_rate": None if thin else {"probability": 0.01, "reference": "r", "label": "S"},
    }
    question |= {"words": word(p), "id": "breaks", "resolution": "r", "void": "v"}
    force = {"name": "F", "thin": thin, "state": {"strength": state}}
    said = list(headlines({"title": "T", "as_of": "2022-05-17", "forces": [force], "questions": [question]}))

    assert [fault for line in said for sentence in sentences(line) for fault in lint(sentence)] == []
    assert any("It breaks." in line for line in said)
