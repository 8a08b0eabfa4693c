"""Kept: a record of the ledger as plain data, and what exports ask of many of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, final


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One record whose content was not erased."""

    id: str
    kind: str
    known: date
    recorded: datetime
    report: str | None
    digest: str
    """SHA-256 of the canonical body."""
    body: Mapping[str, Any]


@final
class Collection:
    """All records that are exported, by kind and by id, each kind by day and id."""

    def __init__(self, records: Iterable[Kept]) -> None:
        self.records: Sequence[Kept] = sorted(records, key=lambda one: (one.kind, one.known, one.id))

    @cached_property
    def by_id(self) -> Mapping[str, Kept]:
        """The records by their id."""
        return {one.id: one for one in self.records}

    def of(self, kind: str) -> list[Kept]:
        """The records of one kind."""
        return [one for one in self.records if one.kind == kind]

    @cached_property
    def grades(self) -> Mapping[str, Mapping[str, Any]]:
        """For each claim the grade that counts: the newest by a person, else the newest."""
        found: dict[str, Kept] = {}
        for grade in self.of("grade"):
            claim = grade.body.get("claim")  # a person's grade of a source or an assertion is in those of its claims
            before = found.get(str(claim))
            if claim and (before is None or _rank(grade) >= _rank(before)):
                found[str(claim)] = grade
        return {claim: grade.body for claim, grade in found.items()}

    def refers(self, one: Kept) -> list[str]:
        """The ids of exported records that a record's fields name, in the order of its fields."""
        return [name for name in dict.fromkeys(_names(one.body)) if name != one.id and name in self.by_id]


def _rank(grade: Kept) -> tuple[bool, datetime]:
    return grade.body.get("grader") != "tocsin", grade.recorded


def _names(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _names(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _names(part)
