"""From a row of the ledger back to the record it holds."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from tocsin.errors import LedgerError
from tocsin.store.entry import Record, Row

R = TypeVar("R", bound=Record)


def restore(kind: type[R], row: Row) -> R | None:
    """Return the record of `row`, None where its content was erased.

    Raises LedgerError where the content does not give the name under which it stands.
    """
    if row.body is None:
        return None
    try:
        record: R = _adapter(kind).validate_python(row.body)
    except ValidationError as error:
        raise LedgerError(f"{row.id} cannot be read: {error.errors()[0]['msg']}. Check the ledger.") from error
    if record.id != row.id:
        raise LedgerError(f"The content of {row.id} is not what was recorded under that name. Check the ledger.")
    return record


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
