"""The docking study: its shortcuts count what counting anew would, and rounding makes the outbursts."""

from __future__ import annotations

from dataclasses import replace

import kernel
import numpy as np
import pytest
from civil_violence import Setting, run, sight

SMALL = Setting(side=20, vision=4)


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    assert run(SMALL, 60, 1).tolist() == run(SMALL, 60, 1).tolist()
    assert run(SMALL, 60, 1).tolist() != run(SMALL, 60, 2).tolist()


@pytest.mark.parametrize(("euclidean", "cells"), [(False, 112), (True, 148)])
def test_sight_is_a_diamond_or_a_circle_of_seven(euclidean: bool, cells: int) -> None:
    assert len(sight(7, euclidean=euclidean)) == cells


def test_counts_kept_up_to_date_are_the_counts_of_those_in_sight() -> None:
    side, offsets = 9, sight(3, euclidean=False)
    counts = np.zeros(side * side, dtype=np.int16)
    for cell in (0, 8, 40, 80):
        kernel.stamp(counts, cell, 1, side, offsets)
    kernel.stamp(counts, 40, -1, side, offsets)

    seen = [
        sum(
            1
            for other in (0, 8, 80)
            if other != cell
            and min(abs(cell // side - other // side), side - abs(cell // side - other // side))
            + min(abs(cell % side - other % side), side - abs(cell % side - other % side))
            <= 3
        )
        for cell in range(side * side)
    ]
    assert counts.tolist() == seen


def test_only_a_rounded_ratio_makes_outbursts() -> None:
    most = {
        rule: run(Setting(rounding=rule), 1_000, 3).max() for rule in (kernel.PRINTED, kernel.NEAREST, kernel.FLOOR)
    }

    assert most[kernel.PRINTED] <= 50
    assert most[kernel.NEAREST] > 50
    assert most[kernel.FLOOR] > 50


def test_many_cops_keep_the_peace_in_either_order() -> None:
    for leaves in (False, True):
        calm = replace(SMALL, cops=0.2, leaves=leaves, rounding=kernel.FLOOR)
        assert run(calm, 400, 1)[100:].mean() < 2
