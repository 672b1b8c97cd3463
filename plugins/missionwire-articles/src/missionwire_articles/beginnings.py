"""With which letters the words that a pattern matches begin: the index by which verbs are looked up.

What cannot be told begins with anything.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from missionwire_articles.atoms import NONE, Atoms, atoms, needs, rarest
from missionwire_articles.syntax import Alternatives, Kind, Part, Sequence, alternatives

LENGTH: Final = 8
"""How many letters are told at most."""

ADVERB: Final = "\0"
"""Stands for any word in -ly, which many a pattern lets stand before its own words: "was (?:\\w+ly )?landed"."""

_MANY: Final = 4_000
"""More beginnings than this are cut short."""

_FEW: Final = 24
"""What looks ahead for more beginnings than this is left to the pattern."""


class Beginning(NamedTuple):
    """The first letters; `is_open` where more follows that is not told."""

    letters: str
    is_open: bool


Beginnings: TypeAlias = Mapping[Beginning, Atoms]
"""With what matches may begin, and what a match that begins so must hold, of all that is not told by its letters."""

_NOTHING: Final[Beginnings] = {Beginning("", is_open=False): NONE}
_ANYTHING: Final[Beginnings] = {Beginning("", is_open=True): NONE}


def beginnings(pattern: str) -> Beginnings:
    """Give what the matches of a pattern may begin with, up to eight letters each; what is not open is all of a match.

    Open and without letters stands for anything; letters that end in `ADVERB`, for those before it and a word in -ly.
    """
    return _of_group(alternatives(pattern))


@cache
def _of_group(group: Alternatives) -> Beginnings:
    if len(group.sequences) == 1:
        return _of_sequence(group.sequences[0])
    found: dict[Beginning, Atoms] = {}
    for sequence in group.sequences:
        for begun, needed in _of_sequence(sequence).items():
            _take(found, begun, needed)
    return found


def _of_sequence(sequence: Sequence) -> Beginnings:
    so_far = _NOTHING
    for index, part in enumerate(sequence):
        if all(one.is_open for one in so_far):
            break
        so_far = _joined(so_far, _of_part(part, sequence[index + 1 : index + 2]), sequence, index + 1)
    return so_far


def _of_part(part: Part, then: Sequence) -> Beginnings:
    """Tell of a part, and `then` the one behind it."""
    match part.kind:
        case Kind.LETTERS:
            told: Beginnings = {Beginning(part.letters, is_open=False): NONE}
        case Kind.WORD if part.repeats == "+" and then and then[0].letters.startswith("ly") and not then[0].repeats:
            told = {Beginning(ADVERB, is_open=True): NONE}
        case Kind.WORD | Kind.ANY:
            told = _ANYTHING
        case Kind.NOTHING:
            return _NOTHING
        case _:
            told = _of_group(part.group) if part.group else _NOTHING
    if part.kind is Kind.AHEAD:  # what must follow is told by its letters too, whatever else is said of them
        return _opened(told) if len(told) <= _FEW else {Beginning("", is_open=False): atoms(part.group)}
    if part.repeats in {"*", "+"}:
        told = _opened(told)
    return {**told, **_NOTHING} if part.repeats in {"?", "*"} else told


def _opened(told: Beginnings) -> Beginnings:
    found: dict[Beginning, Atoms] = {}
    for begun, needed in told.items():
        _take(found, Beginning(begun.letters, is_open=True), needed)
    return found


def _joined(first: Beginnings, then: Beginnings, sequence: Sequence, behind: int) -> Beginnings:
    """Join what may begin with what may come then; what is behind in the sequence is needed where no more is told."""
    if first is _NOTHING and not any(each.is_open or len(each.letters) >= LENGTH for each in then):
        return then
    found: dict[Beginning, Atoms] = {}
    needed_behind: Atoms | None = None
    for one, needed in first.items():
        if one.is_open:
            _take(found, one, needed)
            continue
        for other, more in then.items():
            letters, is_open = one.letters + other.letters, other.is_open
            held = _rarer(needed, more)
            if is_open or len(letters) >= LENGTH:
                if needed_behind is None:
                    needed_behind = rarest(*needs(sequence[behind:]))
                letters, is_open, held = letters[:LENGTH], True, _rarer(held, needed_behind)
            _take(found, Beginning(letters, is_open), held)
    if len(found) > _MANY:
        return {Beginning(each.letters[:1], is_open=True): NONE for each in found}
    return found


def _rarer(one: Atoms, other: Atoms) -> Atoms:
    return rarest(one, other) if one and other else one or other


def _take(found: dict[Beginning, Atoms], begun: Beginning, needed: Atoms) -> None:
    """Add a beginning; where one begins several, a match holds what one of them needs."""
    known = found.get(begun)
    if known is None:
        found[begun] = needed
    elif known is not needed:
        found[begun] = known | needed if known and needed else NONE
