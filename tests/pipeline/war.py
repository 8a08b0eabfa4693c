"""A small made-up war, written to a folder: two forces, a few reports, weekly counts, two questions."""

from __future__ import annotations

import json
from pathlib import Path

CASE = """
name = "small-war"
title = "A small war"
start = 2031-03-03
as_of = 2031-04-20
retrospective = true
about = "Made up for tests."
attribution = ["made up"]

[[forces]]
name = "Norland"
aliases = ["Norland army"]
demonyms = ["Norlander", "Norlanders"]
opponents = ["Sudland"]
posture = "attack"

[[forces]]
name = "Sudland"
aliases = ["Sudland army"]
demonyms = ["Sudlander", "Sudlanders"]
opponents = ["Norland"]
posture = "defend"

[files]
order_of_battle = "order_of_battle.csv"
reports = "reports.jsonl"
series = ["losses.csv"]
questions = "questions.toml"
"""

QUESTIONS = """
[[questions]]
id = "ineffective"
outcome = "a third of its formations unable to do their task"
text = "Will a third of the formations of {force} be unable to do their task within {days} days?"
measure = "ineffective"
over = "any"
threshold = 0.3333
days = [30]
resolution = "Two published assessments say so."
void = "No assessment is published."

[[questions]]
id = "regime-falls"
outcome = "its leader fallen"
text = "Will the leader of {force} fall within {days} days?"
measure = "fallen"
over = "end"
threshold = 0.5
days = [30]
resolution = "Two agencies report it."
void = "The leader dies of natural causes."

[questions.base_rate]
per_year = 0.066
low = 0.048
high = 0.088
label = "C"
reference = "made up for tests"
"""

UNITS = [
    *(("Norland", f"{n}th Rifle Regiment", "regiment", f"{n // 3}th Division") for n in range(1, 7)),
    *(("Sudland", f"{n}th Guard Brigade", "brigade", "Army of the South") for n in range(11, 15)),
]

LOSSES = [
    ("2031-03-09", "2031-03-03", "2031-03-09", "Norland", "losses", 120, "", "vehicles"),
    ("2031-03-09", "2031-03-03", "2031-03-09", "Norland", "abandonment", 50, 120, "vehicles"),
    ("2031-03-16", "2031-03-10", "2031-03-16", "Sudland", "losses", 40, "", "vehicles"),
    ("2031-04-06", "2031-03-03", "2031-04-06", "Norland", "losses", 4100, "", "soldiers"),
]

NOTES = [
    (
        "2031-03-12",
        "The Gazette",
        "Sudland defence ministry",
        "government",
        "Norland",
        ["low_morale", "desertion"],
        "affirmed",
    ),
    ("2031-03-20", "Wire", "Norland defence ministry", "government", "Norland", ["low_morale"], "negated"),
    (
        "2031-03-28",
        "The Observer",
        "a mothers' committee in Norland",
        "ngo",
        "Norland",
        ["coercion", "family_protest"],
        "affirmed",
    ),
    ("2031-04-02", "Wire", "Norland defence ministry", "government", "Norland", ["supply_shortage"], "affirmed"),
    ("2031-04-10", "Field Notes", "captain of the Sudland army", "soldier", "Sudland", ["supply_shortage"], "affirmed"),
    ("2031-04-12", "Wire", "Norland general staff", "military", "Sudland", ["surrender", "losses"], "affirmed"),
]

TEXTS = {
    "refusals.txt": "date: 2031-04-15\n\n"
    "The Sudland defence ministry said Norland soldiers were refusing orders to attack. "
    "Two officers of the Norland army said morale had collapsed in their battalion.\n",
    "letters.txt": "date: 2031-04-18\n\nThe Norland government denied that any Sudland unit had surrendered. "
    "A third of the Sudland brigade was lost last week, a nurse said.\n",
}

SWAP = [("Norland", "\x00"), ("Sudland", "Norland"), ("\x00", "Sudland")]


def swapped(text: str) -> str:
    """Give each side the other's name."""
    for old, new in SWAP:
        text = text.replace(old, new)
    return text


def write(folder: Path, *, mirrored: bool = False) -> Path:
    """Write the case and its loose reports to `folder`; mirrored, each side bears the other's name."""
    turn = swapped if mirrored else str
    rows = [
        ",".join(["2031-04-01", force, unit, echelon, "infantry", parent, ""]) for force, unit, echelon, parent in UNITS
    ]
    order = "\n".join(["known,force,unit,echelon,branch,parent,battalion_groups", *rows])
    counts = [",".join([*map(str, row), "Watch", "ngo", "Watch", "as_published"]) for row in LOSSES]
    series = "\n".join(["known,start,end,force,indicator,value,of,unit,speaker,speaker_kind,source,vintage", *counts])
    files = {
        "case.toml": CASE,
        "questions.toml": QUESTIONS,
        "order_of_battle.csv": order,
        "losses.csv": series,
        "reports.jsonl": "\n".join(map(_note, range(len(NOTES)))),
        **{f"loose/{name}": text for name, text in TEXTS.items()},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(turn(text) + "\n", encoding="utf-8")
    return folder


def _note(number: int) -> str:
    published, publisher, speaker, kind, about, indicators, polarity = NOTES[number]
    fields = {
        "id": f"n{number}",
        "published": published,
        "publisher": publisher,
        "url": f"https://example.org/{number}",
        "text": f"{publisher} passes on what the {speaker} says about the {about} army and its {indicators[0]}.",
        "speaker": speaker,
        "speaker_kind": kind,
        "about": about,
        "indicators": indicators,
        "polarity": polarity,
        "origin": f"{speaker}, {published}",
    }
    return json.dumps(fields)
