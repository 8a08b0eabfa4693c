"""From the claims of a force to its weeks of things left behind, and what they say."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tocsin.claims.claim import Claim
from tocsin.dates import Interval
from tocsin.evidence.observe import SHARED
from tocsin.evidence.series.share import RoutSign, Week, routs


def left_behind(claims: Sequence[Claim], force: str, opponents: Collection[str]) -> dict[str, list[RoutSign]]:
    """Judge the weeks of a force by each speaker's series of shares; a speaker of no such series has no entry."""
    shares: dict[str, list[Claim]] = {}
    for claim in claims:
        quantity = claim.quantity
        if (
            claim.force == force
            and claim.happened is not None
            and quantity is not None
            and quantity.value is not None
            and (quantity.of or 0.0) > 0.0
            and (claim.indicator, quantity.unit) == SHARED
        ):
            shares.setdefault(claim.speaker or claim.source, []).append(claim)
    return {
        speaker: routs([_week(row, claims, force, opponents) for row in _newest(rows)])
        for speaker, rows in shares.items()
    }


def _newest(rows: Sequence[Claim]) -> list[Claim]:
    """The last vintage of each week, in the order of weeks."""
    kept: dict[Interval, Claim] = {}
    for row in sorted(rows, key=lambda row: row.published):
        if row.happened is not None:
            kept[row.happened] = row
    return [kept[span] for span in sorted(kept, key=lambda span: (span.end, span.start))]


def _week(row: Claim, claims: Sequence[Claim], force: str, opponents: Collection[str]) -> Week:
    quantity, span = row.quantity, row.happened
    assert quantity is not None and span is not None  # noqa: S101  chosen because they are there
    lost = sum(_ground(claim, span) for claim in claims if claim.force == force)
    won = sum(_ground(claim, span) for claim in claims if claim.force in opponents)
    return Week(end=span.end, part=quantity.value or 0.0, whole=quantity.of or 1.0, phase=(lost > won) - (lost < won))


def _ground(claim: Claim, span: Interval) -> float:
    """Square kilometres that a force lost within some days, by its share of the days of the count."""
    quantity = claim.quantity
    if claim.happened is None or quantity is None or quantity.unit != "km2" or claim.indicator != "offensive_failure":
        return 0.0
    common = (min(span.end, claim.happened.end) - max(span.start, claim.happened.start)).days + 1
    return (quantity.value or 0.0) * max(common, 0) / claim.happened.days
