"""Sentences: where they begin, told from full stops that only shorten a word."""

import re
from bisect import bisect_right
from typing import Final

_STOP: Final = re.compile(r"[.!?…\n](?:(?<!\n)(?<![.!?…].)([.!?…]*+)[\"'”’»)\]]*+\s++|(?<=\n)[^\S\n]*+\n\s*+)")
"""One stop, or several of which the group holds the others, before a blank; or a blank line.

What may be first stands first, without a look behind, for so most of a text is passed over quickly.
"""

_SHORTENED: Final = frozenset(
    {
        "dr", "dra", "mr", "mrs", "ms", "st", "vs", "inc", "corp", "co", "ltd", "jr", "sr", "sra", "prof", "gen", "col",
        "lt", "capt", "sen", "rep", "gov", "approx", "cf", "e.g", "i.e", "u.s", "u.k",
        "ул", "им", "т.е", "т.д", "см", "проф", "акад",
    }
)  # fmt: skip
"""Words that a full stop shortens, casefolded; a single letter is an initial."""

_LAST_WORD_LETTERS: Final = 12

REACH: Final = 500
"""How far a sentence counts on either side of a place, in code points: a text without full stops costs no more."""


class Sentences:
    """The sentences of a text, by place; every place of the text lies in exactly one."""

    __slots__ = ("_length", "_starts")

    def __init__(self, text: str) -> None:
        """Find all sentence beginnings; linear in the text."""
        self._length = len(text)
        self._starts = [0]
        for match in _STOP.finditer(text):
            if match[1] is None or not _is_inside(text, match):
                self._starts.append(match.end())

    def around(self, place: int) -> tuple[int, int]:
        """Give start and end of the sentence in which a place lies, as far as it reaches."""
        index = bisect_right(self._starts, place)
        end = self._starts[index] if index < len(self._starts) else self._length
        return max(self._starts[index - 1], place - REACH), min(end, place + REACH)


def _is_inside(text: str, stop: re.Match[str]) -> bool:
    """Tell whether a stop is inside a sentence: the next word is small, or a single full stop shortens the last one."""
    following = text[stop.end() : stop.end() + 1]
    if following.islower():
        return True
    if stop[1] or not stop[0].startswith("."):
        return False
    before = text[max(0, stop.start() - _LAST_WORD_LETTERS) : stop.start()].split()
    last = before[-1].lstrip("(\"'“«") if before else ""
    is_letter = len(last) == 1 and last.isalnum() and not last.isdecimal()
    return is_letter or last.casefold() in _SHORTENED
