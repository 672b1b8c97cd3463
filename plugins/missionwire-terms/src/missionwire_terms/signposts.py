"""Words that show what a text may tell of: all are looked for in one pass, before a pattern that needs one of them."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick

K = TypeVar("K")

_SHORTEST: Final = 3
"""A shorter word stands in about every text, or in a word of it."""
_WORD: Final = re.compile(r"\w+")


class Signposts(Generic[K]):
    """Words and phrases, and what they show."""

    def __init__(self, phrases: Iterable[tuple[str, K]]) -> None:
        """Take the phrases; of each its longest word is looked for, whatever signs and blanks are around it."""
        words = [(max(_WORD.findall(phrase.lower()), key=len), what) for phrase, what in phrases]
        self._always = {what for word, what in words if len(word) < _SHORTEST}
        shown: dict[str, set[K]] = {}
        for word, what in words:
            if what not in self._always:
                shown.setdefault(word, set()).add(what)
        self._finder = AhoCorasick(list(shown))
        self._shown = list(shown.values())

    def read(self, small: str) -> AbstractSet[K]:
        """Give what a text in small letters may tell of: a word also counts where a longer one begins with it."""
        found = {
            number
            for number, start, _ in self._finder.find_matches_as_indexes(small, overlapping=True)
            if not start or not small[start - 1].isalnum()
        }
        return self._always.union(*(self._shown[number] for number in found))
