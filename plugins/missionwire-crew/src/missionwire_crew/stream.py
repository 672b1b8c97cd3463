"""A text as the stream of its capitalised words, folded, with the way back to its code points."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from missionwire_crew.fold import fold

_LETTERS: Final = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
"""Letters, with combining marks after any of them."""

_WORD: Final = re.compile(rf"{_LETTERS}(?:['’ʼ`]{_LETTERS})*")
_APOSTROPHE: Final = re.compile(r"['’ʼ`]")
_JOINT: Final = re.compile(r"[^\S\n]+|[^\S\n]*\n[^\S\n]*|[-‐‑]")
_AFTER_INITIAL: Final = re.compile(r"\.?\s*")
_OPENING: Final = re.compile(r"\.?\s+[\"“«„'‘(]")
_CLOSING: Final = re.compile(r"[\"”»“'’)]\s+")
_PATRONYMIC: Final = re.compile(r"(?:ovis|evis|ilis|kuzmis|nikitis|ovna|evna|isna)$")
_GAPLESS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BREAK: Final = "|"
_MOST_MIDDLES: Final = 2
_SHORTEST_PATRONYMIC: Final = 6


class Word(Struct, frozen=True, gc=False):
    """One word of the text: its code points, without an elision before or a possessive s after it."""

    start: int
    end: int
    text: str
    is_capitalised: bool

    @property
    def is_acronym(self) -> bool:
        """Tell whether all its letters are capitals, and there are two or more."""
        return len(self.text) > 1 and self.text.isupper()


class Entry(Struct, frozen=True):
    """One word that may be part of a name; `middles` are initials and patronymics passed over before it."""

    key: str
    word: int
    middles: tuple[str, ...] = ()


class Stream:
    """The words of a text and, of them, the entries: runs of words that may be names, broken where a run ends.

    `keys` is the entries' folded keys with a space around each, `BREAK` between runs; `at` gives for the place of
    the space before an entry the entry's index.
    """

    __slots__ = ("at", "entries", "keys", "text", "words")

    def __init__(self, text: str, particles: frozenset[str], elisions: frozenset[str]) -> None:
        """Cut a text; linear in its length."""
        self.text = text
        self.words = [_word(found, elisions) for found in _WORD.finditer(text)]
        self.entries = list(self._entries(particles))
        self.at: dict[int, int] = {}
        place = 0
        for index, entry in enumerate(self.entries):
            self.at[place] = index
            place += len(entry.key) + 1
        self.at[place] = len(self.entries)
        self.keys = " ".join(["", *(entry.key for entry in self.entries), ""])

    def gap(self, index: int) -> str:
        """Give what stands before a word: since the word before, or since the head of the text."""
        before = self.words[index - 1].end if index else 0
        if index == len(self.words):
            return self.text[before:]
        return self.text[before : self.words[index].start]

    def is_joined(self, index: int) -> bool:
        """Tell whether a word and the one before it stand together: only a space or a hyphen is between them."""
        if not 0 < index < len(self.words):
            return False
        gap = self.gap(index)
        return gap == " " or _JOINT.fullmatch(gap) is not None

    def _entries(self, particles: frozenset[str]) -> Iterator[Entry]:
        is_open = False
        middles: tuple[str, ...] = ()
        for index, word in enumerate(self.words):
            if not (is_open or word.is_capitalised or word.text in particles):
                continue
            is_near = is_open and self._goes_on(index, has_middles=bool(middles))
            if is_open and len(middles) < _MOST_MIDDLES and self._is_middle(index):
                middles = (*middles, fold(word.text))
                continue
            key = self._key(index, particles, is_near=is_near)
            if not is_near and is_open:
                yield Entry(BREAK, index)
            if key:
                yield Entry(key, index, middles if is_near else ())
            elif is_near:
                yield Entry(BREAK, index)
            is_open = bool(key)
            middles = ()

    def _key(self, index: int, particles: frozenset[str], *, is_near: bool) -> str:
        word = self.words[index]
        if _GAPLESS.match(word.text):
            return ""
        is_tail = is_near and self.gap(index) in ("-", "‐", "‑")
        if word.is_capitalised or word.text in particles or is_tail:
            return fold(word.text)
        return ""

    def _is_middle(self, index: int) -> bool:
        """Tell whether a word is a middle initial, a patronymic or a nickname in quotes: a name goes on after it."""
        word = self.words[index]
        if not word.is_capitalised or index + 1 >= len(self.words) or not self.words[index + 1].is_capitalised:
            return False
        before, after = self.gap(index), self.gap(index + 1)
        if _OPENING.fullmatch(before):
            return _CLOSING.fullmatch(after) is not None
        if not (self.is_joined(index) or _AFTER_INITIAL.fullmatch(before)):
            return False
        if len(word.text) == 1:
            return (_AFTER_INITIAL.fullmatch(after) or _OPENING.fullmatch(after)) is not None
        return (
            self.is_joined(index + 1)
            and len(word.text) >= _SHORTEST_PATRONYMIC
            and _PATRONYMIC.search(fold(word.text)) is not None
        )

    def _goes_on(self, index: int, *, has_middles: bool) -> bool:
        """Tell whether a word stands with the run before it, over the dot of an initial or the end of a nickname."""
        if self.is_joined(index):
            return True
        gap = self.gap(index)
        is_after_initial = has_middles or len(self.words[index - 1].text) == 1
        return (is_after_initial and _AFTER_INITIAL.fullmatch(gap) is not None) or (
            has_middles and _CLOSING.fullmatch(gap) is not None
        )


def _word(found: re.Match[str], elisions: frozenset[str]) -> Word:
    """Cut an elision (d'Anton) and a possessive (Anton's) off a word."""
    text, start = found[0], found.start()
    if text.isalpha() or not (mark := _APOSTROPHE.search(text)):
        return Word(start, found.end(), text, text[0].isupper())
    head, rest = text[: mark.start()], text[mark.end() :]
    if head.casefold() in elisions and (head.islower() or rest[:1].islower()):
        text, start = rest, start + mark.end()
    last = max(text.rfind(sign) for sign in "'’ʼ`")
    if last > 0 and text[last + 1 :] in ("s", "S"):
        text = text[:last]
    return Word(start, start + len(text), text, text[0].isupper())
