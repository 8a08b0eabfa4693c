"""What the page shows, as plain rows: headlines, state, questions, observations, contradictions, series."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tocsin.products.passages import anchor, link, passage
from tocsin.products.words import share

Row = dict[str, Any]
Table = Mapping[str, Any]

LANES = {"own": "Own side", "opponent": "Opponent", "third": "Third parties", "unknown": "Side not known"}
"""Where a speaker stands, seen from the force that the claim is about; in the order of the lanes."""
VARIABLES = ("strength", "morale", "cohesion", "refusal")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
HEADLINE_OBSERVATIONS = 3
"""Observations named in a headline."""
CLAIMS_SHOWN = 800
"""Claims on the page, the heaviest where there are more, so that it stays small; assessment.json holds all."""


def day(text: str | None, *, year: bool = True) -> str:
    """Write an ISO date as people do: 17 May 2022."""
    if not text:
        return "date not given"
    when = date.fromisoformat(text[:10])
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def span(start: str | None, end: str | None) -> str:
    """Write an interval of days once, without saying twice what both ends share.

    >>> span("2022-03-01", "2022-03-07"), span("2022-02-24", "2022-03-02")
    ('1 to 7 March 2022', '24 February to 2 March 2022')
    """
    if not start or not end or start == end:
        return day(start or end)
    if start[:7] == end[:7]:
        return f"{int(start[8:10])} to {day(end)}"
    return f"{day(start, year=start[:4] != end[:4])} to {day(end)}"


def when(record: Table) -> tuple[str | None, str | None]:
    """Find the days that a record is about: its `happened`, or its own `start` and `end`."""
    happened = record.get("happened", record) or {}
    return happened.get("start"), happened.get("end")


def as_sentence(text: str) -> str:
    """Begin a remark with a capital and end it with a full stop.

    >>> as_sentence("it repeats an origin")
    'It repeats an origin.'
    """
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}" if text else ""


def label(identifier: str) -> str:
    """Write an identifier of the codebook as words: `pay_arrears` is pay arrears."""
    return identifier.replace("_", " ").replace("-", " ")


def joined(names: Iterable[str], *, limit: int = 3) -> str:
    """List names once each, in their order, and count those left out."""
    unique = list(dict.fromkeys(names))
    more = f" and {len(unique) - limit} more" if len(unique) > limit else ""
    return "; ".join(unique[:limit]) + more


def claim_rows(assessment: Table) -> dict[str, Row]:
    """Prepare the claims that the page shows, by id; the order is that of the file."""
    reports = {report["id"]: report for report in assessment["reports"]}
    heaviest = sorted(assessment["claims"], key=lambda claim: -abs(claim["weight"]))[:CLAIMS_SHOWN]
    shown = {claim["id"] for claim in heaviest}
    return {
        claim["id"]: _claim(claim, reports.get(claim["report"], {}))
        for claim in assessment["claims"]
        if claim["id"] in shown
    }


def _claim(claim: Table, report: Table) -> Row:
    quantity = claim["quantity"]
    return {
        **claim,
        "judgement": claim.get("judgement"),
        "anchor": anchor(claim["id"]),
        "passage": passage(claim),
        "who": claim["speaker"] or "the author of the report",
        "side": LANES.get(claim["speaker_side"], LANES["unknown"]),
        "says": label(claim["indicator"]),
        "affirms": claim["polarity"] == "affirmed",
        "when": span(*when(claim)) if claim["happened"] else "not given",
        "day": day(claim["published"]),
        "amount": quantity["text"] if quantity else None,
        "url": link(report.get("url")),
        "report_title": report.get("title"),
    }


def question_groups(assessment: Table, force: str) -> list[Row]:
    """Group a force's questions by id, in the file's order, with the horizons rising."""
    asked: dict[str, list[Table]] = {}
    for question in assessment["questions"]:
        if question["force"] == force:
            asked.setdefault(question["id"], []).append(question)
    groups = []
    for horizons in asked.values():
        horizons.sort(key=lambda question: question["days"])
        texts = list(dict.fromkeys(question["question"] for question in horizons))
        references = dict.fromkeys(
            (rate["reference"], rate["label"]) for question in horizons if (rate := question["base_rate"])
        )
        groups.append(
            {
                "outcome": horizons[0]["outcome"],
                "question": texts[0] if len(texts) == 1 else _without_days(horizons),
                "horizons": horizons,
                "references": list(references),
                "resolutions": _by_horizon(horizons, "resolution"),
                "voids": _by_horizon(horizons, "void"),
            }
        )
    return groups


def _without_days(horizons: Sequence[Table]) -> str:
    """Word a question once for all horizons where nothing but the number of days sets them apart."""
    for pattern, instead in ((r",? within {} days\b,?", ""), (r"\b{} days\b", "the days given")):
        texts = {re.sub(pattern.format(question["days"]), instead, question["question"]) for question in horizons}
        if len(texts) == 1:
            return str(texts.pop())
    return str(horizons[0]["question"])


def _by_horizon(horizons: Sequence[Table], field: str) -> list[Row]:
    """Say a rule once where all horizons share it, and for each horizon where they do not."""
    if len({question[field] for question in horizons}) == 1:
        return [{"days": None, "text": horizons[0][field]}]
    return [{"days": question["days"], "text": question[field]} for question in horizons]


def observation_rows(assessment: Table, force: str, claims: Mapping[str, Row]) -> list[Row]:
    """List a force's observations, heaviest first, each with its claims; ties keep the file's order."""
    mine = [observation for observation in assessment["observations"] if observation["force"] == force]
    heaviest = max((abs(observation["weight"]) for observation in mine), default=0.0) or 1.0
    rows = []
    for observation in sorted(mine, key=lambda observation: -abs(observation["weight"])):
        behind = [claims[name] for name in observation["claims"] if name in claims]
        behind.sort(key=lambda claim: -abs(claim["weight"]))
        rows.append(
            {
                **observation,
                "anchor": anchor(observation["id"]),
                "says": label(observation["indicator"]),
                "when": span(*when(observation)),
                "count": len(observation["claims"]),
                "figure": _figure(observation),
                "ratio": observation.get("ratio"),
                "perhaps": observation.get("origins_interval", [observation["origins"]] * 2),
                "claims": behind,
                "affirmed": joined(claim["who"] for claim in behind if claim["affirms"]),
                "denied": joined(claim["who"] for claim in behind if not claim["affirms"]),
                "bar": round(100 * abs(observation["weight"]) / heaviest, 1),
            }
        )
    return rows


def _figure(observation: Table) -> str | None:
    """Write the number that an observation holds; None for one that only affirms or denies."""
    value, whole, unit = observation["value"], observation.get("of"), label(observation.get("unit") or "")
    if value is None or observation["kind"] == "polarity":
        return None
    if observation["kind"] == "coverage":
        return f"those who watched {'were heard' if value else 'were silent'} (chance {observation['chance']:.2g})"
    if whole:
        return f"{value:,.10g} of {whole:,.10g} {unit} ({share(value / whole)})".replace("  ", " ")
    return share(value) if observation["kind"] == "share" else f"{value:,.10g} {unit}".strip()


def contradictions(assessment: Table, force: str, claims: Mapping[str, Row]) -> list[Row]:
    """List assertions that some claims affirm and others deny, by the day they are about."""
    rows = []
    for assertion in assessment["assertions"]:
        sides = [[claims[name] for name in assertion[side] if name in claims] for side in ("affirmed", "negated")]
        if assertion["force"] != force or not all(sides):
            continue
        rows.append(
            {
                "says": label(assertion["indicator"]),
                "formation": assertion["formation"],
                "when": span(*when(assertion)),
                "start": when(assertion)[0] or "",
                "balance": assertion.get("balance"),
                "sides": [
                    {"verb": verb, "claims": side, "origins": len({claim["origin_id"] for claim in side})}
                    for verb, side in zip(("Affirmed", "Denied"), sides, strict=True)
                ],
            }
        )
    return sorted(rows, key=lambda row: row["start"])


def variable_rows(assessment: Table) -> list[Row]:
    """Line up each state variable of all forces, on one scale."""
    rows = []
    for name in VARIABLES:
        states = [force["state"][name] for force in assessment["forces"] if name in force["state"]]
        if len(states) < len(assessment["forces"]) or not states:
            continue
        top = _top(assessment["forces"], name)
        rows.append(
            {
                "name": name,
                "label": states[0]["label"],
                "meaning": states[0]["meaning"],
                "percent": states[0].get("unit", "share" if "share" in states[0]["meaning"] else "") == "share",
                "top": top,
                "states": states,
            }
        )
    return rows


def _top(forces: Sequence[Table], name: str) -> float:
    """Find the upper end of a scale that holds every quantile of every force."""
    highest = 0.0
    for force in forces:
        state, past = force["state"][name], force["history"].get(name, {})
        for quantiles in (state["prior"], state["posterior"], *past.values(), force["outlook"].get(name, {})):
            upper = quantiles.get("q95", 0.0)
            highest = max([highest, *(upper if isinstance(upper, list) else [upper])])
    if highest > 0.5:
        return max(1.0, math.ceil(highest * 10) / 10)
    step = 10.0 ** math.floor(math.log10(highest)) if highest > 0 else 1.0
    return round(math.ceil(highest / step * 2) / 2 * step, 12) if highest > 0 else 1.0


def thinned(rows: Sequence[Any], *, most: int) -> list[Any]:
    """Thin rows to about `most`, evenly, and keep the first and the last."""
    stride = max(1, math.ceil((len(rows) - 1) / max(1, most - 1)))
    kept = list(rows[::stride])
    return kept if not rows or kept[-1] == rows[-1] else [*kept, rows[-1]]


def series_rows(assessment: Table, force: str) -> list[Row]:
    """List a force's series of counts, in the file's order, each with its latest figure and what its bars show."""
    rows = []
    for series in assessment["series"]:
        if series["force"] == force and series["points"]:
            last = series["points"][-1]
            first, totals = series["points"][0]["start"], running(series["points"])
            rows.append(
                {
                    "complete": None,
                    **series,
                    "says": label(series["indicator"]),
                    "vintage": label(series["vintage"]),
                    "last": last,
                    "share": last["value"] / last["of"] if last.get("of") else None,
                    "last_when": span(last["start"], last["end"]),
                    "bars": bars(series["points"]),
                    "measure": f"Bars are totals since {day(first)}." if totals else "Bars are counts a week.",
                }
            )
    return rows


def running(points: Sequence[Table]) -> bool:
    """Whether a series counts on from one first day, so that each figure holds the ones before."""
    return len(points) > 1 and len({point["start"] for point in points}) == 1


def bars(points: Sequence[Table]) -> list[Row]:
    """Make bars that may be compared: totals as they stood, or counts a week however many days a figure covers."""
    rows, totals, begin = [], running(points), points[0]["start"]
    for point in points:
        first, end = date.fromisoformat(point["start"]), date.fromisoformat(point["end"]) + timedelta(days=1)
        scale = 1.0 if totals else 7 / max(1, (end - first).days)
        rows.append(
            {
                "start": begin if totals else point["start"],
                "end": end.isoformat(),
                "value": point["value"] * scale,
                "of": point["of"] * scale if point.get("of") else None,
            }
        )
        begin = end.isoformat()
    return rows


def unused(claims: Iterable[Row], force: str | None) -> list[tuple[str, list[Row]]]:
    """Group the claims about a force that stand behind no observation by the reason why."""
    groups: dict[str, list[Row]] = {}
    for claim in claims:
        if claim["force"] == force:
            groups.setdefault(str(claim["why"]), []).append(claim)
    return list(groups.items())
