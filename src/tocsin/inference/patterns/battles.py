"""Patterns of single battles: what losers and winners had lost, and how little the force ratio says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tocsin.inference.patterns.bench import Bench, armies

PAIRS: Final = 40
SMALLER: Final = 10_000
RATIO: Final = 2.0
RATIO_SPREAD: Final = 0.73
DAYS: Final = 30
AFTER: Final = 2
"""A battle lasts at most so many days; losses count to so many evenings after a break."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Battles:
    """Battles in which one side broke first."""

    lost: NDArray[np.float64]
    """(battles, 2) share lost by the first and the second side."""
    casualties: NDArray[np.float64]
    """(battles, 2) soldiers lost."""
    ratio: NDArray[np.float64]
    """(battles,) soldiers of the first side over those of the second at the start."""
    loser: NDArray[np.int64]
    """(battles,) which side broke: 0 or 1."""

    def of(self, *, losers: bool) -> NDArray[np.float64]:
        """The shares lost by all losers, or by all winners."""
        return self.lost[np.arange(self.loser.size), self.loser if losers else 1 - self.loser]


def battles(bench: Bench) -> Battles:
    """Fight battles of two sides that are one formation each, day after day until one breaks."""
    found: Battles = bench.once("battles", lambda: _fight(bench))
    return found


def _fight(bench: Bench) -> Battles:
    ratio = RATIO * np.exp(RATIO_SPREAD * ndtri((np.arange(PAIRS) + 0.5) / PAIRS))
    sizes = SMALLER * np.stack([np.maximum(ratio, 1.0), np.maximum(1.0 / ratio, 1.0)], axis=1)
    where = replace(armies([1] * 2 * PAIRS), establishment=sizes.ravel().astype(np.int64))
    drawn = bench.prior(bench.runs(30), 2 * PAIRS)
    drawn["losses.rate"] *= 2.0
    drawn["losses.contact"] = drawn["breaking.battle"] = 1.0
    drawn["condition.line_days"] = np.inf
    drawn["condition.relief_days"] = 1e-9
    what = bench.run(where, drawn, DAYS + AFTER)
    bench.done("battles")
    pairs = (len(drawn) * PAIRS, 2)
    broke = what.seen["breaks"][:, :DAYS] > 0
    day = np.where(broke.any(axis=1), broke.argmax(axis=1), DAYS).reshape(pairs)
    end = day.min(axis=1) + AFTER
    each = np.cumsum(what.seen["casualties"] + what.seen["surrendered"], axis=1, dtype=np.float64)
    each = each.transpose(0, 2, 1).reshape(*pairs, DAYS + AFTER)
    decided = day[:, 0] != day[:, 1]
    casualties = np.take_along_axis(each[decided], end[decided, None, None], axis=2)[..., 0]
    begun = what.begun.reshape(pairs)[decided]
    return Battles(
        lost=casualties / begun,
        casualties=casualties,
        ratio=begun[:, 0] / begun[:, 1],
        loser=day[decided].argmin(axis=1),
    )


def losers(bench: Bench) -> dict[str, float]:
    """V1."""
    lost = battles(bench).of(losers=True)
    return {"median": float(np.median(lost)), "tail": float(np.quantile(lost, 0.9))}


def winners(bench: Bench) -> dict[str, float]:
    """V2."""
    return {"median": float(np.median(battles(bench).of(losers=False)))}


def larger_share(bench: Bench) -> dict[str, float]:
    """V3."""
    fought = battles(bench)
    return {"share": float((fought.of(losers=True) > fought.of(losers=False)).mean())}


def thirty_per_cent(bench: Bench) -> dict[str, float]:
    """V4."""
    fought = battles(bench)
    return {
        "sensitivity": float((fought.of(losers=True) >= 0.3).mean()),
        "specificity": float((fought.of(losers=False) < 0.3).mean()),
    }


def loss_ratio(bench: Bench) -> dict[str, float]:
    """V6."""
    fought = battles(bench)
    exchange = np.log(np.maximum(fought.casualties[:, 0], 0.5) / np.maximum(fought.casualties[:, 1], 0.5))
    force = np.log(fought.ratio)
    return {
        "slope": float(np.polyfit(force, exchange, 1)[0]),
        "explained": float(np.corrcoef(force, exchange)[0, 1] ** 2),
    }
