"""Agreement between graders: against known values."""

from __future__ import annotations

import pytest

from tocsin.evidence.sources.agreement import agreement

SCALE = ("A", "B", "C", "D", "E")


def test_the_same_grades_agree_completely_and_turned_ones_not_at_all() -> None:
    one = {str(n): SCALE[n % 5] for n in range(20)}
    turned = {name: SCALE[4 - SCALE.index(grade)] for name, grade in one.items()}
    (same,) = agreement({"x": one, "y": dict(one)}, SCALE)
    (apart,) = agreement({"x": one, "y": turned}, SCALE)
    assert (same.kappa, same.n, same.same) == (1.0, 20, 1.0)
    assert apart.kappa == pytest.approx(-1.0)


def test_kappa_with_squared_weights_is_the_textbook_value() -> None:
    pairs = ["AA"] * 3 + ["AB", "BB", "BB", "BC", "CC", "CA"]
    given = [{str(n): pair[side] for n, pair in enumerate(pairs)} for side in (0, 1)]
    (found,) = agreement({"x": given[0], "y": given[1]}, ("A", "B", "C"))
    # 1 - sum of squared distances seen / expected from the margins (4, 3, 2) and (4, 3, 2)
    expected = sum(a * b / 81 * (i - j) ** 2 for i, a in enumerate((4, 3, 2)) for j, b in enumerate((4, 3, 2)))
    assert found.kappa == pytest.approx(1 - (1 + 1 + 4) / 9 / expected)


def test_who_cannot_judge_is_left_out_and_one_grade_for_all_has_no_kappa() -> None:
    assert agreement({"x": {"1": "F"}, "y": {"1": "A"}}, SCALE) == []
    (found,) = agreement({"x": {"1": "A", "2": "A"}, "y": {"1": "A", "2": "A"}}, SCALE)
    assert (found.kappa, found.n) == (None, 2)
    assert agreement({"x": {"1": "A"}, "y": {"2": "A"}}, SCALE) == []
