"""Cells of CSV files that no spreadsheet takes for a formula, and the way back."""

from __future__ import annotations

import re
from typing import Final

TRIGGERS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that a spreadsheet may run; the wide forms are read as the plain ones by some."""

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)


def harmless(cell: str) -> str:
    r"""Return `cell` with an apostrophe before what a spreadsheet would take for a formula; numbers stay.

    >>> harmless('=HYPERLINK("x")'), harmless("-3.5")
    ('\'=HYPERLINK("x")', '-3.5')
    """
    return f"'{cell}" if _runs(cell) and not _NUMBER.fullmatch(cell) else cell


def restored(cell: str) -> str:
    """Return what `harmless` was given."""
    return cell[1:] if cell.startswith("'") and _runs(cell[1:]) and not _NUMBER.fullmatch(cell[1:]) else cell


def _runs(cell: str) -> bool:
    return cell.lstrip("'").startswith(TRIGGERS)
