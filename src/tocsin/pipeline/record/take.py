"""Take: exported records back into a ledger, if they are what their hashes say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tocsin.claims.claim import Claim
from tocsin.errors import LedgerError, TocsinError
from tocsin.evidence.assertion import Assertion
from tocsin.evidence.grade import Grade, Judgement
from tocsin.evidence.observation import Observation
from tocsin.forecasts.forecast import Assessment, Forecast
from tocsin.forecasts.resolution import Resolution
from tocsin.ids import canonical, sha256
from tocsin.reports.report import Report
from tocsin.store.entry import Kind, Record, Row, Tombstone
from tocsin.store.restore import restore

CLASSES: Final[Mapping[str, type[Any]]] = {
    "report": Report,
    "claim": Claim,
    "grade": Grade,
    "assertion": Assertion,
    "observation": Observation,
    "assessment": Assessment,
    "forecast": Forecast,
    "resolution": Resolution,
    "tombstone": Tombstone,
}
"""The record that each kind of row holds."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class _Line(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z]+-[0-9a-f]{16}$")]
    recorded: str
    digest: str
    body: dict[str, Any]


class _File(_Strict):
    form: Literal["tocsin-records-1"]
    records: tuple[_Line, ...]


def imported(path: Path) -> list[Record]:
    """Return the records of an exported file; ids and hashes are worked out anew and must agree.

    Raises TocsinError where the file is no such export or a record is not what its hash says.
    """
    try:
        file = _File.model_validate(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise TocsinError(f"{path} cannot be opened ({error.strerror}). Check the path.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TocsinError(f"{path.name} is no export of records: {where}: {first['msg'][:200]}.") from None
    except (ValueError, RecursionError):
        raise TocsinError(f"{path.name} is no JSON. Give a records.json that `tocsin export` wrote.") from None
    return [_record(line) for line in file.records]


def _record(line: _Line) -> Record:
    kind = line.id.partition("-")[0]
    if kind not in CLASSES:
        raise TocsinError(f"{line.id} is of no kind that this version of Tocsin knows.")
    row = Row(
        id=line.id,
        kind=cast("Kind", kind),
        known=date.max,
        recorded=datetime.max.replace(tzinfo=UTC),
        report=None,
        body=line.body,
    )
    made_by = Judgement if kind == "grade" and "subject" in line.body else CLASSES[kind]
    try:
        record: Record | None = restore(made_by, row)
    except LedgerError:
        record = None
    if record is None or sha256(canonical(record).encode()) != line.digest:
        raise TocsinError(f"{line.id} is not what its hash says. It was changed since, or another version made it.")
    return record
