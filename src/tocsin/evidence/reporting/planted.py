"""Planted stories: several outlets repeat one false story, each later and in other words, to measure what it moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import final

from numpy.random import Generator

from tocsin.ids import sha256
from tocsin.reports.report import Coding, Report, SpeakerKind


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story that never happened, and how it may be told."""

    force: str
    indicator: str
    speaker: str
    """To whom all outlets ascribe it."""
    speaker_kind: SpeakerKind
    tellings: Sequence[str]
    """Sentences that mean the same; `{force}` and `{speaker}` are filled in."""
    spins: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words, and what a rewriting machine puts in their place."""
    first: date


def plant(story: Story, outlets: int, *, days: int, rng: Generator) -> list[Report]:
    """Write the reports of `outlets` that repeat a story, spread over `days` from its first day on."""
    later = sorted(int(day) for day in rng.integers(0, days, outlets - 1)) if outlets > 1 else []
    return [_report(story, number, day, rng) for number, day in enumerate([0, *later])]


def _report(story: Story, number: int, day: int, rng: Generator) -> Report:
    telling = story.tellings[number % len(story.tellings)].format(force=story.force, speaker=story.speaker)
    text = " ".join(_spun(word, story.spins, rng) if number else word for word in telling.split())
    return Report(
        source=f"Outlet {number + 1}",
        published=story.first + timedelta(days=day),
        text=text,
        original=sha256(f"{number} {text}".encode()),
        format="jsonl",
        coding=Coding(
            force=story.force,
            indicators=(story.indicator,),
            polarity="affirmed",
            speaker=story.speaker,
            speaker_kind=story.speaker_kind,
        ),
    )


def _spun(word: str, spins: Mapping[str, Sequence[str]], rng: Generator) -> str:
    bare = word.rstrip(".,;")
    others = spins.get(bare, ())
    return word.replace(bare, others[int(rng.integers(len(others)))]) if others else word
