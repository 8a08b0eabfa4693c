"""The doctor says what is missing and how to get it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tocsin.app.measure import doctor


def test_a_healthy_installation_ends_with_0(run: Any) -> None:
    ran = run("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(ran.out)}

    assert ran.code == 0
    assert {"python", "numpy", "ledger", "free disk", "cores"} <= set(checks)
    assert checks["numpy"]["found"][0].isdigit()
    assert all(check["remedy"] is None for check in checks.values() if check["good"])


def test_looking_makes_no_ledger(run: Any, tmp_path: Path) -> None:
    run("doctor", "--ledger", "l.db")

    assert not (tmp_path / "l.db").exists()


def test_a_missing_package_ends_with_1_and_a_remedy(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "requires", lambda _: ["no-such-package>=1", "typer"])

    ran = run("doctor", "--json")
    (missing,) = [check for check in json.loads(ran.out) if not check["good"]]

    assert ran.code == 1
    assert (missing["name"], missing["found"]) == ("no-such-package", "missing")
    assert "pip install" in missing["remedy"]


def test_a_missing_optional_part_is_told_but_is_no_failure(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "requires", lambda _: ["no-such-package>=1; extra == 'battles'", "typer"])

    ran = run("doctor", "--json")
    (missing,) = [check for check in json.loads(ran.out) if not check["good"]]

    assert ran.code == 0
    assert "tocsin[battles]" in missing["remedy"]


def test_a_ledger_that_is_none_ends_with_1(run: Any, tmp_path: Path) -> None:
    (tmp_path / "l.db").write_bytes(b"junk " * 1000)

    ran = run("doctor", "--ledger", "l.db")

    assert ran.code == 1
    assert "not a ledger" in " ".join(ran.out.split())


def test_a_ledger_below_a_file_ends_with_1(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    assert run("doctor", "--ledger", "file/l.db").code == 1
