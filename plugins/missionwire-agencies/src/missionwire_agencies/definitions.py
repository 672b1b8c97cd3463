"""Definitions: acronyms that a text itself spells out as something else, as in "Endangered Species Act (ESA)"."""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+")

_SMALL_WORDS: Final = frozenset(
    {
        "of", "the", "and", "for", "in", "on", "a", "an", "de", "la", "le", "las", "les", "des", "du", "da", "do",
        "das", "dos", "del", "y", "e", "et", "und", "di",
    }
)  # fmt: skip

_REACH: Final = 120
"""How far from an acronym its definition may stretch, in code points."""


def definition(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the span of the words that define the acronym at a place: before its brackets, or in brackets after it."""
    acronym = text[start:end].casefold()
    if text[start - 2 : start] == " (" and text[end : end + 1] == ")":
        return _spelling(acronym, text, max(0, start - 2 - _REACH), start - 2, is_last=True)
    if text[end : end + 2] == " (":
        close = text.find(")", end, end + _REACH)
        if close > 0:
            return _spelling(acronym, text, end + 2, close, is_last=False)
    return None


def _spelling(acronym: str, text: str, start: int, end: int, *, is_last: bool) -> tuple[int, int] | None:
    """Give the span of the words whose first letters are the acronym's: the last ones of a part, or all of it."""
    words = [word for word in _WORD.finditer(text, start, end) if word[0].casefold() not in _SMALL_WORDS]
    if is_last:
        words = words[-len(acronym) :]
    if not words or "".join(word[0][0].casefold() for word in words) != acronym:
        return None
    return words[0].start(), words[-1].end()
