"""How a long stage tells that it is alive; who listens decides how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, final


class Advance(Protocol):
    """Tell that some more of a stage is done; any thread may call it."""

    def __call__(self, n: int = 1) -> None:
        """Count `n` more parts as done."""
        ...


class Progress(Protocol):
    """Someone who is told how far a job has come."""

    def stage(self, name: str, total: int | None) -> AbstractContextManager[Advance]:
        """Open a stage of `total` parts (None where nobody knows how many) and give the means to advance it."""
        ...


@final
class Silent:
    """Progress that nobody watches: tests, scripts, other programs."""

    @contextmanager
    def stage(self, name: str, total: int | None) -> Iterator[Advance]:  # noqa: ARG002  the protocol's names
        """Open a stage of which nothing is said."""
        yield _nothing


def _nothing(n: int = 1) -> None:
    """Let a step pass without a word."""
