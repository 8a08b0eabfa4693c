"""The pages of a simulation: the order of battle keeps its order, and nothing from outside gets in."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tocsin.products.simulation import render, render_trace, timeline

FAN = [(0, 0.1, 0.2, 0.3, 0.4, 0.5), (1, 0.1, 0.2, 0.3, 0.4, 0.6)]
STATES = ("strength", "morale", "cohesion", "refusal")


def formation(name: str, parent: str | None, strength: float) -> dict[str, Any]:
    band = [strength - 0.1, strength, strength + 0.1]
    about = {"echelon": "brigade", "units": 4, "establishment": 3000, "morale": band}
    return {"name": name, "parent": parent, "strength": band, **about}


ROWS = [
    formation("Zulu <script>", "North", 0.9),
    formation("Alpha", "South", 0.2),
    formation("Mike", "North", 0.5),
    formation("Lone", None, 0.3),
]


def pictures() -> dict[str, Any]:
    head = {"case": "c", "title": "A <b>war</b>", "from": "2031-03-03", "to": "2031-03-04", "runs": 5, "days": 2}
    fans = [dict.fromkeys(STATES, FAN), dict.fromkeys(STATES, FAN)]
    return {**head, "seed": 1, "forces": ["Ruritania", "Syldavia"], "fans": fans, "formations": [ROWS, ROWS[1:]]}


def told() -> dict[str, Any]:
    quiet = {"strength": 0.9, "morale": 0.5, "cohesion": 0.7, "moves": {}}
    return {
        "case": "c",
        "force": "Ruritania",
        "battalion": "Zulu <script>",
        "unit": 3,
        "soldier": 7,
        "seed": 1,
        "kind": "conscript, loose to his comrades",
        "start": "2031-03-03",
        "days": 40,
        "evenings": [{**quiet, "moves": {"killed": 2, "wounded": 1}}, *([quiet] * 39)],
        "events": [(35, "breaks in contact, under firepower")],
        "life": [(0, None, "duty"), (2, "duty", "wounded"), (30, "wounded", "duty"), (36, "duty", "killed")],
    }


def test_formations_stand_as_in_the_order_of_battle_and_not_by_what_becomes_of_them() -> None:
    page = unescape(render(pictures()))
    names = [page.index(name) for name in ("North", "Zulu", "Mike", "South", "Alpha", "Lone")]

    assert names == sorted(names)


def test_a_state_has_one_scale_for_all_forces() -> None:
    given = pictures()
    given["fans"][1] = given["fans"][1] | {"refusal": [(0, 0, 0, 0.001, 0.002, 0.003)]}
    charts = re.findall(r"<svg.*?</svg>", render(given), re.DOTALL)
    first, second = (re.findall(r">([\d.]+%)<", chart) for chart in charts[-2:])

    assert len(charts) == 2 * len(STATES)
    assert first == second


@pytest.mark.parametrize("page", [render(pictures()), render_trace(told())])
def test_a_page_carries_no_script_no_link_and_nothing_unescaped(page: str) -> None:
    assert "<script" not in page
    assert "<b>war" not in page
    assert "Content-Security-Policy" in page
    assert not re.search(r'(src|href)="(?!#)', page)
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", page).replace("http-equiv", "")


def test_a_timeline_tells_what_happened_on_its_day() -> None:
    (of, lines), (who, life) = timeline(told())

    assert of == "Zulu <script> (Ruritania), no. 3"
    assert who == "Soldier 7, conscript, loose to his comrades"
    assert lines == [
        ("2031-04-01", "strength 90%, morale 50%, cohesion 70%; in 30 days: 2 killed, 1 wounded"),
        ("2031-04-07", "breaks in contact, under firepower"),
        ("2031-04-11", "strength 90%, morale 50%, cohesion 70%; in 10 days: nobody went or came"),
    ]
    assert life == [
        ("2031-03-03", "is there at the start"),
        ("2031-03-05", "is wounded"),
        ("2031-04-02", "returns to duty"),
        ("2031-04-08", "is killed"),
    ]
