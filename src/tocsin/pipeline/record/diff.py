"""Diff: what changed between two assessments, and which claims did it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tocsin.errors import UnreadableReportError

REMEDY: Final = "Give an assessment.json that `tocsin assess` wrote, or the id of a sealed assessment."
Assessed = Mapping[str, Any]

MIDDLE: Final = "q50"
CLAIM_FIELDS: Final = ("grade", "origin_id", "used", "echo", "why", "weight")
"""What may change about a claim that both assessments know."""
WORDING: Final = ("source", "published", "speaker", "force", "indicator", "polarity", "quote")


def read_assessment(path: Path) -> dict[str, Any]:
    """Read an assessment.json; UnreadableReportError where the file is none."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableReportError(str(path), "it cannot be read as JSON", REMEDY) from error
    if not isinstance(read, dict) or read.get("schema") != 1 or any(not read.get(name) for name in ("forces", "as_of")):
        raise UnreadableReportError(str(path), "it is no assessment of this version", REMEDY)
    return read


def diff(one: Assessed, other: Assessed) -> dict[str, Any]:
    """Return what is another in `other` than in `one`, as JSON has it.

    States and answers by force; reports and claims that only one of them knows; claims whose grade, origin or weight
    changed; observations that moved belief by another number of nats.
    """
    claims = [{claim["id"]: claim for claim in assessed["claims"]} for assessed in (one, other)]
    reports = [{report["id"]: report for report in assessed["reports"]} for assessed in (one, other)]
    return {
        "a": _head(one),
        "b": _head(other),
        "made": _made(one["provenance"], other["provenance"]),
        "state": _states(one, other),
        "forecasts": _answers(one, other),
        "reports": {"only_a": _only(*reports), "only_b": _only(*reversed(reports))},
        "claims": {
            "only_a": [_worded(claim) for claim in _only(*claims)],
            "only_b": [_worded(claim) for claim in _only(*reversed(claims))],
            "changed": _changed(*claims),
        },
        "observations": _observations(one, other),
    }


def _head(assessed: Assessed) -> dict[str, Any]:
    name = assessed["provenance"].get("assessment")
    return {"assessment": name, "case": assessed["case"], "as_of": assessed["as_of"], "seed": assessed["seed"]}


def _made(one: Assessed, other: Assessed) -> list[str]:
    """Name what was made differently: a change of these may move every number."""
    keys = [key for key in dict.fromkeys([*one, *other]) if key not in ("inputs", "assessment")]
    return [key for key in keys if one.get(key) != other.get(key)]


def _states(one: Assessed, other: Assessed) -> list[dict[str, Any]]:
    before = {force["name"]: force["state"] for force in one["forces"]}
    return [
        {
            "force": force["name"],
            "state": name,
            "label": now["label"],
            "a": before[force["name"]][name]["posterior"],
            "b": now["posterior"],
            "change": now["posterior"][MIDDLE] - before[force["name"]][name]["posterior"][MIDDLE],
        }
        for force in other["forces"]
        if force["name"] in before
        for name, now in force["state"].items()
        if now["posterior"] != before[force["name"]][name]["posterior"]
    ]


def _answers(one: Assessed, other: Assessed) -> list[dict[str, Any]]:
    """Compare probabilities; `noise` says of a change that the first one's finite simulation allowed it anyhow."""
    key = ("force", "id", "days")
    before = {tuple(question[name] for name in key): question for question in one["questions"]}
    found = []
    for question in other["questions"]:
        then = before.get(tuple(question[name] for name in key))
        if then is not None and then["probability"] != question["probability"]:
            said = {name: question[name] for name in (*key, "outcome")}
            change = question["probability"] - then["probability"]
            low, high = then["interval"]
            noise = low <= question["probability"] <= high
            found.append(
                {**said, "a": then["probability"], "b": question["probability"], "change": change, "noise": noise}
            )
    return found


def _only(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Any]:
    return [record for name, record in mine.items() if name not in theirs]


def _worded(claim: Assessed) -> dict[str, Any]:
    kept = ("id", "report", *WORDING, "used", "why", "weight")
    return {name: claim[name] for name in kept}


def _changed(one: Mapping[str, Assessed], other: Mapping[str, Assessed]) -> list[dict[str, Any]]:
    found = []
    for name, now in other.items():
        then = one.get(name)
        if then is not None:
            fields = {f: {"a": then[f], "b": now[f]} for f in CLAIM_FIELDS if then[f] != now[f]}
            if fields:
                found.append({"id": name, "report": now["report"], **{f: now[f] for f in WORDING}, "changes": fields})
    return found


def _observations(one: Assessed, other: Assessed) -> list[dict[str, Any]]:
    """Pair observations of the same thing in the same time, whichever claims made them; largest change first."""
    before, after = ({_about(seen): seen for seen in assessed["observations"]} for assessed in (one, other))
    found = []
    for about in dict.fromkeys([*before, *after]):
        then, now = before.get(about), after.get(about)
        moved = [seen["weight"] if seen else 0.0 for seen in (then, now)]
        claims = [seen["claims"] if seen else [] for seen in (then, now)]
        if moved[0] != moved[1] or claims[0] != claims[1]:
            seen = now or then or {}
            names = ("kind", "force", "indicator", "happened")
            said = {name: seen[name] for name in names}
            apart = {"only_a": _missing(claims[0], claims[1]), "only_b": _missing(claims[1], claims[0])}
            found.append({**said, "a": moved[0], "b": moved[1], "change": moved[1] - moved[0], "claims": apart})
    return sorted(found, key=lambda row: -abs(row["change"]))


def _about(seen: Assessed) -> tuple[Any, ...]:
    days = (seen["happened"]["start"], seen["happened"]["end"])
    return (seen["kind"], seen["force"], seen["indicator"], *days, seen["side"], seen["unit"])


def _missing(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [name for name in mine if name not in theirs]
