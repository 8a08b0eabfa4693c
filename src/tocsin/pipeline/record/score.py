"""Score: every forecast of the ledger, or of one case, beside what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tocsin.errors import NothingFoundError
from tocsin.forecasts.scorecard import Judged, scorecard
from tocsin.pipeline.case import read_case
from tocsin.pipeline.record.sealed import Sealed, resolutions, sealed
from tocsin.store.ledger import Ledger


def judged(ledger: Ledger, *, case: str | None) -> list[tuple[Sealed, Judged]]:
    """Return the forecasts in the order of sealing, each with the resolution that counts.

    `case` is a case's name, also one whose files are gone, or the path of its folder. Raises NothingFoundError where
    none is sealed.
    """
    case = read_case(case).name if case and Path(case).is_dir() else case
    known = resolutions(ledger)
    found = [
        (one, Judged(forecast=one.forecast, resolution=known.get(one.forecast.asked, [None])[-1], live=one.live))
        for one in sealed(ledger, case=case)
    ]
    if not found:
        of = f" of {case}" if case else ""
        raise NothingFoundError(f"The ledger {ledger.name} holds no forecast{of}. Seal some with: tocsin forecast")
    return found


def score(ledger: Ledger, *, case: str | None, seed: int) -> dict[str, Any]:
    """Return the scorecard of a case, or of every case, as JSON has it."""
    tables = scorecard([one for _, one in judged(ledger, case=case)], seed)
    return {"schema": 1, "case": case, "seed": seed, **tables}


def listing(ledger: Ledger, *, case: str | None) -> list[dict[str, Any]]:
    """Return every forecast with its window, what was said and what came of it."""
    return [
        {
            "forecast": one.forecast.id,
            "question": one.forecast.asked,
            "sealed": one.recorded.isoformat(timespec="seconds"),
            "kind": "live" if one.live else "retrospective",
            "case": one.forecast.case,
            "as_of": one.forecast.as_of.isoformat(),
            "closes": one.forecast.closes.isoformat(),
            "text": one.forecast.text,
            "probability": one.forecast.answer.probability,
            "interval": [one.forecast.answer.low, one.forecast.answer.high],
            "shares": list(one.forecast.answer.shares),
            "outcome": came.resolution.outcome if came.resolution else "pending",
            "reason": came.resolution.reason if came.resolution else None,
        }
        for one, came in judged(ledger, case=case)
    ]
