"""Settings as one frozen value, read once at the edge."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, final

from platformdirs import user_data_path, user_log_path

DEFAULTS = Path(__file__).parent / "catalog" / "settings.toml"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are kept and what holds where the user says nothing."""

    ledger: str
    """The ledger's file, or the address of its database."""
    logs: Path
    """The folder of logs; they hold traces of our own faults, never what was read."""
    demo_case: str
    seed: int
    runs: int
    """Simulated histories of a simulation without evidence."""
    days: int
    """How many days such a simulation goes on."""
    llm_url: str | None
    """Where a language model may be asked to read; None where there is none."""
    llm_model: str | None
    llm_key: str = field(repr=False)
    llm_rate: str
    """Most requests to it in a minute, as the user wrote it."""
    llm_timeout: float
    """Seconds without a word after which a request is given up."""
    llm_retries: int
    llm_tokens: int
    """Most tokens sent in one run where the user allows no more."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings: the catalogue's defaults, the user's folders, `TOCSIN_LEDGER` and `TOCSIN_LLM_...`."""
    defaults: dict[str, Any] = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    ledger = environment.get("TOCSIN_LEDGER")
    return Settings(
        ledger=ledger or str(user_data_path("tocsin", appauthor=False) / "tocsin.db"),
        logs=user_log_path("tocsin", appauthor=False),
        llm_url=environment.get("TOCSIN_LLM_URL"),
        llm_model=environment.get("TOCSIN_LLM_MODEL"),
        llm_key=environment.get("TOCSIN_LLM_KEY", "none"),
        **(defaults | {"llm_rate": environment.get("TOCSIN_LLM_RATE", str(defaults["llm_rate"]))}),
    )


def cores() -> int:
    """Return how many processor cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
