"""Reads the part of regular expressions that the rules use, for those who ask what a pattern's matches hold."""

import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from functools import cache
from typing import Final, NamedTuple, TypeAlias


class Kind(Enum):
    """What a part of a pattern is."""

    LETTERS = auto()
    WORD = auto()
    """Any letter of a word."""

    ANY = auto()
    GROUP = auto()
    AHEAD = auto()
    """A group that only looks ahead."""

    NOTHING = auto()
    """What takes no letters, and tells none."""


class Part(NamedTuple):
    """A part of a pattern. `repeats` is empty where it stands there once, else the sign that says how often."""

    kind: Kind
    letters: str = ""
    group: "Alternatives | None" = None
    repeats: str = ""


Sequence: TypeAlias = tuple[Part, ...]


class Alternatives:
    """The alternatives of a pattern or of a group: one for all groups that are alike, for the rules share most."""

    def __init__(self, sequences: tuple[Sequence, ...]) -> None:
        """Take the parts of each."""
        self.sequences: Final = sequences


_PIECE: Final = re.compile(
    r"(?P<word>\\w)|(?P<escape>\\(?:x..|u....|.))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<aside>\(\?(?:<[=!]|!))|(?P<ahead>\(\?=)|(?P<open>\((?:\?(?:P<\w+>|:))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<many>(?:[?*+]|\{(?P<least>\d*)[^}]*\})[?+]?)|(?P<bound>[\^$])|(?P<any>\.)"
    r"|(?P<letters>[^\\\[\](){}.^$|?*+]+(?![?*+{])|.)",
    re.DOTALL,
)
_SPLIT: Final = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+")
_DEEPER: Final[Mapping[str, int]] = {"(": 1, ")": -1}
_KINDS: Final = {
    "word": Kind.WORD,
    "set": Kind.ANY,
    "any": Kind.ANY,
    "bound": Kind.NOTHING,
    "aside": Kind.NOTHING,
    "ahead": Kind.AHEAD,
    "open": Kind.GROUP,
}
_GROUPS: Final = frozenset({"aside", "ahead", "open"})
_known: Final[dict[str, Alternatives]] = {}


class _Open:
    """A group that is being read: its kind, where it began, and its alternatives so far."""

    def __init__(self, kind: Kind, start: int) -> None:
        self.kind = kind
        self.start = start
        self.sequences: list[list[Part]] = [[]]

    def part(self, text: str) -> Part:
        return Part(self.kind) if self.kind is Kind.NOTHING else Part(self.kind, group=self.alternatives(text))

    def alternatives(self, text: str) -> Alternatives:
        return _known.setdefault(text, Alternatives(tuple(map(tuple, self.sequences))))


@cache
def alternatives(pattern: str) -> Alternatives:
    """Read a pattern."""
    groups = [_Open(Kind.GROUP, 0)]
    for piece in _PIECE.finditer(pattern):
        what = piece.lastgroup
        if what in _GROUPS:
            groups.append(_Open(_KINDS[what], piece.end()))
        elif what == "bar":
            groups[-1].sequences.append([])
        elif what == "close":
            group = groups.pop()
            groups[-1].sequences[-1].append(group.part(pattern[group.start : piece.start()]))
        else:
            _read(groups[-1].sequences[-1], piece)
    return groups[0].alternatives(pattern)


def _read(parts: list[Part], piece: re.Match[str]) -> None:
    """Add what is no group, or how often the last part stands there."""
    match piece.lastgroup:
        case "many":
            sign = piece[0][0] if piece[0][0] != "{" else "*" if piece["least"] in {"", "0"} else "+"
            last = parts[-1]
            parts[-1] = Part(last.kind, last.letters, last.group, sign)
        case "letters":
            parts.append(Part(Kind.LETTERS, piece[0]))
        case "escape":
            parts.append(_escaped(piece[0]))
        case what:
            parts.append(Part(_KINDS[what or "any"]))


def _escaped(escape: str) -> Part:
    if escape in {r"\b", r"\B"}:
        return Part(Kind.NOTHING)
    return Part(Kind.ANY) if escape[1:].isalnum() else Part(Kind.LETTERS, escape[1:])


def split(pattern: str) -> Iterator[str]:
    """Give the alternatives of a pattern; the group around all of it is taken off."""
    inner = _unwrapped(pattern)
    depth = start = 0
    for piece in _SPLIT.finditer(inner):
        depth += _DEEPER.get(piece[0], 0)
        if piece[0] == "|" and depth == 0:
            yield inner[start : piece.start()]
            start = piece.end()
    yield inner[start:]


def phrases(pattern: str) -> Iterator[str]:
    """Give the alternatives of a pattern in their order, and for a group that is all of one those of the group."""
    for alternative in split(pattern):
        if alternative == pattern:
            yield alternative
        else:
            yield from phrases(alternative)


def end_of_group(pattern: str) -> int:
    """Give where the group ends that a pattern begins with, without what says how often it stands there."""
    depth = 0
    for piece in _SPLIT.finditer(pattern):
        depth += _DEEPER.get(piece[0], 0)
        if depth == 0:
            return piece.end()
    return len(pattern)


def _unwrapped(pattern: str) -> str:
    """Take off the group that holds the whole pattern."""
    if not (pattern.startswith("(?:") and pattern.endswith(")")):
        return pattern
    if end_of_group(pattern) < len(pattern):
        return pattern
    return pattern[len("(?:") : -1]
