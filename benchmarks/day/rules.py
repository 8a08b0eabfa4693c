"""The rules of a day as they are written, without their compiler: for programs in plain Python.

To call compiled code from Python costs some 10 to 80 µs a call where records are handed over, more than what a unit's
day costs in plain Python; no Mesa modeller would pay that. The modules of `tocsin.simulation` are therefore loaded a
second time with a compiler that does nothing, and with random numbers from Python's own generator.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from random import Random
from types import ModuleType
from typing import Any

import tocsin.simulation.engines.reference
import tocsin.simulation.kernel  # noqa: F401  the compiled rules, which stay what `tocsin.simulation` is

_ROOT = "tocsin.simulation"


class Stream(Random):
    """A random stream that takes the place of the compiled ones, which are told where they are; this one goes on."""

    def __setitem__(self, name: str, word: Any) -> None:
        """Ignore where compiled streams are told to be."""

    def copy(self) -> Stream:
        """Return itself: its numbers are as independent as a copy's would be."""
        return self


@contextmanager
def _uncompiled() -> Iterator[None]:
    """Let `tocsin.simulation` be loaded anew, uncompiled; put the compiled one back at the end."""
    whole = sys.modules["tocsin"]
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith(_ROOT)}
    plain = ModuleType(f"{_ROOT}.desk.compiled")
    plain.compiled = lambda function: function  # type: ignore[attr-defined]
    sys.modules[plain.__name__] = plain
    try:
        chance = import_module(f"{_ROOT}.desk.chance")
        chance.uniform = lambda rng: rng.random() or 2.0**-54  # type: ignore[attr-defined]  # open at 0
        chance.begin = lambda *_: None  # type: ignore[attr-defined]
        yield
    finally:
        for name in [name for name in sys.modules if name.startswith(_ROOT)]:
            del sys.modules[name]
        sys.modules.update(kept)
        whole.simulation = kept[_ROOT]  # type: ignore[attr-defined]


with _uncompiled():
    from tocsin.simulation import evening
    from tocsin.simulation.day import (
        breaking,
        command,
        condition,
        contact,
        exits,
        refusal,
        replacement,
        response,
        society,
        vehicles,
    )
    from tocsin.simulation.desk import chance
    from tocsin.simulation.engines import counts, muster, reference

__all__ = [
    "Stream", "breaking", "chance", "command", "condition", "contact", "counts", "evening", "exits", "muster",
    "reference", "refusal", "replacement", "response", "society", "vehicles",
]  # fmt: skip
