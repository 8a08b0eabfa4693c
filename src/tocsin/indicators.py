"""The codebook: what a claim can be evidence of, and the words that a reader looks for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, final

from pydantic import BaseModel, ConfigDict, ValidationError

from tocsin.errors import CatalogueError, UnknownNameError
from tocsin.ids import IndicatorId

FOLDER = Path(__file__).parent / "catalog" / "indicators"


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")
    patterns: list[str]
    polarity: str = "affirmed"
    about: str | None = None
    subject: str | None = None
    object: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    label: str
    definition: str
    excludes: str
    about: str
    lexicon: list[_Group]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WordGroup:
    """Patterns of one indicator that share how they are read."""

    patterns: tuple[str, ...]
    negated: bool
    """Whether the words state the opposite of the indicator (`well fed`)."""
    about: str
    """Whose soldiers are meant: `subject`, `object`, `attacker`, `attacked`, `leaver`, `kin` or `regime`."""
    subject: str | None
    """The word class that the subject must belong to, if any."""
    object: str | None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Something that a claim can be evidence of."""

    id: IndicatorId
    label: str
    definition: str
    excludes: str
    groups: tuple[WordGroup, ...]


def _indicator(path: Path) -> Indicator:
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        row = _File.model_validate(content)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise CatalogueError(path.name, str(error)) from error
    if row.id != path.stem:
        raise CatalogueError(path.name, f"the file says it is {row.id!r}; name and id must agree")
    groups = tuple(
        WordGroup(
            patterns=tuple(group.patterns),
            negated=group.polarity == "negated",
            about=group.about or row.about,
            subject=group.subject,
            object=group.object,
        )
        for group in row.lexicon
    )
    return Indicator(
        id=IndicatorId(row.id), label=row.label, definition=row.definition, excludes=row.excludes, groups=groups
    )


@cache
def indicators() -> dict[str, Indicator]:
    """Return the codebook's indicators by their id."""
    found = [_indicator(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {indicator.id: indicator for indicator in found}


def indicator(name: str) -> Indicator:
    """Return one indicator; raise UnknownNameError where the codebook has none of that id."""
    known = indicators()
    if name not in known:
        raise UnknownNameError("indicator", name, list(known))
    return known[name]
