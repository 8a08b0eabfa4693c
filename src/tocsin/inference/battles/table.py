"""Read a table of battles in the columns of CDB90, strictly: every code is known, missing or an error."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, final

from tocsin.errors import TocsinError
from tocsin.parameters import CATALOGUE

SHIPPED: Final = CATALOGUE / "battles" / "battles.csv"
"""The table that comes with Tocsin; ATTRIBUTION.md beside it says whose it is."""

COUNTS: Final = ("str", "cas", "cav", "tank", "arty", "fly")
DAYS: Final = ("atpbyr1", "atpbmn1", "atpbda1", "atpeyr1", "atpemn1", "atpeda1")
OUTCOMES: Final = ("wina", "resoa1", "resoa2", "resoa3", "resod1", "resod2", "resod3")
COLUMNS: Final = (
    *("isqno", "war", "parent", "post1", "aeroa", "surpa"),
    *(count + side for side in "ad" for count in COUNTS),
    *OUTCOMES,
    *DAYS,
)
"""What a table must have. Further columns may be there and are not read, so no judgement made after a battle is."""

COUNT_MISSING: Final = (-1.0, -9.0)
CODES: Final = {
    "wina": ((-1.0, 0.0, 1.0), (-9.0,)),
    "surpa": ((-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0), (-9.0, 9.0)),
    "aeroa": ((-1.0, 0.0, 1.0), (-9.0, 9.0)),
}
"""Of each coded column the values, and the codes that say that nothing is known."""

POSTURES: Final = ("HD", "PD", "FD", "DL", "WD")
"""Of the defender: hasty, prepared and fortified defence, delay, withdrawal."""
BROKEN: Final = frozenset({"AA", "WL"})
"""Annihilated; withdrew with heavy losses."""
UNCODED: Final = frozenset({"", "0", "00", "OO", "--", "NA"})

MOST_ROWS: Final = 100_000
LARGEST_COUNT: Final = 1e9


class BattleTableError(TocsinError):
    """A table of battles cannot be read; the message says where and what to mend."""

    def __init__(self, table: str, reason: str) -> None:
        super().__init__(f"{table}: {reason}")


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a battle; a count that is not known is NaN."""

    strength: float
    casualties: float
    cavalry: float
    tanks: float
    guns: float
    aircraft: float
    outcome: frozenset[str]
    """Codes of how the battle ended for this side; empty where none was given."""

    @property
    def broke(self) -> float:
        """1 where the side was annihilated or withdrew with heavy losses, 0 where not, NaN where nothing is coded."""
        return float(bool(self.outcome & BROKEN)) if self.outcome else math.nan


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Battle:
    """One battle; a value that is not known is NaN, a posture that is not known is empty."""

    id: str
    war: str
    parent: str
    """The battle of which this one is a part or a duplicate; empty for most."""
    year: float
    month: float
    days: float
    """How long it lasted, both end days counted."""
    posture: str
    surprise: float
    """Achieved, -3 to 3, for the attacker where positive."""
    air: float
    """Superiority in the air, -1 to 1, for the attacker where positive."""
    won: float
    """1 where the attacker won, 0 for a draw, -1 where he lost."""
    attacker: Side
    defender: Side


def read_battles(path: Path) -> tuple[Battle, ...]:
    """Read the battles of a CSV file in its order; raise BattleTableError where it does not hold to the codes."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            battles = tuple(_battles(path.name, csv.DictReader(stream, strict=True)))
    except OSError as error:
        raise BattleTableError(
            str(path), f"cannot be read ({error.strerror or error}). Give the path of a CSV file."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BattleTableError(path.name, f"is not a CSV file in UTF-8 ({error}). Export it again as such.") from error
    return battles


def _battles(table: str, rows: csv.DictReader[str]) -> Iterator[Battle]:
    absent = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if absent:
        raise BattleTableError(
            table, f"lacks the columns {', '.join(absent)}. It needs those of the CDB90 source table."
        )
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        where = f"{table}, line {number}"
        if number > MOST_ROWS:
            raise BattleTableError(table, f"has more than {MOST_ROWS} battles. Split it.")
        if any(row[column] is None for column in COLUMNS):
            raise BattleTableError(where, "has fewer fields than the heading. Mend or remove the line.")
        battle = _battle(where, row)
        if battle.id in seen:
            raise BattleTableError(where, f"repeats isqno {battle.id}. Give each battle a number of its own.")
        seen.add(battle.id)
        yield battle


def _battle(where: str, row: Mapping[str, str]) -> Battle:
    identity, war = row["isqno"].strip(), row["war"].strip()
    if not identity or not war:
        raise BattleTableError(where, "has no isqno or no war. Both are needed, to name a prediction and to group it.")
    begun, ended = (_day(where, row, DAYS[k : k + 3]) for k in (0, 3))
    lasted = (ended - begun).days + 1 if begun and ended and ended >= begun else math.nan
    posture = row["post1"].strip().upper()
    return Battle(
        id=identity,
        war=war,
        parent=_whole(row["parent"]),
        year=_year(where, row["atpbyr1"]),
        month=_within(_number(where, "atpbmn1", row["atpbmn1"]), 1, 12),
        days=float(lasted),
        posture=posture if posture in POSTURES else "",
        surprise=_code(where, "surpa", row["surpa"]),
        air=_code(where, "aeroa", row["aeroa"]),
        won=_code(where, "wina", row["wina"]),
        attacker=_side(where, row, "a"),
        defender=_side(where, row, "d"),
    )


def _side(where: str, row: Mapping[str, str], side: str) -> Side:
    counts = [_count(where, column + side, row[column + side]) for column in COUNTS]
    codes = [row[f"reso{side}{place}"].strip().upper() for place in (1, 2, 3)]
    strange = [code for code in codes if code not in UNCODED and not (len(code) == 2 and code.isalpha())]
    if strange:
        raise BattleTableError(
            where, f"{strange[0][:40]!r} is no outcome code. Codes are two letters, such as WL; 00 is none."
        )
    strength, *others = counts
    return Side(
        strength=strength if strength > 0 else math.nan,
        casualties=others[0],
        cavalry=others[1],
        tanks=others[2],
        guns=others[3],
        aircraft=others[4],
        outcome=frozenset(code for code in codes if code not in UNCODED),
    )


def _number(where: str, column: str, text: str) -> float:
    """Read a number; blank and NA are missing."""
    if text.strip() in {"", "NA"}:
        return math.nan
    try:
        number = float(text)
    except ValueError:
        number = math.inf
    if not math.isfinite(number):
        raise BattleTableError(
            where, f"{column} is {text[:40]!r}, which is no number. Use -1 or leave it blank where unknown."
        )
    return number


def _count(where: str, column: str, text: str) -> float:
    number = _number(where, column, text)
    if number in COUNT_MISSING:
        return math.nan
    if number < 0 or number > LARGEST_COUNT:
        raise BattleTableError(where, f"{column} is {number:g}, which is no count. Use -1 where unknown.")
    return number


def _code(where: str, column: str, text: str) -> float:
    values, missing = CODES[column]
    number = _number(where, column, text)
    if math.isnan(number) or number in missing:
        return math.nan
    if number not in values:
        raise BattleTableError(
            where, f"{column} is {number:g}. Known are {', '.join(f'{v:g}' for v in values)}; -9 is unknown."
        )
    return number


def _year(where: str, text: str) -> float:
    return _within(_number(where, "atpbyr1", text), 1, 2999)


def _within(number: float, low: float, high: float) -> float:
    return number if low <= number <= high else math.nan


def _whole(text: str) -> str:
    """Write a battle's number as `isqno` does: 373.0 is 373."""
    return text.strip().removesuffix(".0")


def _day(where: str, row: Mapping[str, str], columns: tuple[str, ...]) -> date | None:
    year, month, day = (_number(where, column, row[column]) for column in columns)
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
