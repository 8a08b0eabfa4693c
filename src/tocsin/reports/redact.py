"""Withhold private persons before a report is made: names, telephone numbers, addresses.

Whoever is shaped like a person is private unless the report shows that he holds a public office, or the shipped
list of rulers names him. What stands beside a name (a rank, the role of a soldier, kinship) gives away the names that
no list and no ending shows. The strings of one report are read together: a person who is private in one of them is
withheld in all. Places and units stay. The words it goes by are in catalog/redaction; what it still misses is in
SECURITY.md, and what is too uncertain is put in quarantine (quarantine.py).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, final
from urllib.parse import unquote

from tocsin.errors import CatalogueError
from tocsin.reports.normalise import one_line, web_address
from tocsin.reports.persons.loose import names_person, withhold_joined
from tocsin.reports.persons.names import bare_name, private_names
from tocsin.reports.persons.words import Found, Words

FOLDER = Path(__file__).parents[1] / "catalog" / "redaction"
LONGEST_ID = 500
"""Characters of an id that a report is given; what is longer names nothing."""
_PASSES = 8
_FOREIGN = re.compile(
    r"(?:[\u0370-\u03ff\u0530-\u05ff\u0700-\u074f\u0780-\u08ff\u0900-\u1cff\u1f00-\u1fff"
    r"\u2d00-\u2ddf\u3005-\u312f\u3400-\u9fff"
    r"\ua000-\ua63f\ua840-\ua95f\ua980-\uaaff\uabc0-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"[\u200c\u200d '-]?){2,}(?<![ '-])"
)
"""Letters of scripts whose names are not known: all but Latin, Cyrillic and Arabic."""
_HOST = re.compile(r"(https?://[^/?#]{1,300})")
_PIECE = re.compile(r"(?<=')[^'\n]{3,80}(?=')|(?<![\w\[])[\w.-]*\w")
_SUFFIX = 8
"""Letters of the longest ending of a file's name."""
_UNREAD = "[text withheld]"
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
    """Return a web address as it may be kept: its host alone where the rest names a person.

    None where it is no address, or where it leads to a person's own page.
    """
    address = web_address(url)
    if address is None or _without_contacts(address) != address:
        return None
    host = _HOST.match(address)
    return host[0] if host and names_person(unquote(address[host.end() :])) else address


def safe_line(message: str) -> str:
    """Withhold persons in a message that may quote what was read: in names of files and of fields too.

    >>> safe_line("letter.txt: no indicator is called 'ivan_petrov'.")
    "letter.txt: no indicator is called '[name withheld]'."
    """
    shown = redact(message)
    return _PIECE.sub(lambda match: _words().placeholder if names_person(match[0]) else match[0], shown)


def safe_name(path: str) -> str:
    """Withhold persons in the name of a file or folder as messages show it; its ending stays.

    >>> safe_name("letters/Petrov, Ivan.txt"), safe_name("notes.jsonl")
    ('letters/[name withheld].txt', 'notes.jsonl')
    """
    return "/".join(map(_safe_part, path.split("/")))


def _safe_part(part: str) -> str:
    stem, dot, suffix = part.rpartition(".")
    ends = stem and suffix.isascii() and len(suffix) <= _SUFFIX and not names_person(suffix, wary=True)
    stem, end = (stem, dot + suffix) if ends else (part, "")
    words = re.sub(r"[\W\d_]+", " ", stem).strip()
    private = names_person(stem, wary=True) or redact(words) != words
    return _words().placeholder + end if private else part


def public_id(given: str | None) -> str | None:
    """Return an id that a source gave a report as it may be kept, or None where it leads to a person."""
    name = one_line(given or "")
    fits = name and len(name) <= LONGEST_ID and redact(name) == name
    return name if fits and not names_person(name) else None


def _redact(text: str, known: frozenset[str]) -> str:
    for _ in range(_PASSES):
        before = text
        text = _without_contacts(text)
        text = withhold_joined(_FOREIGN.sub(_UNREAD, text), _words().placeholder)
        text = _replace(text, private_names(text, _words(), known))
        if text == before:
            break
    return text


def _without_contacts(text: str) -> str:
    for contact in _contacts():
        text = contact.pattern.sub(contact.withhold, text)
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
