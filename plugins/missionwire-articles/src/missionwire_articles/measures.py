"""Reads what a text measures: figures and durations, as an event's data carry them."""

import re
from collections.abc import Iterator
from typing import Final

_WORDS: Final = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
}
_LOOSE_END: Final = re.compile(r"\s(?:on|in|at|by|with|from|for|of|to|the|and)$", re.IGNORECASE)
"""What is left of a phrase whose end is a mention."""

_HOURS: Final = re.compile(r"([\w.]+)[ -]hours?", re.IGNORECASE)
_MINUTES: Final = re.compile(r"([\w.]+)[ -]minutes?", re.IGNORECASE)
_DAYS: Final = re.compile(r"([\w.]+)[ -]days?", re.IGNORECASE)

_TENS: Final = {
    "fifth": 5, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60,
}  # fmt: skip

_TENS_TOLD: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

LONGEST_FIGURE: Final = 10
"""A figure of more digits counts nothing that a text tells."""


def measured(member: str, written: str) -> Iterator[tuple[str, str | int]]:
    """Give a member as the text measures it: a duration as written and in seconds, a figure as a number."""
    if member == "duration":
        yield member, written
        seconds = duration_s(written)
        if seconds is not None:
            yield "duration_s", seconds
        return
    written = _LOOSE_END.sub("", written)
    digits = written.replace(",", "").replace(".", "")
    is_figure = digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_FIGURE
    yield member, int(digits) if is_figure else written


def number(word: str) -> int | None:
    """Read a number in words or figures, "a" too; None where it is none."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word in {"a", "an"}:
        return 1
    tens, hyphen, ones = word.lower().partition("-")
    if tens in _TENS_TOLD and (not hyphen or ones in _WORDS):
        return _TENS_TOLD[tens] + _WORDS.get(ones, 0)
    return _WORDS.get(word.lower())


def ordinal(word: str) -> int | None:
    """Read "45th", or tens in words as anniversaries have them; None where it is none."""
    digits = word[:-2]
    return int(digits) if digits.isascii() and digits.isdigit() else _TENS.get(word)


def duration_s(written: str) -> int | None:
    """Give the seconds of "six hours and 32 minutes" or "six-hour, 32-minute"; None where a part cannot be read."""
    total = 0
    is_found = False
    for pattern, length_s in ((_DAYS, 86_400), (_HOURS, 3_600), (_MINUTES, 60)):
        match = pattern.search(written)
        if match:
            count = _WORDS.get(match[1].lower(), int(match[1]) if match[1].isascii() and match[1].isdigit() else None)
            if count is None:
                return None
            total += count * length_s
            is_found = True
    return total if is_found else None
