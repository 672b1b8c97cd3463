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
    r"(?P<letters>[^\\\[\](){}.^$|?*+]+(?![?*+{])|[^\\\[\](){}.^$|?*+])"
    r"|(?P<word>\\w)|(?P<escape>\\(?:x..|u....|.))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<aside>\(\?(?:<[=!]|!))|(?P<ahead>\(\?=)|(?P<open>\((?:\?(?:P<\w+>|:))?)|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<many>(?:[?*+]|\{(?P<least>\d*)[^}]*\})[?+]?)|(?P<bound>[\^$])|(?P<any>\.)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SPLIT: Final = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[()|]")
_DEEPER: Final[Mapping[str, int]] = {"(": 1, ")": -1}
_GROUPS: Final = {"aside": Kind.NOTHING, "ahead": Kind.AHEAD, "open": Kind.GROUP}
_ANY: Final = Part(Kind.ANY)
_NOTHING: Final = Part(Kind.NOTHING)
_SIGNS: Final = {"word": Part(Kind.WORD), "set": _ANY, "any": _ANY, "bound": _NOTHING}
_START: Final = 24
"""By how many of its first letters a group that was read before is known."""


class _Known:
    """The groups that were read: the rules share most of theirs, which are long, and each is read once."""

    def __init__(self) -> None:
        self._by_text: dict[str, Alternatives] = {}
        self._by_start: dict[str, list[str]] = {}

    def at(self, pattern: str, start: int) -> tuple[Alternatives, int] | None:
        """Give the group whose inside begins there, and where that ends; None if none was read that is the same."""
        for text in self._by_start.get(pattern[start : start + _START], ()):
            if pattern.startswith(text, start) and pattern.startswith(")", start + len(text)):
                return self._by_text[text], start + len(text)
        return None

    def keep(self, text: str, sequences: list[list[Part]]) -> Alternatives:
        """Give the group of a text; the shorter are read sooner than looked for."""
        group = self._by_text.get(text)
        if group is None:
            group = self._by_text[text] = Alternatives(tuple(map(tuple, sequences)))
            if len(text) >= _START:
                self._by_start.setdefault(text[:_START], []).append(text)
        return group


_known: Final = _Known()


class _Open(NamedTuple):
    """A group that is being read: its kind, where its inside begins, and its alternatives so far."""

    kind: Kind
    start: int
    sequences: list[list[Part]]


@cache
def alternatives(pattern: str) -> Alternatives:
    """Read a pattern."""
    at, groups = 0, [_Open(Kind.GROUP, 0, [[]])]
    while piece := _PIECE.match(pattern, at):
        what, at = piece.lastgroup, piece.end()
        sequences = groups[-1].sequences
        if what in _GROUPS:
            if known := _known.at(pattern, at):
                sequences[-1].append(_grouped(_GROUPS[what], known[0]))
                at = known[1] + len(")")
            else:
                groups.append(_Open(_GROUPS[what], at, [[]]))
        elif what == "bar":
            sequences.append([])
        elif what == "close":
            kind, start, _ = groups.pop()
            groups[-1].sequences[-1].append(_grouped(kind, _known.keep(pattern[start : piece.start()], sequences)))
        else:
            _read(sequences[-1], piece)
    return _known.keep(pattern, groups[0].sequences)


def _grouped(kind: Kind, inside: Alternatives) -> Part:
    return _NOTHING if kind is Kind.NOTHING else Part(kind, group=inside)


def _read(parts: list[Part], piece: re.Match[str]) -> None:
    """Add what is no group, or how often the last part stands there."""
    match piece.lastgroup:
        case "many":
            sign = piece[0][0] if piece[0][0] != "{" else "*" if piece["least"] in {"", "0"} else "+"
            last = parts[-1]
            parts[-1] = Part(last.kind, last.letters, last.group, sign)
        case "letters" | "other":
            parts.append(Part(Kind.LETTERS, piece[0]))
        case "escape":
            parts.append(_escaped(piece[0]))
        case what:
            parts.append(_SIGNS[what or "any"])


def _escaped(escape: str) -> Part:
    if escape in {r"\b", r"\B"}:
        return _NOTHING
    return _ANY if escape[1:].isalnum() else Part(Kind.LETTERS, escape[1:])


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
        if _unwrapped(alternative) is alternative:
            yield alternative
        else:
            yield from phrases(alternative)


@cache
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
