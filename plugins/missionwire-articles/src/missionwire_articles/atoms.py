"""Which words must stand in a text for a pattern to match there: what is sooner looked for than the pattern is.

The technique is that of RE2's filtered patterns.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Final, TypeAlias

from ahocorasick_rs import AhoCorasick

from missionwire_articles.sentences import Sentence
from missionwire_articles.syntax import Alternatives, Kind, Part, alternatives

_EVERYWHERE: Final = (3, -1_000_000)
"""Fewer letters than three stand in about every sentence, but for marks."""

_MARK: Final = re.compile("[\ue000-\uf8ff]")
_OF_MARK: Final = 3
"""A mark is as rare as a word of so many letters."""

_COMMON: Final = frozenset({"and", "for", "ing", "ion", "the"})
"""Of three letters, and yet in about every sentence."""

Atoms: TypeAlias = frozenset[str]
"""Of which a match holds at least one; empty where nothing can be told."""

NONE: Final[Atoms] = frozenset()


@cache
def atoms(pattern: str | Alternatives) -> Atoms:
    """Give letters that stand together, of which every match of a pattern holds some; none if that is not told."""
    group = alternatives(pattern) if isinstance(pattern, str) else pattern
    each = [rarest(*needs(sequence)) for sequence in group.sequences]
    told = frozenset().union(*each) if all(each) else NONE
    return frozenset(one for one in told if not any(other != one and other in one for other in told))


def needs(sequence: Sequence[Part]) -> Iterator[Atoms]:
    """Give what every match of a sequence holds: its letters that stand together, and what each group holds.

    Blanks around letters say little, and are left out.
    """
    letters = ""
    for kind, own, group, repeats in sequence:
        is_there = not repeats or repeats == "+"
        if kind is Kind.LETTERS and is_there:
            letters += own
        if letters and (repeats or not (kind is Kind.LETTERS or kind is Kind.NOTHING or kind is Kind.AHEAD)):
            yield frozenset({letters.strip() or letters})
            letters = ""
        if group and is_there:
            yield atoms(group)
    if letters:
        yield frozenset({letters.strip() or letters})


def rarest(*told: Atoms) -> Atoms:
    """Give what is found least of that of which a match holds one each; none where all are found everywhere."""
    found, most = NONE, _EVERYWHERE
    for each in told:
        if each and (rarity := _rarity(each)) > most:
            found, most = each, rarity
    return found


@cache
def _rarity(found: Atoms) -> tuple[int, int]:
    return min(map(_weight, found)), -len(found)


def _weight(atom: str) -> int:
    letters = len(atom.strip()) - (atom.strip() in _COMMON)
    return max(_OF_MARK, letters) if _MARK.search(atom) else letters


ALWAYS: Final = 1
"""The bit of what is held by every sentence."""


class AtomFinder:
    """Looks for atoms in one pass. Each is a bit of a number, which says what a sentence holds or what is needed."""

    def __init__(self) -> None:
        """Know none yet."""
        self._last = ALWAYS
        self._bits: dict[str, int] = {}
        self._known: dict[Atoms, int] = {NONE: ALWAYS}

    def bit(self) -> int:
        """Give a bit of its own for what is no atom."""
        self._last <<= 1
        return self._last

    def bits(self, told: Atoms) -> int:
        """Give the bits of atoms; where nothing is told, the one that every sentence holds."""
        known = self._known.get(told)
        if known is None:
            known = 0
            for atom in told:
                if atom not in self._bits:
                    self._bits[atom] = self.bit()
                known |= self._bits[atom]
            self._known[told] = known
        return known

    def known(self, told: Atoms) -> int:
        """Give the bits of atoms if all are known; else, as where nothing is told, what every sentence holds."""
        return self.bits(told) if told <= self._bits.keys() else ALWAYS

    def held(self, text: str, sentences: Sequence[Sentence]) -> list[int]:
        """Give the bits of the atoms in each sentence of a text."""
        marks, bits, finder = self._found
        bounds = [(start, end) for start, end, _, _ in sentences]
        bounds.append((len(text), len(text)))
        held = [ALWAYS] * len(bounds)
        index = start = end = -1
        for number, first, last in finder.find_matches_as_indexes(text, overlapping=True):  # what ends first is first
            while end < last:
                index += 1
                start, end = bounds[index]
            if start <= first:
                held[index] |= bits[number]
        for mark, bit in marks:
            place = text.find(mark)
            while place >= 0:
                index = bisect_right(bounds, (place, len(text))) - 1
                start, end = bounds[max(0, index)]
                if start <= place < end:
                    held[index] |= bit
                place = text.find(mark, max(place + 1, end))
        return held[:-1]

    @cached_property
    def _found(self) -> tuple[Sequence[tuple[str, int]], Sequence[int], AhoCorasick]:
        """The marks, which stand in a row, for each letter of a name; and all others."""
        marks = [(atom, bit) for atom, bit in self._bits.items() if _MARK.fullmatch(atom)]
        words = {atom: bit for atom, bit in self._bits.items() if not _MARK.fullmatch(atom)}
        return marks, list(words.values()), AhoCorasick(list(words))
