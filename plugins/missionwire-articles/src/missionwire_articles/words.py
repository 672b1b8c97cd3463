"""Gives the words of a text, each with the letters behind it by which it is known what it begins."""

import re
from collections.abc import Iterator
from typing import Final

from missionwire_articles.beginnings import LENGTH

_LETTERS: Final = "".join(letter for letter in map(chr, range(256)) if letter.isalnum())
_WORD: Final = re.compile(rf"(?=([{_LETTERS}].{{{LENGTH - 1}}}[{_LETTERS}_]*))[{_LETTERS}]*+[^{_LETTERS}]*", re.DOTALL)
_FAR_LETTER: Final = re.compile("[^\x00-\xff\u2000-\u206f\ue000-\uf8ff](?<=[^\\W_])")
"""A letter beyond those of Latin-1; marks and most signs beyond them are not tried."""

_SOME_LETTER: Final = "ÿ"


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Give the words of a text where they begin; the group is so many letters, and all of the word that holds the last.

    The letters are as `in_latin` gives them, and blanks stand behind the last.
    """
    return _WORD.finditer(in_latin(text) + " " * LENGTH)


def in_latin(text: str) -> str:
    """Give a text, as long as it is, in the letters of Latin-1: among so few patterns are fast.

    Some letter stands for one that is not among them, and a question mark for a mark or another sign.
    """
    return _FAR_LETTER.sub(_SOME_LETTER, text).encode("latin-1", "replace").decode("latin-1")
