"""A pipeline that only pretends: the shell is tested without the science."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from strategies import claim_of
from tocsin.app.cli import main
from tocsin.reports.report import Report

TEXT = "Several units refused the order.\x1b[31m"
REPORT = Report(source="a paper", published=date(2022, 5, 1), text=TEXT, original="0" * 64, format="text")
CLAIM = claim_of(REPORT)
QUANTILES = {"q05": 0.6, "q50": 0.7, "q95": 0.8}


def assessment(*, thin: bool = False) -> dict[str, Any]:
    state = {"label": "Strength", "prior": QUANTILES, "posterior": QUANTILES, "variance_ratio": 1.0, "thin": thin}
    question = {
        "id": "refusal",
        "force": "Ruritania",
        "days": 30,
        "question": "Will refusals spread?",
        "outcome": "it breaks",
        "probability": 0.07,
        "interval": [0.02, 0.15],
        "base_rate": {"probability": 0.004, "reference": "a count", "label": "S"},
        "resolution": "Two reports say so.",
        "void": "No report says anything.",
        "words": "very unlikely",
    }
    return {
        "title": "A war",
        "as_of": "2022-05-17",
        "forces": [{"name": "Ruritania", "thin": thin, "state": {"strength": state}}],
        "questions": [question],
    }


def simulation() -> dict[str, Any]:
    head = {"case": "a-war", "from": "2022-02-24", "to": "2022-03-02", "runs": 5, "days": 7, "seed": 1}
    return {**head, "forces": {"Ruritania": {"on the last day": {"strength": QUANTILES}}}}


@dataclass
class Stage:
    """What the pretended stages give back, and how they were called."""

    reports: list[Report] = field(default_factory=lambda: [REPORT])
    claims: list[Any] = field(default_factory=lambda: [CLAIM])
    records: list[Any] = field(default_factory=lambda: [REPORT, CLAIM])
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    quarantined: list[Any] = field(default_factory=list)
    assessment: dict[str, Any] = field(default_factory=assessment)
    summary: dict[str, Any] = field(default_factory=simulation)
    pictures: dict[str, Any] = field(default_factory=dict)
    error: BaseException | None = None
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)

    def __call__(self, *args: Any, **named: Any) -> Stage:
        self.calls.append((args, named))
        with named["progress"].stage("working", 4) as advance:
            advance(4)
        if self.error:
            raise self.error
        return self


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Put one pretended stage in the place of every verb of the pipeline, and of the brief."""
    pretended = Stage()
    for name in ("intake.read", "assess", "ensemble.simulate"):
        module = ModuleType(f"tocsin.pipeline.{name}")
        setattr(module, name.rpartition(".")[2], pretended)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    for name in ("brief", "simulation"):
        page = ModuleType(f"tocsin.products.{name}")
        page.render = lambda _, **__: "<!doctype html>"  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, page.__name__, page)
    return pretended


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every default within the test's own folder."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("TOCSIN_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@dataclass(frozen=True)
class Ran:
    """How a run of the command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command in this process, as `main` runs it."""

    def call(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        said = capsys.readouterr()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return call
