"""Signposts: words that show where something may be told; those of the whole plugin are looked for in one pass."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

Places = Mapping[int, Sequence[int]]
"""Where words stand in a text, by the numbers of the words."""

_WORD: Final = re.compile(r"\w+")
_BLANKS: Final = 8
"""So many blanks more than it is written with may stand in a phrase."""
_SHORTEST: Final = 3
_STOPS: Final = ".!?…\n"
"""Signs at which sentences may end."""
_SIGNS: Final = " \n\t\xa0“\"‘'(—–-…/["
"""A word that is shorter stands inside of many; of these signs one is before it where it stands alone."""


class Signpost:
    """Some phrases, of each of which one word is looked for: where that stands, the phrase may."""

    def __init__(self, heads: Mapping[int, Iterable[tuple[str, int]]], short: Iterable[str]) -> None:
        """Take the numbers of these words; with each, what phrases begin with, and how far before the word that is.

        Short words are looked for with the sign before them, which at the head of a text is none.
        """
        self._first = frozenset(number for number, each in heads.items() if any(reach == 0 for _, reach in each))
        self._later = {
            number: frozenset(head for head in each if head[1] != 0)
            for number, each in heads.items()
            if any(reach != 0 for _, reach in each)
        }
        self._short = tuple(short)
        self._numbers = frozenset(heads)

    def places(self, small: str, found: Places) -> Sequence[int]:
        """Give the places, in their order, at which a phrase may begin in a text in small letters."""
        starts: set[int] = {0} if self._short and small.startswith(self._short) else set()
        if not starts and found.keys().isdisjoint(self._numbers):  # so it is with most
            return ()
        for number in self._first & found.keys():
            starts.update(found[number])
        for number in self._later.keys() & found.keys():
            for first, reach in self._later[number]:
                for place in found[number]:
                    start = place - reach
                    starts.add(start if reach < 0 else small.rfind(first, max(0, start - _BLANKS), place))
        starts.discard(-1)
        return sorted(starts)


class Signposts:
    """All signposts of the plugin: each part puts up its own, before the first text is read."""

    def __init__(self) -> None:
        """Begin with what shows where sentences may end."""
        self._words = {sign: number for number, sign in enumerate(_STOPS)}
        self._stops = frozenset(self._words.values())

    def number(self, word: str) -> int:
        """Give the number by which a word in small letters is found; one that has none yet is looked for from now."""
        return self._words.setdefault(word, len(self._words))

    def put_up(self, phrases: Iterable[str]) -> Signpost:
        """Take phrases; of each its longest word is looked for, whatever blanks are around it."""
        heads: dict[int, set[tuple[str, int]]] = {}
        short: set[str] = set()
        for phrase in phrases:
            words = [(len(word[0]), word.start(), word[0]) for word in _WORD.finditer(phrase.lower())]
            length, start, longest = max(words)
            if start == 0 and length < _SHORTEST:
                short.add(longest)
                looked_for = [(sign + longest, -1) for sign in _SIGNS]
            else:
                looked_for = [(longest, start)]
            for word, reach in looked_for:
                heads.setdefault(self.number(word), set()).add((words[0][2], reach))
        return Signpost(heads, short)

    def read(self, small: str) -> Places:
        """Give the places of all words in a text in small letters, those inside of longer words, too."""
        found: dict[int, list[int]] = {}
        for number, start, _ in self._finder.find_matches_as_indexes(small, overlapping=True):
            if number in found:
                found[number].append(start)
            else:
                found[number] = [start]
        return found

    def stops(self, found: Places) -> list[int]:
        """Give the places, in their order, at which a sentence may end."""
        return sorted(place for number in self._stops & found.keys() for place in found[number])

    @cached_property
    def _finder(self) -> AhoCorasick:
        return AhoCorasick(list(self._words), implementation=Implementation.DFA)  # two MB, for a third less time
