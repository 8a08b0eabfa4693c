"""Bulk series and ensembles: Parquet out, Parquet in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError


def write_ensemble(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write `columns`, each of shape (rows,), to a Parquet file that any table tool can read.

    Columns keep their order and their types; the same columns give the same bytes. Raises ValueError
    where they differ in length, TocsinError where the file cannot be written.
    """
    import pyarrow as pa
    from pyarrow import parquet

    if len({column.shape for column in columns.values()}) > 1 or any(column.ndim != 1 for column in columns.values()):
        raise ValueError("the columns of a table must be of one dimension and of one length")
    table = pa.table({name: pa.array(column) for name, column in columns.items()})
    try:
        parquet.write_table(table, path, compression="zstd")
    except OSError as error:
        raise TocsinError(f"{path} could not be written ({error.strerror or error}). Choose another folder.") from error


def read_ensemble(path: Path, columns: Sequence[str] | None = None) -> dict[str, NDArray[Any]]:
    """Read all `columns` of a Parquet file, or those, each of shape (rows,); raise TocsinError where it is none."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(path).read(columns)
    except (OSError, pa.ArrowInvalid) as error:
        raise TocsinError(f"{path} could not be read as Parquet. Write it again with `tocsin simulate`.") from error
    return {name: np.asarray(table[name].to_numpy()) for name in table.column_names}
