"""With which letters names begin, and where a text has them: one pass over it finds the places of all names."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import Final, Generic, TypeAlias, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

S = TypeVar("S")
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


class Begun(dict[str, S], Generic[T, S]):
    """What is made of those whose names may begin with some letters, or with no more than the first of them.

    It is made when it is asked for first: most names are in no text.
    """

    def __init__(self, known: Iterable[tuple[str, T]], make: Callable[[Iterable[T]], S]) -> None:
        """Take all in their order, each with one of the beginnings of its name."""
        self._known: dict[str, list[tuple[int, T]]] = {}
        """By the beginnings of their names, and each with its place in the order."""
        for place, (letters, one) in enumerate(known):
            self._known.setdefault(letters, []).append((place, one))
        self._make = make

    @property
    def letters(self) -> set[str]:
        """All beginnings of names."""
        return set(self._known)

    def __missing__(self, letters: str) -> S:
        """Make it of those, each once, and keep it."""
        beginnings = (letters[:length] for length in range(1, len(letters) + 1))
        begun = sorted(chain.from_iterable(self._known.get(each, ()) for each in beginnings), key=itemgetter(0))
        self[letters] = made = self._make(dict.fromkeys(one for _, one in begun))
        return made
