# ruff: noqa: RUF001, SIM905
"""Redaction: private persons are withheld, office-holders, places, units and figures stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.reports.normalise import normalise
from tocsin.reports.redact import redact

CASES = Path(__file__).resolve().parents[2] / "src/tocsin/catalog/cases"
NAME, NUMBER, ADDRESS = "[name withheld]", "[number withheld]", "[address withheld]"

PIECES = st.lists(
    st.sampled_from(
        "Pvt. Lt. Col. Maj. Gen. Sergeant Ivan Petrov Olga Kyiv mother his whose son , . 21 conscript from Ulan-Ude "
        "spokesman commander of the 36th Brigade said +7 900 123-45-67 @ivan a@b.org 12 Lenin Street рядовой Иван "
        "мать President van de [name withheld] ' ’s - ( )".split(" ")
    ),
    max_size=25,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Pvt. Ivan Petrov fled.", f"Pvt. {NAME} fled."),
        ("Lt. Col. Petr Sidorov refused.", f"Lt. Col. {NAME} refused."),
        ("Captain J. R. Smith wrote home.", f"Captain {NAME} wrote home."),
        ("SERGEANT IVANOV's men left.", f"SERGEANT {NAME}'s men left."),
        ("Major Ivanov said no.", f"Major {NAME} said no."),
        ("conscript Ivan Petrov, 20, from Ulan-Ude", f"conscript {NAME}, 20, from [place withheld]"),
        ("Ivan Petrov, 20, a conscript from Ulan-Ude,", f"{NAME}, 20, a conscript from [place withheld],"),
        ("his mother Olga Petrova wept", f"his mother {NAME} wept"),
        ("His mother, Olga, wept", f"His mother, {NAME}, wept"),
        ("Olga Petrova, whose son serves, wept", f"{NAME}, whose son serves, wept"),
        ("Olga Petrova, his mother, wept", f"{NAME}, his mother, wept"),
        ("battalion commander Andrei Smirnov", f"battalion commander {NAME}"),
        ("рядовой Иван Петров отказался", f"рядовой {NAME} отказался"),
        ("его мать Ольга Петрова", f"его мать {NAME}"),
        ("call +7 900 123-45-67 now", f"call {NUMBER} now"),
        ("8 (495) 123-45-67", NUMBER),
        ("Tel.: 067 123 45 67", f"Tel.: {NUMBER}"),
        ("write to olga.petrova@mail.ru", "write to [e-mail withheld]"),
        ("on Telegram @olya_p said", "on Telegram [handle withheld] said"),
        ("see https://t.me/olya_p today", "see [handle withheld] today"),
        ("lives at 12 Lenin Street, apt. 5", f"lives at {ADDRESS}"),
        ("живёт на ул. Ленина, д. 5", f"живёт на {ADDRESS}"),
    ],
)
def test_private_persons_are_withheld(text: str, redacted: str) -> None:
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "President Volodymyr Zelensky, whose father taught, met Defence Minister Sergei Shoigu.",
        "Maj. Gen. Vitaly Gerasimov and Lieutenant General Yakov Rezantsev were killed.",
        "Lt. Col. Oleh Kovalenko, a spokesman for the eastern command, said so.",
        "Ministry spokesman Col. Oleh Kovalenko said so.",
        "Colonel Serhii Marchenko, commander of the 36th Marine Brigade, spoke.",
        "brigade commander Oleg Tsokov",
        "Kyrylo Budanov, head of military intelligence, and Governor Serhiy Haidai",
        "генерал Иван Петров",
        "Committee of Soldiers' Mothers; Mother Russia; Mother Teresa",
        "Major Russian losses near Kharkiv. Private Military Company Wagner. a private Telegram channel",
        "a soldier of the 115th Brigade near Sievierodonetsk, 10 Downing Street",
    ],
)
def test_office_holders_places_and_units_stay(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "figure",
    [
        "1,026 soldiers",
        "12 000 men",
        "2022-05-17",
        "2022-02-24/2022-05-15",
        "17.05.2022",
        "7,000-15,000 dead",
        "100-200 a day",
        "45 000 000 000 roubles",
        "between 2,500 and 3,000 killed and 10,000 wounded",
        "120 to 54",
        "+250 in the last day",
        "1 351 dead and 3 825 wounded",
        "tel 112",
        "43815.764 km2",
        "5,469 casualties, 2,218 of them",
        "100,000 hryvnias",
    ],
)
def test_a_figure_or_a_day_is_never_taken_for_a_number_to_call(figure: str) -> None:
    assert redact(f"They gave {figure}.") == f"They gave {figure}."


@given(st.integers(0, 9_999_999), st.sampled_from(["{:,}", "{}", "{:_}"]), st.sampled_from(["soldiers", "men killed"]))
def test_a_count_of_soldiers_always_stays(count: int, form: str, unit: str) -> None:
    text = f"On 17 May {form.format(count).replace('_', ' ')} {unit} were lost."

    assert redact(text) == text


def test_a_withheld_person_stays_withheld_further_down() -> None:
    text = "Pvt. Ivan Petrov refused.\n\nPetrov said that Ivan Petrov had no choice."
    text += " President Putin knew; so did Petrov's unit."

    assert "Petrov" not in redact(text)
    assert "President Putin" in redact(text)


def test_an_office_holder_keeps_his_name_beside_a_namesake() -> None:
    assert redact("President Ivan Petrov spoke. Sgt. Oleg Petrov fled. Petrov was calm.").endswith("Petrov was calm.")


@given(PIECES | st.text())
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)

    assert redact(once) == once


@given(PIECES)
def test_a_redacted_text_is_still_in_the_stored_form(text: str) -> None:
    stored = redact(normalise(text))

    assert normalise(stored) == stored


@given(
    st.sampled_from(["Pvt.", "Sergeant", "Captain", "Lt.", "рядовой"]),
    st.sampled_from(["Abel Mwangi", "Иван Петров", "José Ruiz"]),
)
def test_no_rank_below_general_lets_a_name_through(rank: str, name: str) -> None:
    assert name not in redact(f"They say {rank} {name} refused, and {name} fled.")


def test_the_bundled_notes_name_nobody_who_must_be_withheld() -> None:
    for path in CASES.glob("*/reports.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            note = json.loads(line)
            for field in ("text", "speaker", "publisher", "origin"):
                assert redact(note[field] or "") == (note[field] or "")
