"""Which words must stand in a text for a pattern to match there: what is sooner looked for than the pattern is.

The technique is that of RE2's filtered patterns.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from typing import Final, TypeAlias

from ahocorasick_rs import AhoCorasick

from missionwire_articles.syntax import Alternatives, Kind, Part, alternatives

_EVERYWHERE: Final = (3, -1_000_000)
"""Fewer letters than three stand in about every sentence, but for marks."""

_MARK: Final = re.compile("[\ue000-\uf8ff]")
_OF_MARK: Final = 5
"""A mark is as rare as a word of so many letters."""

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
    """Give what every match of a sequence holds: its letters that stand together, and what each group holds."""
    letters = ""
    for kind, own, group, repeats in sequence:
        is_there = not repeats or repeats == "+"
        if kind is Kind.LETTERS and is_there:
            letters += own
        if letters and (repeats or not (kind is Kind.LETTERS or kind is Kind.NOTHING or kind is Kind.AHEAD)):
            yield frozenset({letters})
            letters = ""
        if group and is_there:
            yield atoms(group)
    if letters:
        yield frozenset({letters})


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
    letters = len(atom.strip())
    return max(_OF_MARK, letters) if _MARK.search(atom) else letters


class AtomFinder:
    """Looks for atoms in one pass, and numbers them."""

    def __init__(self) -> None:
        """Know none yet."""
        self._numbers: dict[str, int] = {}
        self._known: dict[Atoms, frozenset[int]] = {}

    def numbers(self, told: Atoms) -> frozenset[int]:
        """Give the numbers of atoms."""
        known = self._known.get(told)
        if known is None:
            known = frozenset(self._numbers.setdefault(atom, len(self._numbers)) for atom in told)
            self._known[told] = known
        return known

    def held(self, text: str) -> AbstractSet[int]:
        """Give the numbers of all atoms in a text."""
        marks, words, found = self._found
        held = {words[number] for number, _, _ in found.find_matches_as_indexes(text, overlapping=True)}
        held.update([number for mark, number in marks if mark in text])
        return held

    @cached_property
    def _found(self) -> tuple[Sequence[tuple[str, int]], Sequence[int], AhoCorasick]:
        """The marks, which stand in a row, for each letter of a name; and all others."""
        marks = [(atom, number) for atom, number in self._numbers.items() if _MARK.fullmatch(atom)]
        words = {atom: number for atom, number in self._numbers.items() if not _MARK.fullmatch(atom)}
        return marks, list(words.values()), AhoCorasick(list(words))
