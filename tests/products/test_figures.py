"""The drawings: every claim has its place, and nothing from outside gets in."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.products.figures import LANES, WIDTH, Bands, Dot, bands, counts, lanes, stack

START = date(2031, 3, 3)


def dots(end: date) -> st.SearchStrategy[list[Dot]]:
    one = st.builds(
        Dot,
        day=st.dates(START, end),
        lane=st.sampled_from(sorted(LANES)),
        affirmed=st.booleans(),
        used=st.booleans(),
        href=st.just("#claim-1"),
    )
    return st.lists(one, max_size=120)


@settings(deadline=None)
@given(st.integers(0, 900), st.data())
def test_every_claim_gets_a_dot_on_the_right_side_of_its_line(length: int, data: st.DataObject) -> None:
    end = START + timedelta(days=length)
    given_dots = data.draw(dots(end))

    rows, rules, height = stack(given_dots, start=START, end=end)
    lines = [rule["y"] for rule in rules]

    assert len(rows) == len(given_dots)
    assert lines == sorted(lines)
    for row in rows:
        nearest = min(lines, key=lambda line: abs(line - row["y"]))
        assert (row["y"] < nearest) == row["affirmed"] or len(given_dots) > 60
        assert -12 <= row["y"] <= height


def test_a_drawing_scales_with_the_page_and_takes_its_colours_from_it() -> None:
    svg = lanes(
        [Dot(day=START, lane="own", affirmed=flag, used=True, href="#claim-1") for flag in (True, False)],
        start=START,
        end=START + timedelta(days=20),
    )

    assert f'viewBox="0 0 {WIDTH} ' in svg
    assert 'width="' not in svg.partition(">")[0]
    assert "var(--affirmed)" in svg
    assert "var(--denied)" in svg
    assert re.findall(r'href="[^"]*"', svg) == ['href="#claim-1"'] * 2
    assert "http" not in svg.replace("http://www.w3.org/", "")


def test_prior_posterior_and_outlook_are_three_bands_around_three_lines() -> None:
    row = [("2031-03-03", 0.2, 0.4, 0.6), ("2031-05-26", 0.3, 0.4, 0.5)]
    drawing = Bands(lines={"prior": row, "posterior": row, "outlook": row}, as_of="2031-05-26", top=1.0, percent=True)

    svg = bands(drawing)

    for name in ("prior", "posterior", "outlook"):
        assert svg.count(f'fill="var(--{name}-band)"') == 1
        assert svg.count(f'stroke="var(--{name}-line)"') == 1
    assert "as of" in svg


def test_a_whole_is_drawn_behind_its_part_only_where_it_is_known() -> None:
    part = {"start": "2031-03-03", "end": "2031-03-09", "value": 3}

    assert "var(--whole)" in counts([{**part, "of": 9}], used=True)
    assert "var(--whole)" not in counts([{**part, "of": None}], used=True)
    assert "var(--unused)" in counts([{**part, "of": None}], used=False)
