"""`tocsin grade`: an analyst's own grade, kept in the ledger beside the proposed one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.app import options
from tocsin.app.options import now, session
from tocsin.app.terminal.endings import printable, say
from tocsin.app.work import keep, look_into
from tocsin.errors import NothingFoundError
from tocsin.ids import ClaimId

if TYPE_CHECKING:
    from tocsin.store.ledger import Ledger


class Letter(StrEnum):
    """Reliability in the Admiralty code."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


Subject = Annotated[
    str, typer.Argument(metavar="SUBJECT", help="A source by its name, or the id of a claim or an assertion.")
]


def grade(
    context: typer.Context,
    subject: Subject,
    *,
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who gives the grade.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    reliability: Annotated[
        Letter | None, typer.Option(case_sensitive=False, help="A completely reliable to E, F cannot be judged.")
    ] = None,
    credibility: Annotated[
        int | None, typer.Option(min=1, max=6, metavar="1-6", help="1 agrees with others to 5, 6 cannot be judged.")
    ] = None,
    known: Annotated[
        date | None,
        typer.Option(parser=options.day, metavar="DATE", help="From which day on it counts (default: today)."),
    ] = None,
    ledger: options.LedgerFile = None,
) -> None:
    """Grade a source, a claim or an assertion yourself: it stands beside the proposed grade and wins."""
    from tocsin.evidence.grade import Judgement

    if reliability is None and credibility is None:
        raise typer.BadParameter("give --reliability, --credibility or both")
    who, why = named(by, reason)
    run = session(context)
    with look_into(run, ledger) as book:
        claims = find(book, subject)
        if credibility is not None and not claims:
            raise typer.BadParameter("credibility belongs to a claim or an assertion; a source has reliability only")
        given = Judgement(
            subject=subject,
            claims=claims,
            reliability=None if reliability is None else reliability.value,
            credibility=credibility,
            reasons=(why,),
            grader=who,
            known=known or now().date(),
        )
        keep(run, book, [given])
    say(printable(f"{given.id}: kept in {book.name}. It counts in assessments as of {given.known} or later."))


def named(by: str, reason: str) -> tuple[str, str]:
    """The grader and his reason in one line each; BadParameter where one is missing, too long or ours."""
    from tocsin.evidence.grade import PROPOSED

    who, why = " ".join(by.split()), " ".join(reason.split())
    if not who or not why or len(who) > 200 or len(why) > 2000 or who == PROPOSED:
        raise typer.BadParameter(f"--by needs a name (not {PROPOSED!r}) and --reason a reason, neither of them long")
    return who, why


def find(book: Ledger, subject: str) -> tuple[ClaimId, ...]:
    """The claims that a subject stands for, none where it is a source; NothingFoundError where nobody knows it."""
    name = subject.casefold()
    for row in book.records("assertion", as_of=date.max) if subject.startswith("assertion-") else ():
        if row.id == subject and row.body:
            return tuple(row.body["affirmed"] or row.body["negated"])
    for row in book.records("claim", as_of=date.max):
        if row.id == subject:
            return (ClaimId(subject),)
        if row.body and name in {row.body["source"].casefold(), (row.body["speaker"] or "").casefold()}:
            return ()
    raise NothingFoundError(
        f"The ledger {book.name} knows no source, claim or assertion {subject!r}. Assess or read its reports first; "
        "ids and speakers stand in assessment.json."
    )
