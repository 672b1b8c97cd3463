"""With which letters the words that a pattern matches begin: the index by which verbs are looked up.

Reads the part of regular expressions that the rules use: letters, escapes, classes, groups, lookarounds, quantifiers
and alternatives. What it cannot tell begins with anything.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

LENGTH: Final = 8
"""How many letters are told at most."""

ADVERB: Final = "\0"
"""Stands for any word in -ly, which many a pattern lets stand before its own words: "was (?:\\w+ly )?landed"."""

_MANY: Final = 4_000
"""More beginnings than this are cut short."""

_FEW: Final = 24
"""What looks ahead for more beginnings than this is left to the pattern."""

_ADVERB: Final = r"\w+ly"
_PIECE: Final = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[()|]")
_PLAIN: Final = re.compile(r"[^\\\[\]().^$|?*+{}]+(?![?*+{])")
_DEEPER: Final[Mapping[str, int]] = {"(": 1, ")": -1}
_QUANTIFIERS: Final = frozenset("?*+{")
_OPENINGS: Final = ("(?:", "(?=", "(?!", "(?<=", "(?<!")


class Beginning(NamedTuple):
    """The first letters; `is_open` where more follows that is not told."""

    letters: str
    is_open: bool


_NOTHING: Final = frozenset({Beginning("", is_open=False)})
_ANYTHING: Final = frozenset({Beginning("", is_open=True)})


@cache
def beginnings(pattern: str) -> frozenset[Beginning]:
    """Give what the matches of a pattern may begin with, up to eight letters each; what is not open is all of a match.

    Open and without letters stands for anything; letters that end in `ADVERB`, for those before it and a word in -ly.
    """
    return frozenset(
        Beginning(each.letters[:LENGTH], is_open=each.is_open or len(each.letters) >= LENGTH)
        for each in _alternatives(pattern)
    )


@cache
def _alternatives(pattern: str) -> frozenset[Beginning]:
    """Read alternatives: a whole pattern, or what a group holds. The rules share most of their groups."""
    return frozenset().union(*map(_sequence, _branches(pattern)))


def _branches(pattern: str) -> list[str]:
    """Cut a pattern at its bars, but for those of its groups."""
    bars = [-1]
    depth = 0
    for piece in _PIECE.finditer(pattern):
        sign = piece[0]
        if sign == "|" and not depth:
            bars.append(piece.start())
        depth += _DEEPER.get(sign, 0)
    return [pattern[bar + 1 : after] for bar, after in pairwise([*bars, len(pattern)])]


def _sequence(pattern: str) -> frozenset[Beginning]:
    so_far: frozenset[Beginning] = _NOTHING
    place = 0
    while place < len(pattern) and not all(one.is_open or len(one.letters) >= LENGTH for one in so_far):
        part, place = _part(pattern, place)
        part, place = _quantified(part, pattern, place)
        so_far = _joined(so_far, part)
    return so_far


def _part(pattern: str, place: int) -> tuple[frozenset[Beginning], int]:
    """Read letters, or one class, escape or group."""
    if plain := _PLAIN.match(pattern, place):
        return frozenset({Beginning(plain[0], is_open=False)}), plain.end()
    sign = pattern[place]
    if sign == "(":
        return _group(pattern, place)
    if sign == "[":
        return _ANYTHING, _end_of_class(pattern, place)
    if pattern.startswith(_ADVERB, place) and pattern[place + len(_ADVERB) :][:1] not in _QUANTIFIERS:
        return frozenset({Beginning(ADVERB, is_open=True)}), place + len(_ADVERB)
    if sign == "\\":
        return _escape(pattern[place + 1]), place + 2
    if sign in "^$":
        return _NOTHING, place + 1
    return (_ANYTHING if sign == "." else frozenset({Beginning(sign, is_open=False)})), place + 1


def _group(pattern: str, place: int) -> tuple[frozenset[Beginning], int]:
    opening = next((each for each in _OPENINGS if pattern.startswith(each, place)), "(")
    end = _end_of_group(pattern, place)
    if opening in {"(?!", "(?<=", "(?<!"}:
        return _NOTHING, end
    found = _alternatives(pattern[place + len(opening) : end - 1])
    if opening == "(?=":  # what must follow is told by its letters too, whatever else is said of them
        found = frozenset(Beginning(each.letters, is_open=True) for each in found)
        return found if len(found) <= _FEW else _NOTHING, end
    return found, end


def _end_of_group(pattern: str, place: int) -> int:
    depth = 0
    for piece in _PIECE.finditer(pattern, place):
        depth += _DEEPER.get(piece[0], 0)
        if not depth:
            return piece.end()
    return len(pattern)


def _escape(letter: str) -> frozenset[Beginning]:
    if letter in "bB":
        return _NOTHING
    return _ANYTHING if letter in "wWdDsSxu" else frozenset({Beginning(letter, is_open=False)})


def _end_of_class(pattern: str, place: int) -> int:
    place += 2  # a bracket right after the opening one is part of the class
    while pattern[place] != "]":
        place += 2 if pattern[place] == "\\" else 1
    return place + 1


def _quantified(part: frozenset[Beginning], pattern: str, place: int) -> tuple[frozenset[Beginning], int]:
    """Take in how often a part may stand there."""
    if place >= len(pattern) or pattern[place] not in _QUANTIFIERS:
        return part, place
    sign = pattern[place]
    end = pattern.index("}", place) + 1 if sign == "{" else place + 1
    while end < len(pattern) and pattern[end] in "?+":
        end += 1  # lazy, possessive
    repeated = part if sign == "?" else frozenset(Beginning(each.letters, is_open=True) for each in part)
    is_optional = sign in "?*" or pattern.startswith("{0", place)
    return (repeated | _NOTHING if is_optional else repeated), end


def _joined(first: Iterable[Beginning], then: frozenset[Beginning]) -> frozenset[Beginning]:
    found: set[Beginning] = set()
    for one in first:
        if one.is_open or len(one.letters) >= LENGTH:
            found.add(one)
        else:
            found |= {Beginning((one.letters + other.letters)[:LENGTH], other.is_open) for other in then}
    if len(found) > _MANY:
        return frozenset({Beginning(each.letters[:1], is_open=True) for each in found})
    return frozenset(found)
