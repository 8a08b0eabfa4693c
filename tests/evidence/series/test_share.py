"""What a share of things left behind says of a rout; a shipped force that was in none is the control."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import numpy as np
import pytest

from armies import START
from saying import counted, days, said
from tocsin.claims.read import read_claims
from tocsin.evidence.series.left_behind import left_behind
from tocsin.evidence.series.share import Week, draw_parts, routs
from tocsin.parameters import CATALOGUE
from tocsin.pipeline.case import names, read_case
from tocsin.reports.open import read_path
from tocsin.reports.report import Report


def _weeks(parts: list[int], wholes: list[int]) -> list[Week]:
    pairs = enumerate(zip(parts, wholes, strict=True))
    return [Week(end=START + timedelta(7 * n + 6), part=part, whole=whole) for n, (part, whole) in pairs]


@pytest.mark.parametrize("case", names())
def test_no_rout_is_reported_from_the_shipped_series_of_either_force_on_any_day(case: str) -> None:
    """The defender of spring 2022 leaves more than three in ten behind in most weeks, and was not routing."""
    setting = read_case(case)
    rows = [row for path in setting.series for row in read_path(path) if isinstance(row, Report)]
    claims = list(read_claims(rows, setting.parties))
    for party in setting.parties:
        for signs in left_behind(claims, party.name, party.opponents).values():
            assert [sign for sign in signs if sign.rout] == []
            assert max(sign.probability for sign in signs) < 0.1


def test_the_control_is_one_that_a_threshold_fails() -> None:
    with (CATALOGUE / "cases/ukraine-2022/series/losses.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["of"] and row["force"] == "Ukraine"]
    usable = [float(row["value"]) / float(row["of"]) for row in rows if float(row["of"]) >= 20]
    assert sum(share > 0.3 for share in usable) >= 10


def _fates(score: float, routed: list[bool], seed: int) -> list[bool]:
    rng = np.random.default_rng(seed)
    wholes = [60] * len(routed)
    return [sign.rout for sign in routs(_weeks(draw_parts(wholes, routed, score=score, rng=rng), wholes))]


@pytest.mark.parametrize("score", [-1.0, 0.0, 1.0])
def test_a_drawn_rout_is_found_and_calm_is_left_alone_at_every_usual_level(score: float) -> None:
    truth = [False] * 14 + [True] * 3 + [False] * 7
    told = np.array([_fates(score, truth, seed) for seed in range(60)])
    assert told[:, 15:17].mean() > 0.5
    assert told[:, :14].mean() < 0.02


def test_a_force_that_always_leaves_much_behind_is_not_in_rout() -> None:
    assert not any(sign.rout for sign in routs(_weeks([27] * 12, [50] * 12)))
    assert routs(_weeks([5] * 12 + [28] * 2, [50] * 14))[-1].rout


def test_few_things_say_little() -> None:
    few, many = (routs(_weeks([n // 10] * 8 + [6 * n // 10], [n] * 9))[-1].probability for n in (10, 100))
    assert few < many


def test_ground_lost_explains_part_of_a_rise() -> None:
    base = [Week(end=START, part=8, whole=60)] * 8
    lost, none = (routs([*base, Week(end=START, part=30, whole=60, phase=phase)])[-1].probability for phase in (1, 0))
    assert lost < none


def test_the_newest_vintage_of_a_week_counts_and_the_phase_follows_the_ground() -> None:
    def row(part: float, last: int, published: int, **more: object):  # type: ignore[no-untyped-def]
        return said(
            f"{part} {last} {published}", source="Watch", indicator="abandonment", extractor="table",
            quantity=counted(part, "vehicles", 50.0), happened=days(last - 6, last), day=published, **more,
        )  # fmt: skip

    older, newer = row(10, 6, 6), row(12, 6, 20)
    ground = said("km", indicator="offensive_failure", quantity=counted(40, "km2"), happened=days(0, 6), day=6)
    ((sign,),) = left_behind([newer, older, ground], "Norland", ["Sudland"]).values()
    assert (sign.share, sign.end) == (0.24, date(2031, 3, 9))
    ((calm,),) = left_behind([newer], "Norland", ["Sudland"]).values()
    assert sign.probability < calm.probability
    assert left_behind([ground], "Norland", []) == {}
