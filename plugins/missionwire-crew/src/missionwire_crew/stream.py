"""A text as the stream of its words, and of the capitalised ones the entries of names: folded keys in runs."""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import compress, count, filterfalse
from typing import Final

from msgspec import Struct

from missionwire_crew.cut import Cut
from missionwire_crew.fold import fold

_JOINT: Final = re.compile(r"[^\S\n]+|[^\S\n]*\n[^\S\n]*|[-‐‑]")
_AFTER_INITIAL: Final = re.compile(r"\.?\s*")
_OPENING: Final = re.compile(r"\.?\s+[\"“«„'‘(]")
_CLOSING: Final = re.compile(r"[\"”»“'’)]\s+")
_PATRONYMICS: Final = ("ovis", "evis", "ilis", "kuzmis", "nikitis", "ovna", "evna", "isna")
"""How patronymics end, as keys of `fold`."""

_GAPLESS: Final = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
"""First and last letters of scripts without gaps between words; as one set of a pattern they take long to compile."""
_HYPHENS: Final = frozenset("-‐‑")
_SMALLEST: Final = "a"
"""What sorts before it begins with a capital of ASCII."""
BREAK: Final = "|"
_MOST_MIDDLES: Final = 2
_SHORTEST_PATRONYMIC: Final = 6


class Entry(Struct, frozen=True):
    """One word that may be part of a name; `middles` are initials and patronymics passed over before it."""

    key: str
    word: int
    middles: tuple[str, ...] = ()


_END_OF_RUN: Final = Entry(BREAK, -1)


class Stream:
    """The words of a text.

    `words` are without an elision before or a possessive s after them, and `starts` says where each begins. `written`
    are all of them, each once, `capitalised` those with a capital, and `foreign` those with letters that are not ASCII.
    `large` are the indexes at which the capitalised ones stand, in order, `capitals` the same as a set.
    """

    __slots__ = (
        "_particles",
        "capitalised",
        "capitals",
        "foreign",
        "large",
        "starts",
        "text",
        "words",
        "written",
    )

    def __init__(self, text: str, cut: Cut, particles: frozenset[str]) -> None:
        """Take a text as it was cut."""
        self.text = text
        self._particles = particles
        self.words, self.starts = cut
        self.written = set(self.words)  # most words come several times
        self.foreign = set[str]() if text.isascii() else set(filterfalse(str.isascii, self.written))
        self.capitalised = set(filter(_SMALLEST.__gt__, self.written))  # quicker than to ask each whether it is large
        self.capitalised.update(word for word in self.foreign if word[0].isupper())
        self.large = list(compress(count(), map(self.capitalised.__contains__, self.words)))
        self.capitals = frozenset(self.large)

    def entries(self, known: Container[str]) -> list[Entry]:
        """Give the entries of the runs in which a large word is known; a break stands where a run ends.

        A run is a row of words that may be names: with a capital, particles, or behind a hyphen.
        """
        entries: list[Entry] = []
        last, words = -1, self.words
        for index in [index for index in self.large if words[index] in known]:
            if index > last:
                first = last = index
                while self._may_be_named(first - 1):
                    first -= 1
                while self._may_be_named(last + 1):
                    last += 1
                entries += self._entries(range(first, last + 1))
        return entries

    def gap(self, index: int) -> str:
        """Give what stands before a word: since the word before, or since the head of the text."""
        starts, before = self.starts, index - 1
        return self.text[starts[before] + len(self.words[before]) if index else 0 : starts[index]]

    def end(self, index: int) -> int:
        """Give where a word ends."""
        return self.starts[index] + len(self.words[index])

    def is_joined(self, index: int) -> bool:
        """Tell whether a word and the one before it stand together: only a space or a hyphen is between them."""
        words = self.words
        if not 0 < index < len(words):
            return False
        begin, end = self.starts[index - 1] + len(words[index - 1]), self.starts[index]
        gap = self.text[begin:end]
        return gap == " " or _JOINT.fullmatch(gap) is not None

    def is_hyphened(self, index: int) -> bool:
        """Tell whether a hyphen, and nothing else, stands before a word that there is."""
        return self.text[self.starts[index] - 1] in _HYPHENS and len(self.gap(index)) == 1

    def is_large(self, index: int) -> bool:
        """Tell whether there is a word at an index, and it begins with a capital."""
        return index in self.capitals

    def is_acronym(self, index: int) -> bool:
        """Tell whether all letters of a word are capitals, and there are two or more."""
        return len(self.words[index]) > 1 and self.words[index].isupper()

    def _may_be_named(self, index: int) -> bool:
        return index in self.capitals or (
            0 <= index < len(self.words) and (self.words[index] in self._particles or self.is_hyphened(index))
        )

    def _entries(self, run: Iterable[int]) -> Iterator[Entry]:
        """Give the entries of a row of words that may be names, with breaks where it ends and where names do."""
        is_open = False
        middles: tuple[str, ...] = ()
        for index in run:
            word = self.words[index]
            if not is_open and not (index in self.capitals or word in self._particles):
                continue  # a hyphen joins it to no name
            is_near = is_open and (self.gap(index) == " " or self._goes_on(index, has_middles=bool(middles)))
            if is_open and len(middles) < _MOST_MIDDLES and self._is_middle(index):
                middles = (*middles, fold(word))
                continue
            key = fold(word) if word.isascii() or not _is_gapless(word) else ""
            if not is_near and is_open:
                yield _END_OF_RUN
            if key:
                yield Entry(key, index, middles if is_near else ())
            elif is_near:
                yield _END_OF_RUN
            is_open = bool(key)
            middles = ()
        if is_open:
            yield _END_OF_RUN

    def _is_middle(self, index: int) -> bool:
        """Tell whether a word is a middle initial, a patronymic or a nickname in quotes: a name goes on after it."""
        if index not in self.capitals or index + 1 not in self.capitals:
            return False
        word, before = self.words[index], self.gap(index)
        if before == " " and len(word) > 1:  # as with most
            return self._is_patronymic(index)
        after = self.gap(index + 1)
        if _OPENING.fullmatch(before):
            return _CLOSING.fullmatch(after) is not None
        if not (self.is_joined(index) or _AFTER_INITIAL.fullmatch(before)):
            return False
        if len(word) == 1:
            return (_AFTER_INITIAL.fullmatch(after) or _OPENING.fullmatch(after)) is not None
        return self._is_patronymic(index)

    def _is_patronymic(self, index: int) -> bool:
        word = self.words[index]
        return len(word) >= _SHORTEST_PATRONYMIC and fold(word).endswith(_PATRONYMICS) and self.is_joined(index + 1)

    def _goes_on(self, index: int, *, has_middles: bool) -> bool:
        """Tell whether a word stands with the run before it, over the dot of an initial or the end of a nickname."""
        if self.is_joined(index):
            return True
        gap = self.gap(index)
        is_after_initial = has_middles or len(self.words[index - 1]) == 1
        return (is_after_initial and _AFTER_INITIAL.fullmatch(gap) is not None) or (
            has_middles and _CLOSING.fullmatch(gap) is not None
        )


def _is_gapless(word: str) -> bool:
    """Tell whether a word is of a script that writes words together."""
    return word >= _GAPLESS[0][0] and any(first <= word[0] <= last for first, last in _GAPLESS)
