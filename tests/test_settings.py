"""Settings come from the catalogue, the user's folders and one variable."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from tocsin.parameters import CATALOGUE
from tocsin.settings import read_settings


def test_the_ledger_is_where_the_environment_says() -> None:
    assert read_settings({"TOCSIN_LEDGER": "elsewhere/l.db"}).ledger == "elsewhere/l.db"


def test_the_environment_may_give_the_address_of_a_database_letter_by_letter() -> None:
    address = "postgresql://analyst@db.example.org/tocsin"

    assert read_settings({"TOCSIN_LEDGER": address}).ledger == address


@pytest.mark.parametrize("environment", [{}, {"TOCSIN_LEDGER": ""}])
def test_without_a_word_the_ledger_is_in_the_users_data(environment: dict[str, str]) -> None:
    assert Path(read_settings(environment).ledger).name == "tocsin.db"
    assert Path(read_settings(environment).ledger).is_absolute()


def test_the_demo_case_is_in_the_catalogue() -> None:
    assert (CATALOGUE / "cases" / read_settings({}).demo_case).is_dir()


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings({}).seed = 2  # type: ignore[misc]
