"""Typed identifiers, made from content: the same record twice has the same id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NewType

ReportId = NewType("ReportId", str)
ClaimId = NewType("ClaimId", str)
GradeId = NewType("GradeId", str)
AssertionId = NewType("AssertionId", str)
ObservationId = NewType("ObservationId", str)
AssessmentId = NewType("AssessmentId", str)
QuestionId = NewType("QuestionId", str)
ForecastId = NewType("ForecastId", str)
QuarantineId = NewType("QuarantineId", str)
ReleaseId = NewType("ReleaseId", str)
ResolutionId = NewType("ResolutionId", str)
IndicatorId = NewType("IndicatorId", str)

_EXACT = 2.0**53
"""Below this every whole float is one integer."""


OPTIONAL: Final = MappingProxyType({"optional": True})
"""Metadata of a field that the canonical form leaves out while it holds its default.

A field that came later than the first records is declared so: they keep their digests and their ids.
"""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> str:
    """Write `value` as JSON in one way only: sorted keys, no spaces, dates in ISO form.

    >>> canonical({"b": 1, "a": date(2022, 5, 17)})
    '{"a":"2022-05-17","b":1}'
    """
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def document(value: Any) -> str:
    """Write `value` as a file of indented JSON in the order of its keys: the text whose hash is sealed."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def plain(value: Any) -> Any:
    """Turn records, dates, tuples and sets into what JSON knows; a whole number is written alike, counted or measured.

    >>> plain({"a": 20.0, "b": 0.5})
    {'a': 20, 'b': 0.5}
    """
    if is_dataclass(value) and not isinstance(value, type):
        held = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: plain(item) for one, item in held if not ("optional" in one.metadata and item == one.default)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def content_id(kind: str, content: Any) -> str:
    """Name a record by its kind and the first 16 hexadecimal digits of its content's SHA-256.

    >>> content_id("report", "a text")
    'report-382632c74f3e60e5'
    """
    return f"{kind}-{sha256(canonical(content).encode())[:16]}"
