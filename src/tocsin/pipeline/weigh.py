"""Weigh: claims to origins, assertions, grades and observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from tocsin.claims.claim import Claim
from tocsin.dates import visible
from tocsin.evidence.assertion import Assertion, join
from tocsin.evidence.grade import Grade, Judgement, in_force, propose
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import observe, silenced, superseded
from tocsin.evidence.origins import origins
from tocsin.evidence.reporting.coverage import Coverage, watched
from tocsin.ids import AssertionId, ClaimId
from tocsin.inference.levels import levels
from tocsin.reports.report import Report


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What evidence is weighed against: the forces of a case, its time, and who is known to have watched."""

    sizes: Mapping[str, float]
    """Soldiers at full strength, by force."""
    start: date
    as_of: date
    coverage: tuple[Coverage, ...] = ()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the claims of an assessment are worth."""

    claims: tuple[Claim, ...]
    origin: Mapping[ClaimId, str]
    assertions: tuple[Assertion, ...]
    balance: Mapping[AssertionId, float]
    """Probability that each assertion holds, by what is said of it and by whom alone; for display."""
    grades: Mapping[ClaimId, Grade]
    """The grades that were proposed."""
    judgements: tuple[Judgement, ...]
    """What analysts judged otherwise, as known by the day."""
    observations: tuple[Observation, ...]
    silent: Mapping[ClaimId, str]
    """Why a claim is not weighed; those that are do not stand here."""


def weigh(
    claims: Sequence[Claim], reports: Sequence[Report], where: Field, judgements: Sequence[Judgement] = ()
) -> Evidence:
    """Find origins, join claims, propose grades, and gather what can be weighed as of a day."""
    table = levels()
    indicators, known = frozenset(table), frozenset(where.sizes)
    relief = frozenset(name for name, level in table.items() if level.relief)
    origin = origins(claims, {report.id: report.text for report in reports})
    assertions = join(claims, origin)
    proposed, learnt = propose(claims, assertions, origin, relief=relief, sizes=where.sizes)
    given = tuple(j for j in judgements if visible(j.known, where.as_of))
    grades = {claim.id: in_force(proposed[claim.id], claim, given) for claim in claims}
    when, silent = {"start": where.start, "as_of": where.as_of}, {}
    for claim in claims:
        why = silenced(claim, indicators=indicators, forces=known, **when)
        if why is not None:
            silent[claim.id] = why
    heard = [claim for claim in claims if claim.id not in silent]
    for replaced in superseded(heard, start=where.start):
        silent[replaced] = "a later figure by the same speaker replaces it"
    seen = observe(claims, origin, grades, indicators=indicators, forces=known, **when)
    return Evidence(
        claims=tuple(claims),
        origin=origin,
        assertions=tuple(assertions),
        balance=learnt.balance,
        grades=proposed,
        judgements=given,
        observations=(*seen, *watched(where.coverage, heard, indicators=indicators, **when)),
        silent=silent,
    )
