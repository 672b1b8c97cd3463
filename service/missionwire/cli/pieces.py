"""Where the corrections of a text stand in it. Pure; offsets are code points. `web/pages/text.js` does the same."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple


class Piece(NamedTuple):
    """A stretch of the original: `same`, an `edit` (`new` stands there now), or `suggested` (`new` was not applied)."""

    kind: Literal["same", "edit", "suggested"]
    text: str
    new: str = ""


class _Mark(NamedTuple):
    start: int
    end: int
    new: str
    applied: bool

    def overlaps(self, other: "_Mark") -> bool:
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def pieces(original: str, published: str, corrections: Iterable[Mapping[str, Any]]) -> list[Piece] | None:
    """Cut a text into pieces, in reading order.

    None where the applied corrections do not lead from `original` to `published`: then marks would be wrong, and the
    text is better shown without them.
    """
    marks = sorted(mark for correction in corrections if (mark := _mark(original, correction)))
    edits = [mark for mark in marks if mark.applied]
    if any(one.end > other.start for one, other in pairwise(edits)):
        return None
    if _read(original, edits) != published:
        return None
    chosen = list(edits)
    for mark in marks:
        if not mark.applied and not any(mark.overlaps(other) for other in chosen):
            chosen.append(mark)
    return _cut(original, sorted(chosen))


def _mark(original: str, correction: Mapping[str, Any]) -> _Mark | None:
    """Give a correction that is well formed and whose `original` is what stands at its place."""
    start, end, new = correction.get("start"), correction.get("end"), correction.get("replacement")
    if type(start) is not int or type(end) is not int or not isinstance(new, str):
        return None
    if not 0 <= start <= end <= len(original) or original[start:end] != correction.get("original"):
        return None
    return _Mark(start, end, new, correction.get("applied") is True)


def _read(original: str, edits: Sequence[_Mark]) -> str:
    parts, place = [], 0
    for edit in edits:
        parts += [original[place : edit.start], edit.new]
        place = edit.end
    return "".join([*parts, original[place:]])


def _cut(original: str, marks: Sequence[_Mark]) -> list[Piece]:
    made, place = [], 0
    for mark in marks:
        made.append(Piece("same", original[place : mark.start]))
        made.append(Piece("edit" if mark.applied else "suggested", original[mark.start : mark.end], mark.new))
        place = mark.end
    made.append(Piece("same", original[place:]))
    return [piece for piece in made if piece.text or piece.kind != "same"]
