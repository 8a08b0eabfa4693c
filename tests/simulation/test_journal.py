"""What is written of a run: events as they were counted, and soldiers who can be followed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from armies import heads, middling, two_armies
from tocsin.forces.soldiers import STATUSES
from tocsin.forces.state import ForceState
from tocsin.simulation import draws, simulate
from tocsin.simulation.desk import codes
from tocsin.simulation.identities import Step, identify

WHERE = two_armies(3, "company")
DAYS = 60


def _written(
    drawn: NDArray[np.void], entries: int, *, soldiers: bool, one_by_one: bool = False
) -> tuple[NDArray[np.void], ForceState, NDArray[np.void]]:
    journals = simulate.journals(len(drawn), entries, soldiers=soldiers)
    begun = simulate.start(WHERE, drawn, 1, one_by_one=one_by_one, journals=journals)
    state, seen = simulate.advance(begun, WHERE, drawn, seed=1, first_day=0, days=DAYS, journals=journals)
    return journals, state, seen


def _hot(particles: int) -> NDArray[np.void]:
    drawn = draws.values(draws.draw(5, particles, 2))
    drawn["refusal.base"], drawn["breaking.surprise"], drawn["losses.rate"] = -4.0, 0.3, 0.02
    return drawn


def test_events_are_those_that_were_counted() -> None:
    journals, _, seen = _written(_hot(6), 3000, soldiers=False)
    for i, journal in enumerate(journals):
        entries = journal[1 : journal[0]["size"] + 1]
        for what, name in ((codes.BREAK, "breaks"), (codes.REFUSAL, "refusals"), (codes.SUPPRESSION, "suppressed")):
            of = entries[entries["what"] == what]
            counted = seen[name][i].sum(axis=0)
            assert np.array_equal(np.bincount(of["force"], minlength=2), counted), name
            assert np.all(WHERE.force[of["unit"]] == of["force"])
        assert np.all(np.diff(entries["day"]) >= 0)
        assert not np.any(entries["what"] == codes.MOVE)


def test_breaks_are_written_with_their_cause() -> None:
    journals, _, _ = _written(_hot(30), 3000, soldiers=False)
    causes = journals["cause"][journals["what"] == codes.BREAK]
    assert {codes.FIREPOWER, codes.MANOEUVRE} <= set(causes.tolist()) <= set(range(4))


def test_writing_changes_nothing_and_a_full_journal_only_counts() -> None:
    drawn = _hot(2)
    silent = simulate.advance(simulate.start(WHERE, drawn, 1), WHERE, drawn, seed=1, first_day=0, days=DAYS)[1]
    large, _, seen = _written(drawn, 50_000, soldiers=True)
    small, _, again = _written(drawn, 10, soldiers=True)
    assert seen.tobytes() == silent.tobytes() == again.tobytes()
    assert small["size"][:, 0].tolist() == large["size"][:, 0].tolist()
    assert small[:, 1:].tobytes() == large[:, 1:11].tobytes()
    with pytest.raises(ValueError, match="make it larger"):
        identify(small[0], 1, 0)


def _lives(steps: list[Step]) -> dict[tuple[int, int], list[Step]]:
    lives: dict[tuple[int, int], list[Step]] = {}
    for step in steps:
        lives.setdefault((step.unit, step.soldier), []).append(step)
    return lives


@pytest.mark.parametrize("one_by_one", [False, True], ids=["counted", "one by one"])
def test_every_soldier_can_be_followed_from_joining_to_where_he_is(*, one_by_one: bool) -> None:
    journals, state, _ = _written(_hot(1), 50_000, soldiers=True, one_by_one=one_by_one)
    lives = _lives(identify(journals[0], 1, 0))
    for steps in lives.values():
        assert steps[0].origin is None
        assert len({(s.company, s.kind, s.attachment) for s in steps}) == 1
        assert all(after.origin == before.fate for before, after in pairwise(steps))
    for unit in range(WHERE.force.size):
        ends = Counter(steps[-1].fate for (of, _), steps in lives.items() if of == unit)
        assert [ends[status] for status in STATUSES] == [heads(state, status)[0, unit] for status in STATUSES]


def test_who_goes_is_drawn_evenly_among_those_alike() -> None:
    """Of soldiers who were there from the first day and are alike, early numbers go as often as late ones."""
    places: list[float] = []
    for run in range(20):
        cells: dict[tuple[object, ...], dict[int, bool]] = {}
        for step in identify(_followed(run), 1, run):
            cell = cells.setdefault((step.unit, step.company, step.kind, step.attachment), {})
            if step.origin is None and step.day == 0:
                cell[step.soldier] = False
            elif step.soldier in cell:
                cell[step.soldier] = True
        for cell in cells.values():
            ranked = sorted(cell)
            places += [ranked.index(soldier) / (len(ranked) - 1) for soldier in ranked if cell[soldier] and ranked[1:]]
    assert len(places) > 200
    assert np.mean(places) == pytest.approx(0.5, abs=0.1)


def _followed(run: int) -> NDArray[np.void]:
    journals = simulate.journals(1, 20_000, soldiers=True)
    drawn = middling(1, 2)
    drawn["losses.rate"] = 0.05
    begun = simulate.start(WHERE, drawn, 1, first_run=run, journals=journals)
    simulate.advance(begun, WHERE, drawn, seed=1, first_day=1, days=20, first_run=run, journals=journals)
    return journals[0]
