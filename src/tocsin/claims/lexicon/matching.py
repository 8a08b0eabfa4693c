"""Find the lexicon's patterns in a parsed sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, final

from tocsin.claims.lexicon.patterns import Element, Pattern, lexicon

_WALLS = frozenset({";", ":", "—", "\u2013"})


@final
@dataclass(frozen=True, slots=True)
class Word:
    """A word as patterns see it; a hyphenated compound is one word."""

    token: Any
    """Its last token, which stands in the grammar for the whole."""
    first: Any
    forms: frozenset[str]
    tag: str


@final
@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern was found: the words it took, and the one it turns on."""

    pattern: Pattern
    taken: frozenset[int]
    """Indices of tokens within the passage."""
    pivot: Any

    @property
    def first(self) -> int:
        """The index of the first token."""
        return min(self.taken)


def words_of(tokens: Sequence[Any]) -> list[Word]:
    """Join hyphenated compounds; each word knows its lower case and its lemma."""
    found: list[Word] = []
    at = 0
    while at < len(tokens):
        end = at
        while end + 2 < len(tokens) and tokens[end + 1].text in "-‐‑" and tokens[end + 2].is_alpha:  # noqa: RUF001
            end += 2
        found.append(_word(tokens[at : end + 1]))
        at = end + 1
    return found


def _word(tokens: Sequence[Any]) -> Word:
    last = tokens[-1]
    forms = {last.lower_, last.lemma_.lower()}
    if len(tokens) > 1:
        parts = [token.lower_ for token in tokens if token.is_alpha]
        forms |= {"-".join(parts), "-".join([*parts[:-1], last.lemma_.lower()]), parts[0]}
    if last.like_num:
        forms.add("#")
    if last.tag_ in {"NNS", "NNPS"} and last.lemma_.lower() == last.lower_ and last.lower_.endswith("s"):
        forms.add(last.lower_[:-1])
    return Word(last, tokens[0], frozenset(form.replace("\u2019", "'") for form in forms), last.pos_)


def matches(words: Sequence[Word]) -> Iterator[Match]:
    """Yield every match in `words`, each pattern at most once a place."""
    by_word = lexicon().by_word
    tried: set[tuple[int, int]] = set()
    spoken = frozenset(form for word in words for form in word.forms)
    possible: dict[int, bool] = {}
    for place, word in enumerate(words):
        for form in sorted(word.forms):
            for pattern in by_word.get(form, ()):
                key = id(pattern)
                if key not in possible:
                    possible[key] = not any(needed.isdisjoint(spoken) for needed in pattern.required)
                if possible[key] and (key, place) not in tried:
                    tried.add((key, place))
                    found = _find(pattern, words, place)
                    if found:
                        yield found


def _find(pattern: Pattern, words: Sequence[Word], anchor: int) -> Match | None:
    for start in range(anchor, max(-1, anchor - pattern.reach - 1), -1):
        places = _fit(pattern.elements, words, 0, start, anchor, pattern.anchor)
        if places is not None:
            return _match(pattern, words, places)
    return None


def _fit(
    elements: Sequence[Element], words: Sequence[Word], index: int, at: int, anchor: int, fixed: int
) -> list[tuple[int, int]] | None:
    """Fit the elements from `index` on to the words from `at` on; the element `fixed` must fall on `anchor`."""
    if index == len(elements):
        return []
    element = elements[index]
    if element.gap:
        for skip in range(element.gap + 1):
            if at + skip > len(words) or (skip and words[at + skip - 1].token.text in _WALLS):
                return None
            rest = _fit(elements, words, index + 1, at + skip, anchor, fixed)
            if rest is not None:
                return rest
        return None
    if at < len(words) and (index != fixed or at == anchor) and (index >= fixed or at < anchor):
        rest = _fit(elements, words, index + 1, at + 1, anchor, fixed) if _like(element, words[at]) else None
        if rest is not None:
            return [(index, at), *rest]
    return _fit(elements, words, index + 1, at, anchor, fixed) if element.optional else None


def _like(element: Element, word: Word) -> bool:
    alike = not element.words.isdisjoint(word.forms) and (element.tags is None or word.tag in element.tags)
    return alike != element.unlike


def _match(pattern: Pattern, words: Sequence[Word], places: Sequence[tuple[int, int]]) -> Match:
    taken: set[int] = set()
    for _, at in places:
        taken.update(range(words[at].first.i, words[at].token.i + 1))
    marked = [at for index, at in places if pattern.elements[index].pivot]
    literal = [at for index, at in places if pattern.elements[index].literal]
    verbs = [at for at in literal if words[at].tag == "VERB"]
    nouns = [at for at in literal if words[at].tag in {"NOUN", "PROPN"}]
    chosen = (marked or verbs or nouns or literal or [places[0][1]])[0]
    return Match(pattern, frozenset(taken), words[chosen].token)
