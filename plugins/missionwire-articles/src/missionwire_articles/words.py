"""Finds the words of a text, each with the letters that follow it."""

import re
from collections.abc import Callable, Iterator
from typing import Final

MOST_WORDS: Final = 20_000
"""So many words are kept with what is to be looked for to find them."""

_FAR_LETTER: Final = re.compile("[^\x00-\xff\u2000-\u206f\ue000-\uf8ff](?<=[^\\W_])")
"""A letter or digit beyond those of Latin-1; neither the marks nor most signs beyond them are tried."""

_ANY_LETTER: Final = "ÿ"
_SPELLED: Final = bytes(code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(256))


class _Wanted(dict[bytes, bytes]):
    """Each word between blanks, as it stands in a text; empty where it is not wanted."""

    def __init__(self, is_wanted: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_wanted = is_wanted

    def __missing__(self, word: bytes) -> bytes:
        if len(self) >= MOST_WORDS:
            self.clear()
        self[word] = b" %b " % word if self._is_wanted(word.decode("latin-1")) else b""
        return self[word]


class Words:
    """Words that somebody wants. A text is told from its signs as bytes: nothing looks at them one by one."""

    def __init__(self, is_wanted: Callable[[str], bool], length: int) -> None:
        """Take what tells of a word whether it is wanted, and how many `letters` tell what it is."""
        self._wanted = _Wanted(is_wanted)
        self._length = length

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Give where each word begins, and the letters from there on; the word that holds the last is not cut short."""
        length, wanted = self._length, self._wanted
        whole = b" %b%b" % (_spelled(text), b" " * (length + 1))
        words = whole.replace(b"_", b" ")  # with which no word begins; it is one of its letters only within
        place = -1
        for word in words.split():
            if sought := wanted[word]:
                place = words.find(sought, place + 1)
                yield place, text[place : whole.find(b" ", place + 1 + length) - 1]


def _spelled(text: str) -> bytes:
    """Give a text with a blank for each sign that is no letter of a word; some letter for those beyond Latin-1."""
    return _FAR_LETTER.sub(_ANY_LETTER, text).encode("latin-1", "replace").translate(_SPELLED)
