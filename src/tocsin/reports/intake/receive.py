"""The one place that every door's reports pass: what a report does not say of itself is filled in here."""

from __future__ import annotations

from dataclasses import replace

from tocsin.reports.intake.language import foreign
from tocsin.reports.intake.sources import Sources
from tocsin.reports.report import Report


def receive(report: Report, *, file: str, sources: Sources) -> Report:
    """Return `report` with what the list of sources knows of its source, and with its language if it is not read.

    Parameters
    ----------
    file : the path of the file it came in, below the path that was given, for the patterns of the list
    """
    source = sources.of(report, file)
    if source is not None:
        report = source.describe(report)
    if report.language is not None or report.coding is not None or report.count is not None or report.withdrawn:
        return report
    language = foreign(report.text, source.languages if source else ())
    return report if language is None else replace(report, language=language)
