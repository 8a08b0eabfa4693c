"""Charts of the brief: from plain rows to SVG that takes its colours and letters from the page around it.

Each chart is a Vega-Lite specification made with Altair and drawn without a browser or network. Paddings are fixed,
so that the drawing does not hang on the fonts of the machine. Colours are the page's custom properties. No text
from outside enters a drawing: titles, speakers and forces stand in the page, where they are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, final

import altair as alt
import vl_convert

from tocsin.products.tables import LANES

WIDTH = 360
"""Pixels a chart is wide before the page scales it: a phone shows it about as it is."""
DOT = 7.5
"""Pixels from dot to dot."""
LANE_LIMIT = 66.0
"""Pixels that the dots of one side of a lane may fill; beyond that they move closer together."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One claim on the timeline."""

    day: date
    lane: str
    affirmed: bool
    used: bool
    href: str


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """A quantity over time, by name of its line (`prior`, `posterior`, `outlook`): days and three quantiles."""

    lines: Mapping[str, Sequence[tuple[str, float, float, float]]]
    as_of: str
    top: float
    """Upper end of the vertical scale, the same for every force."""
    percent: bool


def bands(data: Bands) -> str:
    """Draw prior behind posterior behind outlook, each a band with its median, and the day of the judgement."""
    rows = [
        {"day": day, "low": low, "mid": mid, "high": high, "line": line}
        for line, points in data.lines.items()
        for day, low, mid, high in points
    ]
    x = alt.X("day:T", axis=_days(5), title=None)
    axis = alt.Axis(format="%" if data.percent else "~g", tickCount=4, title=None)
    scale = alt.Scale(domain=[0, data.top])
    names = ["prior", "posterior", "outlook"]
    fills = [f"var(--{name}-band)" for name in names]
    strokes = [f"var(--{name}-line)" for name in names]
    base = alt.Chart({"values": rows}).encode(x=x)
    moment = alt.Chart({"values": [{"day": data.as_of}]})
    layers = [
        base.mark_area().encode(
            y=alt.Y("low:Q", axis=axis, scale=scale),
            y2="high:Q",
            color=alt.Color("line:N", scale=alt.Scale(domain=names, range=fills), legend=None),
        ),
        base.mark_line(strokeWidth=2).encode(
            y=alt.Y("mid:Q", axis=axis, scale=scale),
            stroke=alt.Stroke("line:N", scale=alt.Scale(domain=names, range=strokes), legend=None),
            strokeDash=alt.StrokeDash(
                "line:N", scale=alt.Scale(domain=names, range=[[2, 3], [1, 0], [6, 3]]), legend=None
            ),
        ),
        moment.mark_rule(color="var(--ink)", strokeWidth=1).encode(x="day:T"),
        moment.mark_text(color="var(--ink)", fontSize=11.5, baseline="bottom", dy=-3).encode(
            x="day:T", y=alt.value(0), text=alt.value("as of")
        ),
    ]
    return _draw(alt.layer(*layers).resolve_scale(color="independent"), height=150)


def fan(points: Sequence[tuple[Any, ...]], *, start: date, top: float) -> str:
    """Draw an ensemble, (day, 5, 25, 50, 75 and 95 %) a row: two bands and the middle, from 0 to `top`."""
    names = ("q05", "q25", "q50", "q75", "q95")
    rows = [
        {"day": (start + timedelta(days=day)).isoformat(), **dict(zip(names, values, strict=True))}
        for day, *values in points
    ]
    scale, axis = alt.Scale(domain=[0, top]), alt.Axis(format="%", tickCount=4, title=None)
    base = alt.Chart({"values": rows}).encode(x=alt.X("day:T", axis=_days(5), title=None))
    layers = [
        base.mark_area(color=f"var(--{colour}-band)").encode(
            y=alt.Y(f"{low}:Q", axis=axis, scale=scale), y2=f"{high}:Q"
        )
        for colour, low, high in (("outlook", "q05", "q95"), ("posterior", "q25", "q75"))
    ]
    middle = base.mark_line(color="var(--posterior-line)", strokeWidth=2).encode(
        y=alt.Y("q50:Q", axis=axis, scale=scale)
    )
    return _draw(alt.layer(*layers, middle), height=150)


COURSES = {"strength": "var(--count)", "morale": "var(--opponent)", "cohesion": "var(--third)"}
"""What is drawn of a followed battalion, and in which colour."""


def course(rows: Sequence[Mapping[str, Any]], events: Sequence[str]) -> str:
    """Draw a battalion's strength, morale and cohesion (`day` and each of COURSES a row), with a rule at each event."""
    axis, scale = alt.Axis(format="%", tickCount=4, title=None), alt.Scale(domain=[0, 1])
    x = alt.X("day:T", axis=_days(5), title=None)
    lines = [
        alt.Chart({"values": rows})
        .mark_line(color=colour, strokeWidth=2)
        .encode(x=x, y=alt.Y(f"{name}:Q", axis=axis, scale=scale))
        for name, colour in COURSES.items()
    ]
    marked = alt.Chart({"values": [{"day": day} for day in events]})
    return _draw(alt.layer(marked.mark_rule(color="var(--denied)", strokeDash=[2, 3]).encode(x=x), *lines), height=150)


def life(spans: Sequence[Mapping[str, Any]], statuses: Sequence[str]) -> str:
    """Draw where a soldier is, a bar a stay (`start`, `end`, `status`), in a lane for each of `statuses`."""
    chart = alt.Chart({"values": spans}).mark_bar(color="var(--count)", height=9)
    y = alt.Y("status:N", scale=alt.Scale(domain=list(statuses)), axis=alt.Axis(title=None, grid=True))
    chart = chart.encode(x=alt.X("start:T", axis=_days(5), title=None), x2="end:T", y=y)
    return _draw(chart, height=22 * len(statuses), left=78)


def lanes(dots: Sequence[Dot], *, start: date, end: date) -> str:
    """Draw claims by week in four lanes: those that affirm above the line, those that deny below it."""
    rows, rules, height = stack(dots, start=start, end=end)
    domain = [start.isoformat(), (end + timedelta(days=1)).isoformat()]
    x = alt.X("day:T", axis=_days(5), scale=alt.Scale(domain=domain), title=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    lines = alt.Chart({"values": rules})
    marks = alt.Chart({"values": rows}).encode(
        x=x,
        y=y,
        href="href:N",
        opacity=alt.condition("datum.used", alt.value(1), alt.value(0.38)),
    )
    chart = alt.layer(
        lines.mark_rule(color="var(--rule)").encode(y=y),
        lines.mark_text(align="left", baseline="top", fontSize=11.5, fontWeight="bold", color="var(--soft)").encode(
            x=alt.value(0), y=alt.Y("top:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None), text="text:N"
        ),
        marks.transform_filter("datum.affirmed").mark_circle(size=38, color="var(--affirmed)", opacity=1),
        marks.transform_filter("!datum.affirmed").mark_point(
            size=30, fill="var(--page)", stroke="var(--denied)", strokeWidth=1.6, shape="diamond", opacity=1
        ),
    )
    return _draw(chart, height=round(height), left=6)


def counts(bars: Sequence[Mapping[str, Any]], *, used: bool) -> str:
    """Draw bars from `start` to `end` (not included); a whole (`of`) behind its part where one is given."""
    rows = [{**bar, "zero": 0} for bar in bars]
    colour = "var(--count)" if used else "var(--unused)"
    base = alt.Chart({"values": rows}).encode(x=alt.X("start:T", axis=_days(5), title=None), x2="end:T")
    highest = max(max(bar["value"], bar["of"] or 0) for bar in bars)
    axis = alt.Axis(format=",.0f" if highest >= 10 else "~g", tickCount=4, title=None)
    layers = [
        base.transform_filter("datum.of !== null")
        .mark_rect(color="var(--whole)", stroke="var(--page)", strokeWidth=1)
        .encode(y=alt.Y("of:Q", axis=axis), y2="zero:Q"),
        base.mark_rect(color=colour, stroke="var(--page)", strokeWidth=1).encode(
            y=alt.Y("value:Q", axis=axis), y2="zero:Q"
        ),
    ]
    return _draw(alt.layer(*layers), height=130)


def reliability(pools: Sequence[Mapping[str, Any]]) -> str:
    """Draw what came about over what was said, from 0 to 1: a step over each pool, a dot as large as it holds many."""
    rows = [{**pool, "root": pool["n"] ** 0.5} for pool in pools]
    axis = alt.Axis(format="%", tickCount=5, title=None)
    scale = alt.Scale(domain=[0, 1])
    x, y = (alt.X("said:Q", axis=axis, scale=scale), alt.Y("happened:Q", axis=axis, scale=scale))
    ideal = alt.Chart({"values": [{"said": 0, "happened": 0}, {"said": 1, "happened": 1}]})
    found = alt.Chart({"values": rows})
    size = alt.Size("root:Q", legend=None, scale=alt.Scale(type="linear", rangeMin=20, rangeMax=160))
    layers = [
        ideal.mark_line(color="var(--rule)", strokeDash=[4, 3]).encode(x=x, y=y),
        found.mark_rule(color="var(--count)", strokeWidth=3).encode(
            x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q", y=y
        ),
        found.mark_circle(color="var(--affirmed)", opacity=0.8).encode(x=x, y=y, size=size),
    ]
    return _draw(alt.layer(*layers), height=WIDTH - 90)


def stack(dots: Sequence[Dot], *, start: date, end: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Give every dot a place: (dots, lanes, height in pixels). Weeks run from `start`; dots of a week fill rows."""
    days = (end - start).days + 1
    columns = max(1, int(7 * (WIDTH - 14) / days // DOT))
    cells: dict[tuple[str, bool, int], list[Dot]] = {}
    for dot in dots:
        cells.setdefault((dot.lane, dot.affirmed, (dot.day - start).days // 7), []).append(dot)
    deepest = {
        (lane, affirmed): max((len(cell) for key, cell in cells.items() if key[:2] == (lane, affirmed)), default=0)
        for lane in LANES
        for affirmed in (True, False)
    }
    rows, rules, top = [], [], -10.0
    for lane, text in LANES.items():
        pitch = {up: min(DOT, LANE_LIMIT / max(1, -(-deepest[lane, up] // columns))) for up in (True, False)}
        line = top + 16 + max(12.0, pitch[True] * -(-deepest[lane, True] // columns)) + 4
        rules.append({"y": line, "top": top + 2, "text": text})
        for (name, up, week), cell in cells.items():
            if name != lane:
                continue
            for place, dot in enumerate(cell):
                share = (place % columns + 0.5) / columns
                offset = (place // columns + 0.9) * pitch[up]
                moment = start.toordinal() + min(7 * (week + share), days)
                rows.append(
                    {
                        "day": _moment(moment),
                        "y": round(line - offset if up else line + offset, 2),
                        "affirmed": up,
                        "used": dot.used,
                        "href": dot.href,
                    }
                )
        top = line + max(10.0, pitch[False] * -(-deepest[lane, False] // columns)) + 8
    return rows, rules, top


def _moment(ordinal: float) -> str:
    day = date.fromordinal(int(ordinal))
    minutes = round((ordinal - int(ordinal)) * 1439)
    return f"{day.isoformat()}T{minutes // 60:02d}:{minutes % 60:02d}:00"


def _days(ticks: int) -> Any:
    return alt.Axis(
        format="%-d %b",
        tickCount=ticks,
        grid=False,
        labelAlign="center",
        labelFlush=True,
        labelOverlap=True,
        ticks=True,
        tickSize=4,
    )


def _draw(chart: Any, *, height: int, left: int = 42) -> str:
    """Render to SVG of `WIDTH` pixels; the page scales it."""
    right, top, bottom = 8, 18, 22
    specification = (
        chart.properties(
            width=WIDTH - left - right,
            height=height,
            padding={"left": left, "right": right, "top": top, "bottom": bottom},
            autosize={"type": "none"},
        )
        .configure(background="transparent", font="sans-serif", aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor="var(--soft)",
            labelFontSize=11.5,
            gridColor="var(--rule)",
            gridWidth=0.6,
            domainColor="var(--rule)",
            tickColor="var(--rule)",
            domain=False,
        )
        .configure_axisY(ticks=False)
    )
    svg: str = vl_convert.vegalite_to_svg(specification.to_json())
    # The renderer puts a base address before links within the page, and the keyboard needs no stop at every dot.
    return (
        re.sub(r'<a xlink:href="[^"#]*#', '<a tabindex="-1" href="#', svg)
        .replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
        .replace(f'width="{WIDTH}" height="{height + top + bottom}" ', "", 1)
    )
