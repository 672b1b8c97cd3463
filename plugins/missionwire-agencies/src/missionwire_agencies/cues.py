"""Cues: phrases right before or after a name, found word by word."""

import re
from typing import Final, NamedTuple

from missionwire_agencies.folding import fold

_WORD: Final = re.compile(r"\w++(?:[-.]\w++)*+|['’]s\b|[^\w\s]")
_CONTRACTED: Final = re.compile(rf"(?=\w++['’]t\b)\w+?(?=n['’]t\b)|n['’]t\b|{_WORD.pattern}")
"""The same for a text with a contraction, whose `n't` is a word of its own."""

_SEAM: Final = "\0"
"""No word holds it, and it folds to itself."""

ANY_NAME: Final = "_"
"""In a phrase: one word with a capital or digits."""


class Words:
    """The words and signs of a stretch of text, as they fold, and how they are written."""

    __slots__ = ("_written", "folded")

    def __init__(self, text: str, *, is_backward: bool = False) -> None:
        """Take a text apart; `is_backward`: from its last word to its first."""
        word = _CONTRACTED if "'t" in text or "’t" in text else _WORD
        self._written: list[str] = word.findall(text)
        if is_backward:
            self._written.reverse()
        # folded at one go: word by word costs five times as much
        self.folded = fold(_SEAM.join(self._written)).split(_SEAM) if self._written else []

    def __len__(self) -> int:
        return len(self._written)

    def is_name(self, place: int) -> bool:
        """Tell whether a word has a capital or digits."""
        first = self._written[place][0]
        return first.isupper() or first.isdigit()


class Hit(NamedTuple):
    """A phrase that was found: the number it was put in with, and the place of the word after it."""

    number: int
    end: int


class _Node:
    __slots__ = ("following", "numbers")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.numbers: list[int] = []


class Cues:
    """Phrases by their words. `is_backward`: they are read from their last word to the first."""

    def __init__(self, *, is_backward: bool) -> None:
        """Make an empty set of phrases."""
        self._root = _Node()
        self._is_backward = is_backward

    def add(self, phrase: str, number: int) -> None:
        """Put in a phrase under a number."""
        node = self._root
        for word in Words(phrase, is_backward=self._is_backward).folded:
            node = node.following.setdefault(word, _Node())
        node.numbers.append(number)

    def at(self, words: Words, place: int) -> list[Hit]:
        """Give the phrases that begin at a place of the words, which come in the direction of reading."""
        hits: list[Hit] = []
        self._walk(self._root, words, place, hits)
        return hits

    def _walk(self, node: _Node, words: Words, place: int, hits: list[Hit]) -> None:
        if node.numbers:
            hits += [Hit(number, place) for number in node.numbers]
        if not node.following or place == len(words.folded):
            return
        if following := node.following.get(words.folded[place]):
            self._walk(following, words, place + 1, hits)
        if (following := node.following.get(ANY_NAME)) and words.is_name(place):
            self._walk(following, words, place + 1, hits)
