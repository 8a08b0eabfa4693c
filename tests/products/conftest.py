"""A made-up war between Northland and Southland, as an assessment: built by a function, so that tests can vary it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest

Assessment = dict[str, Any]
START, AS_OF = date(2031, 3, 3), date(2031, 5, 26)
STATES = {
    "strength": ("Strength", "soldiers fit and present, as a share of the establishment", (0.78, 0.88, 0.95)),
    "morale": ("Morale", "mood and trust in the war, from 0 to 1", (0.38, 0.56, 0.74)),
    "cohesion": ("Cohesion", "bonds that hold soldiers to peers, leaders and unit, from 0 to 1", (0.45, 0.63, 0.79)),
    "refusal": ("Refusal", "soldiers who decline orders but stay, as a share of those present", (0.001, 0.006, 0.021)),
}
QUESTIONS = {
    "ineffective": "Will a quarter of the field battalions be unable to do their task within {days} days?",
    "refusal-spreads": "Will refusals be reported from five or more battalions within {days} days?",
    "breaking-point": "Will a brigade or more stop fighting as a unit, under pressure, within {days} days?",
    "regime": "Will the head of government leave office against his will within {days} days?",
}
CARRIERS = {"text": "nineteen carriers", "value": 19, "low": None, "high": None, "unit": "vehicles"}
REASONS = ["speaker has an interest", "no record of this source on this topic"]
TALES = [
    ("refusal", "affirmed", "military", "opponent", (),
     "The {other} staff said that two {force} companies [refused to go forward] on Monday."),
    ("refusal", "negated", "government", "own", (),
     "The {force} ministry denied it: [no order has been refused] in any of its brigades."),
    ("low_morale", "affirmed", "media", "third", (),
     "Soldiers whom the Harbour Gazette met were, the paper wrote, [tired and without hope] after eleven weeks."),
    ("supply_shortage", "affirmed", "soldier", "own", ("reportedly",),
     "“We reportedly [had bread for two days] and then nothing,” a sergeant is quoted."),
    ("abandonment", "affirmed", "ngo", "third", (),
     "Observers counted nineteen carriers [left behind with their keys in them] along the river road."),
    ("desertion", "affirmed", "official", "third", ("spoke of",),
     "A diplomat spoke of [dozens who walked home], though he had not seen a list."),
    ("family_protest", "affirmed", "relative", "own", (),
     "Mothers stood before the barracks and [handed over a complaint] about unpaid leave."),
    ("poor_leadership", "affirmed", "author", "unknown", ("appears",),
     "Their generals, it appears, [do not know where the front is]."),
    ("low_morale", "negated", "military", "own", (),
     "The corps command reported that the men are [in high spirits] and well fed."),
    ("surrender", "affirmed", "prisoner", "own", (),
     "“[We gave ourselves up] because nobody came for us,” the captured gunner said on camera."),
    ("mutiny", "negated", "intelligence", "third", (),
     "A service of a third country sees [no sign of open defiance] at any level."),
]  # fmt: skip


def quantiles(low: float, middle: float, high: float) -> dict[str, float]:
    return {"q05": low, "q50": middle, "q95": high}


def path(ends: tuple[float, float, float], days: int, drift: float, spread: float) -> dict[str, list[float]]:
    grow = [spread * step / max(1, days - 1) for step in range(days)]
    middle = [max(0.0, ends[1] * (1 + drift * step / max(1, days - 1))) for step in range(days)]
    low = [round(max(0.0, mid - (ends[1] - ends[0]) * (1 + more)), 6) for mid, more in zip(middle, grow, strict=True)]
    high = [round(min(1.0, mid + (ends[2] - ends[1]) * (1 + more)), 6) for mid, more in zip(middle, grow, strict=True)]
    return {"q05": low, "q50": [round(mid, 6) for mid in middle], "q95": high}


def force(name: str, other: str, random: Random, *, thin: bool) -> Assessment:
    weeks = [START + timedelta(days=7 * week) for week in range(12)] + [AS_OF]
    ahead = [AS_OF + timedelta(days=day) for day in range(0, 181, 6)]
    state: Assessment = {}
    history: Assessment = {"days": [day.isoformat() for day in weeks]}
    outlook: Assessment = {"days": [day.isoformat() for day in ahead]}
    for key, (label, meaning, prior) in STATES.items():
        shift = (-0.02 if thin else -0.16) * (1 if key != "refusal" else -4) * random.uniform(0.7, 1.3)
        past = {
            "prior": path(prior, len(weeks), -0.03, 0.3),
            "posterior": path(prior, len(weeks), shift, 0.1 if thin else -0.4),
        }
        last = {kind: tuple(past[kind][q][-1] for q in ("q05", "q50", "q95")) for kind in past}
        state[key] = {
            "label": label,
            "meaning": meaning,
            "prior": quantiles(*last["prior"]),
            "posterior": quantiles(*last["posterior"]),
            "variance_ratio": 0.93 if thin else 0.44,
            "thin": thin,
        }
        history[key] = past
        outlook[key] = path(last["posterior"], len(ahead), 2 * shift, 1.5)
    return {
        "name": name,
        "units": 61,
        "establishment": 84300,
        "opponents": [other],
        "state": state,
        "variance_ratio": 0.91 if thin else 0.5,
        "thin": thin,
        "evidence": {
            "reports": 40,
            "claims": 0,
            "origins": 9,
            "quality": "low" if thin else "moderate",
            "reasons": [
                "Most claims come from the opponent, who gains by them.",
                "Two thirds of the claims name no origin, so their lineage counts as none.",
            ],
            "by_side": {"own": 0, "opponent": 0, "third": 0, "unknown": 0},
        },
        "history": history,
        "outlook": outlook,
    }


def claim(number: int, tale: tuple[Any, ...], name: str, other: str, random: Random) -> tuple[Assessment, Assessment]:
    indicator, polarity, kind, side, hedges, text = tale
    text = text.format(force=name, other=other)
    before, _, rest = text.partition("[")
    quote, _, after = rest.partition("]")
    at, day = random.randrange(4000), START + timedelta(days=random.randrange(85))
    used = random.random() < 0.7
    speakers = {
        "own": f"{name} speaker",
        "opponent": f"{other} general staff",
        "third": "Harbour Gazette",
        "unknown": None,
    }
    made = {
        "id": f"claim-{number:016x}",
        "report": f"report-{number:016x}",
        "source": ["Harbour Gazette", "River Radio", "Ministry bulletin"][number % 3],
        "published": day.isoformat(),
        "quote": quote,
        "start": at + len(before),
        "end": at + len(before) + len(quote),
        "sentence": {"start": at, "end": at + len(text) - 2},
        "indicator": indicator,
        "polarity": polarity,
        "modality": "hedged" if hedges else "asserted",
        "speaker": speakers[side],
        "speaker_kind": kind,
        "speaker_explicit": True,
        "speaker_side": side,
        "chain": ["River Radio", "a staff officer"] if number % 5 == 0 else [],
        "force": name,
        "formation": "4th Brigade" if number % 7 == 0 else None,
        "echelon": "brigade" if number % 7 == 0 else None,
        "quantity": CARRIERS if indicator == "abandonment" else None,
        "happened": {"start": (day - timedelta(days=3)).isoformat(), "end": day.isoformat()} if number % 4 else None,
        "hedges": list(hedges),
        "coerced": kind == "prisoner",
        "extractor": "rules-1",
        "sentence_text": before + quote + after,
        "weight": round(random.uniform(0.002, 0.09), 6) if used else 0.0,
        "used": used,
        "why": "It names its speaker; no tie to another claim is known." if used else "It repeats an earlier origin.",
        "grade": {"reliability": "BCDF"[number % 4], "credibility": 2 + number % 4, "reasons": REASONS},
        "assertion": f"assertion-{number:016x}",
        "origin_id": f"origin-{number // 2:016x}",
        "echo": not used,
    }  # fmt: skip
    report = {
        "id": made["report"],
        "source": made["source"],
        "published": made["published"],
        "title": f"Dispatch {number}",
        "url": f"https://example.org/dispatch/{number}" if number % 6 else None,
    }
    return made, report


def gather(claims: list[Assessment], name: str) -> tuple[list[Assessment], list[Assessment]]:
    """Join claims by indicator and month into assertions and observations."""
    cells: dict[tuple[str, str], list[Assessment]] = {}
    for one in claims:
        if one["force"] == name and one["used"]:
            cells.setdefault((one["indicator"], one["published"][:7]), []).append(one)
    assertions, observations = [], []
    for place, ((indicator, _), members) in enumerate(cells.items()):
        days = sorted(one["published"] for one in members)
        happened = {"start": days[0], "end": days[-1]}
        common = {"force": name, "indicator": indicator, "happened": happened, "origins": len(members)}
        sides = {side: [one["id"] for one in members if one["polarity"] == side] for side in ("affirmed", "negated")}
        assertions.append({"id": f"assertion-{name}-{place}", "formation": None, **common, **sides})
        weight = round(sum(one["weight"] for one in members), 6)
        ids = [one["id"] for one in members]
        observations.append(
            {
                "id": f"observation-{name}-{place}",
                "kind": "polarity",
                "value": 1.0,
                "claims": ids,
                "weight": weight,
                **common,
            }
        )
    return assertions, observations


def questions(name: str, random: Random, *, thin: bool) -> list[Assessment]:
    rows = []
    for key, text in QUESTIONS.items():
        base = random.uniform(0.004, 0.05) * (1 if thin else 4)
        for days in (30, 90, 180):
            probability = round(min(0.97, base * days / 30), 6)
            rows.append(
                {
                    "id": key,
                    "force": name,
                    "days": days,
                    "outcome": text.removeprefix("Will ").removesuffix(" within {days} days?"),
                    "question": text.format(days=days),
                    "probability": probability,
                    "interval": [round(probability * 0.6, 6), round(min(1, probability * 1.5), 6)],
                    "prior_probability": round(probability * 0.8, 6),
                    "base_rate": {
                        "probability": 0.0004 * days,
                        "low": 0.0001 * days,
                        "high": 0.0009 * days,
                        "reference": "A made-up table of 118 wars: brigades that broke, by month.",
                        "label": "A",
                    }
                    if key == "breaking-point"
                    else None,
                    "words": "",
                    "resolution": "Two sources with no known tie, one a third party, name the units and the days.",
                    "void": "The war ends by treaty before the window closes.",
                }
            )
    return rows


def series(name: str, other: str, random: Random) -> list[Assessment]:
    def points(*, whole: bool) -> list[Assessment]:
        rows = []
        for week in range(12):
            first = START + timedelta(days=7 * week)
            of = random.randrange(60, 180)
            rows.append(
                {
                    "start": first.isoformat(),
                    "end": (first + timedelta(days=6)).isoformat(),
                    "value": int(of * random.uniform(0.2, 0.5)) if whole else random.randrange(300, 1900),
                    "of": of if whole else None,
                }
            )
        return rows

    common = {"force": name}
    vehicles = {"indicator": "abandonment", "unit": "vehicles", "speaker": "Field observers", "source": "Open tally"}
    soldiers = {"indicator": "losses", "unit": "soldiers", "speaker": f"{other} general staff", "source": "Bulletin"}
    return [
        {**common, **vehicles, "vintage": "reconstructed", "used": True, "points": points(whole=True)},
        {**common, **soldiers, "vintage": "as_published", "used": False, "points": points(whole=False)},
    ]


@cache
def _template(thin: tuple[bool, ...], claim_count: int, seed: int) -> str:
    random = Random(seed)  # noqa: S311
    names = ("Northland", "Southland")
    forces = [force(name, other, random, thin=flag) for name, other, flag in zip(names, names[::-1], thin, strict=True)]
    pairs = [
        claim(number, TALES[random.randrange(len(TALES))], names[number % 2], names[1 - number % 2], random)
        for number in range(claim_count)
    ]
    claims = [one for one, _ in pairs]
    joined = [gather(claims, name) for name in names]
    for army in forces:
        mine = [one for one in claims if one["force"] == army["name"]]
        army["evidence"]["claims"] = len(mine)
        army["evidence"]["by_side"] = {
            side: sum(one["speaker_side"] == side for one in mine) for side in ("own", "opponent", "third", "unknown")
        }
    return json.dumps(
        {
            "schema": 1,
            "as_of": AS_OF.isoformat(),
            "case": "made-up",
            "title": "Northland and Southland, 2031",
            "start": START.isoformat(),
            "seed": 1,
            "retrospective": True,
            "forces": forces,
            "questions": [
                row for name, flag in zip(names, thin, strict=True) for row in questions(name, random, thin=flag)
            ],
            "claims": claims,
            "assertions": [row for assertions, _ in joined for row in assertions],
            "observations": [row for _, observations in joined for row in observations],
            "series": [
                row for name, other in zip(names, names[::-1], strict=True) for row in series(name, other, random)
            ],
            "reports": [report for _, report in pairs],
            "limits": [
                "It measures what is reported about a force, not the force.",
                "No fixed percentage breaks a unit, and no date is ever forecast.",
                "Words of prisoners are treated as coerced and never corroborate.",
            ],
            "provenance": {
                "inputs": ["a" * 64, "b" * 64],
                "parameters": {"hash": "c" * 64, "count": 80},
                "catalogue": "d" * 64,
                "case": "e" * 64,
                "versions": {"tocsin": "0.1.0", "numpy": "2.4.0"},
                "particles": 1000,
                "origins_rule": "A claim that names no origin stands for itself; echoes count once.",
            },
        }
    )


def build(*, thin: tuple[bool, bool] = (True, False), claims: int = 60, seed: int = 7) -> Assessment:
    """Make an assessment of a made-up war; every call returns a fresh one."""
    made: Assessment = json.loads(_template(thin, claims, seed))
    return made


@pytest.fixture(scope="session")
def make_assessment() -> Callable[..., Assessment]:
    return build
