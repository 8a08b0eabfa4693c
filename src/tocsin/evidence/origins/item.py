"""Item: one published text as the tracing of origins sees it; and what the tracing says of many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, final

UNRECORDED: Final = "unrecorded"
"""The origin of an item that does not say where it has its news from, and to which no tie was found."""

Kind = Literal["reprint", "rewrite", "spin", "excerpt", "citation", "paraphrase", "transcription", "denial"]


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One published text. Only the id and the text are needed; what is missing is empty or None."""

    id: str
    text: str
    publisher: str = ""
    published: datetime | None = None
    """When it appeared; without a time zone, or in UTC."""
    url: str = ""
    title: str = ""
    source: str = ""
    """The oldest source that an analyst recorded for it; empty where nobody did."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A found tie: `child` was made from `parent`, or answers it (kind `denial`, which makes no common origin)."""

    child: str
    parent: str
    """The id of an item, or `source: NAME` for a source that is cited and not among the items."""
    kind: Kind
    evidence: str
    """What was found, in words; it quotes figures, never sentences or persons."""
    weight: float
    """Probability of the tie, given what was found; for a denial, that it answers."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Items that tell of the same thing, and two numbers that are never mixed."""

    items: tuple[str, ...]
    origins: int
    """Median number of origins behind the items."""
    low: int
    """The number is at least `low` and at most `high` with probability four fifths."""
    high: int
    n_eff: float
    """What the items that affirm weigh together, in units of one report: ln LR of all / ln LR of one."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Where a set of items comes from."""

    origin: Mapping[str, str]
    """By item id: the id of its first known item, `source: NAME`, or `unrecorded`."""
    edges: tuple[Edge, ...]
    events: tuple[Event, ...]
