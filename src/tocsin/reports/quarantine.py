"""Quarantine: what redaction cannot be trusted with is held back; only its hash, its date and the reasons are kept."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, final

from tocsin.errors import CatalogueError, UnreadableReportError
from tocsin.ids import QuarantineId, ReleaseId, ReportId, content_id
from tocsin.reports.persons.lexicon import Kind, lexicon
from tocsin.reports.report import Report

_FILE = Path(__file__).parents[1] / "catalog" / "redaction" / "quarantine.toml"
_WITHHELD = re.compile(r"\[(name|text|number|address|position|date|document|place|handle|e-mail) withheld\]")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SPOILT = re.compile(r"[^\W\d_]\d+[^\W\d_]|[a-z][A-Z]+[a-z]|[\ufffd|~^]")
_PERSONAL = frozenset({"number", "address", "position", "date"})


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """A report that was held back; nothing of its text is kept."""

    source: str
    """Who issued it, redacted."""
    published: date
    original: str
    """SHA-256 of the original bytes."""
    reasons: tuple[str, ...]
    id: QuarantineId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.source, self.published, self.original, self.reasons)
        object.__setattr__(self, "id", QuarantineId(content_id("quarantine", content)))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A person's decision to let a quarantined report in."""

    quarantine: QuarantineId
    report: ReportId
    """The report as it was let in, redacted as far as possible."""
    published: date
    original: str
    """SHA-256 of the original bytes, as in the quarantine."""
    redacted: str | None
    """SHA-256 of the analyst's own redacted file; None where the original was let in redacted by rule."""
    by: str
    reason: str
    id: ReleaseId = field(init=False)

    def __post_init__(self) -> None:
        content = (self.quarantine, self.report, self.redacted, self.by, self.reason)
        object.__setattr__(self, "id", ReleaseId(content_id("release", content)))


@final
class QuarantinedReportError(UnreadableReportError):
    """A report was held back at the door."""

    def __init__(self, name: str, record: Quarantine) -> None:
        self.record = record
        why = "; ".join(record.reasons)
        super().__init__(name, f"held back as {record.id}: {why}", "See: tocsin quarantine --help.")


def held_back(name: str, report: Report) -> QuarantinedReportError | None:
    """Return why a redacted report may not enter, or None where it may."""
    reasons = doubts(report)
    if not reasons:
        return None
    record = Quarantine(source=report.source, published=report.published, original=report.original, reasons=reasons)
    return QuarantinedReportError(name, record)


def said_of(records: Sequence[Quarantine]) -> str:
    """Say in one line how many reports were held back, and why."""
    count = Counter(reason for record in records for reason in record.reasons)
    why = "; ".join(f"{number} for {reason}" for reason, number in sorted(count.items()))
    what = "1 report was" if len(records) == 1 else f"{len(records)} reports were"
    return f"Quarantine: {what} held back and not read: {why}. See them with: tocsin quarantine."


def doubts(report: Report) -> tuple[str, ...]:
    """Say what speaks against trusting the redaction of a report; empty where nothing does."""
    if report.format == "counts":
        return ()
    text, limits = report.text, _limits()
    withheld = _WITHHELD.findall(text)
    plain = _WITHHELD.sub(" ", text)
    words = _WORD.findall(plain)
    total = len(words) + len(withheld)
    names, personal = withheld.count("name"), sum(kind in _PERSONAL for kind in withheld)
    tests = (
        ("document" in withheld, "a personal document"),
        (personal >= limits["personal_numbers"], "personal numbers, addresses or positions"),
        (withheld.count("text") >= limits["unread_runs"], "a script whose names are not known"),
        (_lines(text, limits) >= limits["listed_lines"], "a list of persons"),
        (names >= limits["few_withheld"] and names > limits["most_withheld"] * total, "little is left without names"),
        (_only_captions(text, limits), "captions alone"),
        *(_of_words(text, plain, words, limits) if len(words) >= limits["enough_words"] else ()),
    )
    return tuple(reason for holds, reason in tests if holds)


def _of_words(text: str, plain: str, words: list[str], limits: dict[str, Any]) -> tuple[tuple[bool, str], ...]:
    """Judge what is left: is it English, was it read well, could it still name persons."""
    kind = lexicon().kind
    small = [word for word in words if word.isascii() and word.islower() and len(word) > 1]
    latin = sum(word.isascii() or word[0] < "\u0250" for word in words)
    english = sum(bool(kind(word) & (Kind.WORD | Kind.TITLE)) for word in small)
    foreign = latin > len(words) / 2 and english < limits["least_english"] * latin * len(small) / max(latin, 1)
    names = len(_WITHHELD.findall(text))
    spoilt = len(_SPOILT.findall(plain))
    open_ones = [match[1] for match in re.finditer(r"(?<=[\w,;] )([^\W\d_][\w'-]+)", plain) if match[1][0].isupper()]
    strange = sum(not kind(word.lower()) & ~Kind.SITED and not word.isupper() for word in open_ones)
    return (
        (foreign and names + strange >= limits["few_foreign"], "a language whose names are not known"),
        (spoilt > limits["spoilt"] * len(words), "spoilt words, as from a scan"),
        (
            strange >= limits["few_suspicious"] and strange > limits["suspicious"] * len(words),
            "many words left that could be names",
        ),
    )


def _lines(text: str, limits: dict[str, Any]) -> int:
    """Count the lines that hold little but a withheld name."""
    return sum(
        "[name withheld]" in line and len(_WORD.findall(_WITHHELD.sub(" ", line))) <= limits["line_words"]
        for line in text.split("\n")
    )


def _only_captions(text: str, limits: dict[str, Any]) -> bool:
    lines = [line.lower() for line in text.split("\n") if line.strip()]
    return "[name withheld]" in text and all(line.startswith(tuple(limits["captions"])) for line in lines)


@lru_cache(maxsize=1)
def _limits() -> dict[str, Any]:
    try:
        return tomllib.loads(_FILE.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError("redaction/quarantine.toml", str(error)) from None
