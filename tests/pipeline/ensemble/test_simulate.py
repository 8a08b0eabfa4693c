"""Futures without evidence, in pieces: however they are cut, done and stopped, they are the same."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tocsin.errors import MissingExtraError, TocsinError
from tocsin.pipeline.case import read_case
from tocsin.pipeline.ensemble import plan as planning
from tocsin.pipeline.ensemble.crew import Done, on_cluster, on_threads
from tocsin.pipeline.ensemble.piece import Columns, Piece, simulate_piece
from tocsin.pipeline.ensemble.plan import MANIFEST, NAMES, Shelf, plan
from tocsin.pipeline.ensemble.simulate import SimulateResult, arrange, fill, simulate
from tocsin.pipeline.progress import Silent
from tocsin.store.series import read_ensemble

CASE = "ukraine-2022"
RUNS, DAYS = 5, 4
FORCES = 2


def ensemble(folder: Path, *, size: int = 2, crew: Any = on_threads, workers: int = 2) -> dict[str, Columns]:
    """Fill `folder` and read its three tables as a whole."""
    case = read_case(CASE)
    shelf = Shelf(folder, plan(case, runs=RUNS, days=DAYS, seed=3, units=True, size=size))
    fill(shelf, arrange(case), crew, workers, Silent())
    return whole(shelf)


def whole(shelf: Shelf) -> dict[str, Columns]:
    found = {}
    for table in shelf.plan.tables:
        parts = list(shelf.read(table))
        found[table] = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return found


def same(one: Mapping[str, Columns], other: Mapping[str, Columns]) -> bool:
    return one.keys() == other.keys() and all(
        one[table].keys() == other[table].keys()
        and all(one[table][name].tobytes() == other[table][name].tobytes() for name in one[table])
        for table in one
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Columns]]:
    """An ensemble done by one thread in pieces of two runs."""
    folder = tmp_path_factory.mktemp("plain")
    return folder, ensemble(folder, workers=1)


def test_a_simulation_says_every_run_day_force_and_unit(plain: tuple[Path, dict[str, Columns]]) -> None:
    tables = plain[1]
    units = arrange(read_case(CASE)).force.size

    assert {table: len(columns["run"]) for table, columns in tables.items()} == {
        "forces": RUNS * DAYS * FORCES,
        "formations": RUNS * sum(len(order.units) for order in read_case(CASE).orders(read_case(CASE).as_of)),
        "units": RUNS * DAYS * units,
    }
    assert np.unique(tables["units"]["run"]).tolist() == list(range(RUNS))
    assert tables["forces"]["strength"].max() <= 1.0


def test_units_and_formations_add_up_to_their_forces(plain: tuple[Path, dict[str, Columns]]) -> None:
    where = arrange(read_case(CASE))
    on_duty = plain[1]["units"]["duty"].reshape(RUNS, DAYS, -1)
    strength = plain[1]["forces"]["strength"].reshape(RUNS, DAYS, FORCES)
    for force in range(FORCES):
        mine = where.force == force
        summed = on_duty[:, :, mine].sum(axis=2) / where.establishment[mine].sum()

        np.testing.assert_allclose(strength[:, :, force], summed, rtol=1e-6)


@pytest.mark.parametrize("size", [1, 3, RUNS])
def test_the_rows_do_not_depend_on_how_the_ensemble_is_cut(
    plain: tuple[Path, dict[str, Columns]], tmp_path: Path, size: int
) -> None:
    assert same(ensemble(tmp_path, size=size), plain[1])


def test_threads_change_no_byte_of_any_file(plain: tuple[Path, dict[str, Columns]], tmp_path: Path) -> None:
    ensemble(tmp_path, workers=3)

    assert files(tmp_path) == files(plain[0])


def test_writing_units_changes_nothing_of_the_forces(plain: tuple[Path, dict[str, Columns]], tmp_path: Path) -> None:
    case = read_case(CASE)
    shelf = Shelf(tmp_path, plan(case, runs=RUNS, days=DAYS, seed=3, units=False, size=2))
    fill(shelf, arrange(case), on_threads, 2, Silent())

    assert same(whole(shelf), {table: plain[1][table] for table in ("forces", "formations")})


def test_a_stopped_ensemble_keeps_what_is_done_and_goes_on_with_the_rest(
    plain: tuple[Path, dict[str, Columns]], tmp_path: Path
) -> None:
    def interrupted(pieces: Iterable[Piece], workers: int) -> Iterator[Done]:
        for done in on_threads(pieces, workers):
            yield done
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensemble(tmp_path, crew=interrupted, workers=1)
    kept = set(files(tmp_path))
    asked: list[int] = []

    def watched(pieces: Iterable[Piece], workers: int) -> Iterator[Done]:
        for done in on_threads(pieces, workers):
            asked.append(done[0].number)
            yield done

    ensemble(tmp_path, crew=watched, workers=1)

    assert kept == {MANIFEST, "forces/0000.parquet", "formations/0000.parquet", "units/0000.parquet"}
    assert asked == [1, 2]
    assert files(tmp_path) == files(plain[0])


def test_a_piece_that_was_written_in_part_is_done_again(plain: tuple[Path, dict[str, Columns]], tmp_path: Path) -> None:
    ensemble(tmp_path)
    (tmp_path / "units" / "0001.parquet").unlink()
    (tmp_path / "units" / ".0001.parquet.part").write_bytes(b"PAR1")

    assert same(ensemble(tmp_path), plain[1])
    assert files(tmp_path) == files(plain[0])


def begun(folder: Path, **other: Any) -> SimulateResult:
    asked: dict[str, Any] = {"runs": 2, "days": 2, "seed": 1} | other
    return simulate(CASE, threads=1, progress=Silent(), folder=folder, **asked)


@pytest.mark.parametrize("other", [{"seed": 2}, {"days": 3}, {"runs": 3}, {"units": True}])
def test_a_folder_with_another_ensemble_is_refused_and_left_as_it_is(tmp_path: Path, other: dict[str, Any]) -> None:
    begun(tmp_path)
    before = files(tmp_path)

    with pytest.raises(TocsinError, match=f"differs in: {next(iter(other))}.*--out"):
        begun(tmp_path, **other)

    assert files(tmp_path) == before


def test_a_changed_parameter_is_another_ensemble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(tmp_path)
    made = plan(read_case(CASE), runs=2, days=2, seed=1, units=False)
    numbers = dict(planning.parameters())
    numbers["forces.squad"] = replace(numbers["forces.squad"], value=7.0)
    monkeypatch.setattr(planning, "parameters", lambda: numbers)

    assert plan(read_case(CASE), runs=2, days=2, seed=1, units=False).made_of != made.made_of


@pytest.mark.parametrize("found", ["", "[]", "{", '"a"'])
def test_a_manifest_that_is_none_is_told(tmp_path: Path, found: str) -> None:
    (tmp_path / MANIFEST).write_text(found)

    with pytest.raises(TocsinError, match="Choose another folder"):
        begun(tmp_path)


def test_a_result_names_every_unit_and_gives_the_pictures_their_rows(tmp_path: Path) -> None:
    result = begun(tmp_path)
    named = read_ensemble(tmp_path / NAMES)
    order = [row["name"] for row in result.pictures["formations"][0]]

    assert result.summary["forces"].keys() == {"Russia", "Ukraine"}
    assert len(named["name"]) == len(set(named["name"])) == arrange(read_case(CASE)).force.size
    assert order == [unit.name for unit in read_case(CASE).orders(read_case(CASE).as_of)[0].units]
    assert [point[0] for point in result.pictures["fans"][0]["morale"]] == [0, 1]
    assert json.dumps(result.pictures)


def test_without_a_folder_the_result_is_the_same(tmp_path: Path) -> None:
    assert simulate(CASE, runs=2, days=2, seed=1, threads=2, progress=Silent()) == begun(tmp_path)


@pytest.mark.parametrize(("runs", "days"), [(0, 5), (5, 0), (-1, 1)])
def test_no_runs_or_days_is_refused(runs: int, days: int) -> None:
    with pytest.raises(TocsinError, match="1 or more"):
        simulate(CASE, runs=runs, days=days, seed=1, threads=1, progress=Silent())


def test_ray_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(MissingExtraError, match=r"tocsin\[ray\]"):
        begun(tmp_path, on_ray=True)


def test_two_workers_of_ray_of_which_one_is_killed_come_to_the_same(
    plain: tuple[Path, dict[str, Columns]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="the extra `ray` is not installed")
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    killed = tmp_path / "killed"

    def dying(piece: Piece) -> dict[str, Columns]:
        if piece.number == 1 and not killed.exists():
            killed.write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)
        return simulate_piece(piece)

    def crew(pieces: Iterable[Piece], workers: int) -> Iterator[Done]:
        return on_cluster(pieces, workers, dying)

    found = ensemble(tmp_path / "ray", crew=crew)

    assert int(killed.read_text()) != os.getpid()
    assert same(found, plain[1])
    assert files(tmp_path / "ray") == files(plain[0])
