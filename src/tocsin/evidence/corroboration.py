"""How many origins a set of reports goes back to: what an outcome may rest on."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.claims.claim import Claim
from tocsin.evidence.origins import origins
from tocsin.ids import ReportId
from tocsin.reports.report import Report


def independent_reports(reports: Sequence[Report], claims: Sequence[Claim]) -> list[tuple[ReportId, ...]]:
    """Group reports that go back to one origin; no tie was found between the groups.

    Reports are tied when any of their `claims` are, or, where no claim was read in them, when their publisher or
    their words are the same. A report whose every claim was made in captivity corroborates nothing and is left out.
    """
    origin = origins(claims, {report.id: report.text for report in reports})
    about: dict[ReportId, list[Claim]] = {report.id: [] for report in reports}
    for claim in claims:
        about[claim.report].append(claim)
    groups: list[tuple[set[str], list[ReportId]]] = []
    for report in reports:
        said = about[report.id]
        if said and all(claim.coerced for claim in said):
            continue
        keys = {origin[claim.id] for claim in said} or _own(report)
        tied = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if not group[0] & keys]
        joined = [name for _, names in tied for name in names]
        groups.append((keys.union(*(found for found, _ in tied)), [*joined, report.id]))
    return [tuple(names) for _, names in groups]


def _own(report: Report) -> set[str]:
    return {f"source {report.source.casefold()}", f"text {' '.join(report.text.casefold().split())}"}
