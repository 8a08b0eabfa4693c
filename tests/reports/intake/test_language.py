"""English is read; what is plainly another language is named; what is short or mixed is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.parameters import CATALOGUE
from tocsin.reports.intake.language import foreign, name_of

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Солдаты отказались выполнять приказ, сообщил командир бригады в понедельник.", "ru"),
        ("Солдати відмовилися виконувати наказ, повідомив командир бригади в понеділок.", "uk"),
        ("رفض الجنود تنفيذ الأوامر، وقالت الوزارة إن الكتيبتين انسحبتا من المدينة.", "ar"),
        ("سربازان از اجرای دستور خودداری کردند و فرمانده تیپ این را گزارش داد.", "fa"),
        ("Die Soldaten der Brigade verweigerten am Montag den Befehl, sagte der Minister in Berlin.", "de"),
        ("Les soldats de la brigade ont refusé lundi d'obéir aux ordres, a déclaré le ministre.", "fr"),
        ("兩個營的士兵拒絕執行命令,國防部星期一在一份聲明中這樣說,指揮官們無法說出他們去了哪裡。", "zh"),
    ],
)
def test_a_text_in_another_language_is_recognised(text: str, code: str) -> None:
    assert foreign(text) == code or (code == "zh" and foreign(text) is None)


@pytest.mark.parametrize(
    "text",
    [
        "They fled.",
        "Солдаты ушли.",
        "Soldiers of the 4th Brigade retreat from Lyman, Kupiansk, Svatove, Izium and Kharkiv Oblast overnight",
        "102nd, 150th, 11th; Lyman; Kupiansk; 4 8 15 16 23 42",
        "The minister said: «Солдаты отказались выполнять приказ», and that the brigade was withdrawn from the town.",
    ],
)
def test_what_is_english_short_or_mixed_is_read(text: str) -> None:
    assert foreign(text) is None


def test_no_report_of_the_shipped_cases_is_set_aside() -> None:
    for path in CATALOGUE.glob("cases/*/reports.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert foreign(json.loads(line)["text"]) is None


def test_a_short_text_is_in_the_only_language_of_its_source() -> None:
    assert foreign("Солдаты ушли.", ("ru",)) == "ru"
    assert foreign("Солдаты ушли.", ("ru", "en")) is None
    assert name_of("ru") == "Russian"


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert foreign(text) is None or name_of(str(foreign(text)))
