"""Ensembles come back from Parquet as they went in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tocsin.errors import TocsinError
from tocsin.store.series import read_ensemble, write_ensemble

COLUMN = st.sampled_from([np.float64, np.float32, np.int64, np.uint8])


@settings(max_examples=30)
@given(st.data(), st.integers(0, 20), st.lists(COLUMN, min_size=1, max_size=4))
def test_columns_keep_order_type_and_values(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, rows: int, types: list[type]
) -> None:
    path = tmp_path_factory.mktemp("series") / "e.parquet"
    columns = {f"column {n}": data.draw(arrays.arrays(kind, rows)) for n, kind in enumerate(types)}
    write_ensemble(path, columns)

    back = read_ensemble(path)

    assert list(back) == list(columns)
    for name, column in columns.items():
        assert back[name].dtype == column.dtype
        np.testing.assert_array_equal(back[name], column)


def test_the_same_columns_give_the_same_bytes(tmp_path: Path) -> None:
    columns = {"day": np.arange(5), "strength": np.linspace(0, 1, 5)}
    write_ensemble(tmp_path / "a.parquet", columns)
    write_ensemble(tmp_path / "b.parquet", columns)

    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_columns_of_unequal_length_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="length"):
        write_ensemble(tmp_path / "e.parquet", {"a": np.arange(3), "b": np.arange(4)})


def test_a_file_that_is_no_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "e.parquet").write_bytes(b"PAR1 but not really")

    with pytest.raises(TocsinError, match="could not be read"):
        read_ensemble(tmp_path / "e.parquet")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(TocsinError, match="could not be written"):
        write_ensemble(tmp_path / "nowhere" / "e.parquet", {"a": np.arange(3)})
