"""Corrections of a text and the text as it reads with them: the original is always kept."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from missionwire.domain.span import Span


class Correction(Struct, frozen=True, kw_only=True):
    """One edit of a text.

    `start` and `end` are code points of the original text of `field`; `original` is what stands there and
    `replacement` what should. `reason` is one sentence for people that says which rule applies and why, `evidence` the
    spans of the same field that prove it, `confidence` lies in 0..1. `applied` says whether the published text holds
    the edit: a plugin proposes it, the host may only turn it off. `plugin` is filled in by the host.
    """

    start: int
    end: int
    original: str
    replacement: str
    reason: str
    confidence: float
    evidence: tuple[Span, ...] = ()
    field: str = "text"
    applied: bool = True
    kind: str = ""
    plugin: str = ""

    @property
    def span(self) -> Span:
        """The place of the edit in the original text."""
        return Span(self.start, self.end)


def settle(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Decide which of the proposed edits stand: in the order given, one that overlaps an applied one is turned off.

    The result keeps every correction, in the order of the text.
    """
    proposed = list(corrections)
    ordered = sorted(proposed, key=_PLACE)
    if not any(_are_near(before, after) for before, after in pairwise(ordered)):  # as good as always
        return tuple(ordered)
    taken: dict[str, list[_Place]] = {}
    settled = []
    for correction in proposed:
        if correction.applied and not _takes(taken.setdefault(correction.field, []), correction.start, correction.end):
            settled.append(replace(correction, applied=False))
        else:
            settled.append(correction)
    return tuple(sorted(settled, key=_PLACE))


_Place: TypeAlias = tuple[int, int]

_PLACE: Final = attrgetter("field", "start", "end")


def _are_near(before: Correction, after: Correction) -> bool:
    """Whether of two that stand in order the later one may overlap the earlier one."""
    return after.start <= before.end and after.field == before.field


def _takes(taken: list[_Place], start: int, end: int) -> bool:
    """Put a place among those taken, which stand in order, unless it overlaps one: only its neighbours can."""
    place = (start, end)
    at = bisect_left(taken, place)
    for begin, finish in taken[max(0, at - 1) : at + 1]:
        is_near = begin <= end and start <= finish  # as good as none is
        if is_near and Span(start, end).overlaps(Span(begin, finish)):
            return False
    taken.insert(at, place)
    return True


class Reading:
    """A text as it reads with its applied corrections, with the way back to offsets of the original."""

    __slots__ = ("_edits", "_pieces", "_starts", "original", "text")

    def __init__(self, original: str, corrections: Sequence[Correction], field: str = "text") -> None:
        """Apply the edits of one field; they must not overlap (see `settle`)."""
        self.original = original
        self._edits = sorted([(c.start, c.end, c.replacement) for c in corrections if c.applied and c.field == field])
        self._starts: list[int] = []
        self._pieces: list[_Piece] = []
        self.text = self.of_original(0, len(original))

    def to_original(self, start: int, end: int) -> Span:
        """Give the span of the original that a span of the reading stands for; a touched edit counts whole."""
        if not self.text:
            return Span(0, 0)
        if not self._pieces:
            self._cut()
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_left(self._starts, end, first + 1) - 1
        begin, _, is_edit = self._pieces[first]
        if not is_edit:
            begin += start - self._starts[first]
        stop, finish, is_edit = self._pieces[last]
        if not is_edit:
            finish = stop + end - self._starts[last]
        return Span(begin, max(begin, finish))

    def _cut(self) -> None:
        """Cut the reading into pieces; most are only read."""
        length = place = 0
        for start, end, replacement in [*self._edits, (len(self.original), len(self.original), "")]:
            for piece, size in (
                (_Piece(place, start, is_edit=False), start - place),
                (_Piece(start, end, is_edit=True), len(replacement)),
            ):
                if size > 0:
                    self._starts.append(length)
                    self._pieces.append(piece)
                    length += size
            place = end

    def of_original(self, start: int, end: int) -> str:
        """Give the reading of a span of the original; only edits that lie wholly inside it are applied."""
        out: list[str] = []
        place = start
        for begin, stop, replacement in self._edits:
            if place <= begin and stop <= end:
                out += [self.original[place:begin], replacement]
                place = stop
        out.append(self.original[place:end])
        return "".join(out)


class _Piece(NamedTuple):
    """A part of the reading and where it comes from: a stretch of the original, or an edit of one."""

    start: int
    end: int
    is_edit: bool
