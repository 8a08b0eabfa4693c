"""What is installed, what is missing, and how to get it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final, final

from tocsin.errors import LedgerError, MissingExtraError
from tocsin.parameters import CATALOGUE
from tocsin.settings import Settings, cores

FLOOR: Final = (3, 11)
"""The oldest Python that Tocsin runs on."""

ROOM: Final = 1_000_000_000
"""Free bytes below which a ledger and its results may not fit."""

INSTALL: Final = "pip install --require-hashes -r requirements/runtime.txt, in the folder of Tocsin"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at."""

    name: str
    good: bool
    needed: bool
    """Whether the main job needs it."""
    found: str
    remedy: str | None
    """How to get it; None where nothing is amiss."""


def examine(settings: Settings, ledger: str) -> Iterator[Check]:
    """Yield all that is looked at, what is needed first."""
    old = sys.version_info < FLOOR
    yield _check("python", not old, platform.python_version(), "Install Python 3.11 or newer.")
    yield from _packages()
    case = CATALOGUE / "cases" / settings.demo_case
    there = (case / "case.toml").is_file()
    yield _check(f"case {settings.demo_case}", there, "bundled" if there else "missing", "Install Tocsin again.")
    yield _ledger(ledger)
    if "://" not in ledger:
        path = Path(ledger).absolute()
        free = shutil.disk_usage(next(each for each in (path, *path.parents) if each.exists())).free
        yield _check("free disk", free >= ROOM, f"{free / 1e9:.1f} GB", "Free some space.", needed=False)
    yield _check("cores", good=True, found=str(cores()), remedy="", needed=False)


def _check(name: str, good: bool, found: str, remedy: str, *, needed: bool = True) -> Check:
    return Check(name=name, good=good, needed=needed, found=found, remedy=None if good else remedy)


def _packages() -> Iterator[Check]:
    """Yield the packages that Tocsin's own metadata names, those of optional parts last."""
    wanted = [re.match(r"([\w.-]+)[^;]*(?:;.*extra\s*==\s*['\"]([\w-]+)['\"])?", line) for line in _requirements()]
    parts = sorted(((found[2] or "", found[1]) for found in wanted if found), key=lambda part: part[0])
    for extra, package in parts:
        installed = _version(package)
        remedy = f"pip install 'tocsin[{extra}]'" if extra else INSTALL
        name = f"{package} (for {extra})" if extra else package
        yield _check(name, installed is not None, installed or "missing", remedy, needed=not extra)


def _requirements() -> list[str]:
    try:
        return requires("tocsin") or []
    except PackageNotFoundError:
        return []


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _ledger(place: str) -> Check:
    """See whether the ledger opens, or could be begun where it is to be."""
    path = Path(place)
    if "://" not in place and not path.exists():
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        good = folder.is_dir() and os.access(folder, os.W_OK)
        return _check("ledger", good, f"{path} (not begun yet)", f"Make {folder} writable, or give --ledger FILE.")
    try:
        from tocsin.store.ledger import Ledger

        with Ledger(place, patience=1, begin=False) as book:
            return _check("ledger", good=True, found=book.name, remedy="")
    except (LedgerError, MissingExtraError, ImportError) as error:
        found = "a database" if "://" in place else place  # an address may hold a password
        return _check("ledger", good=False, found=found, remedy=str(error))
