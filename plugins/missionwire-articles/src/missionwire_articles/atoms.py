"""Which words must stand in a text for a pattern to match there: what is sooner looked for than the pattern is.

The technique is that of RE2's filtered patterns. Reads the part of regular expressions that the rules use, and tells
nothing of what it cannot read.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

SHORTEST: Final = 3
"""Fewer letters stand in about every sentence, but for marks."""

_PIECE: Final = re.compile(
    r"(?P<escape>\\(?:x..|u....|.))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<aside>\(\?<?!)|(?P<open>\((?:\?(?:P<\w+>|:|<?=))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<many>(?:[?*+]|\{(?P<least>\d*)[^}]*\})[?+]?)|(?P<bound>[\^$])|(?P<any>\.)|(?P<letter>.)",
    re.DOTALL,
)
_MARK: Final = re.compile("[\ue000-\uf8ff]")
_OF_MARK: Final = 5
"""A mark is as rare as a word of so many letters."""

_LETTER: Final = re.compile(r"[\w\ue000-\uf8ff]")

Atoms = frozenset[str]
"""Of which a match holds at least one; empty where nothing can be told."""

_NONE: Final[Atoms] = frozenset()


class _Part(NamedTuple):
    """A letter, or what a group or class must hold. `is_zero_wide` parts leave a word as it is."""

    letter: str = ""
    atoms: Atoms = _NONE
    is_zero_wide: bool = False


@cache
def atoms(pattern: str) -> Atoms:
    """Give words, or parts of words, of which every match of a pattern holds at least one; none if that is not told."""
    told = _alternatives(iter(_PIECE.finditer(pattern)))
    return frozenset(each for each in told if not any(other != each and other in each for other in told))


def _alternatives(pieces: Iterable[re.Match[str]]) -> Atoms:
    """Read to the end of a group: it holds what one of its alternatives holds."""
    branches: list[list[_Part]] = [[]]
    for piece in pieces:
        parts = branches[-1]
        match piece.lastgroup:
            case "close":
                break
            case "bar":
                branches.append([])
            case "aside":
                _alternatives(pieces)
                parts.append(_Part(is_zero_wide=True))
            case "open":
                parts.append(_Part(atoms=_alternatives(pieces), is_zero_wide=piece[0].endswith("=")))
            case "many":
                _repeat(parts, piece)
            case "bound":
                parts.append(_Part(is_zero_wide=True))
            case "letter":
                parts.append(_Part(letter=piece[0]))
            case "escape":
                parts.append(_escaped(piece[0]))
            case _:
                parts.append(_Part())
    each = [_of_sequence(branch) for branch in branches]
    return frozenset().union(*each) if all(each) else _NONE


def _repeat(parts: list[_Part], piece: re.Match[str]) -> None:
    """Take in how often the last part stands there: what may be missing tells nothing, what comes again ends a word."""
    is_optional = piece[0][0] in "?*" or piece["least"] in {"", "0"}
    last = parts.pop()
    parts += [_Part()] if is_optional else [last, _Part()]


def _escaped(escape: str) -> _Part:
    if escape in {r"\b", r"\B"}:
        return _Part(is_zero_wide=True)
    return _Part() if escape[1:].isalnum() else _Part(letter=escape[1:])


def _of_sequence(parts: Iterable[_Part]) -> Atoms:
    """Give what a sequence must hold: of its words and groups, those that are found least."""
    found: list[Atoms] = []
    word = ""
    for part in (*parts, _Part()):
        if _LETTER.match(part.letter):
            word += part.letter
        elif not part.is_zero_wide or part.letter:
            found.append(frozenset({word}))
            word = ""
        found.append(part.atoms)
    return max((each for each in found if each and min(map(_weight, each)) >= SHORTEST), key=_rarity, default=_NONE)


def _rarity(found: Atoms) -> tuple[int, int]:
    return min(map(_weight, found)), -len(found)


def _weight(atom: str) -> int:
    return _OF_MARK if _MARK.search(atom) else len(atom)
