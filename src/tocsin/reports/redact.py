"""Withhold private persons before a report is made: names, telephone numbers, addresses.

A first version. It knows a name by what stands beside it: a rank below general, the role of a soldier, a word
of kinship. The strings of one report are read together: a person whom its text shows to be private is withheld
in its title, source and speaker too. Office-holders who act as such keep their names; places and units stay.
The words it goes by are in catalog/redaction/*.toml. It misses names that nothing gives away; see
docs/how-to/prepare-reports.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, final

from tocsin.errors import CatalogueError
from tocsin.reports.normalise import one_line, web_address
from tocsin.reports.persons.names import bare_name, private_names
from tocsin.reports.persons.words import Found, Words

FOLDER = Path(__file__).parents[1] / "catalog" / "redaction"
LONGEST_ID = 500
"""Characters of an id that a report is given; what is longer names nothing."""
_PASSES = 8
_BETWEEN = "\n\0\n"
"""What stands between the strings of a report while they are read together; the stored form has no such character."""


@final
@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a person, and what is written in its place."""

    pattern: re.Pattern[str]
    placeholder: str
    group: int
    digits: tuple[int, int] | None
    public: frozenset[str]

    def withhold(self, match: re.Match[str]) -> str:
        """Return what stands for the match: its placeholder, or itself where it is no contact after all."""
        found = match[self.group]
        count = sum(letter.isdigit() for letter in found)
        if any(address in found for address in self.public) or (
            self.digits and not self.digits[0] <= count <= self.digits[1]
        ):
            return match[0]
        start, end = match.start(self.group) - match.start(), match.end(self.group) - match.start()
        return match[0][:start] + self.placeholder + match[0][end:]


def redact(text: str) -> str:
    """Replace what would lead to a private person by a note that it was withheld; doing it twice changes nothing.

    >>> redact("Pvt. Ivan Petrov told his mother Olga on +7 900 123-45-67 that he would not go back.")
    'Pvt. [name withheld] told his mother [name withheld] on [number withheld] that he would not go back.'
    """
    return _redact(text, frozenset())


def redact_together(texts: Sequence[str], *, person: str = "") -> list[str]:
    """Redact the strings of one report: who is private in one of them is withheld in all.

    `person` is a speaker who is coded as a soldier, a prisoner or a relative; his bare name is withheld.
    """
    end, parts = bare_name(person, _words())
    shown = [_words().placeholder + text[end:] if end and text == person else text for text in texts]
    found = _redact(_BETWEEN.join(text.replace("\0", "") for text in shown), parts).split(_BETWEEN)
    return found if len(found) == len(texts) else list(map(redact, shown))


def public_address(url: str | None) -> str | None:
    """Return a web address as it may be kept, or None where it is none or leads to a person's own page."""
    address = web_address(url)
    return address if address is not None and redact(address) == address else None


def public_id(given: str | None) -> str | None:
    """Return an id that a source gave a report as it may be kept, or None where it leads to a person."""
    name = one_line(given or "")
    return name if name and len(name) <= LONGEST_ID and redact(name) == name else None


def _redact(text: str, known: frozenset[str]) -> str:
    for _ in range(_PASSES):
        before = text
        for contact in _contacts():
            text = contact.pattern.sub(contact.withhold, text)
        text = _replace(text, private_names(text, _words(), known))
        if text == before:
            break
    return text


def _replace(text: str, found: Iterable[Found]) -> str:
    parts, at = [], 0
    for start, end, placeholder in found:
        parts += [text[at:start], placeholder]
        at = end
    return "".join([*parts, text[at:]])


@lru_cache(maxsize=1)
def _contacts() -> tuple[Contact, ...]:
    catalogue = _read("contacts.toml")
    public = frozenset(catalogue["public_addresses"])
    return tuple(
        Contact(
            re.compile(entry["pattern"]),
            entry["placeholder"],
            entry.get("group", 0),
            (entry["digits"][0], entry["digits"][1]) if "digits" in entry else None,
            public,
        )
        for entry in catalogue["patterns"]
    )


@lru_cache(maxsize=1)
def _words() -> Words:
    catalogue: dict[str, Any] = {
        key: frozenset(map(str.lower, value)) if isinstance(value, list) else value
        for key, value in _read("persons.toml").items()
    }
    try:
        return Words(**catalogue)
    except TypeError as error:
        raise CatalogueError("redaction/persons.toml", f"a list is missing or unknown: {error}") from None


def _read(name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads((FOLDER / name).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"redaction/{name}", str(error)) from None
