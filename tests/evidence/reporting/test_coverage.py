"""Silence is missing unless it is known who watched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from armies import START
from saying import days, said
from tocsin.evidence.observation import Observation
from tocsin.evidence.quality import silence
from tocsin.evidence.reporting.coverage import Coverage, watched

COVER = Coverage(
    force="Norland",
    indicator="refusal",
    happened=days(0, 27),
    known=START,
    probability=0.6,
    sources=2,
    one_feed=False,
    speaker_kind="ngo",
    reference="made up",
)
ALL = frozenset({"refusal"})


def _seen(cover: Coverage = COVER, *claims: object, after: int = 60, **more: object) -> list[Observation]:
    return watched([cover], claims, start=START, as_of=START + timedelta(after), indicators=ALL, **more)  # type: ignore[arg-type]


def test_every_week_watched_is_one_observation_heard_or_silent() -> None:
    seen = _seen(COVER, said("They refuse.", speaker_kind="ngo", day=8), said("They refuse.", speaker_kind="media"))
    assert [o.value for o in seen] == [0.0, 1.0, 0.0, 0.0]
    assert all(0.7 < (o.chance or 0) <= 0.84 and 0 < (o.false or 0) < 0.05 for o in seen)
    assert len({o.id for o in seen}) == 4


def test_denials_other_forces_and_other_indicators_are_not_hearing() -> None:
    others = [
        said("No.", speaker_kind="ngo", polarity="negated"),
        said("They.", speaker_kind="ngo", force="Sudland"),
        said("Tired.", speaker_kind="ngo", indicator="low_morale"),
    ]
    assert not any(o.value for o in _seen(COVER, *others))


def test_reports_may_still_come_so_that_fresh_silence_says_less() -> None:
    fresh = _seen(after=27)[-1].chance or 0.0
    assert fresh < 0.3 * (_seen()[-1].chance or 0.0)


def test_one_feed_misses_as_one() -> None:
    assert (_seen(replace(COVER, one_feed=True))[0].chance or 0) < 0.61


def test_coverage_that_was_not_known_yet_or_speaks_of_nothing_modelled_is_left_out() -> None:
    assert _seen(replace(COVER, known=START + timedelta(61))) == []
    assert _seen(replace(COVER, indicator="defection")) == []
    assert len(_seen(replace(COVER, happened=days(3, 20)))) == 2


def test_the_reader_is_told_what_silence_counts_for() -> None:
    assert "counts for nothing" in silence([])
    assert "4 week(s) of refusal, of which 4 were silent" in silence(_seen())
