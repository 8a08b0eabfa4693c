"""Describe: everything an assessment found, as plain data with contract names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import numpy as np

from tocsin.claims.claim import Claim, line
from tocsin.dates import Interval
from tocsin.evidence.assertion import Assertion
from tocsin.evidence.grade import graders, in_force
from tocsin.evidence.observation import Observation
from tocsin.evidence.quality import quality, silence
from tocsin.evidence.reporting.ratios import ratio_of
from tocsin.evidence.reporting.saying import spread_of_origins
from tocsin.evidence.series.left_behind import left_behind
from tocsin.evidence.series.vintages import revised, to_come
from tocsin.forecasts.forecast import Forecast
from tocsin.ids import ClaimId, plain
from tocsin.inference.ensemble import quantiles, variance
from tocsin.inference.filter import QUANTILES, STATES
from tocsin.parameters import CATALOGUE, value
from tocsin.pipeline.foresee import Judged
from tocsin.products.words import word

LIMITS: Final = CATALOGUE / "limits.toml"
"""What every brief says of its own limits."""

MEANINGS: Final = {
    "strength": ("Strength", "soldiers fit and present, as a share of the establishment"),
    "morale": ("Morale", "mood and confidence of the average unit, 0 to 1"),
    "cohesion": ("Cohesion", "bonds that hold the average unit together, 0 to 1"),
    "refusal": ("Refusal", "share of formations that decline their orders now or, as things are, would within 30 days"),
}


def describe(
    judged: Judged, said: Sequence[tuple[Forecast, dict[str, Any]]], *, provenance: dict[str, Any], side: str | None
) -> dict[str, Any]:
    """Return the assessment as plain data; `side` keeps one force's part of it only."""
    case = judged.case
    shown = [name for name in case.forces if side in (None, name)]
    claims = [c for c in judged.evidence.claims if c.force in shown or (side is None and c.force not in case.forces)]
    kept = {c.id for c in claims}
    return _rounded(
        {
            "schema": 1,
            "as_of": judged.as_of,
            "case": case.name,
            "title": case.title,
            "about": case.about,
            "start": case.start,
            "seed": judged.model.seed,
            "retrospective": case.retrospective,
            "forces": [_force(judged, name) for name in shown],
            "questions": [
                {**q, "words": word(q["probability"])} for f, q in said if q["force"] in shown and not f.cuts
            ],
            "amounts": [q for f, q in said if q["force"] in shown and f.cuts],
            "claims": [_claim(judged, claim) for claim in claims],
            "assertions": [_assertion(judged, a) for a in judged.evidence.assertions if a.force in shown],
            "observations": _observations(judged, shown),
            "agreement": graders(claims, judged.evidence.grades, judged.evidence.judgements),
            "series": _series(judged, [c for c in claims if c.extractor == "table"]),
            "reports": [
                {"id": r.id, "source": r.source, "published": r.published, "title": r.title, "url": r.url}
                for r in judged.reports
                if side is None or any(c.report == r.id and c.id in kept for c in claims)
            ],
            "limits": tomllib.loads(LIMITS.read_text(encoding="utf-8"))["limits"],
            "attribution": list(case.attribution),
            "provenance": provenance,
        }
    )


def _force(judged: Judged, name: str) -> dict[str, Any]:
    number = judged.model.forces.index(name)
    party = judged.case.parties[number]
    states = {state: _state(judged, state, number) for state in STATES}
    ratios = [state["variance_ratio"] for state in states.values()]
    about = [c for c in judged.evidence.claims if c.force == name]
    weighed = [c for c in about if c.id not in judged.evidence.silent]
    watched = [o for o in judged.evidence.observations if o.force == name and o.kind == "coverage"]
    found = quality(weighed, judged.evidence.origin, watched)
    return {
        "name": name,
        "units": int(np.sum(judged.model.where.force == number)),
        "establishment": int(judged.model.establishments[number]),
        "opponents": list(party.opponents),
        "posture": judged.case.postures[name],
        "state": states,
        "variance_ratio": float(np.median(ratios)),
        "thin": all(state["thin"] for state in states.values()),
        "evidence": {
            "reports": len({c.report for c in about}),
            "claims": len(about),
            "weighed": len(weighed),
            "origins": found.origins,
            "by_side": dict(found.by_side),
            "quality": found.grade,
            "reasons": list(found.reasons),
            "silence": silence(watched),
        },
        "left_behind": left_behind(judged.evidence.claims, name, party.opponents),
        "histories": round(judged.after.course.ensemble.worth[number]),
        "history": _history(judged, number),
        "outlook": _outlook(judged, number),
    }


def _state(judged: Judged, state: str, force: int) -> dict[str, Any]:
    label, meaning = MEANINGS[state]
    bands, spreads, middles = [], [], []
    for outlook in (judged.before, judged.after):
        ensemble = outlook.course.ensemble
        values = ensemble.history[STATES[state]][:, -1, force].astype(np.float64)
        bands.append(_band(quantiles(values, ensemble.weights[:, force], QUANTILES)))
        share = np.clip(values, 1e-6, 1.0 - 1e-6)  # on log odds, so that a share near 0 is judged like one near 1/2
        odds = np.log(share / (1.0 - share))
        spreads.append(float(variance(odds, ensemble.weights[:, force])))
        middles.append(float(quantiles(odds, ensemble.weights[:, force], (0.5,))[0]))
    ratio = spreads[1] / spreads[0] if spreads[0] > 0 else 1.0
    moved = abs(middles[1] - middles[0]) / np.sqrt(spreads[0]) if spreads[0] > 0 else 0.0
    return {
        "label": label,
        "meaning": meaning,
        "prior": bands[0],
        "posterior": bands[1],
        "variance_ratio": ratio,
        "thin": bool(ratio > value("inference.thin") and moved < value("inference.still")),
    }


def _band(at: Any) -> dict[str, Any]:
    return {name: np.asarray(at[i]).tolist() for i, name in enumerate(("q05", "q50", "q95"))}


def _history(judged: Judged, force: int) -> dict[str, Any]:
    found: dict[str, Any] = {"days": list(judged.after.course.days)}
    for state in STATES:
        prior, posterior = (o.course.bands[state][:, :, force].T for o in (judged.before, judged.after))
        found[state] = {"prior": _band(prior), "posterior": _band(posterior)}
    return found


def _outlook(judged: Judged, force: int) -> dict[str, Any]:
    days = range(6, judged.after.future.shape[1], 7)
    found: dict[str, Any] = {"days": [judged.as_of + timedelta(days=day + 1) for day in days]}
    even = np.full(judged.model.particles, 1.0 / judged.model.particles)
    for state in STATES:
        values = judged.after.future[STATES[state]][:, list(days), force].astype(np.float64)
        found[state] = _band(quantiles(values, even, QUANTILES))
    return found


def _claim(judged: Judged, claim: Claim) -> dict[str, Any]:
    evidence = judged.evidence
    grade = evidence.grades[claim.id]
    text = next(report.text for report in judged.reports if report.id == claim.report)
    home = next((o for o in evidence.observations if claim.id in o.claims), None)
    weight, first = 0.0, claim.id
    if home is not None:
        mates = [c for c in home.claims if evidence.origin[c] == evidence.origin[claim.id]]
        first = mates[0]
        weight = 0.0 if claim.id != first else judged.after.course.moved.get(home.id, 0.0) / home.origins
    silent = evidence.silent.get(claim.id)
    echo = first != claim.id
    why = silent or ("it repeats an origin that is counted once" if echo else _why(claim))
    return {
        **line(claim),
        "vintage": claim.vintage,
        "sentence_text": text[claim.sentence.start : claim.sentence.end],
        "weight": weight,
        "used": silent is None,
        "why": why,
        "grade": {name: plain(getattr(grade, name)) for name in ("reliability", "credibility", "accuracy", "reasons")},
        "judgement": _judgement(judged, claim),
        "assertion": next((a.id for a in evidence.assertions if claim.id in (*a.affirmed, *a.negated)), None),
        "origin_id": evidence.origin[claim.id],
        "echo": echo,
    }


def _judgement(judged: Judged, claim: Claim) -> dict[str, Any] | None:
    """The analyst's grade that stands beside the proposed one, or None where there is none."""
    proposed = judged.evidence.grades[claim.id]
    counts = in_force(proposed, claim, judged.evidence.judgements)
    names = ("reliability", "credibility", "reasons", "grader", "known")
    return None if counts is proposed else {name: plain(getattr(counts, name)) for name in names}


def _assertion(judged: Judged, assertion: Assertion) -> dict[str, Any]:
    origin = judged.evidence.origin
    sides = {"affirmed": assertion.affirmed, "negated": assertion.negated}
    return {
        **plain(assertion),
        **{f"{side}_origins": len({origin[c] for c in members}) for side, members in sides.items()},
        "balance": judged.evidence.balance.get(assertion.id),
    }


def _observations(judged: Judged, shown: Sequence[str]) -> list[dict[str, Any]]:
    by_id = {claim.id: claim for claim in judged.evidence.claims}
    routed = {
        (party.name, sign.end)
        for party in judged.case.parties
        for signs in left_behind(judged.evidence.claims, party.name, party.opponents).values()
        for sign in signs
        if sign.rout
    }
    return [
        _observation(judged, seen, by_id, routed=(seen.force, seen.happened.end) in routed)
        for seen in judged.evidence.observations
        if seen.force in shown
    ]


def _observation(judged: Judged, seen: Observation, by_id: Mapping[ClaimId, Claim], *, routed: bool) -> dict[str, Any]:
    """An observation with how many origins it may really have, and a published ratio that it calls for, if any.

    A ratio for a share is fitted to one force's weeks: it is shown only where the share rose above the force's own.
    """
    sides: dict[str, set[str]] = {}
    for claim in (by_id[name] for name in seen.claims):
        if claim.polarity == "affirmed":
            sides.setdefault(claim.speaker_side, set()).add(judged.evidence.origin[claim.id])
    ratio = ratio_of(seen.indicator, "affirmed", {side: len(found) for side, found in sides.items()})
    return {
        **plain(seen),
        "weight": judged.after.course.moved.get(seen.id, 0.0),
        "origins_interval": list(spread_of_origins(seen.origins, value("reporting.copying"))),
        "ratio": None if seen.kind == "share" and not routed else plain(ratio),
    }


def _why(claim: Claim) -> str:
    """Say by what a weighed claim speaks."""
    said = {
        "own": "said by the force's own side, which admits strain seldom",
        "opponent": "said by the other side, which says so whether or not it is true",
        "third": "said by a third party",
        "unknown": "said by someone whose side is not known",
    }[claim.speaker_side]
    return f"{said}; hedged, so it counts half" if claim.modality == "hedged" else said


def _series(judged: Judged, claims: Sequence[Claim]) -> list[dict[str, Any]]:
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in claims:
        if claim.quantity is not None:
            key = (claim.force, claim.indicator, claim.quantity.unit, claim.speaker, claim.source, claim.vintage)
            groups.setdefault(key, []).append(claim)
    names = ("force", "indicator", "unit", "speaker", "source", "vintage")
    return [
        {
            **dict(zip(names, key, strict=True)),
            "used": any(c.id not in judged.evidence.silent for c in members),
            "points": [_point(claim) for claim in members],
            **_to_come(judged, members),
        }
        for key, members in groups.items()
    ]


def _point(claim: Claim) -> dict[str, Any]:
    span, quantity = claim.happened or Interval(claim.published, claim.published), claim.quantity
    amounts = {"value": quantity.value, "of": quantity.of} if quantity else {"value": None, "of": None}
    return {"start": span.start, "end": span.end, **amounts}


def _to_come(judged: Judged, members: Sequence[Claim]) -> dict[str, Any]:
    """What a series will come to once complete: in all, by its delay, and week by week, by its own vintages."""
    whole = to_come(members, np.random.default_rng(judged.model.seed))
    weeks = revised(members, judged.as_of, np.random.default_rng(judged.model.seed))
    foreseen = None
    if weeks is not None:
        spans, now = weeks
        rows = zip(spans, now.recorded, now.low, now.middle, now.high, strict=True)
        names = ("start", "end", "recorded", "low", "middle", "high")
        foreseen = [dict(zip(names, (s.start, s.end, *map(float, row)), strict=True)) for s, *row in rows]
    total = None if whole is None else dict(zip(("low", "middle", "high"), whole, strict=True))
    return {"complete": total, "nowcast": foreseen}


def _rounded(value: Any) -> Any:
    """Plain JSON with floats to six significant digits: more would claim what no simulation knows."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else plain(value)
