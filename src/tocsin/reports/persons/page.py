"""A text as words and what stands between them; where a name could be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.reports.persons.words import Word, Words

AGE = re.compile(r",? ?(?:aged |age )?\(?\d{1,3}\)?(?: years old)?,? ?")


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its words, and the lists they are read by; indexes are of words."""

    text: str
    tokens: list[Word]
    words: Words
    no_names: frozenset[str]

    def gap(self, at: int) -> str:
        """Return what stands between a word and the next; a full stop where there is no next.

        A zero stands between two strings that are read together; a string ends there.
        """
        if at + 1 >= len(self.tokens):
            return "."
        between = self.text[self.tokens[at].end : self.tokens[at + 1].start]
        return ".\n" if "\0" in between else between

    def name_at(self, first: int) -> tuple[int, int]:
        """Return the run of capitalised words that a name could be, [first, last); empty where there is none."""
        last = first
        while last < len(self.tokens) and last - first < self.words.longest_name and self._part(last, first):
            last += 1
            joined = self.gap(last - 1)
            if joined not in {" ", "\n"} and not (joined in {". ", "."} and len(self.tokens[last - 1].text) == 1):
                break
        while last > first and self.tokens[last - 1].small in self.words.particles:
            last -= 1
        return first, last

    def _part(self, at: int, first: int) -> bool:
        token = self.tokens[at]
        if at > first and token.small in self.words.particles:
            return True
        if at > first and len(token.text) == 1 and self.text.startswith(".", token.end):
            return token.text.isupper()
        return token.text[0].isupper() and token.small not in self.no_names

    def follows(self, at: int, words: frozenset[str]) -> bool:
        """Whether the next word, after one space, is one of these."""
        return at + 1 < len(self.tokens) and self.gap(at) == " " and self.tokens[at + 1].small in words

    def end(self, last: int) -> int:
        """Return where a name ends; the dot of an initial belongs to it unless it ends the sentence."""
        end = self.tokens[last - 1].end
        after = self.text[end : end + 3]
        inside = after[1:2] in {",", ";", "'", "\u2019", ")"} or (after[1:2] == " " and after[2:3].islower())
        return end + (len(self.tokens[last - 1].text) == 1 and after.startswith(".") and inside)

    def withheld(self, at: int) -> bool:
        """Whether a word is the last of a placeholder that stands for a name."""
        start = self.tokens[at].end + 1 - len(self.words.placeholder)
        return start >= 0 and self.text.startswith(self.words.placeholder, start)
