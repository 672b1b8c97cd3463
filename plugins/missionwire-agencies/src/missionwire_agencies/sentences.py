"""Sentences: where they begin, told from full stops that only shorten a word."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

_SHORTENED: Final = frozenset(
    {
        "dr", "dra", "mr", "mrs", "ms", "st", "vs", "inc", "corp", "co", "ltd", "jr", "sr", "sra", "prof", "gen", "col",
        "lt", "capt", "sen", "rep", "gov", "approx", "cf", "e.g", "i.e", "u.s", "u.k",
        "ул", "им", "т.е", "т.д", "см", "проф", "акад",
    }
)  # fmt: skip
"""Words that a full stop shortens, casefolded; a single letter is an initial."""

_LONG_LETTERS: Final = 5
_LONG_WORD: Final = rf"(?<=[a-z]{{{_LONG_LETTERS}}}\.)" + "".join(
    [rf"(?<!(?i:{re.escape(word)})\.)" for word in sorted(_SHORTENED) if len(word) >= _LONG_LETTERS]
)
"""Behind a full stop: so long a word stands before it that it is not shortened."""

_STOP: Final = re.compile(
    rf"[.!?…\n](?:(?<!\n)(?<![.!?…].)({_LONG_WORD})?([.!?…]*+)[\"'”’»)\]]*+\s++|(?<=\n)[^\S\n]*+\n\s*+)"
)
"""One stop, or several of which the last group holds the others, before a blank; or a blank line.

The first group is there after a word that is too long to be shortened, as most are.

What may be first stands first, without a look behind, for so most of a text is passed over quickly.
"""

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
            end, (long, others) = stop.end(), stop.groups()
            is_blank_line = others is None
            may_shorten = long is None and others == ""
            if is_blank_line or not (
                text[end : end + 1].islower() or (may_shorten and _only_shortens(text, stop.start()))
            ):
                starts.append(end)
        return starts


def _only_shortens(text: str, stop: int) -> bool:
    """Tell whether a stop that stands alone is a full stop that shortens the word before it."""
    if text[stop] != ".":
        return False
    before = text[max(0, stop - _LAST_WORD_LETTERS) : stop].split()
    last = before[-1].lstrip("(\"'“«") if before else ""
    is_letter = len(last) == 1 and last.isalnum() and not last.isdecimal()
    return is_letter or last.casefold() in _SHORTENED
