"""The brief: one assessment as one self-contained page, in which every number leads back to the sentences behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tocsin.errors import UnreadableReportError
from tocsin.products import tables
from tocsin.products.passages import clean
from tocsin.products.words import percent, phrase, share, short

SCHEMA = 1
TEMPLATES = Path(__file__).parent / "templates"


def render(assessment: Mapping[str, Any], *, head: str | None = None) -> str:
    """Write the brief of one assessment, as read from `assessment.json`, as one HTML page.

    The page needs no network and no script. `head` is that of the ledger when the assessment was kept in it; it
    stands in the footer, and is all on the page that another ledger would change. Raise UnreadableReportError where
    the assessment is of another schema.
    """
    if assessment.get("schema") != SCHEMA:
        raise UnreadableReportError(
            "assessment.json",
            f"its schema is {assessment.get('schema')!r}, and this version of Tocsin reads {SCHEMA}",
            "Make it again with: tocsin assess",
        )
    from tocsin.products.page import context  # noqa: PLC0415  loads the drawing library, needed only here

    return fill("brief.html.j2", {**context(assessment), "head": head})


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Fill a template of this project; all that is printed is escaped and cleaned of what steers the writing."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finish,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, short=short, share=share, phrase=phrase)
    environment.filters.update(day=tables.day, label=tables.label, nats=nats, as_sentence=tables.as_sentence)
    page = environment.get_template(template).render(values)
    return "\n".join(line for line in map(str.rstrip, page.splitlines()) if line) + "\n"


def nats(weight: float) -> str:
    """Write how far something moved belief, in nats, with two digits that count."""
    return f"{weight:.2g}" if abs(weight) >= 0.001 else "less than 0.001"


def _finish(value: Any) -> Any:
    """Clean all that a template prints, but for what is markup already."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
