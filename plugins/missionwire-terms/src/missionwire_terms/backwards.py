"""Regular expressions turned round: what ends at a place is then looked for once, from there, not from everywhere."""

import re
from typing import Final

_ATOM: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[()|]", re.DOTALL)
_HOW_OFTEN: Final = re.compile(r"(?:[*+?]|\{\d*,?\d*\})\??")
_OPENS: Final = re.compile(r"\((?:\?(?:<?[=!]|[a-z]*:))?")
_TURNED: Final = {"(?=": "(?<=", "(?!": "(?<!", "(?<=": "(?=", "(?<!": "(?!", "^": r"\Z"}
"""What looks ahead looks behind, and the head of a text is its end."""


def backwards(pattern: str) -> str:
    """Give a regular expression that matches what another one matches, read from its end.

    For patterns without `$`, groups to be referred to, and quantifiers that give nothing back. What is no pattern
    raises ValueError.
    """
    turned, end = _alternatives(pattern, 0)
    if end != len(pattern):
        message = f"what closes at {end} was not opened: {pattern}"
        raise ValueError(message)
    return turned


def _alternatives(pattern: str, place: int) -> tuple[str, int]:
    """Turn what stands between two brackets round, each of the alternatives."""
    branches: list[str] = []
    parts: list[str] = []
    while place < len(pattern) and pattern[place] != ")":
        if pattern[place] == "|":
            branches.append("".join(reversed(parts)))
            parts, place = [], place + 1
            continue
        part, place = _part(pattern, place)
        parts.append(part)
    branches.append("".join(reversed(parts)))
    return "|".join(branches), place


def _part(pattern: str, place: int) -> tuple[str, int]:
    """Turn one part round: a sign, a class or a group, with how often it may stand there."""
    if opens := _OPENS.match(pattern, place):
        inside, end = _alternatives(pattern, opens.end())
        part, place = f"{_TURNED.get(opens[0], opens[0])}{inside})", end + 1
    elif atom := _ATOM.match(pattern, place):
        part, place = _TURNED.get(atom[0], atom[0]), atom.end()
    else:
        message = f"cannot be read at {place}: {pattern}"
        raise ValueError(message)
    often = _HOW_OFTEN.match(pattern, place)
    return (part + often[0], often.end()) if often else (part, place)
