"""A source's reliability comes from its record, by topic and by what it gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from saying import said, traced
from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import join
from tocsin.evidence.sources.record import Records, gains, letter_of, records, voice, weight_of_letter
from tocsin.parameters import value

RELIEF = frozenset({"reinforcement"})


def _learnt(claims: Sequence[Claim]) -> Records:
    origin = traced(claims)
    return records(claims, join(claims, origin), origin, lambda _: "C", RELIEF)


def _voice(name: str, day: int, side: str, **more: object) -> Claim:
    return said(f"{name} on {day}: {more}", source=name, speaker=name, speaker_side=side, day=day, **more)


def _history(liar: str = "opponent", weeks: int = 12) -> list[Claim]:
    """Three who agree every two weeks, and one who says the opposite."""
    return [
        _voice(name, 14 * week, side, polarity="negated" if name == "liar" else "affirmed")
        for week in range(weeks)
        for name, side in (("one", "third"), ("two", "unknown"), ("three", "own"), ("liar", liar))
    ]


@pytest.mark.parametrize(
    ("letter", "prior"), [("A", (18, 2)), ("B", (15, 5)), ("C", (11, 9)), ("D", (8, 12)), ("E", (5, 15)), ("F", (1, 1))]
)
def test_letters_are_beta_priors(letter: str, prior: tuple[int, int]) -> None:
    assert weight_of_letter(letter) == pytest.approx(prior)


def test_who_is_contradicted_by_better_sources_loses() -> None:
    claims = _history()
    origin = traced(claims)
    learnt = records(claims, join(claims, origin), origin, lambda c: "D" if c.source == "liar" else "B", RELIEF)
    accuracy = {voice(c)[0]: learnt.find(c, "C", RELIEF).accuracy for c in claims}
    assert accuracy["liar"] < value("reliability.D") - 0.02
    assert min(accuracy[name] for name in ("one", "two", "three")) > value("reliability.B")


def test_letters_stand_for_the_nearest_accuracy() -> None:
    assert [letter_of(accuracy) for accuracy in (0.95, 0.7, 0.5, 0.38, 0.1)] == list("ABCDE")


def test_nobody_is_borne_out_by_his_own_side() -> None:
    camp = [_voice(f"staff {n}", 14 * week, "opponent") for week in range(10) for n in range(4)]
    assert _learnt(camp).find(camp[0], "C", RELIEF).settled == pytest.approx(0.0, abs=1e-9)


def test_copies_vote_for_nobody() -> None:
    claims = _history()
    lies = enumerate(c for c in claims if c.source == "liar")
    copies = [
        replace(
            said(c.quote, source=f"reprint {n}", day=14 * week + 1), speaker_side=c.speaker_side, polarity="negated"
        )
        for week, c in lies
        for n in range(3)
    ]
    one, other = _learnt(claims), _learnt([*claims, *copies])
    for claim in claims:
        assert one.find(claim, "C", RELIEF).accuracy == pytest.approx(other.find(claim, "C", RELIEF).accuracy)


def test_a_record_on_one_topic_says_less_about_another() -> None:
    claims = _history()
    other = _voice("liar", 3, "opponent", indicator="losses")
    learnt = _learnt([*claims, other])
    here, there = (learnt.find(c, "C", RELIEF).accuracy for c in (claims[3], other))
    assert here < there < value("reliability.C")


def test_a_record_where_one_gains_is_kept_apart_from_one_where_one_does_not() -> None:
    claims = _history(weeks=10)
    admitted = [
        _voice(name, 7 + 14 * week, side, polarity="negated")
        for week in range(10)
        for name, side in (("one", "third"), ("two", "unknown"), ("liar", "opponent"))
    ]
    learnt = _learnt([*claims, *admitted])
    against, by_gain = (
        learnt.find(_voice("liar", 1, "opponent", polarity=p), "C", RELIEF) for p in ("negated", "affirmed")
    )
    assert against.settled > 0
    assert by_gain.settled == 0.0 or by_gain.accuracy != against.accuracy


@pytest.mark.parametrize(
    ("side", "polarity", "indicator", "gain"),
    [
        ("opponent", "affirmed", "refusal", True),
        ("opponent", "negated", "refusal", False),
        ("own", "negated", "refusal", True),
        ("own", "affirmed", "refusal", False),
        ("own", "affirmed", "reinforcement", True),
        ("opponent", "affirmed", "reinforcement", False),
        ("third", "affirmed", "refusal", False),
        ("unknown", "negated", "refusal", False),
    ],
)
def test_who_gains_is_the_side_that_a_belief_serves(side: str, polarity: str, indicator: str, gain: bool) -> None:
    assert gains(said("x", speaker_side=side, polarity=polarity, indicator=indicator), RELIEF) == gain


def test_no_claims_no_records() -> None:
    assert _learnt([]).balance == {}
