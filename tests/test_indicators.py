"""The codebook in the catalogue."""

from __future__ import annotations

import pytest

from tocsin.claims.lexicon.patterns import lexicon
from tocsin.errors import UnknownNameError
from tocsin.indicators import indicator, indicators


def test_the_codebook_has_its_26_indicators() -> None:
    assert len(indicators()) == 26
    assert all(one.definition and one.groups for one in indicators().values())


def test_every_indicator_has_patterns_that_compile() -> None:
    found = {pattern.indicator for patterns in lexicon().by_word.values() for pattern in patterns}

    assert found - {None} == set(indicators())


def test_an_unknown_indicator_is_named_with_those_known() -> None:
    with pytest.raises(UnknownNameError, match="mutiny"):
        indicator("sulking")
