"""What the commands do between parsing and leaving: call the pipeline, keep records, write, print."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.app.files import write_json, write_text
from tocsin.app.options import Format, Session, now
from tocsin.app.terminal.endings import json_line, printable, say, tell
from tocsin.app.terminal.headlines import headlines
from tocsin.app.terminal.progress import progress
from tocsin.app.terminal.tables import CLAIM_COLUMNS, SIMULATION_COLUMNS, claim_rows, show, simulation_rows
from tocsin.errors import NothingFoundError, TocsinError
from tocsin.ids import sha256
from tocsin.settings import cores

if TYPE_CHECKING:
    from tocsin.claims.claim import Claim
    from tocsin.claims.llm.endpoint import Endpoint
    from tocsin.reports.report import Report
    from tocsin.store.entry import Record
    from tocsin.store.ledger import Ledger


def read_and_print(
    run: Session,
    paths: Sequence[Path],
    *,
    form: Format,
    published: date | None,
    case: str | None,
    sources: Path | None,
    by_model: bool,
    up_to: int | None,
    ledger: str | None,
) -> None:
    """Read the reports, keep them and their claims in the ledger, print what was asked for."""
    from tocsin.pipeline.intake.read import read
    from tocsin.pipeline.intake.release import let_in

    endpoint = model_endpoint(run) if by_model else None
    with open_ledger(run, ledger) as book:
        found = read(
            paths,
            published=published,
            case=case,
            released=let_in(book),
            sources=sources,
            endpoint=endpoint,
            up_to=up_to or run.settings.llm_tokens,
            progress=progress(),
        )
        warn([*found.warnings, *found.problems])
        keep(run, book, found.quarantined)
        if not found.reports:
            if found.problems or found.quarantined:
                raise TocsinError("Nothing could be read.")
            raise NothingFoundError("There was nothing to read in what was given.")
        keep(run, book, [*found.reports, *found.claims])
    if form is Format.TEXT:
        print_texts(found.reports)
        return
    if not found.claims:
        raise NothingFoundError("The reports make no claim that Tocsin can read. See their text with --format text.")
    print_claims(found.claims, form)


def assess_and_write(
    run: Session,
    paths: Sequence[Path],
    *,
    case: str,
    with_dossier: bool,
    out: Path,
    seed: int | None,
    threads: int | None,
    ledger: str | None,
    as_of: date | None = None,
    side: str | None = None,
    published: date | None = None,
    sources: Path | None = None,
) -> None:
    """Assess the case, keep the records in the ledger, write brief and data to `out`, print the headlines."""
    from tocsin.pipeline.assess import assess
    from tocsin.pipeline.intake.release import let_in
    from tocsin.pipeline.record.sealed import judgements_of

    with open_ledger(run, ledger) as book:
        result = assess(
            paths,
            case=case,
            with_dossier=with_dossier,
            as_of=as_of,
            side=side,
            seed=run.settings.seed if seed is None else seed,
            threads=threads or cores(),
            published=published,
            released=let_in(book),
            sources=sources,
            judgements=judgements_of(book),
            progress=progress(),
        )
        warn([*result.warnings, *result.problems])
        keep(run, book, result.records)
        run.kept.extend(map(str, _write(out, result.assessment, book.head().link)))
    for line in headlines(result.assessment):
        say(printable(line))
    say(f"\nBrief: {out / 'brief.html'}\nData:  {out / 'assessment.json'}")


def _write(out: Path, assessment: dict[str, Any], head: str) -> Iterator[Path]:
    """Write data, brief and the ledger's head; the data alone are the same bytes whatever the ledger is."""
    from tocsin.products.brief import render

    data = write_json(out / "assessment.json", assessment)
    yield data
    yield write_text(out / "brief.html", render(assessment, head=head))
    yield write_json(out / "ledger.json", {"head": head, "assessment": sha256(data.read_bytes())})


def simulate_and_print(
    run: Session,
    case: str,
    *,
    runs: int | None,
    days: int | None,
    out: Path | None,
    units: bool,
    on_ray: bool,
    seed: int | None,
    threads: int | None,
) -> None:
    """Simulate the case from its priors and print a summary; write it, the ensemble and its pictures to `out`."""
    from tocsin.pipeline.ensemble.simulate import simulate

    settings = run.settings
    folder = out / "ensemble" if out else None
    try:
        result = simulate(
            case,
            runs=runs or settings.runs,
            days=days or settings.days,
            seed=settings.seed if seed is None else seed,
            threads=threads or cores(),
            progress=progress(),
            folder=folder,
            units=units,
            on_ray=on_ray,
        )
    except KeyboardInterrupt:
        if folder:
            _note_pieces(run, folder)
        raise
    summary = result.summary
    span = f"from {summary['from']} to {summary['to']}"
    say(f"{summary['case']}: {summary['runs']} histories {span}, seed {summary['seed']}, without evidence")
    show(SIMULATION_COLUMNS, simulation_rows(summary))
    if out is not None:
        _write_simulation(run, out, summary, result.pictures)
        say(str(folder))


def _write_simulation(run: Session, out: Path, summary: dict[str, Any], pictures: dict[str, Any]) -> None:
    from tocsin.products.simulation import render

    page = write_text(out / "simulation.html", render(pictures))
    for path in (write_json(out / "simulation.json", summary), page):
        run.kept.append(str(path))
        say(str(path))


def _note_pieces(run: Session, folder: Path) -> None:
    """Note for whoever stops a simulation how much of it is kept."""
    done = len(list(folder.glob("formations/[0-9]*.parquet")))
    if done:
        run.kept.append(f"{done} pieces in {folder}; the same command goes on from there")


def trace_and_print(
    run: Session, case: str, *, days: int | None, out: Path | None, seed: int | None, unit: int | None,
    soldier: int | None,
) -> None:  # fmt: skip
    """Follow one battalion and one soldier through a history, print their stories, draw them in `out` where given."""
    from tocsin.ids import plain
    from tocsin.pipeline.ensemble.trace import YEAR, trace
    from tocsin.products.simulation import render_trace, timeline

    settings = run.settings
    seed = settings.seed if seed is None else seed
    found = plain(trace(case, days=days or YEAR, seed=seed, unit=unit, soldier=soldier, progress=progress()))
    say(f"{found['case']}: one history of {found['days']} days, seed {seed}, without evidence; none of this happened")
    for heading, lines in timeline(found):
        say(f"\n{printable(heading)}")
        for when, what in lines:
            say(f"  {when}  {what}")
    if out is not None:
        path = write_text(out / "trace.html", render_trace(found))
        run.kept.append(str(path))
        say(f"\n{path}")


def model_endpoint(run: Session) -> Endpoint:
    """Return the endpoint of the settings; raise TocsinError where they name none."""
    from tocsin.claims.llm.endpoint import Endpoint

    settings = run.settings
    if not settings.llm_url or not settings.llm_model:
        raise TocsinError(
            "--by-model needs to know whom to ask. Set TOCSIN_LLM_URL, such as http://localhost:8080/v1, and "
            "TOCSIN_LLM_MODEL (and TOCSIN_LLM_KEY where it wants one)."
        )
    if not (settings.llm_rate.isascii() and settings.llm_rate.isdigit() and int(settings.llm_rate) > 0):
        raise TocsinError("TOCSIN_LLM_RATE must be a number of requests a minute, such as 60.")
    return Endpoint(
        url=settings.llm_url,
        model=settings.llm_model,
        key=settings.llm_key,
        timeout=settings.llm_timeout,
        retries=settings.llm_retries,
        per_minute=int(settings.llm_rate),
    )


@contextmanager
def open_ledger(run: Session, place: str | None) -> Iterator[Ledger]:
    """Open the ledger before the work begins, so that a bad one is told at once."""
    from tocsin.store.ledger import Ledger

    with Ledger(place or run.settings.ledger) as book:
        yield book


@contextmanager
def look_into(run: Session, place: str | None) -> Iterator[Ledger]:
    """Open a ledger that is there; where there is none, say so and begin none."""
    from tocsin.store.ledger import Ledger

    with Ledger(place or run.settings.ledger, begin=False) as book:
        yield book


def keep(run: Session, book: Ledger, records: Iterable[Record], *, recorded: datetime | None = None) -> None:
    """Append the records, and note for whoever stops us how many were new."""
    added = book.append(records, recorded=recorded or now())
    run.kept.append(f"{added} new records in the ledger {book.name}")


def warn(lines: Iterable[str]) -> None:
    """Print each warning and each problem as one line on stderr."""
    for line in lines:
        tell(printable(" ".join(line.split())))


def print_texts(reports: Iterable[Report]) -> None:
    """Print the stored texts; in a pipe exactly, on a terminal with what could steer it replaced one for one."""
    for report in reports:
        say(printable(report.text) if sys.stdout.isatty() else report.text)


def print_claims(claims: Iterable[Claim], form: Format) -> None:
    """Print claims, one a line as JSON or one a row of a table."""
    from tocsin.claims.claim import line

    lines = (line(claim) for claim in claims)
    if form is Format.TABLE:
        show(CLAIM_COLUMNS, claim_rows(lines))
        return
    for fields in lines:
        say(json_line(fields))
