"""A user's list of sources, in TOML: who they are, on whose side, and how their files are recognised."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tocsin.errors import CatalogueError
from tocsin.reports.formats.text import UNKNOWN, host
from tocsin.reports.normalise import one_line
from tocsin.reports.redact import redact
from tocsin.reports.report import Report, SpeakerKind, Standing

LARGEST_LIST = 1_000_000
"""Bytes of a list of sources."""
FILE_NAME = "sources.toml"
"""Under this name a list beside a case is found."""

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Source(_Strict):
    name: _Words
    kind: SpeakerKind | None = None
    side: _Words | None = None
    languages: Annotated[list[_Language], Field(max_length=20)] = []
    interest: _Words | None = None
    lag_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    domains: Annotated[list[_Words], Field(max_length=100)] = []
    folders: Annotated[list[_Words], Field(max_length=100)] = []
    files: Annotated[list[_Words], Field(max_length=100)] = []


class _List(_Strict):
    sources: Annotated[list[_Source], Field(max_length=10_000)]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source as the user describes it."""

    name: str
    standing: Standing
    languages: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def issued(self, report: Report, file: str) -> bool:
        """Whether a report of this file is this source's: by its name, its address, its folder or its file."""
        if report.source not in {UNKNOWN, host(report.url)}:
            return report.source.casefold() == self.name.casefold()
        at = host(report.url) or ""
        return (
            any(at == domain or at.endswith(f".{domain}") for domain in self.domains)
            or any(file.startswith(f"{folder}/") for folder in self.folders)
            or any(
                fnmatchcase(file, pattern) or fnmatchcase(file.rpartition("/")[2], pattern) for pattern in self.files
            )
        )

    def describe(self, report: Report) -> Report:
        """Fill in what the report does not say: who issued it, and where that source stands."""
        named = self.name if report.source in {UNKNOWN, host(report.url)} else report.source
        return replace(report, source=named, standing=None if self.standing == Standing() else self.standing)


@final
@dataclass(frozen=True, slots=True)
class Sources:
    """A list of sources, in the order of its file."""

    listed: Sequence[Source] = ()

    def of(self, report: Report, file: str) -> Source | None:
        """Return the first source of the list that issued a report, or None."""
        return next((source for source in self.listed if source.issued(report, file)), None)


def read_sources(path: Path) -> Sources:
    """Read a list of sources; raise CatalogueError where the file does not say what it must."""
    name = one_line(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_LIST + 1) if path.is_file() else b""
        if not data or len(data) > LARGEST_LIST:
            raise CatalogueError(name, "a list of sources is a TOML file of at most 1 MB with [[sources]] in it")
        found = _List.model_validate(tomllib.loads(data.decode("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(name, f"{where[:100]}: {first['msg'][:200]}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) else "no valid TOML in UTF-8: " + one_line(str(error))[:200]
        )
        raise CatalogueError(name, f"{reason}. Check the file given with --sources") from None
    return Sources(tuple(map(_source, found.sources)))


def _source(entry: _Source) -> Source:
    return Source(
        name=redact(one_line(entry.name)),
        standing=Standing(
            kind=entry.kind,
            side=entry.side and one_line(entry.side),
            interest=entry.interest and redact(one_line(entry.interest)),
            lag=entry.lag_days,
        ),
        languages=tuple(entry.languages),
        domains=tuple(domain.lower().removeprefix("www.") for domain in entry.domains),
        folders=tuple(folder.strip("/") for folder in entry.folders),
        files=tuple(entry.files),
    )
