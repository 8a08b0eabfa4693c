"""Which claims speak, with how much weight; which stay silent; and nothing depends on names or order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armies import START
from saying import AS_OF, counted, days, graded, observed, said, traced
from strategies import FORCES, claims
from tocsin.claims.claim import Claim
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import observe, silenced, superseded
from tocsin.inference.levels import levels
from tocsin.parameters import value

INDICATORS = frozenset(levels())
C = value("reliability.C")
some = st.lists(claims(START, 70), max_size=12, unique_by=lambda c: c.id)


def _seen(*all_: Claim) -> Observation:
    (one,) = observed(all_)
    return one


def _values(seen: list[Observation]) -> Counter[tuple[object, ...]]:
    """All that is weighed of observations, without the names of claims."""
    return Counter(
        (
            *(o.kind, o.force, o.indicator, o.happened, o.known, o.value, o.of, o.unit, o.side, o.trust),
            *(o.follows, o.origins, frozenset((t.side, round(t.affirmed, 9), round(t.negated, 9)) for t in o.tallies)),
        )
        for o in seen
    )


def _row(value: float, first: int, last: int, unit: str = "soldiers", **more: object) -> Claim:
    """A row of a table of losses."""
    given_ = {"source": "Staff", "speaker": "Staff", "speaker_kind": "military", "extractor": "table", **more}
    return said(
        f"{unit} {value} {first} {last} {given_['source']}",
        day=last,
        indicator="losses",
        happened=days(first, last),
        quantity=counted(value, unit),
        **given_,
    )


@settings(max_examples=150)
@given(some)
def test_silent_claims_are_never_weighed_and_the_others_know_their_day(all_: list[Claim]) -> None:
    by_id = {claim.id: claim for claim in all_}
    for observation in observed(all_):
        for claim in (by_id[c] for c in observation.claims):
            assert claim.published <= observation.known <= AS_OF
            assert claim.vintage != "final"
            assert claim.modality != "hypothetical"
            assert not claim.coerced
            assert claim.force == observation.force
            assert claim.indicator == observation.indicator in INDICATORS
            assert claim.happened is None or claim.happened.end >= START


@settings(max_examples=150)
@given(some)
def test_every_claim_is_weighed_once_or_says_why_not(all_: list[Claim]) -> None:
    weighed = [claim for observation in observed(all_) for claim in observation.claims]
    assert len(weighed) == len(set(weighed))
    heard = [c for c in all_ if silenced(c, as_of=AS_OF, indicators=INDICATORS, start=START) is None]
    assert set(weighed) == {c.id for c in heard} - superseded(heard, start=START)


@pytest.mark.parametrize(
    ("why", "changed"),
    [
        ("after the day", {"day": 61}),
        ("final", {"vintage": "final"}),
        ("whose soldiers", {"force": None}),
        ("captivity", {"coerced": True}),
        ("what might be", {"modality": "hypothetical"}),
        ("before the case", {"happened": days(-900, -1)}),
        ("nothing that this indicator", {"indicator": "offensive_failure"}),
    ],
)
def test_a_silent_claim_says_why(why: str, changed: dict[str, object]) -> None:
    claim = said("They refuse.", **changed)  # type: ignore[arg-type]
    assert why in str(silenced(claim, as_of=AS_OF, indicators=INDICATORS, start=START))
    assert observed([claim]) == []


@settings(max_examples=150)
@given(some, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(all_: list[Claim], chance: object) -> None:
    turned = list(all_)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert _values(observed(all_)) == _values(observed(turned))


@settings(max_examples=100)
@given(some)
def test_renaming_the_forces_mirrors_what_is_observed(all_: list[Claim]) -> None:
    other = dict(zip((*FORCES, None), (*reversed(FORCES), None), strict=True))
    mirrored = observed([replace(claim, force=other[claim.force]) for claim in all_])
    plain = observed(all_)
    assert [replace(o, force=str(other[o.force]), claims=()) for o in mirrored] == [
        replace(o, claims=()) for o in plain
    ]


@settings(max_examples=60)
@given(some, some)
def test_what_becomes_known_later_changes_nothing(all_: list[Claim], more: list[Claim]) -> None:
    known = [c for c in all_ if c.published <= AS_OF]
    later = [replace(c, published=c.published + timedelta(200)) for c in more]
    later = [c for c in later if c.id not in {k.id for k in known}]
    origin = {**traced(later), **traced(known)}
    everything = [*later, *known]
    grades = {**graded(later), **graded(known)}
    seen = observe(everything, origin, grades, start=START, as_of=AS_OF, indicators=INDICATORS)
    assert _values(seen) == _values(observed(known))


def test_affirmations_and_denials_of_a_week_are_one_observation_by_side() -> None:
    seen = _seen(
        said("They refuse.", speaker_side="opponent", speaker_kind="military", day=1),
        said("They hold.", source="b", speaker_side="own", speaker_kind="military", polarity="negated", day=2),
    )
    assert (seen.kind, seen.happened, seen.origins, seen.known) == ("polarity", days(0, 6), 2, START + timedelta(2))
    own, opponent = seen.tallies
    assert (own.side, own.affirmed, opponent.side, opponent.negated) == ("own", 0.0, "opponent", 0.0)
    assert own.negated == pytest.approx(opponent.affirmed) == pytest.approx(C, abs=0.02)


def test_a_hedged_claim_counts_half() -> None:
    plain, hedged = (_seen(said("They refuse.", modality=m, speaker_kind="ngo")) for m in ("asserted", "hedged"))
    assert plain.tallies[0].affirmed == value("reliability.B")
    assert hedged.tallies[0].affirmed == value("reporting.hedged") * value("reliability.B")
    assert value("reporting.hedged") == 0.5


def test_copies_count_once_with_the_weight_of_the_first_and_of_one_day_of_the_best() -> None:
    seen = _seen(
        said("They refuse.", source="a", speaker_kind="media", modality="hedged"),
        said("They refuse.", source="b", speaker_kind="media"),
        said("They refuse.", source="c", speaker_kind="media"),
    )
    assert (seen.origins, seen.tallies[0].affirmed) == (1, C)


def test_who_repeats_an_origin_without_its_hedges_adds_nothing() -> None:
    first = said("They refuse.", source="a", speaker_kind="media", modality="hedged", day=1)
    assert _seen(first, said("They refuse.", source="b", speaker_kind="media", day=3)).tallies == _seen(first).tallies


def test_the_newest_vintage_of_a_week_replaces_the_older_ones() -> None:
    rows = [replace(_row(n, 7, 13), published=START + timedelta(13 + 7 * late)) for late, n in enumerate((80, 140))]
    assert [o.value for o in observed(rows)] == [140]
    assert superseded(rows, start=START) == {rows[0].id}


def test_better_sources_count_for_more() -> None:
    weights = [
        _seen(said("They refuse.", speaker_kind=kind)).tallies[0].affirmed for kind in ("ngo", "media", "collective")
    ]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_a_later_total_replaces_an_earlier_one_of_the_same_speaker() -> None:
    first, second = _row(900, 0, 6), _row(2000, 0, 13)
    assert [o.value for o in observed([second, first])] == [2000]
    assert superseded([first, second], start=START) == {first.id}


def test_of_two_totals_of_one_speaker_and_day_the_same_counts_whoever_is_read_first() -> None:
    first, second = _row(900, 0, 6), _row(1100, 0, 6)
    assert [o.value for o in observed([first, second])] == [o.value for o in observed([second, first])] == [1100]


def test_totals_of_other_speakers_units_and_forces_stand_beside_it() -> None:
    rows = [
        _row(900, 0, 6),
        _row(2000, 0, 13, source="a ministry", speaker="a ministry"),
        _row(50, 0, 13, unit="vehicles"),
        _row(700, 0, 13, force="Sudland"),
    ]
    assert sorted(o.value or 0 for o in observed(rows)) == [50, 700, 900, 2000]


def test_weekly_counts_of_a_series_follow_each_other() -> None:
    rows = [_row(100 + week, 7 * week, 7 * week + 6) for week in range(1, 4)]
    assert [(o.value, o.follows) for o in observed(rows[::-1])] == [(101, False), (102, True), (103, True)]


def test_the_middle_of_several_origins_is_taken_and_copies_count_once() -> None:
    rows = [_row(n, 7, 13, source=s, speaker=s) for n, s in ((100, "a"), (300, "b"), (5000, "c"))]
    seen = _seen(*rows)
    assert (seen.kind, seen.value, seen.origins) == ("level", 300, 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"polarity": "negated"},
        {"formation": "64th"},
        {"echelon": "battalion"},
        {"quantity": counted(9, "km2")},
        {"quantity": None},
        {"quantity": counted(0, "soldiers")},
    ],
)
def test_a_row_that_is_no_count_of_a_whole_force_says_nothing(changed: dict[str, object]) -> None:
    row = replace(_row(900, 0, 6), **changed)  # type: ignore[arg-type]

    assert observed([row]) == []
    assert _seen(replace(row, extractor="rules")).kind == "polarity"


def test_a_sentence_that_counts_over_part_of_the_time_says_only_yes_or_no() -> None:
    assert _seen(replace(_row(900, 0, 6), extractor="rules", happened=days(7, 13))).kind == "polarity"


def test_a_force_that_is_no_part_of_the_case_says_nothing() -> None:
    claim = replace(_row(900, 0, 6), force="Elsewhere")
    asked = {"as_of": date(9999, 1, 1), "indicators": frozenset({"losses"})}

    assert silenced(claim, **asked) is None  # type: ignore[arg-type]
    assert "no part of the case" in str(silenced(claim, **asked, forces=frozenset({"Norland"})))  # type: ignore[arg-type]


def test_a_count_of_an_earlier_war_is_not_held_against_this_one() -> None:
    assert observed([replace(_row(15000, 0, 6), happened=days(-4000, -900))]) == []


def test_a_share_of_vehicles_is_weighed_once_however_often_it_is_printed() -> None:
    rows = [
        said(
            f"{source} abandoned",
            source=source,
            speaker_kind="ngo",
            indicator="abandonment",
            happened=days(0, 6),
            quantity=counted(part, "vehicles", of=whole),
        )
        for source, part, whole in (("a", 8.0, 20.0), ("b", 8.0, 20.0), ("c", 5.0, 10.0))
    ]
    for order in (rows, rows[::-1]):
        seen = _seen(*order)
        assert (seen.kind, seen.value, seen.of, seen.origins) == ("share", 8.0, 20.0, 3)


@pytest.mark.parametrize(
    ("indicator", "quantity"),
    [
        ("desertion", counted(300, "soldiers", of=2000)),
        ("abandonment", counted(300, "soldiers", of=2000)),
        ("abandonment", replace(counted(1, "vehicles", of=20), value=None)),
        ("abandonment", counted(30, "vehicles", of=20)),
    ],
)
def test_a_share_of_something_else_is_not_taken_for_abandoned_vehicles(indicator: str, quantity: object) -> None:
    assert _seen(said("Some of them.", indicator=indicator, quantity=quantity)).kind == "polarity"


def test_no_claims_no_observations() -> None:
    assert observed([]) == []
    assert traced([]) == {}
