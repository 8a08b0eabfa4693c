"""Weigh: claims to origins, assertions, grades and observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from tocsin.claims.claim import Claim
from tocsin.evidence.assertion import Assertion, join
from tocsin.evidence.grade import Grade, propose
from tocsin.evidence.observation import Observation
from tocsin.evidence.observe import observe, silenced, superseded
from tocsin.evidence.origins import origins
from tocsin.ids import ClaimId
from tocsin.inference.levels import levels
from tocsin.reports.report import Report


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the claims of an assessment are worth."""

    claims: tuple[Claim, ...]
    origin: Mapping[ClaimId, str]
    assertions: tuple[Assertion, ...]
    grades: Mapping[ClaimId, Grade]
    observations: tuple[Observation, ...]
    silent: Mapping[ClaimId, str]
    """Why a claim is not weighed; those that are do not stand here."""


def weigh(
    claims: Sequence[Claim], reports: Sequence[Report], *, forces: Sequence[str], start: date, as_of: date
) -> Evidence:
    """Find origins, join claims, propose grades, and gather what can be weighed as of a day."""
    origin = origins(claims, {report.id: report.text for report in reports})
    assertions = join(claims, origin, start=start)
    grades = propose(claims, assertions, origin)
    indicators, known = frozenset(levels()), frozenset(forces)
    silent = {
        claim.id: why
        for claim in claims
        if (why := silenced(claim, as_of=as_of, indicators=indicators, start=start, forces=known)) is not None
    }
    for claim in superseded([claim for claim in claims if claim.id not in silent], start=start):
        silent[claim] = "a later total by the same speaker replaces it"
    return Evidence(
        claims=tuple(claims),
        origin=origin,
        assertions=tuple(assertions),
        grades=grades,
        observations=tuple(
            observe(claims, origin, grades, start=start, as_of=as_of, indicators=indicators, forces=known)
        ),
        silent=silent,
    )
