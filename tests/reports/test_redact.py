# ruff: noqa: RUF001, SIM905
"""Redaction: private persons are withheld, office-holders, places, units and figures stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.reports.normalise import normalise
from tocsin.reports.open import read_path
from tocsin.reports.redact import public_address, redact, redact_together
from tocsin.reports.report import Report

DOSSIER = "ukraine-2022"
CASES = Path(__file__).resolve().parents[2] / "src/tocsin/catalog/cases"
NAME, NUMBER, ADDRESS = "[name withheld]", "[number withheld]", "[address withheld]"

PIECES = st.lists(
    st.sampled_from(
        "Pvt. Lt. Col. Maj. Gen. Sergeant Ivan Petrov Olga Kyiv mother his whose son , . 21 conscript from Ulan-Ude "
        "spokesman commander of the 36th Brigade said +7 900 123-45-67 @ivan a@b.org 12 Lenin Street рядовой Иван "
        "мать President van de [name withheld] ' ’s - ( ) a an deserter of who lives in call sign \" “ ” N. S., "
        "Later village 8(912)3456789 Lenina street 14 apt passport number 4510 123456 [name withheld], wife \n".split(
            " "
        )
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
        ("blog of Olga Petrova, mother of Ivan", f"blog of {NAME}, mother of {NAME}"),
        ("Olga Petrova, mother of Private Ivan Petrov", f"{NAME}, mother of Private {NAME}"),
        ("Olga Petrova, Mother of a Deserter, Speaks", f"{NAME}, Mother of a Deserter, Speaks"),
        ("Olga, mother of two soldiers, wept", f"{NAME}, mother of two soldiers, wept"),
        ("the mother of Ivan Petrov wept", f"the mother of {NAME} wept"),
        ("Ivan Petrov, a conscript, fled", f"{NAME}, a conscript, fled"),
        ("Ivan Petrov, a 20-year-old Russian conscript, fled", f"{NAME}, a 20-year-old Russian conscript, fled"),
        ("Dmitry, a deserter, fled", f"{NAME}, a deserter, fled"),
        ("We left, said Dmitry, a conscript.", f"We left, said {NAME}, a conscript."),
        ("Дмитрий, срочник, отказался", f"{NAME}, срочник, отказался"),
        ("Ольга Петрова, мать Ивана", f"{NAME}, мать {NAME}"),
        ("Deserter Viktor N. told us", f"Deserter {NAME} told us"),
        ("an interview with Deserter Viktor N.", f"an interview with Deserter {NAME}."),
        ("conscript Oleg refused", f"conscript {NAME} refused"),
        ("Conscript Oleg refused", f"Conscript {NAME} refused"),
        ("soldier Ivan S. fled", f"soldier {NAME} fled"),
        ("солдат Иван С. бежал", f"солдат {NAME} бежал"),
        ("soldier Ivan S., 20, fled. Later Ivan S. wrote.", f"soldier {NAME}, 20, fled. Later {NAME} wrote."),
        ('a man with the call sign "Wolf" fled. Wolf wrote.', f'a man with the call sign "{NAME}" fled. {NAME} wrote.'),
        ("callsign Wolf, a sniper", f"callsign {NAME}, a sniper"),
        ("позывной «Волк»", f"позывной «{NAME}»"),
        ("his mother, from Omsk, wept", "his mother, from [place withheld], wept"),
        ("a conscript from Ulan-Ude fled", "a conscript from [place withheld] fled"),
        ("a conscript from the village of Shali fled", "a conscript from the village of [place withheld] fled"),
        ("срочник из деревни Шали", "срочник из деревни [place withheld]"),
        ("his mother, who lives in Omsk, wept", "his mother, who lives in [place withheld], wept"),
        ("his wife Olga, a nurse from Omsk,", f"his wife {NAME}, a nurse from [place withheld],"),
        ("Pvt. Petrov, 19, native of Tver,", f"Pvt. {NAME}, 19, native of [place withheld],"),
        ("8(912)3456789", NUMBER),
        ("8-912-345-67-89, 0671234567 or (067) 1234567", f"{NUMBER}, {NUMBER} or {NUMBER}"),
        ("at Lenina street 14, apt 3", f"at {ADDRESS}"),
        ("at ul. Lenina 14", f"at {ADDRESS}"),
        ("at ul. Lenina 14, apt 3 in Omsk", f"at {ADDRESS} in Omsk"),
        ("passport number 4510 123456", f"passport number {NUMBER}"),
        ("Passport: 45 10 123456", f"Passport: {NUMBER}"),
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
        "Committee of Soldiers' Mothers, Union of Mothers of Soldiers of Russia",
        "Valentina Melnikova, head of the Committee of Soldiers' Mothers, spoke.",
        "In Kharkiv, a soldier said so. In Kryvyi Rih, a soldier said so. After Bucha, a soldier said so.",
        "However, a soldier said so. Reuters, a conscript says, lied.",
        "Retelling The Washington Post, the site says a volunteer company shrank.",
        "A soldier withdrew from the village of Bilohorivka, told people living in Mariupol and went to Izium.",
        "a fighter from Wagner, an officer from Azov Regiment, a soldier from the 11th Brigade, a soldier from Russia",
        "Marine Le Pen, Soldier Magazine, Mother of God, Soldiers' Rights, Conscript Rights Union",
        "President Zelensky, father of two",
        "On Lenin Street 14 soldiers died. On Tverskaya street 12 people were held.",
        "[name withheld], whose husband [name withheld] serves in the 11th Brigade, said",
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
        "89123456789 roubles",
        "$79123456789",
        "8912 tanks, 7900 guns",
        "passports: 720000",
        "passports to 720 000 people",
        "8 (2014) and 7 (2015)",
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


def test_who_is_private_in_one_string_of_a_report_is_withheld_in_all() -> None:
    shown = redact_together(["Pvt. Ivan Petrov fled.", "Blog", "Petrov speaks", "Ivan Petrov"])

    assert shown == [f"Pvt. {NAME} fled.", "Blog", f"{NAME} speaks", NAME]


def test_strings_that_are_read_together_do_not_run_into_each_other() -> None:
    texts = [
        "he told a conscript",
        "Paper of Kyiv",
        "his mother",
        "Zelva's Weekly",
        "Zelva S",
        "from Omsk",
        "tel",
        "12345",
    ]

    assert redact_together(texts) == texts


@pytest.mark.parametrize(
    ("speaker", "shown"),
    [
        ("Olga Petrova", NAME),
        ("Olga Petrova, 45", f"{NAME}, 45"),
        ("Olga Petrova (a mother)", f"{NAME} (a mother)"),
        ("Prisoners", "Prisoners"),
        ("Russian prisoners shown to the press", "Russian prisoners shown to the press"),
        ("36th Marine Brigade (post on its page)", "36th Marine Brigade (post on its page)"),
        ("Oleh Kovalenko, a spokesman", "Oleh Kovalenko, a spokesman"),
    ],
)
def test_a_speaker_coded_as_a_private_person_loses_his_bare_name(speaker: str, shown: str) -> None:
    assert redact_together(["They spoke.", speaker], person=speaker) == ["They spoke.", shown]


def test_a_persons_own_page_is_no_address_to_keep() -> None:
    assert public_address("https://t.me/olya_p") is None
    assert public_address("https://paper.example/2022/05/17/a-12345") == "https://paper.example/2022/05/17/a-12345"


@given(st.lists(PIECES.map(normalise), max_size=4))
def test_redacting_the_strings_of_a_report_twice_changes_nothing(texts: list[str]) -> None:
    once = redact_together(texts)

    assert redact_together(once) == once


def test_all_bundled_notes_come_through_the_door_unchanged() -> None:
    path = CASES / DOSSIER / "reports.jsonl"
    lines = list(map(json.loads, path.read_text("utf-8").splitlines()))
    reports = [report for report in read_path(path) if isinstance(report, Report)]
    coded = [(line["text"], line["publisher"], line["speaker"], line["about"], line.get("url")) for line in lines]

    assert len(reports) == 110
    read = [
        (report.text, report.source, report.coding.speaker, report.coding.force, report.url)
        for report in reports
        if report.coding
    ]
    assert [note[:4] for note in read] == [note[:4] for note in coded]
    cut = [(url, shown) for (*_, url), (*_, shown) in zip(coded, read, strict=True) if url != shown]
    # One names a governor and one ends in a ruler's given name alone: a path that may name a person is cut to its host.
    assert len(cut) == 2
    assert all(shown and url.startswith(shown) for url, shown in cut)


def test_the_bundled_notes_name_nobody_who_must_be_withheld() -> None:
    for path in CASES.glob("*/reports.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            note = json.loads(line)
            shown = [note[field] or "" for field in ("text", "speaker", "publisher", "origin")]
            assert redact_together(shown) == shown
