"""Sentences: where they begin, told from full stops that only shorten a word."""

import re
from bisect import bisect_right
from functools import cached_property
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

_LONGEST_SHORTENED: Final = max(map(len, _SHORTENED))
_LAST_WORD_LETTERS: Final = 12

REACH: Final = 500
"""How far a sentence counts on either side of a place, in code points: a text without full stops costs no more."""


class Sentences:
    """The sentences of a text, by place; every place of the text lies in exactly one."""

    def __init__(self, text: str) -> None:
        """Take a text; it is cut when it is first asked for a sentence, for most short texts never are."""
        self._text = text

    def around(self, place: int) -> tuple[int, int]:
        """Give start and end of the sentence in which a place lies, as far as it reaches."""
        starts = self._starts
        index = bisect_right(starts, place)
        end = starts[index] if index < len(starts) else len(self._text)
        return max(starts[index - 1], place - REACH), min(end, place + REACH)

    @cached_property
    def _starts(self) -> list[int]:
        """Where sentences begin; linear in the text."""
        text, starts = self._text, [0]
        for stop in _STOP.finditer(text):
            (start, end), others = stop.span(), stop[1]
            is_blank_line = others is None
            if is_blank_line or not (text[end : end + 1].islower() or (not others and _only_shortens(text, start))):
                starts.append(end)
        return starts


def _only_shortens(text: str, stop: int) -> bool:
    """Tell whether a stop that stands alone is a full stop that shortens the word before it."""
    if text[stop] != "." or (
        stop > _LONGEST_SHORTENED and text[stop - _LONGEST_SHORTENED - 1 : stop].isalpha()
    ):  # as good as always
        return False
    before = text[max(0, stop - _LAST_WORD_LETTERS) : stop].split()
    last = before[-1].lstrip("(\"'“«") if before else ""
    is_letter = len(last) == 1 and last.isalnum() and not last.isdecimal()
    return is_letter or last.casefold() in _SHORTENED
