"""The address of a PostgreSQL database does wherever a ledger is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from strategies import claim_of
from tocsin.app.cli import main
from tocsin.reports.report import Report
from tocsin.store.ledger import Ledger

REPORT = Report(source="a paper", published=date(2022, 5, 1), text="They refused.", original="0" * 64, format="text")


def said(capsys: pytest.CaptureFixture[str], asked: Sequence[str]) -> str:
    with pytest.raises(SystemExit) as left:
        main(asked)
    assert left.value.code == 0
    return capsys.readouterr().out


def test_a_ledger_in_postgresql_is_looked_after_like_a_file(
    postgresql: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LEDGER", postgresql)
    with Ledger(postgresql) as ledger:
        ledger.append([REPORT, claim_of(REPORT)], recorded=datetime(2030, 1, 2, tzinfo=UTC))
    copy = str(tmp_path / "copy.db")

    assert REPORT.id in said(capsys, ["list"])
    assert REPORT.id in said(capsys, ["list", "--source", "a paper"])
    assert "They refused." in said(capsys, ["show", REPORT.id[:12]])
    assert "2 rows" in said(capsys, ["ledger", "verify"])
    assert "postgresql://postgres@" in said(capsys, ["doctor"])
    assert "2 rows" in said(capsys, ["ledger", "copy", postgresql, copy])
    assert said(capsys, ["ledger", "head"]) == said(capsys, ["ledger", "head", "--ledger", copy])
    assert "with it 1 of" in said(capsys, ["erase", REPORT.id, "--reason", "asked for", "--by", "me"])
    assert "Sound" in said(capsys, ["ledger", "verify"])
