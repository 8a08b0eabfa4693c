"""Coverage: who demonstrably watched what, so that their silence says something.

Without it silence is missing. It must be set for the very force, indicator and time, from a record of what the same
watchers did report there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

import numpy as np

from tocsin.claims.claim import Claim
from tocsin.dates import Interval, visible, weeks
from tocsin.evidence.assertion import relevant_day
from tocsin.evidence.observation import Observation
from tocsin.evidence.reporting.events import reported_by
from tocsin.evidence.reporting.saying import watching
from tocsin.parameters import value


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How likely watchers are to report what happens, over a time."""

    force: str
    indicator: str
    happened: Interval
    known: date
    """When this was known of the watchers."""
    probability: float
    """That one of them reports what happens, sooner or later."""
    sources: int
    one_feed: bool
    """Whether all depend on one feed, and so miss together."""
    speaker_kind: str
    reference: str


def watched(
    coverage: Sequence[Coverage], heard: Sequence[Claim], *, start: date, as_of: date, indicators: frozenset[str]
) -> list[Observation]:
    """One observation a week and coverage: whether the watchers affirmed the indicator by `as_of`.

    Reports may still come: the chance grows with the days since the week's end by the watchers' usual delay.
    """
    found = []
    for cover in coverage:
        if cover.indicator not in indicators or not visible(cover.known, as_of):
            continue
        spoke = [
            claim
            for claim in heard
            if (claim.force, claim.indicator, claim.polarity) == (cover.force, cover.indicator, "affirmed")
            and claim.speaker_kind == cover.speaker_kind
        ]
        whole = [w for w in weeks(start, as_of) if cover.happened.start <= w.start and w.end <= cover.happened.end]
        found += [_week(cover, week, spoke, as_of) for week in whole]
    return found


def _week(cover: Coverage, week: Interval, claims: Sequence[Claim], as_of: date) -> Observation:
    spoke = [claim for claim in claims if week.start <= relevant_day(claim) <= week.end]
    median, spread = value(f"channels.{cover.speaker_kind}_delay"), value("reporting.delay_spread")
    in_time = float(reported_by(np.array((as_of - week.end).days), median=median, spread=spread))
    false = -float(np.expm1(-week.days * value(f"channels.{cover.speaker_kind}_false")))
    return Observation(
        kind="coverage",
        force=cover.force,
        indicator=cover.indicator,
        happened=week,
        known=max((c.published for c in spoke), default=as_of),
        value=float(bool(spoke)),
        chance=watching(cover.probability * in_time, cover.sources, one_feed=cover.one_feed),
        false=watching(false, cover.sources, one_feed=cover.one_feed),
        origins=0,
        claims=(),
    )
