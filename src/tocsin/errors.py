"""One tree of errors a user can cause; each message says what to do next."""

from __future__ import annotations

from collections.abc import Callable


class TocsinError(Exception):
    """Something in the user's input stopped the work; the message says how to mend it."""


class UnreadableReportError(TocsinError):
    """A file could not be read as a report."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        self.name, self.reason, self.remedy = name, reason, remedy
        super().__init__(f"{name}: {reason}. {remedy}")

    def without_names(self, redact: Callable[[str], str]) -> UnreadableReportError:
        """Return the same complaint with persons withheld in what it quotes; itself where it quotes none."""
        reason = redact(self.reason)
        return self if reason == self.reason else UnreadableReportError(self.name, reason, self.remedy)


class UndatedReportError(UnreadableReportError):
    """A report carries no date of publication, and none may be guessed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "no date of publication found",
            "Give one with --published YYYY-MM-DD, or begin the text with a line 'date: YYYY-MM-DD'.",
        )


class UngroundedClaimError(TocsinError):
    """A claim points at characters that its report does not have."""

    def __init__(self, report: str, start: int, end: int) -> None:
        super().__init__(
            f"{report}: a claim points at characters {start} to {end}, which are not in its text. "
            "Read the report again; the extractor that made the claim is at fault."
        )


class CatalogueError(TocsinError):
    """A file of the catalogue or of a case does not say what it must."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


class OrderOfBattleError(TocsinError):
    """A file could not be read as an order of battle."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(f"{name}: {reason}. {remedy}")


class UnknownNameError(TocsinError):
    """A case, force or indicator of that name does not exist."""

    def __init__(self, kind: str, name: str, known: list[str]) -> None:
        super().__init__(f"No {kind} is called {name!r}. There are: {', '.join(known)}.")


class LedgerError(TocsinError):
    """The ledger could not be opened, read or written."""


class NothingFoundError(TocsinError):
    """The input was sound, but there was nothing in it to work on."""


class MissingExtraError(TocsinError):
    """An optional part of Tocsin is needed and is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs an optional part. Install it with: pip install 'tocsin[{extra}]'")
