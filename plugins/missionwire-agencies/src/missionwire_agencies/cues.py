"""Cues: phrases right before or after a name, found word by word."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from missionwire_agencies.folding import fold

_WORD: Final = re.compile(r"\w++(?:[-.]\w++)*+|['’]s\b|[^\w\s]")
_CONTRACTED: Final = re.compile(rf"(?=\w++['’]t\b)\w+?(?=n['’]t\b)|n['’]t\b|{_WORD.pattern}")
"""The same for a text with a contraction, whose `n't` is a word of its own."""

ANY_NAME: Final = "_"
"""In a phrase: one word with a capital or digits."""


_PIECE: Final = 8
"""At least so many code points are taken apart at one time."""


_folded: Final = lru_cache(maxsize=4096)(fold)  # the words beside names come again and again


class Words:
    """The words and signs of a stretch of text, as they fold, and how they are written.

    Few are ever asked for, those beside a name: the text is taken apart piece by piece, at spaces, which no word holds.
    """

    __slots__ = ("_folded", "_is_backward", "_rest", "_written")

    def __init__(self, text: str, *, is_backward: bool = False) -> None:
        """Take a text; `is_backward`: from its last word to its first."""
        self._rest = text
        self._is_backward = is_backward
        self._written: list[str] = []
        self._folded: list[str] = []

    @property
    def folded(self) -> list[str]:
        """All words, as they fold."""
        if self._rest:
            self._take(len(self._rest))
        return self._folded

    def at(self, place: int) -> str | None:
        """Give a word as it folds, None behind the last one."""
        while place >= len(self._folded):
            if not self._rest:
                return None
            self._take(_PIECE)
        return self._folded[place]

    def some(self, start: int, count: int) -> list[str]:
        """Give at most so many words as they fold, from a place on."""
        self.at(start + count - 1)
        return self._folded[start : start + count]

    def is_name(self, place: int) -> bool:
        """Tell whether there is a word at a place that has a capital or digits."""
        if self.at(place) is None:
            return False
        first = self._written[place][0]
        return first.isupper() or first.isdigit()

    def _take(self, length: int) -> None:
        """Take a piece of the rest apart: so many code points, and what they cut of a word."""
        text = self._rest
        if self._is_backward:
            cut = text.rfind(" ", 0, max(0, len(text) - length)) + 1
            self._rest, piece = text[:cut], text[cut:]
        else:
            cut = text.find(" ", length)
            self._rest, piece = ("", text) if cut < 0 else (text[cut:], text[:cut])
        word = _CONTRACTED if "'t" in piece or "’t" in piece else _WORD
        written = word.findall(piece)
        if self._is_backward:
            written.reverse()
        self._written += written
        self._folded += map(_folded, written)


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
        if not node.following or (word := words.at(place)) is None:
            return
        if following := node.following.get(word):
            self._walk(following, words, place + 1, hits)
        if (following := node.following.get(ANY_NAME)) and words.is_name(place):
            self._walk(following, words, place + 1, hits)
