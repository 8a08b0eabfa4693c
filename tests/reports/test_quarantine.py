# ruff: noqa: RUF001
"""Quarantine: what cannot be redacted safely is held back, and ordinary reports are not."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from tocsin.reports.open import read_path
from tocsin.reports.quarantine import Quarantine, QuarantinedReportError, doubts, said_of
from tocsin.reports.redact import redact
from tocsin.reports.report import Report

NAMES = "Ivan Petrov\nOleg Sidorov\nPavel Kuzmin\nDenis Gusev\nAnton Belov"
PLAIN = (
    "The ministry said on Tuesday that two battalions had refused orders to attack near the river. Officers of the "
    "brigade denied it. A soldier said that they had no fuel and no bread for a week, and that a third were gone."
)


def report(text: str) -> Report:
    return Report(source="Wire", published=date(2022, 5, 17), text=redact(text), original="0" * 64, format="text")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"Dead:\n{NAMES}", "a list of persons"),
        ("P<RUSPETROV<<IVAN<<<<<<<<<<<<<<<<<<<<<<<<<<<", "a personal document"),
        (
            "Passport 45 10 123456, card 4149 4393 1234 5678, tel. 067 123 45 67, plate AX 1234 BB of one man.",
            "personal numbers, addresses or positions",
        ),
        (
            "一名士兵说，他的连队拒绝进攻。王伟 李明 张强 说。 他们 没有 食物 和 燃料",
            "a script whose names are not known",
        ),
        (
            (
                "Der Soldat sagte dem Gericht, dass seine Kompanie den Befehl verweigert habe und dass niemand "
                "mehr kämpfen wolle, weil es weder Brot noch Wasser gab und die Offiziere längst geflohen waren. "
                "Otto Meier, Uwe Schulz und Frieda Krause hörten zu."
            ),
            "a language whose names are not known",
        ),
        ("Photo: Ivan Petrov\nPictured: Olga Petrova with her son", "captions alone"),
        (
            "Ivan Petrov, Oleg Sidorov, Pavel Kuzmin, Denis Gusev, Anton Belov, Roman Tarasov and Egor Lytkin refused.",
            "little is left without names",
        ),
        (
            (
                "Th3 s0ldier sa1d th4t h1s c0mpany ref|sed t0 att4ck ne4r the r1ver and th~t n0 0ne w4s l3ft in the "
                "vill4ge wh3n they c4me back to it on M0nday wi7h the r3st of the b4ttalion"
            ),
            "spoilt words, as from a scan",
        ),
    ],
)
def test_what_cannot_be_redacted_safely_is_held_back(text: str, reason: str) -> None:
    assert reason in doubts(report(text))


def test_an_ordinary_report_is_let_in() -> None:
    assert doubts(report(PLAIN)) == ()
    assert doubts(report(f"{PLAIN} Private Ivan Petrov and his mother Olga agreed.")) == ()


def test_a_quarantined_report_leaves_hash_date_source_and_reasons_and_no_word_of_it(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"date: 2022-05-17\nsource: Blog of Olga Petrova\n\n{NAMES}")
    (found,) = read_path(file)

    assert isinstance(found, QuarantinedReportError)
    assert {one.name for one in fields(Quarantine)} == {"source", "published", "original", "reasons", "id"}
    assert found.record.source == "Blog of [name withheld]"
    assert "Petrov" not in f"{found}{found.record}"


def test_a_released_original_passes(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"date: 2022-05-17\n\n{NAMES}")
    (held,) = read_path(file)
    assert isinstance(held, QuarantinedReportError)
    (found,) = read_path(file, released={held.record.original})

    assert isinstance(found, Report)
    assert "Petrov" not in found.text


def test_one_line_says_how_many_and_why() -> None:
    record = Quarantine(source="Wire", published=date(2022, 5, 17), original="0" * 64, reasons=("a list of persons",))

    line = said_of([record, record])
    assert line.startswith("Quarantine: 2 reports were held back and not read: 2 for a list of persons.")
    assert "\n" not in line
