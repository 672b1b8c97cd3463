"""With which letters names begin, and where a text has them: one pass over it finds the places of all names."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

T = TypeVar("T")

Opening: TypeAlias = tuple[int, str]
"""Where a name may begin, and the most letters of the beginning of one that stand there."""

_HAN: Final = re.compile("[\u4e00-\u9fff]")


class Openings:
    """Finds where names may begin, by their first letters."""

    def __init__(self, letters: Iterable[str]) -> None:
        """Take the letters with which all names begin."""
        self._letters = sorted(set(letters))
        self._joined = frozenset(filter(_HAN.match, self._letters))  # Chinese puts no spaces between its words
        self._found = AhoCorasick(self._letters, implementation=Implementation.DFA)

    def find(self, text: str) -> Sequence[Opening]:
        """Give where names may begin, in the order of the text; not in the middle of a word."""
        longest: dict[int, str] = {}
        for number, start, _ in self._found.find_matches_as_indexes(text, overlapping=True):
            longest[start] = self._letters[number]  # of those that begin at one place, the longest comes last
        return [
            (start, letters)
            for start, letters in sorted(longest.items())
            if not text[start - 1 : start].isalnum() or letters in self._joined
        ]


class Begun(dict[str, Sequence[T]]):
    """Those whose names may begin with some letters, or with no more than the first of them, in their order."""

    def __init__(self, known: Iterable[tuple[str, T]]) -> None:
        """Take all, each with one of the beginnings of its name."""
        self._known = list(known)

    @property
    def letters(self) -> set[str]:
        """All beginnings of names."""
        return {letters for letters, _ in self._known}

    def __missing__(self, letters: str) -> Sequence[T]:
        """Find them when they are asked for first: most names are in no text."""
        found = dict.fromkeys(one for beginning, one in self._known if letters.startswith(beginning))  # each once
        self[letters] = list(found)
        return self[letters]
