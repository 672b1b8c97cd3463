"""Words of which one stands in every match of a pattern: only a sentence that holds one is searched for the pattern.

The words of all such patterns are looked for in one pass over a text.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from missionwire_articles.atoms import atoms
from missionwire_articles.sentences import Sentence

_ALWAYS: Final = 1
"""The cue of a pattern of which nothing can be told."""

_EVERYWHERE: Final = "the"
"""A word of about every sentence: nothing is told by it."""

_MARK: Final = re.compile("[\ue000-\uf8ff]")

_KNOWN: Final[list["Cued"]] = []


def in_any_case(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that large letters match as well as small ones."""
    return re.compile(pattern, re.IGNORECASE)


class Cued:
    """A pattern with its `cue`, and with the methods of a compiled one.

    The cues of a sentence tell whether it may match: `narrative.cues[index] & pattern.cue`. It may be asked for in any
    part of the sentence, masked or not, in small letters or not.
    """

    __slots__ = ("cue", "finditer", "fullmatch", "match", "pattern", "search", "split")

    def __init__(self, pattern: str, compiled: Callable[[str], re.Pattern[str]] = re.compile) -> None:
        """Take the pattern, and what compiles it."""
        made = compiled(pattern)
        self.pattern = pattern
        self.search, self.match, self.fullmatch = made.search, made.match, made.fullmatch
        self.finditer, self.split = made.finditer, made.split
        _KNOWN.append(self)
        self.cue = _ALWAYS << len(_KNOWN) if self.words else _ALWAYS

    @property
    def words(self) -> frozenset[str]:
        """Letters of which every match holds some; none where that cannot be told."""
        found = atoms(self.pattern)
        return (
            frozenset() if _EVERYWHERE in found or any(map(_MARK.search, found)) else frozenset(map(str.lower, found))
        )


def cues(small: str, sentences: Sequence[Sentence]) -> list[int]:
    """Give the cues of each sentence of a text in small letters."""
    told, found = _finder(len(_KNOWN))
    held = [_ALWAYS] * len(sentences)
    index, last = 0, len(sentences) - 1
    for number, start, _ in found.find_matches_as_indexes(small, overlapping=True):
        while index < last and sentences[index].end <= start:
            index += 1
        held[index] |= told[number]
    return held


@cache
def _finder(_: int) -> tuple[Sequence[int], AhoCorasick]:
    """Give what finds the words of so many patterns, and the cues of each word."""
    told: dict[str, int] = {}
    for pattern in _KNOWN:
        for word in pattern.words:
            told[word] = told.get(word, 0) | pattern.cue
    return list(told.values()), AhoCorasick(list(told))
