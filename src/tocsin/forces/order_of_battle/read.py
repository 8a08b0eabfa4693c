"""The door for orders of battle: a file becomes snapshots of forces, or one clear line says why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tocsin.errors import OrderOfBattleError
from tocsin.forces.order_of_battle.listing import read_listing
from tocsin.forces.order_of_battle.orbat_mapper import is_scenario, read_scenario
from tocsin.forces.order_of_battle.table import read_table
from tocsin.forces.unit import OrderOfBattle

LARGEST = 50_000_000
"""Bytes of an order of battle."""


def read_orders(path: Path, *, known: date | None = None, warn: Callable[[str], None]) -> tuple[OrderOfBattle, ...]:
    """Read the snapshots of a file, one a force and day, in the order of the file.

    `known` says on what day it could be known, for a scenario that gives no day. `warn` gets a line for what was
    left out. Raises OrderOfBattleError where the file is none, or where it has no unit at all.
    """
    name = "".join(letter if letter.isprintable() else "?" for letter in path.name)
    try:
        orders = tuple(_read(name, _text(name, path), known, warn))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise OrderOfBattleError(name, f"{where[:100]}: {first['msg'][:200]}", "Mend it and try again.") from None
    if not orders:
        raise OrderOfBattleError(name, "there is no fighting unit in it", "Give a file with units.")
    return orders


def _text(name: str, path: Path) -> str:
    try:
        if not path.is_file():
            raise OrderOfBattleError(name, "there is no such file", "Check the path.")
        if (size := path.stat().st_size) > LARGEST:
            raise OrderOfBattleError(name, f"{size / 1e6:.0f} MB, more than {LARGEST / 1e6:.0f}", "Cut it up.")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OrderOfBattleError(name, f"byte {error.start + 1} is no valid UTF-8", "Save it as UTF-8.") from None
    except OSError as error:
        raise OrderOfBattleError(name, f"it cannot be opened ({error.strerror})", "Check its permissions.") from None


def _read(name: str, text: str, known: date | None, warn: Callable[[str], None]) -> Iterable[OrderOfBattle]:
    if not text.lstrip().startswith(("{", "[")):
        return read_table(name, text)
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise OrderOfBattleError(name, "no valid JSON", "Save it anew from the program that made it.") from None
    return read_scenario(name, found, known=known, warn=warn) if is_scenario(found) else read_listing(name, found)
