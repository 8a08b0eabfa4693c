# ruff: noqa: RUF001
"""Names that are not written as words: in hashtags, names of files, web addresses, and messages about what was read."""

from __future__ import annotations

import re

from tocsin.reports.persons.lexicon import SURE, Kind, fold, latin, lexicon

_JOINED = re.compile(
    r"#\w{2,80}|(?<![\w/.-])[\w-]{1,80}(?:[._-][\w-]{1,80}){0,8}\.(?:mp4|mov|avi|jpe?g|png|gif|webp|pdf|docx?|txt|mp3|ogg|wav|xlsx?|csv|html?|zip)\b"
    r"|(?<![\w/])[^\W_]{1,60}(?:_[^\W_]{1,60}){1,8}(?!\w)",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[^\W\d_][^\W\d_A-ZА-Я]*(?:['\u2019][^\W\d_]+)?|[A-ZА-Я]+(?![a-zа-я])")
_TELLING = (
    "ov",
    "enko",
    "chuk",
    "shvili",
    "dze",
    "ullah",
    "nejad",
    "zadeh",
    "ovic",
    "evic",
    "wicz",
    "yan",
    "escu",
    "oglu",
    "ов",
    "енко",
    "чук",
)
_KEPT = 3
"""The shortest piece that is taken for a name."""


def withhold_joined(text: str, placeholder: str) -> str:
    """Withhold hashtags, names of files and words joined by underscores that name a person."""
    return _JOINED.sub(lambda match: placeholder if names_person(match[0]) else match[0], text)


def names_person(joined: str, *, wary: bool = False) -> bool:
    """Whether words run together name a person; a wary reader takes any ending of a family name for one.

    >>> names_person("letter_of_ivan_petrov.txt"), names_person("report-of-may.txt")
    (True, False)
    """
    lists = lexicon()
    known = {name for one in lists.rulers if len(one) == 1 for name in one}
    pieces = [latin(fold(piece)) if latin(fold(piece)) in known else fold(piece) for piece in _PIECE.findall(joined)]
    kinds = [lists.kind(piece) for piece in pieces]
    for at, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)):
        if len(piece) < _KEPT or piece in known or kind & (Kind.PLACE | Kind.TITLE):
            continue
        ruled = any(
            {piece, *pieces[at + 1 : at + 2]} <= one or {piece, *pieces[max(at - 1, 0) : at]} <= one
            for one in lists.rulers
        )
        after = kinds[at + 1] if at + 1 < len(kinds) else 0
        if kind & (Kind.GIVEN | Kind.PATRONYMIC) and not ruled:
            return True
        if kind & Kind.ENDING and not ruled and (wary or piece.endswith(_TELLING)):
            return True
        if kind & Kind.MAYBE_GIVEN and after & (SURE | Kind.MAYBE_FAMILY) and not ruled:
            return True
    return False
