"""Read: files to reports, reports to claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import final

from tocsin.claims.claim import Claim
from tocsin.claims.llm.endpoint import Endpoint, connect
from tocsin.claims.llm.reader import ModelReader, cost
from tocsin.claims.parties import Party
from tocsin.claims.read import Extractor, read_claims, readable
from tocsin.errors import TocsinError
from tocsin.pipeline.case import Case, read_case
from tocsin.pipeline.progress import Progress
from tocsin.reports.intake.language import name_of
from tocsin.reports.intake.sources import FILE_NAME, Sources, read_sources
from tocsin.reports.intake.versions import newest
from tocsin.reports.open import read_path
from tocsin.reports.quarantine import Quarantine, QuarantinedReportError, said_of
from tocsin.reports.report import Report
from tocsin.settings import cores


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What was read, and what could not be."""

    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    problems: tuple[str, ...]
    """One line for each file or row that could not be read; the others went through."""
    warnings: tuple[str, ...]
    quarantined: tuple[Quarantine, ...]
    """What was held back, because it could not be redacted safely."""


def read(
    paths: Sequence[Path],
    *,
    published: date | None = None,
    case: str | None = None,
    released: Container[str] = frozenset(),
    sources: Path | None = None,
    endpoint: Endpoint | None = None,
    up_to: int = 0,
    progress: Progress,
) -> ReadResult:
    """Read every report under `paths` and the claims in the newest version of each.

    `published` dates those reports that carry no date; a case says by which names the forces go; `sources` is a
    list of sources, in whose place that beside the case is taken where none is given. With `endpoint` its language
    model reads running text in the place of the rules, if that sends no more than `up_to` tokens. `released` are
    the hashes of originals that an analyst let in.
    """
    held: list[Quarantine] = []
    setting = read_case(case) if case else None
    parties = setting.parties if setting else ()
    listed = listed_sources(sources, setting)
    reports, problems, warnings = gather(
        paths, published=published, sources=listed, released=released, held=held, progress=progress
    )
    current = newest(reports)
    reader = ModelReader(ask=connect(endpoint), name=endpoint.model) if endpoint else None
    if reader:
        afford(current, parties, up_to)
    claims = claims_of(current, parties, progress, reader)
    if reader:
        warnings.append(str(reader.tally))
    return ReadResult(
        reports=tuple(reports),
        claims=tuple(claims),
        problems=tuple(problems),
        warnings=tuple(warnings),
        quarantined=tuple(held),
    )


def listed_sources(given: Path | None, case: Case | None) -> Sources:
    """Read the list of sources that was given, else the one beside the case, else none."""
    beside = case.folder / FILE_NAME if case else None
    path = given or (beside if beside and beside.is_file() else None)
    return read_sources(path) if path else Sources()


def gather(
    paths: Sequence[Path],
    *,
    published: date | None = None,
    sources: Sources | None = None,
    name: str = "Reading reports",
    released: Container[str] = frozenset(),
    held: list[Quarantine] | None = None,
    progress: Progress,
) -> tuple[list[Report], list[str], list[str]]:
    """Read the reports under `paths`, each once; return them with the problems and warnings met on the way.

    What is held back is added to `held`, and one line about all of it to the warnings.
    """
    quarantined: list[Quarantine] = [] if held is None else held
    reports: dict[str, Report] = {}
    problems: list[str] = []
    warnings: list[str] = []
    with progress.stage(name, None) as advance:
        for path in sorted(paths):  # so that the order of the command line changes nothing
            for found in read_path(path, published=published, warn=warnings.append, sources=sources, released=released):
                if isinstance(found, QuarantinedReportError):
                    quarantined.append(found.record)
                elif isinstance(found, TocsinError):
                    problems.append(str(found))
                else:
                    reports.setdefault(found.id, found)
                advance()
    if quarantined:
        warnings.append(said_of(quarantined))
    return list(reports.values()), problems, [*warnings, *unread_languages(reports.values())]


def unread_languages(reports: Iterable[Report]) -> Iterator[str]:
    """Say how many reports are in a language that is not read."""
    counts = Counter(report.language for report in reports if report.language is not None)
    for code, count in sorted(counts.items()):
        what = "1 report is" if count == 1 else f"{count} reports are"
        yield f"{what} in {name_of(code)}: kept with the text, but no claims are read, because Tocsin reads English."


def afford(reports: Sequence[Report], parties: Sequence[Party], up_to: int) -> None:
    """Raise TocsinError where a model would be sent more than `up_to` tokens: before the first is sent."""
    texts = [one for one in reports if one.count is None and one.coding is None and readable(one)]
    requests, tokens = cost(texts, parties)
    if tokens > up_to:
        raise TocsinError(
            f"Reading this by a language model sends about {tokens:,} tokens in {requests:,} requests, "
            f"more than the {up_to:,} allowed. Nothing was sent. Allow it with --up-to {tokens}."
        )


def claims_of(
    reports: Sequence[Report], parties: Sequence[Party], progress: Progress, reader: Extractor | None = None
) -> list[Claim]:
    """Read the claims of all reports, each once."""
    claims: dict[str, Claim] = {}
    with progress.stage("Reading claims", len(reports)) as advance:
        counted: set[str] = set()
        for claim in read_claims(reports, parties, processes=1 if reader else cores(), reader=reader):
            claims.setdefault(claim.id, claim)
            if claim.report not in counted:
                counted.add(claim.report)
                advance()
    return list(claims.values())
